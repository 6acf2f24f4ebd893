"""What is said on the way: frames as they go by, and single lines."""

import sys
from collections.abc import Iterable, Iterator

from animate.cli.streams import say
from animate.errors import visible
from animate.figure.clip import Frame


class Progress:
    """Frames as they go by: a bar on a terminal, a plain line elsewhere, nothing when quiet."""

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
        yield from frames
