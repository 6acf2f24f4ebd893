"""What is said on the way: frames as they go by, stages of long work, and single lines."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic

from animate.cli.streams import say
from animate.errors import visible
from animate.figure.clip import Frame

_EVERY = 10.0
"""Seconds between two lines where there is no terminal."""
_WIDTH = 79
"""Columns of a line on a terminal that is written over."""


class Progress:
    """Frames as they go by: a bar on a terminal, a plain line elsewhere, and one more every ten
    seconds; nothing when quiet."""

    def __init__(self, name: str, *, quiet: bool, bar: bool) -> None:
        self._name, self._quiet, self._bars = name, quiet, bar and sys.stderr.isatty()

    def __call__(self, frames: Iterable[Frame], count: int) -> Iterable[Frame]:
        if self._quiet:
            return frames
        return self._bar(frames, count) if self._bars else self._lines(frames, count)

    def _bar(self, frames: Iterable[Frame], count: int) -> Iterator[Frame]:
        from rich import progress as shown
        from rich.console import Console

        columns = (
            shown.TextColumn("{task.description}", markup=False),
            shown.BarColumn(),
            shown.TextColumn("{task.completed:.0f} of {task.total:.0f} frames{task.fields[speed]}"),
            shown.TimeRemainingColumn(),
        )
        with shown.Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            number = progress.add_task(visible(self._name), total=count, speed="")
            (task,) = progress.tasks
            for frame in frames:
                yield frame
                progress.advance(number)
                if task.speed is not None:  # it is not known from the first frame on
                    progress.update(number, speed=f", {task.speed:.0f} fps")

    def _lines(self, frames: Iterable[Frame], count: int) -> Iterator[Frame]:
        say(f"{visible(self._name)}: {count} frames")
        stages = Stages(self._name, bar=False)
        for done, frame in enumerate(frames, start=1):
            yield frame
            stages("frames", done, count)


class Stages:
    """Hears of the stages of long work: on a terminal a line that is written over twice a second,
    elsewhere one every ten seconds. Work that is over before then is not told."""

    def __init__(self, name: str, *, bar: bool = True) -> None:
        self._name, self._over = visible(name), bar and sys.stderr.isatty()
        self._what, self._since, self._first = "", 0.0, 0
        self._told = monotonic()

    def __call__(self, what: str, done: int, count: int) -> None:
        """`done` of `count` of that stage is over."""
        now = monotonic()
        if what != self._what:
            self._what, self._since, self._first = what, now, done
        last = done >= count
        if last and self._over:
            self._write("")
        if last or now - self._told < (0.5 if self._over else _EVERY):
            return
        self._told = now
        line = f"{self._name}: {what}, {done:,} of {count:,}{self._left(done, count, now)}"
        if self._over:
            self._write(line)
        else:
            say(line)

    def _left(self, done: int, count: int, now: float) -> str:
        """How long the rest of the stage takes at the pace so far."""
        if done <= self._first:
            return ""
        seconds = (count - done) * (now - self._since) / (done - self._first)
        minutes = f"{seconds / 60:.0f} min" if seconds >= 120 else f"{seconds:.0f} s"
        return f", about {minutes} left"

    def _write(self, line: str) -> None:
        print(f"\r{line[:_WIDTH]:{_WIDTH}}\r", end="", file=sys.stderr, flush=True)  # noqa: T201  # it speaks
