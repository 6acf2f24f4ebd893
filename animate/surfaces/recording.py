"""Paths that were made elsewhere: a table of positions and losses, as `animate trace` writes it."""

import csv
from pathlib import Path

import numpy as np

from animate.errors import UsageError
from animate.trajectories import Trajectories

COLUMNS = ("optimizer", "step", "x", "y", "loss")
LARGEST = 1_000_000
"""Rows that a table of paths may have."""


def read_paths(path: str | Path) -> Trajectories:
    """The paths in a .csv with the columns optimizer, step, x, y and loss, one row a point.

    Every optimizer has one run; the steps are those that all the rows name together, and a path
    whose last step comes earlier has ended there. Raises UsageError.
    """
    path = Path(path)
    if path.suffix != ".csv":
        raise UsageError(f"paths are read from .csv, not from {path.name!r}")
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = csv.DictReader(file)
            rows = [_row(path, lines.line_num, line) for line in lines]
    except FileNotFoundError:
        raise UsageError(f"there is no file {str(path)!r}") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None
    if not 2 <= len(rows) <= LARGEST:
        raise UsageError(f"{path}: needs 2 to {LARGEST:,} rows, got {len(rows)}")
    return _trajectories(path, rows)


def _row(path: Path, line: int, cells: dict[str, str]) -> tuple[str, int, float, float, float]:
    missing = [name for name in COLUMNS if cells.get(name) is None]
    if missing:
        raise UsageError(f"{path}:{line}: the column {missing[0]!r} is missing")
    try:
        x, y, loss = (float(cells[name]) for name in ("x", "y", "loss"))
        return cells["optimizer"], int(cells["step"]), x, y, loss
    except ValueError:
        raise UsageError(f"{path}:{line}: step, x, y and loss must be numbers") from None


def _trajectories(path: Path, rows: list[tuple[str, int, float, float, float]]) -> Trajectories:
    labels = tuple(dict.fromkeys(row[0] for row in rows))
    steps = np.unique([row[1] for row in rows])
    table = np.full((len(labels), len(steps), 3), np.nan)
    for label, step, *numbers in rows:
        table[labels.index(label), np.searchsorted(steps, step)] = numbers
    for label, part in zip(labels, table, strict=True):
        known = np.asarray(np.isfinite(part).all(axis=1))
        count = known.sum()
        if not count or not known[:count].all():
            raise UsageError(
                f"{path}: the path of {label!r} must begin at step {steps[0]} and have no gap"
            )
    known = np.isfinite(table).all(axis=2)
    table[~known] = np.nan
    return Trajectories(
        labels=labels,
        rates=(None,) * len(labels),
        steps=steps - steps[0],
        positions=table[:, None, :, :2],
        losses=table[:, None, :, 2],
        gradients=np.full((len(labels), 1, len(steps), 2), np.nan),
        ends=(steps - steps[0])[known.sum(axis=1) - 1][:, None],
    )
