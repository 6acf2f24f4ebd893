"""The one handler that turns an AnimateError into a sentence and an exit status."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import typer

from animate.errors import AnimateError, visible

INTERRUPTED = 130
_PATIENCE = 3.0
"""Seconds after which an interruption that has been lost on the way is raised again."""


def told(command: Callable[..., None]) -> Callable[..., None]:
    """`command`, whose failures are told in a line each on standard error, without a traceback.

    With `--debug` the traceback shows. A termination is taken like Ctrl-C: clean up, then go.
    """

    @wraps(command)
    def guarded(*args: Any, debug: bool = False, **kwargs: Any) -> None:
        try:
            with _interruptible():
                command(*args, **kwargs)
        except AnimateError as error:
            if debug:
                raise
            _leave(str(error), error.status)
        except _Late:
            _leave("interrupted when all was done", INTERRUPTED)
        except KeyboardInterrupt:
            _leave("interrupted; nothing was changed", INTERRUPTED)
        except BrokenPipeError:
            _leave("", 1)
        except OSError as error:
            if debug:
                raise
            _leave(f"{error.filename or 'standard output'}: {error.strerror or error}", 1)
        except MemoryError:
            _leave("there was not enough memory; make the picture smaller or the clip shorter", 1)

    return guarded


class _Late(KeyboardInterrupt):
    """An interruption that was lost on the way, and the command came to its end first."""


@contextmanager
def _interruptible() -> Iterator[None]:
    """KeyboardInterrupt at Ctrl-C and at a termination, again and again until it is heard.

    Python drops what is raised while it happens to run a destructor or a weak reference's callback,
    as it does all the time when it imports. Raises _Late at the end where it never was.
    """
    again = sys.platform != "win32"
    asked = False
    numbers = [signal.SIGINT, signal.SIGTERM, *([signal.SIGALRM] if again else [])]

    def interrupt(*_: Any) -> None:
        nonlocal asked
        asked = True
        if again:
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
        if asked:
            raise _Late
    finally:
        if again:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(sentence: str, status: int) -> None:
    for line in sentence.splitlines():
        print(visible(line), file=sys.stderr)  # noqa: T201  # this is where the program speaks
    raise typer.Exit(status) from None
