"""The one handler that turns an AnimateError into a sentence and an exit status."""

import signal
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from animate.errors import AnimateError

INTERRUPTED = 130


def told(command: Callable[..., None]) -> Callable[..., None]:
    """`command`, whose failures are told in a line each on standard error, without a traceback.

    With `--debug` the traceback shows. A termination is taken like Ctrl-C: clean up, then go.
    """

    @wraps(command)
    def guarded(*args: Any, debug: bool = False, **kwargs: Any) -> None:
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            command(*args, **kwargs)
        except AnimateError as error:
            if debug:
                raise
            _leave(str(error), error.status)
        except KeyboardInterrupt:
            _leave("interrupted; nothing was changed", INTERRUPTED)
        except BrokenPipeError:
            _leave("", 1)
        except MemoryError:
            _leave("there was not enough memory; make the picture smaller or the clip shorter", 1)

    return guarded


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _leave(sentence: str, status: int) -> None:
    if sentence:
        print(sentence, file=sys.stderr)  # noqa: T201  # this is where the program speaks
    raise typer.Exit(status) from None
