"""Paths that were made elsewhere: a table of positions and losses, as `animate trace` writes it."""

import csv
from collections.abc import Sequence
from functools import partial
from math import isfinite
from pathlib import Path

import numpy as np

from animate.errors import UsageError
from animate.registry import clipped
from animate.simulate.trajectories import Trajectories
from animate.surfaces.rows import read_rows

COLUMNS = ("optimizer", "step", "x", "y", "loss")
"""Over a function of one variable y is left out."""
BESIDE = ("plane_loss", "distance")
"""Columns that a network's paths have too: the loss on the plane at its nearest point, and how far
that is."""
LARGEST = 1_000_000
"""Rows that a table of paths may have."""
MOST = 128
"""Paths at most: more cannot be told apart."""
LAST_STEP = 1_000_000_000
"""The largest number of a step."""
LONGEST_LABEL = 40
"""Characters of a path's name."""
HIGHEST = 1e300
"""Numbers at most: what is drawn needs room for sums and margins."""
_MOST_PLACES = 4_000_000
"""Paths times steps: positions that are kept in memory."""

_Row = tuple[str, int, tuple[float, ...]]
_Beside = tuple[str, int, float, float]


def read_paths(path: str | Path, variables: int = 2) -> Trajectories:
    """The paths in a .csv with the columns optimizer, step, x, y and loss, or of so many
    variables, one row a point.

    Every optimizer has one run; the steps are those that all the rows name together, numbered as
    there, and a path whose last step comes earlier has ended there. Raises UsageError.
    """
    path = Path(path)
    if path.suffix != ".csv":
        raise UsageError(f"paths are read from .csv, not from {path.name!r}")
    names = tuple(name for name in COLUMNS if name != "y" or variables > 1)
    columns, row = partial(_columns, names=names), partial(_row, names=names)
    rows = read_rows(path, LARGEST, ",".join(names), columns, row)
    if len(rows) < 2:
        raise UsageError(f"{path}: needs 2 to {LARGEST:,} rows, got {len(rows)}")
    return _trajectories(path, rows, names)


def read_beside(path: str | Path) -> tuple[np.ndarray, np.ndarray] | None:
    """The plane's losses and the distances from it [path, step] of a network's paths, in the order
    of `read_paths`; None where the table has no such columns. Raises UsageError."""
    path = Path(path)
    names = (*COLUMNS, *BESIDE)
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            header = next(csv.reader(file), [])
    except (UnicodeDecodeError, csv.Error):
        raise UsageError(f"{path} is not a text file of rows {','.join(COLUMNS)}") from None
    if not set(BESIDE) <= set(header):
        return None

    def cells(path: Path, line: int, cells: list[str], order: list[int]) -> _Beside:
        label, step, *_ = _row(path, line, cells, order[: len(COLUMNS)])
        try:
            below, distance = (float(cells[place]) for place in order[len(COLUMNS) :])
        except (IndexError, ValueError):
            raise UsageError(f"{path}:{line}: {' and '.join(BESIDE)} must be numbers") from None
        return label, step, below, distance

    rows = read_rows(path, LARGEST, ",".join(names), partial(_columns, names=names), cells)
    labels = {label: k for k, label in enumerate(dict.fromkeys(row[0] for row in rows))}
    steps, places = np.unique([row[1] for row in rows], return_inverse=True)
    table = np.full((2, len(labels), len(steps)), np.nan)
    owners = [labels[row[0]] for row in rows]
    table[:, owners, places] = np.array([row[2:] for row in rows], np.float64).T
    return table[0], table[1]


def _columns(path: Path, header: list[str], names: Sequence[str] = COLUMNS) -> list[int]:
    """Where each of `names` stands in a row, by the header."""
    missing = [name for name in names if name not in header]
    if missing:
        raise UsageError(f"{path}:1: the column {missing[0]!r} is missing")
    twice = [name for name in names if header.count(name) > 1]
    if twice:
        raise UsageError(f"{path}:1: the column {twice[0]!r} is there twice")
    return [header.index(name) for name in names]


