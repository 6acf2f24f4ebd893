"""Values at many points, kept in a file as they come: what was killed goes on where it was."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import numpy as np

_TERMINAL, _FILE = 0.2, 10.0
"""Seconds between two lines of progress, on a terminal and elsewhere."""


class Points:
    """Rows of numbers [measure] in the order of their points, in `file`, float64.

    `measures` is how many numbers a row has. A row that was half written is written anew.
    """

    def __init__(self, file: Path, measures: int) -> None:
        self._file, self._measures = file, measures
        rows = np.fromfile(file) if file.exists() else np.empty(0)
        whole = len(rows) // measures * measures
        self._rows = rows[:whole].reshape(-1, measures)
        self._next = 0
        with file.open("ab") as stream:
            stream.truncate(whole * rows.itemsize)

    @property
    def known(self) -> int:
        """How many rows there are already."""
        return len(self._rows)

    @property
    def first(self) -> np.ndarray:
        """The first row [measure] of those that there are."""
        return self._rows[0]

    def take(
        self, count: int, compute: Callable[[int], np.ndarray], progress: Progress
    ) -> np.ndarray:
        """The rows [count, measure] of the next `count` points, which `compute(k)` gives for those
        that the file does not have yet."""
        begin, self._next = self._next, self._next + count
        there = self._rows[begin : begin + count]
        made = [*there]
        with self._file.open("ab") as stream:
            for k in range(len(there), count):
                row = np.asarray(compute(k), np.float64)
                stream.write(row.tobytes())
                stream.flush()
                made.append(row)
                progress.count()
        return np.array(made).reshape(count, self._measures)


class Progress:
    """A line on standard error: how many points of all are computed, and the time left."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total, self._done, self._shown = total, 0, shown
        self._terminal = sys.stderr.isatty()
        self._begun = self._told = monotonic()

    def count(self) -> None:
        """One more point is computed."""
        self._done += 1
        now = monotonic()
        wait = _TERMINAL if self._terminal else _FILE
        if self._shown and (now - self._told >= wait or self._done == self._total):
            self._told = now
            left = (now - self._begun) / self._done * (self._total - self._done)
            text = f"{self._done} of {self._total} points, {_time(left)} left"
            end = "\r" if self._terminal and self._done < self._total else "\n"
            print(f"{text:<50}", end=end, file=sys.stderr, flush=True)  # noqa: T201  # it is shown


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"
