"""The command line. `main` is the program."""

import gc
import os
import sys
from contextlib import suppress

__all__ = ["main"]

_COLLECTED_AFTER = 50_000
"""New objects between two searches for garbage: importing makes many, and hardly any is garbage."""
_OF_CACHE = ("JAX_COMPILATION_CACHE", "JAX_PERSISTENT_CACHE", "JAX_ENABLE_COMPILATION_CACHE")
"""How the names of JAX's settings begin that tell where and whether compiled code is kept."""

_UNBEGUN = "interrupted before anything was begun"


def main() -> None:
    """Run the command line and exit: 0 done, 2 mistaken scene or command, 1 failed, 130 stopped."""
    from animate.cli.streams import open_streams, say

    gc.set_threshold(_COLLECTED_AFTER)
    open_streams()
    try:
        set_environment()
        _silence_libraries()
        from animate.cli.app import app

        app(sys.argv[1:], prog_name="animate")
    except KeyboardInterrupt:
        say(_UNBEGUN)
        _leave(130)
    except SystemExit as end:
        if isinstance(getattr(end.__context__, "__cause__", None), KeyboardInterrupt):
            say(_UNBEGUN)  # typer took it before a command did, and says nothing
        _leave(end.code)


def _leave(code: object) -> None:
    """End at once: all is written, and to take a compiler apart in good order takes 0.3 s."""
    from animate.cli.streams import say

    if not isinstance(code, int | None):
        raise SystemExit(code)
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe has gone
        code = code or 1
    except OSError as error:
        say(f"standard output: {error.strerror}")
        code = code or 1
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code or 0)


def set_environment() -> None:
    """Let JAX keep compiled code between runs; a cache that the caller has set up stays in use.

    Nothing else of the environment changes what is computed or drawn: JAX is set up as it is by
    itself, the processor computes, since a graphics card rounds otherwise, and no window is opened.
    """
    from animate.files import cache_folder

    for name in [name for name in os.environ if name.startswith("JAX_")]:
        if not name.startswith(_OF_CACHE):
            del os.environ[name]
    if folder := cache_folder():
        os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(folder / "jax"))
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # XLA's warnings while it compiles
    os.environ["JAX_PLATFORMS"] = "cpu"
    os.environ.pop(
        "XLA_FLAGS", None
    )  # the compiler ends the process at a flag that it does not know
    os.environ.pop("MPLBACKEND", None)


def _silence_libraries() -> None:
    """Leave messages to the program's own sentences, unless -W asks for those of libraries."""
    import logging
    import warnings

    from animate.errors import Remark

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    warnings.simplefilter("always", Remark)
    warnings.showwarning = _tell


def _tell(message: Warning | str, *_: object) -> None:
    """One line on standard error for what the program or a library has to remark."""
    from animate.cli.streams import say
    from animate.errors import visible

    say(visible(str(message)))
