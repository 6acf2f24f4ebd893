"""The command line. `main` is the program."""

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import cast

__all__ = ["main"]

_COLLECTED_AFTER = 50_000
"""New objects between two searches for garbage: importing makes many, and hardly any is garbage."""
_OF_CACHE = ("JAX_COMPILATION_CACHE", "JAX_PERSISTENT_CACHE", "JAX_ENABLE_COMPILATION_CACHE")
"""How the names of JAX's settings begin that tell where and whether compiled code is kept."""


def main() -> None:
    """Run the command line and exit: 0 done, 2 mistaken scene or command, 1 failed, 130 stopped."""
    gc.set_threshold(_COLLECTED_AFTER)
    _open_streams()
    _set_environment()
    _silence_libraries()
    from animate.cli.app import app

    try:
        app(sys.argv[1:], prog_name="animate")
    except SystemExit as end:
        _leave(end.code)


def _leave(code: object) -> None:
    """End at once: all is written, and to take a compiler apart in good order takes 0.3 s."""
    if not isinstance(code, int | None):
        raise SystemExit(code)
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe has gone
        code = code or 1
    except OSError as error:
        print(f"standard output: {error.strerror}", file=sys.stderr)  # noqa: T201  # it is the end
        code = code or 1
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code or 0)


def _open_streams() -> None:
    """Give closed standard streams a place, and each the encoding that its reader expects.

    Without a place, the next file that is opened would take the number of standard output. What is
    redirected is UTF-8 with plain line ends whatever the system's code page; on a terminal, signs
    that its encoding lacks are replaced.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin, sys.stdout, sys.stderr = (
        stream or open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115  # for all the run
        for stream, mode in ((sys.stdin, "r"), (sys.stdout, "w"), (sys.stderr, "w"))
    )
    cast("TextIOWrapper", sys.stderr).reconfigure(errors="replace")
    output = cast("TextIOWrapper", sys.stdout)
    if output.isatty():
        output.reconfigure(errors="replace")
    else:
        output.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def _set_environment() -> None:
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
    from animate.errors import visible

    print(visible(str(message)), file=sys.stderr)  # noqa: T201  # this is where the program speaks
