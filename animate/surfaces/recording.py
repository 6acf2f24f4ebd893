"""Paths that were made elsewhere: a table of positions and losses, as `animate trace` writes it."""

import csv
from itertools import islice
from pathlib import Path

import numpy as np

from animate.errors import UsageError
from animate.files import Unreadable, check_table
from animate.registry import clipped
from animate.trajectories import Trajectories

COLUMNS = ("optimizer", "step", "x", "y", "loss")
LARGEST = 1_000_000
"""Rows that a table of paths may have."""
MOST = 128
"""Paths: nobody could tell more apart."""
LAST_STEP = 1_000_000_000
LONGEST_LABEL = 40
_MOST_PLACES = 4_000_000


def read_paths(path: str | Path) -> Trajectories:
    """The paths in a .csv with the columns optimizer, step, x, y and loss, one row a point.

    Every optimizer has one run; the steps are those that all the rows name together, and a path
    whose last step comes earlier has ended there. Raises UsageError.
    """
    path = Path(path)
    if path.suffix != ".csv":
        raise UsageError(f"paths are read from .csv, not from {path.name!r}")
    try:
        check_table(path, LARGEST)
    except Unreadable as error:
        raise UsageError(f"{path} {error}") from None
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = csv.DictReader(file)
            rows = [_row(path, lines.line_num, line) for line in islice(lines, LARGEST + 1)]
    except (UnicodeDecodeError, csv.Error):
        raise UsageError(f"{path} is not a text file of rows optimizer,step,x,y,loss") from None
    if not 2 <= len(rows) <= LARGEST:
        got = f"more than {LARGEST:,}" if len(rows) > LARGEST else str(len(rows))
        raise UsageError(f"{path}: needs 2 to {LARGEST:,} rows, got {got}")
    return _trajectories(path, rows)


def _check_label(path: Path, label: str) -> None:
    if len(label) > LONGEST_LABEL:
        raise UsageError(
            f"{path}: the name {clipped(label)!r} has more than {LONGEST_LABEL} characters"
        )


def _row(path: Path, line: int, cells: dict[str, str]) -> tuple[str, int, float, float, float]:
    missing = [name for name in COLUMNS if cells.get(name) is None]
    if missing:
        raise UsageError(f"{path}:{line}: the column {missing[0]!r} is missing")
    try:
        x, y, loss = (float(cells[name]) for name in ("x", "y", "loss"))
        step = int(cells["step"])
    except ValueError:
        raise UsageError(f"{path}:{line}: step, x, y and loss must be numbers") from None
    if abs(step) > LAST_STEP:
        raise UsageError(f"{path}:{line}: step must be within ±{LAST_STEP:,}")
    return cells["optimizer"], step, x, y, loss


def _trajectories(path: Path, rows: list[tuple[str, int, float, float, float]]) -> Trajectories:
    labels = tuple(dict.fromkeys(row[0] for row in rows))
    for label in labels:
        _check_label(path, label)
    steps = np.unique([row[1] for row in rows])
    if len(labels) > MOST:
        raise UsageError(f"{path}: has {len(labels):,} paths, and at most {MOST} are shown")
    if len(labels) * len(steps) > _MOST_PLACES:
        raise UsageError(
            f"{path}: {len(labels)} paths with {len(steps):,} steps between them are too many; "
            "name the same steps in every path"
        )
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
