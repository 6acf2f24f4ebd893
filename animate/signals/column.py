"""A signal that was measured: a column of a table."""

from pathlib import Path

import numpy as np

from animate.errors import UsageError
from animate.signals.table import Steps
from animate.surfaces.rows import read_rows

_FEWEST, LARGEST = 3, 1_000_000
"""Rows that a table of a signal has at least, and may have."""


def read_column(path: str | Path, column: str | None = None) -> Steps:
    """The gradients in a column of a .csv with a header, a row for every step.

    Without a name it is the only column. Raises UsageError.
    """
    path = Path(path)
    if path.suffix != ".csv":
        raise UsageError(f"a signal is read from .csv, not from {path.name!r}")

    def columns(path: Path, header: list[str]) -> list[int]:
        names = [name.strip() for name in header]
        if column is None and len(names) == 1:
            return [0]
        if column not in names:
            wanted = "say which with column: NAME" if column is None else f"{column!r} is none"
            raise UsageError(f"{path}:1: the columns are {', '.join(names)}; {wanted}")
        return [names.index(column)]

    def row(path: Path, line: int, cells: list[str], order: list[int]) -> float:
        try:
            number = float(cells[order[0]])
        except (IndexError, ValueError):
            number = np.nan
        if not np.isfinite(number):
            raise UsageError(f"{path}:{line}: needs a finite number")
        return number

    rows = read_rows(path, LARGEST, column or "gradient", columns, row)
    if len(rows) < _FEWEST:
        raise UsageError(f"{path}: needs a row for every step, at least {_FEWEST}; got {len(rows)}")
    return np.array(rows)
