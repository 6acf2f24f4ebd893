"""Calls in workers of dask.distributed, which nothing else of the program knows."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# dask has types for some of its arguments and results, and others for asynchronous use.

import logging
import os
import pickle
import signal
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import CancelledError, Executor, Future
from contextlib import ExitStack, chdir, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dask import config
from distributed import Client, KilledWorker, LocalCluster, get_worker
from distributed.security import Security

import animate
from animate.cli import set_environment
from animate.cli.address import Address, is_safe
from animate.cli.allotment import Allotment, one_each, threads_here
from animate.cli.died import WorkerDied
from animate.cli.processes import without_interrupts
from animate.cli.streams import say
from animate.errors import AnimateError, UsageError, sentence
from animate.files import fingerprint

_Connected = Any
"""A Client; by its types its methods may all give coroutines, which they do not here."""
_PATIENCE = 5.0
"""Seconds in which a scheduler answers."""
_AGAIN = 3
"""Times that a call is made again after its worker died, on workers of this machine."""
_SAME = (
    "animate-optimization",
    *("jax", "jaxlib", "numpy", "optax", "scipy", "diffrax"),
    *("matplotlib", "contourpy", "pillow", "av"),
)
"""Packages whose versions may change a number or a byte."""


@contextmanager
def cluster(address: Address, *, code: bool) -> Generator[Executor]:
    """An executor whose calls are made by the workers at the `address`, each in this folder.

    A call is made again where its worker dies, and raises WorkerDied where that happens again and
    again. With `code`, calls go only to workers that are reached safely. Raises AnimateError where
    no scheduler answers, or where its workers are others than this process.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it ends in sentences of our own
    logging.getLogger("tornado").setLevel(logging.CRITICAL)
    folder = str(Path.cwd())
    if address.count is not None:
        setting = _Setting(folder, tuple(one_each(address.count)))
        with _local(address.count) as client, _Cluster(client, address.name, setting) as executor:
            yield executor
        return
    with _connected(address) as client:
        _check_workers(client, address, code=code)
        setting = _Setting(folder, (Allotment(threads_here()),))
        by_tls = address.name.startswith("tls:")
        hosts = sorted(_hosts(client)) if code and not by_tls else None
        with _Cluster(client, address.name, setting, hosts) as executor:
            yield executor


@contextmanager
def _local(count: int) -> Generator[_Connected]:
    """A client of new workers on this machine, which nobody else can reach."""
    failures = {
        "distributed.scheduler.allowed-failures": _AGAIN,
        "distributed.worker.multiprocessing-method": "spawn",  # JAX does not survive a fork
    }
    made: Callable[..., _Connected] = LocalCluster
    with ExitStack() as stack:
        stack.enter_context(config.set(failures))
        with without_interrupts():  # the thread that starts workers, also later, inherits it
            workers = made(
                n_workers=count,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,  # pyright: ignore[reportArgumentType]  # None is none
                silence_logs=logging.CRITICAL,
                memory_limit=0,
                security=Security.temporary(),
            )
        stack.enter_context(workers)
        client = stack.enter_context(Client(workers, timeout=_PATIENCE))
        try:
            yield client
        except BaseException:
            _kill(workers)
            raise


def _kill(workers: Any) -> None:
    """End the workers of this machine where they are: one that computes does not look up."""
    for nanny in workers.workers.values():
        nanny.auto_restart = False
        if nanny.pid is not None:
            with suppress(OSError):  # it has ended
                os.kill(nanny.pid, signal.SIGKILL)


@contextmanager
def _connected(address: Address) -> Generator[_Connected]:
    """A client of the scheduler at the address. Raises AnimateError."""
    try:
        client = Client(address.name, timeout=_PATIENCE)
    except Exception as error:  # nobody, somebody else, without certificates, another version
        raise AnimateError(
            f"--cluster {address.name}: no scheduler of dask answers there ({sentence(error)}); "
            "start one, or look at the address and the certificates (docs/cluster.md)"
        ) from error
    with client:
        yield client


