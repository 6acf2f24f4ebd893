"""Several scenes at once, each in a process of its own, which ends with this one."""

import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_PATIENCE = 2.0
"""Seconds in which the processes may end after they were told to."""


class Jobs(Generic[T, R]):
    """`function` applied to items in `count` processes, a new one where one was killed."""

    def __init__(self, function: Callable[[T], R], count: int) -> None:
        self._function, self._count = function, count
        self._running: dict[Connection, tuple[BaseProcess, T]] = {}
        self._processes: list[BaseProcess] = []

    def outcomes(self, items: Sequence[T]) -> Generator[tuple[T, R | int]]:
        """Every item with its result as soon as it is there, or with its process's exit status.

        Ended early, it ends all processes first; what they had begun is left as it is.
        """
        waiting = list(reversed(items))
        try:
            while waiting or self._running:
                while waiting and len(self._running) < self._count:
                    self._begin(*self._fresh(), waiting.pop())
                for connection in wait(list(self._running)):
                    assert isinstance(connection, Connection)
                    process, item = self._running.pop(connection)
                    try:
                        yield item, connection.recv()
                    except (EOFError, OSError):
                        process.join()
                        yield item, process.exitcode or 0
                        continue
                    if waiting:
                        self._begin(connection, process, waiting.pop())
                    else:
                        connection.close()
        finally:
            self._end()

    def _fresh(self) -> tuple[Connection, BaseProcess]:
        context = get_context("spawn")  # JAX does not survive a fork
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self._function), daemon=True)
        self._processes.append(process)
        with _without_interrupts():
            process.start()
        there.close()
        return here, process

    def _begin(self, connection: Connection, process: BaseProcess, item: T) -> None:
        self._running[connection] = process, item
        with suppress(BrokenPipeError):  # killed while it had nothing to do: read as any other
            connection.send(item)

    def _end(self) -> None:
        started = [process for process in self._processes if process.pid is not None]
        for process in started:
            process.terminate()
        until = monotonic() + _PATIENCE
        for process in started:
            process.join(max(until - monotonic(), 0))
            process.kill()


def _serve(connection: Connection, function: Callable[[T], object]) -> None:
    """The other process: apply `function` to what comes, until nothing does.

    A termination ends it at once. Ctrl-C, which a terminal sends to all, is for the first process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it was not blocked from the beginning
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            item = connection.recv()
        except EOFError:
            os._exit(0)  # at once: to take a compiler apart in good order takes 0.3 s
        connection.send(function(item))


@contextmanager
def _without_interrupts() -> Generator[None]:
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
