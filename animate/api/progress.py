"""What a notebook shows of long work while it goes on; elsewhere nothing is shown."""

import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from html import escape
from time import monotonic
from typing import Any

from animate.figure.clip import Frame

_EVERY = 0.5
"""Seconds from the beginning to the first look at the work, and between two of them."""


class Progress:
    """Hears of stages and of frames, and shows them from time to time."""

    def __init__(self, name: str) -> None:
        self._name, self._told = name, monotonic()
        self._handle: Any = None

    def __call__(self, what: str, done: int, count: int) -> None:
        """`done` of `count` of the stage `what` is over."""
        now = monotonic()
        if now - self._told >= _EVERY and kernel() is not None:
            self._told = now
            self._show(what, done, count)

    def frames(self, frames: Iterable[Frame], count: int) -> Iterator[Frame]:
        """The same frames, counted as they go by."""
        for done, frame in enumerate(frames, start=1):
            yield frame
            self("frames", done, count)

    def end(self) -> None:
        """Leave nothing to be seen of it."""
        if self._handle is not None:
            self._handle.update({"text/plain": "", "text/html": ""}, raw=True)

    def _show(self, what: str, done: int, count: int) -> None:
        words = f"{self._name}: {what}, {done:,} of {count:,}"
        bar = f'<progress value="{done}" max="{count}"></progress> {escape(words)}'
        data = {"text/plain": words, "text/html": bar}
        if self._handle is None:
            self._handle = _display(data)
        else:
            self._handle.update(data, raw=True)


def _display(data: dict[str, str]) -> Any:
    from IPython import display

    return display.display(  # pyright: ignore[reportUnknownMemberType]
        data, raw=True, display_id=True
    )


@contextmanager
def progress(name: str) -> Generator[Progress]:
    """A context for the work on the scene of that name."""
    told = Progress(name)
    try:
        yield told
    finally:
        told.end()


def shell() -> Any:
    """IPython's shell, if this runs in one; nothing is imported."""
    module = sys.modules.get("IPython")
    return module.get_ipython() if module is not None else None


def kernel() -> Any:
    """The shell of a notebook's kernel, if this runs in one."""
    found = shell()
    return found if hasattr(found, "kernel") else None
