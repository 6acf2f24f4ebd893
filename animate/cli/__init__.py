"""The command line. `main` is the program."""

import gc
import os
import sys
from io import TextIOWrapper

__all__ = ["main"]

_COLLECTED_AFTER = 50_000
"""New objects between two searches for garbage: importing makes many, and hardly any is garbage."""


def main() -> None:
    """Run the command line and exit: 0 done, 2 mistaken scene or command, 1 failed, 130 stopped."""
    gc.set_threshold(_COLLECTED_AFTER)
    from animate.cli.app import app

    _keep_compiled_code()
    _speak_alone()
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
        sys.stderr.flush()
    except OSError:  # the reader of a pipe has gone
        code = code or 1
    os._exit(code or 0)


def _speak_alone() -> None:
    """Leave messages to the program's own sentences, unless -W asks for those of libraries.

    Signs that the terminal's encoding lacks are replaced rather than end in an error.
    """
    import logging
    import warnings

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # XLA's warnings while it compiles
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def _keep_compiled_code() -> None:
    """Let JAX keep compiled code between runs; a cache that the caller has set up stays in use."""
    from animate.files import cache_folder

    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(cache_folder() / "jax"))
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
