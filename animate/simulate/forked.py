"""A process forked from one in which JAX has run: its threads are not there, and it would wait."""

import os

from animate.errors import AnimateError

_SEEN: set[int] = set()
"""The processes, this one and those it was forked from, that have computed something."""


def check_process() -> None:
    """Note that this process computes. Raises AnimateError where its parent already had."""
    here = os.getpid()
    if _SEEN - {here}:
        raise AnimateError(
            "this process was forked from one in which animate had computed something, and JAX "
            "does not survive a fork; use multiprocessing.get_context('spawn')"
        )
    _SEEN.add(here)
