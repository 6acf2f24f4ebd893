"""An interruption that Python never comes to, since compiled code runs on."""

import os
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Event, Thread

_PATIENCE = 5.0
"""Seconds that are left to Python to come to it."""


@contextmanager
def unless_stuck(came: Callable[[], bool], leave: Callable[[], None]) -> Generator[None]:
    """Where `came()` is still false some seconds after Ctrl-C or a termination: `leave()`, in a
    thread of its own.

    The system tells Python of a signal at once, and Python answers when the main thread is back
    from what it called, which a computation that does not end never is.
    """
    if sys.platform == "win32":
        yield
        return
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    over = Event()

    def watch() -> None:
        while number := os.read(reader, 1):
            if number[0] in (signal.SIGINT, signal.SIGTERM):
                over.wait(_PATIENCE)
                if not over.is_set() and not came():
                    leave()
        os.close(reader)

    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        over.set()
        signal.set_wakeup_fd(before)
        os.close(writer)
