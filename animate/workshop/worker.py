"""One process that draws, and stays: what it has imported and compiled is there for the next time.

A process, not a thread: the server answers while it computes, and one that does not come back from
compiled code can be ended. It looks between frames, and between stages of long work, whether it is
still wanted; where it does not come to that, it is ended and another one begins.
"""

import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread, Timer
from typing import Any

from animate.workshop.tasks import Answer, Drawing, Slip, Task, Told, Wrong

_PATIENCE = 2.0
"""Seconds in which a drawing that is no longer wanted may come to its end."""
Hear = Callable[[Task, Told], None]


class Worker:
    """Tasks one after the other; a drawing takes the place of that of the same scene.

    `hear` is called with a task and what is told of it, in a thread of the worker's own.
    """

    def __init__(self, hear: Hear) -> None:
        self._hear, self._lock, self._over = hear, Lock(), False
        self._context = get_context("spawn")  # JAX does not survive a fork
        self._waiting: list[Task] = []
        self._now: Task | None = None
        self._number = self._context.Value("q", 0, lock=False)  # one writes, one reads
        self._begin()

    def do(self, task: Task) -> None:
        """Do it as soon as may be."""
        with self._lock:
            if isinstance(task, Drawing):
                self._waiting = [each for each in self._waiting if not _replaces(task, each)]
                if self._now is not None and _replaces(task, self._now):
                    self._number.value += 1
                    self._end_unless_done(self._now)
            self._waiting.append(task)
            self._send()

    def close(self) -> None:
        """End the process, whatever it does."""
        with self._lock:
            self._over = True
            self._process.kill()
        self._process.join(1.0)

    def _begin(self) -> None:
        here, there = self._context.Pipe()
        self._connection = here
        arguments = there, self._number
        self._process: BaseProcess = self._context.Process(
            target=_serve, args=arguments, daemon=True
        )
        self._process.start()
        there.close()
        Thread(target=self._listen, args=(here,), daemon=True).start()

    def _send(self) -> None:
        """Hand on the next task, if there is none now. The lock is held."""
        if self._now is None and self._waiting and not self._over:
            self._now = self._waiting.pop(0)
            with suppress(OSError):  # it has died: that is heard by the one who listens
                self._connection.send((self._number.value, self._now))

    def _listen(self, connection: Connection) -> None:
        while True:
            try:
                told: Told = connection.recv()
            except (EOFError, OSError):
                self._died(connection)
                return
            self._take(told)

    def _take(self, told: Told) -> None:
        with self._lock:
            task = self._now
            if isinstance(told, Answer):
                self._now = None
                self._send()
        if task is not None:
            self._hear(task, told)

    def _died(self, connection: Connection) -> None:
        """Begin another process where one has gone; the task that it had is told to have failed."""
        with self._lock:
            if self._over or connection is not self._connection:
                return
            task, self._now = self._now, None
            wanted = task is not None and not any(_replaces(each, task) for each in self._waiting)
            self._begin()
            self._send()
        if task is not None:
            if wanted:
                why = "the process that draws was ended, perhaps for lack of memory; save again"
                self._hear(task, Wrong((Slip(why),)))
            self._hear(task, Answer())

    def _end_unless_done(self, task: Task) -> None:
        process = self._process

        def end() -> None:
            with self._lock:
                if self._now is task and process is self._process:
                    process.kill()

        timer = Timer(_PATIENCE, end)
        timer.daemon = True
        timer.start()


def _replaces(task: Task, other: Task) -> bool:
    """Whether the one makes the other superfluous: a drawing that of the same scene."""
    return isinstance(task, Drawing) and isinstance(other, Drawing) and task.scene == other.scene


def _serve(connection: Connection, number: Any) -> None:
    """The other process: do the tasks that come, until the one that began it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which a terminal sends to all
    Thread(target=_end_with_parent, daemon=True).start()
    from animate.workshop.draw import Desk

    gc.disable()  # a search for garbage in the midst of a drawing takes as long as all of its race
    current = 0
    desk = Desk(connection.send, lambda: number.value == current)
    while True:
        try:
            current, task = connection.recv()
        except EOFError:
            os._exit(0)
        desk.do(task)
        gc.collect()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
