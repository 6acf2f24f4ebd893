"""Calls in processes of this machine, which end with this one."""

import os
import signal
import sys
from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pickle import loads
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from traceback import format_exc
from types import TracebackType
from typing import Any

from animate.cli.died import WorkerDied

_PATIENCE = 2.0
"""Seconds in which the processes may end after they were told to."""

_Call = tuple[Future[Any], Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class Processes(Executor):
    """Calls in `count` processes, a new one where one was killed: its call raises WorkerDied.

    Left as a context, it ends them; what they had begun is left as it is.
    """

    def __init__(self, count: int) -> None:
        self._calls = SimpleQueue[_Call | None]()
        self._lock, self._over = Lock(), False
        self._processes: list[BaseProcess] = []
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = Future[Any]()
        self._calls.put((future, fn, args, kwargs))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """No more calls; with `cancel_futures` those that run are ended too."""
        if cancel_futures:
            with suppress(Empty):
                while True:
                    if call := self._calls.get_nowait():
                        call[0].cancel()
            self._end()
        for _ in self._threads:
            self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self.shutdown(cancel_futures=True)

    def _work(self) -> None:
        """Hand on calls to a process of this thread's own until there are no more."""
        process: _Process | None = None
        while (call := self._calls.get()) is not None:
            future, *rest = call
            if not future.set_running_or_notify_cancel():
                continue
            try:
                process = process or self._begun()
                future.set_result(process.call(rest))
            except BaseException as error:  # it is raised where the result is asked for
                if isinstance(error, WorkerDied):
                    process = None
                future.set_exception(error)
        if process is not None:
            process.close()

    def _begun(self) -> "_Process":
        with self._lock:
            if self._over:
                raise WorkerDied("was ended before it began")
            process = _Process()
            self._processes.append(process.process)
            return process

    def _end(self) -> None:
        with self._lock:
            self._over = True
        for process in self._processes:
            process.terminate()
        until = monotonic() + _PATIENCE
        for process in self._processes:
            process.join(max(until - monotonic(), 0))
            process.kill()


class _Process:
    """One process, and the connection to it."""

    def __init__(self) -> None:
        context = get_context("spawn")  # JAX does not survive a fork
        self._connection, there = context.Pipe()
        self.process = context.Process(target=_serve, args=(there,), daemon=True)
        with without_interrupts():
            self.process.start()
        there.close()

    def call(self, call: list[Any]) -> Any:
        """What the call gives there. Raises what it raises, and WorkerDied."""
        try:
            with suppress(BrokenPipeError):  # killed while it had nothing to do: read as any other
                self._connection.send(call)
            done, result = self._connection.recv()
        except (EOFError, ConnectionError):
            self.process.join()
            raise WorkerDied(
                f"its process was killed (status {self.process.exitcode}), perhaps for lack of "
                "memory; use fewer --jobs"
            ) from None
        if done:
            return result
        raise result

    def close(self) -> None:
        """No more calls: it ends."""
        self._connection.close()


def _serve(connection: Connection) -> None:
    """The other process: make the calls that come, until none does.

    A termination ends it at once. Ctrl-C, which a terminal sends to all, is for the first process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it was not blocked from the beginning
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            data = connection.recv_bytes()
        except EOFError:
            os._exit(0)  # at once: to take a compiler apart in good order takes 0.3 s
        try:
            function, args, kwargs = loads(data)
            answer = True, function(*args, **kwargs)
        except Exception as error:
            error.add_note(format_exc())
            answer = False, error
        connection.send(answer)


@contextmanager
def without_interrupts() -> Generator[None]:
    """A context in which new processes inherit that Ctrl-C is blocked; here it is put off."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # it unblocks when it starts, as it would with the process
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