def _row(
    path: Path, line: int, cells: list[str], order: list[int], names: Sequence[str] = COLUMNS
) -> _Row:
    try:
        name, step, *numbers = [cells[place] for place in order]
    except IndexError:
        missing = next(name for name, k in zip(names, order, strict=True) if k >= len(cells))
        raise UsageError(f"{path}:{line}: the column {missing!r} is missing") from None
    try:
        if any("_" in each for each in (step, *numbers)):  # which Python alone takes for digits
            raise ValueError
        exact, *known = map(float, (step, *numbers))
    except ValueError:
        raise UsageError(f"{path}:{line}: step, {_named(names)} must be numbers") from None
    if not exact.is_integer():
        raise UsageError(f"{path}:{line}: step must be a whole number, got {exact:g}")
    whole = int(exact)
    if not name.strip():
        raise UsageError(f"{path}:{line}: the path has no name; write one under 'optimizer'")
    if any(isfinite(each) and abs(each) > HIGHEST for each in known):
        raise UsageError(f"{path}:{line}: numbers may reach ±{HIGHEST:g}; scale them down")
    if abs(whole) > LAST_STEP:
        raise UsageError(f"{path}:{line}: step must be within ±{LAST_STEP:,}")
    return name, whole, tuple(known)


def _named(names: Sequence[str]) -> str:
    """The numbers of a row among its columns, such as x, y and loss."""
    *places, loss = names[2:]
    return f"{', '.join(places)} and {loss}"


def _trajectories(path: Path, rows: list[_Row], names: Sequence[str]) -> Trajectories:
    labels = {label: k for k, label in enumerate(dict.fromkeys(row[0] for row in rows))}
    for label in labels:
        if len(label) > LONGEST_LABEL:
            raise UsageError(
                f"{path}: the name {clipped(label)!r} has more than {LONGEST_LABEL} characters"
            )
    steps, places = np.unique([row[1] for row in rows], return_inverse=True)
    if len(labels) > MOST:
        raise UsageError(f"{path}: has {len(labels):,} paths, and at most {MOST} are shown")
    if len(labels) * len(steps) > _MOST_PLACES:
        raise UsageError(
            f"{path}: {len(labels)} paths with {len(steps):,} steps between them are too many; "
            "name the same steps in every path"
        )
    owners = np.array([labels[row[0]] for row in rows])
    _check_steps(path, list(labels), steps, owners * len(steps) + places)
    table = np.full((len(labels), len(steps), len(names) - 2), np.nan)
    table[owners, places] = [row[2] for row in rows]
    given = np.zeros(table.shape[:2], bool)
    given[owners, places] = True
    for label, part, there in zip(labels, table, given, strict=True):
        known = np.asarray(np.isfinite(part).all(axis=1))
        count = known.sum()
        if not count or not known[:count].all():
            raise UsageError(
                f"{path}: the path of {label!r} {_gap(steps, known, there, _named(names))}"
            )
    known = np.isfinite(table).all(axis=2)
    table[~known] = np.nan
    return Trajectories(
        labels=tuple(labels),
        rates=(None,) * len(labels),
        steps=steps,
        positions=table[:, None, :, :-1],
        losses=table[:, None, :, -1],
        gradients=np.full((len(labels), 1, len(steps), len(names) - 3), np.nan),
        ends=steps[known.sum(axis=1) - 1][:, None],
        cut=np.logical_not((given & ~known).any(axis=1)),
    )


def _gap(steps: np.ndarray, known: np.ndarray, given: np.ndarray, named: str) -> str:
    """What is wrong with a path that has a row at those of `steps` that are `given`, and a finite
    one at those that are `known`; `named` are the numbers of a row."""
    if not known.any() or (given[0] and not known[0]):
        return f"has no finite {named} at step {steps[0]}; give every step a row"
    if not known[0]:
        first = steps[known.argmax()]
        return f"begins at step {first}, and others at step {steps[0]}; let all begin at one step"
    return (
        f"has no finite {named} at step {steps[(~known).argmax()]}, though it goes on after "
        "it; give every step a row, or end the path there"
    )


def _check_steps(path: Path, labels: list[str], steps: np.ndarray, places: np.ndarray) -> None:
    """Whether no path has two rows of one step; `places` [row] are label by label, then by step."""
    twice = np.flatnonzero(np.bincount(places) > 1)
    if len(twice):
        label, step = divmod(int(twice[0]), len(steps))
        raise UsageError(
            f"{path}: the path of {labels[label]!r} has more than one row for step {steps[step]}"
        )