class _Cluster(Executor):
    """Calls by the workers of a client, on some `hosts` (None: on all)."""

    def __init__(
        self, client: _Connected, name: str, setting: "_Setting", hosts: list[str] | None = None
    ) -> None:
        self._name, self._setting = name, setting
        self._calls = client.get_executor(pure=False, workers=hosts)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        call = pickle.dumps((fn, args, kwargs))  # opaque: dask would look for its own in it
        here = Future[Any]()
        there = self._calls.submit(_called, self._setting, call)
        there.add_done_callback(partial(self._settle, here))
        return here

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """No more calls; with `cancel_futures` those that are not done are forgotten."""
        if wait or cancel_futures:
            self._calls.shutdown(wait=not cancel_futures)

    def __exit__(self, *_: object) -> None:
        self.shutdown(cancel_futures=True)

    def _settle(self, here: Future[Any], there: Future[Any]) -> None:
        """Give `here` the outcome of `there`, in words of our own."""
        if not here.set_running_or_notify_cancel():
            return
        try:
            here.set_result(there.result())
        except KilledWorker as error:
            times = error.allowed_failures + 1
            here.set_exception(
                WorkerDied(
                    f"its worker died, {times} times in turn, perhaps for lack of memory; use "
                    "fewer workers on each machine"
                )
            )
        except CancelledError:
            here.set_exception(AnimateError(f"--cluster {self._name}: the scheduler has gone"))
        except BaseException as error:  # it is raised where the result is asked for
            here.set_exception(error)


@dataclass(frozen=True)
class _Setting:
    """Where and how a worker makes calls: in the `folder`, with the allotment of its number."""

    folder: str
    allotments: tuple[Allotment, ...]

    @cache  # noqa: B019  # once for each process
    def take(self) -> None:
        """Let this process be set up as the command line is, before JAX is imported."""
        set_environment()
        number = get_worker().name if len(self.allotments) > 1 else 0
        self.allotments[int(number)].take()


def _called(setting: _Setting, call: bytes) -> Any:
    """What the call gives in this worker. Raises what it raises."""
    setting.take()
    folder = Path(setting.folder)
    with chdir(folder) if folder.is_dir() else nullcontext():
        try:
            function, args, kwargs = pickle.loads(call)
            return function(*args, **kwargs)
        except UsageError as error:
            if folder.is_dir():
                raise
            raise UsageError(
                f"{error} (the worker {get_worker().address} has no folder {folder}: what a scene "
                "names must be at the same place there)"
            ) from error


def _hosts(client: _Connected) -> set[str]:
    """The hosts of the workers that there are."""
    return {str(urlsplit(each).hostname) for each in client.scheduler_info()["workers"]}


def _check_workers(client: _Connected, address: Address, *, code: bool) -> None:
    """Whether the scheduler's workers compute as this process does. Raises AnimateError.

    Where there are none yet, it waits for one.
    """
    if not client.scheduler_info()["workers"]:
        say(f"{address.name}: no worker yet; waiting for one")
        client.wait_for_workers(1)
    for worker, facts in client.scheduler_info()["workers"].items():
        if code and not is_safe(worker):
            raise UsageError(
                f"--cluster {address.name}: --allow-code would send code over a plain network to "
                f"the worker {worker}; let it join by tls:// (docs/cluster.md)"
            )
        if facts["nthreads"] != 1:
            raise AnimateError(
                f"--cluster {address.name}: the worker {worker} has {facts['nthreads']} threads, "
                "which get in each other's way; start workers with --nthreads 1"
            )
    _check_software(client, address)


def _check_software(client: _Connected, address: Address) -> None:
    """Raises AnimateError where a worker has other software than this process."""
    found = client.get_versions(packages=list(_SAME))
    mine = _versions(found["client"])
    for worker, there in found["workers"].items():
        theirs = _versions(there)
        other = [name for name in mine if theirs[name] != mine[name]]
        if other:
            told = ", ".join(f"{name} {theirs[name]} (here {mine[name]})" for name in other)
            raise AnimateError(
                f"--cluster {address.name}: the worker {worker} has {told}; install the same there"
            )
    codes = client.run(code_here)
    for worker, code in codes.items():
        if code != code_here():
            raise AnimateError(
                f"--cluster {address.name}: the worker {worker} has other code of this program; "
                "install the same there"
            )


def _versions(found: Mapping[str, Any]) -> dict[str, str]:
    """The versions of Python and of the packages."""
    python = ".".join(str(found["host"]["python"]).split(".")[:2])
    packages = {name: found["packages"].get(name) or "missing" for name in _SAME}
    return {"python": python, **packages}


@cache
def code_here() -> str:
    """A hash of the program's code in this process."""
    folder = Path(animate.__file__).parent
    return fingerprint(sorted(folder.rglob("*.py")))
