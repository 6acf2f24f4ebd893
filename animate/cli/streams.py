"""The standard streams: what they are opened as, and a line on standard error."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import cast


def open_streams() -> None:
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


def say(line: str) -> None:
    """One line on standard error; where it cannot be written, the work goes on without."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201  # this is where the program speaks
