"""The one handler that turns an AnimateError into a sentence and an exit status."""

import os
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from types import FrameType

import typer

from animate.cli.streams import say
from animate.cli.stuck import unless_stuck
from animate.errors import AnimateError, visible

INTERRUPTED = 130
_LEFT = "interrupted; what was not finished is as it was before"
_PATIENCE = 3.0
"""Seconds after which an interruption that Python dropped is raised again."""
_LOADING = 10.0
"""Seconds for which an interruption waits until libraries are imported."""
_SOON = 0.05
"""Seconds between two looks whether they are."""


def reports_errors(command: Callable[..., None]) -> Callable[..., None]:
    """`command`, with each failure reported in a line on standard error, without a traceback.

    With `--debug` the traceback shows. A termination is taken like Ctrl-C: clean up, then go.
    """

    @wraps(command)
    def guarded(*args: object, debug: bool = False, **kwargs: object) -> None:
        try:
            with _interruptible():
                command(*args, **kwargs)
        except _LateInterrupt:
            _leave("interrupted when all was done", INTERRUPTED)
        except KeyboardInterrupt:
            _leave(_LEFT, INTERRUPTED)
        except BrokenPipeError:
            _leave("", 1)
        except Exception as error:
            failure = explained(error)
            if failure is None or debug:
                raise
            _leave(failure.sentence, failure.status)

    return guarded


@dataclass(frozen=True)
class Failure:
    """What the user is told of an error, and the exit status."""

    sentence: str
    status: int


def explained(error: Exception) -> Failure | None:
    """What an error says to the user; None where it is a mistake of the program."""
    match error:
        case AnimateError():
            return Failure(str(error), error.status)
        case OSError():
            where = error.filename or "standard output"
            return Failure(f"{where}: {error.strerror or error}", AnimateError.status)
        case MemoryError():
            return Failure(
                "there was not enough memory; make the picture smaller or the clip shorter",
                AnimateError.status,
            )
        case _:
            return None


class _LateInterrupt(KeyboardInterrupt):
    """An interruption that Python dropped, so that the command came to its end."""


@contextmanager
def _interruptible() -> Generator[None]:
    """Raise KeyboardInterrupt at Ctrl-C and at a termination, repeatedly until it is handled.

    Python drops what is raised while it happens to run a destructor or a weak reference's callback,
    as it does all the time when it imports; libraries that are no Python die of it while they are
    imported, so it waits, or make another error of it. Raises _LateInterrupt at the end where it
    never was.
    """
    again = sys.platform != "win32"
    asked: list[float] = []
    numbers = [signal.SIGINT, signal.SIGTERM, *([signal.SIGALRM] if again else [])]

    def interrupt(_: int, frame: FrameType | None) -> None:
        asked.append(monotonic())
        waits = again and asked[-1] - asked[0] < _LOADING and _is_importing(frame)
        if again:
            signal.setitimer(signal.ITIMER_REAL, _SOON if waits else _PATIENCE)
        if not waits:
            raise KeyboardInterrupt

    def leave() -> None:
        say(_LEFT)
        os._exit(INTERRUPTED)

    before = {number: signal.signal(number, interrupt) for number in numbers}
    report, sys.unraisablehook = sys.unraisablehook, _without_interrupts
    try:
        with unless_stuck(lambda: bool(asked), leave):
            yield
        if asked:
            raise _LateInterrupt
    except Exception as error:
        if asked:
            raise KeyboardInterrupt from error
        raise
    finally:
        sys.unraisablehook = report
        if again:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_importing(frame: FrameType | None) -> bool:
    """Whether `frame` runs inside of an import that a command has begun."""
    while frame is not None and frame.f_code.co_filename != __file__:
        if frame.f_code.co_filename.startswith("<frozen importlib."):
            return True
        frame = frame.f_back
    return False


def _without_interrupts(unraisable: "sys.UnraisableHookArgs") -> None:
    """Report what Python drops, but for interruptions, which come again."""
    if unraisable.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(unraisable)


def _leave(sentence: str, status: int) -> None:
    for line in sentence.splitlines():
        say(visible(line))
    raise typer.Exit(status) from None
