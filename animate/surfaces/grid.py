"""A user's surface as numbers: a grid of losses from an .npz, a .csv or a picture."""

from functools import partial
from pathlib import Path

from animate.arrays import Arrays, arrays
from animate.errors import UsageError
from animate.registry import clipped
from animate.surfaces import picture
from animate.surfaces.libraries import np
from animate.surfaces.lowest_node import lowest_nodes
from animate.surfaces.rows import read_rows
from animate.surfaces.spline import interpolant, nodes
from animate.surfaces.table import Point, Surface

LARGEST = 1_000_000
"""Nodes that a grid may have: 1000 × 1000, more than a picture has pixels to show."""
HIGHEST = 1e300
"""The largest |z| that counts as finite: sums of a few must not overflow."""
WIDEST = 1e100
"""The largest |x| or |y|."""
FINEST = 1e-12
"""The least distance between neighbouring x or y, as a share of the largest."""

_BESIDE = 0.3
"""How far beside a peak a start is, as a share of the cell."""

_BOUND = f"a grid has at most {LARGEST:,} nodes"
_CALLED = {"x": ("x", "xcoordinates"), "y": ("y", "ycoordinates"), "z": ("z", "train_loss")}
"""What an array of an .npz may be called, in capitals too: by us, or by H. Li et al. (2018)."""
_SHAPES = "it needs x[nx], y[ny] and z[ny, nx]"


def read_grid(path: str | Path) -> Surface:
    """The surface that a grid of losses describes, between the nodes by bicubic pieces.

    .npz: arrays x[nx], y[ny], z[ny, nx], x and y in rising or falling order, or as numpy.meshgrid
    makes them; .csv: columns x, y, z, one row a node, in any order; .png
    and .tif: levels of grey, from black 0 to white 1, the longer side from 0 to 1. A z that is NaN
    or infinite leaves the surface undefined around it. No value is outside the range of the
    nodes'. The window is the grid's extent,
    the start its highest node away from the edge, the minima its lowest nodes, where they are sure
    to be some. Raises UsageError.
    """
    path = Path(path)
    pictures = dict.fromkeys(picture.ENDINGS, partial(picture.read_picture, most=LARGEST))
    readers = {".npz": _read_npz, ".csv": _read_csv, **pictures}
    if path.suffix not in readers:
        raise UsageError(f"a grid is read from {', '.join(readers)}, not from {path.name!r}")
    try:
        x, y, z = readers[path.suffix](path)
    except FileNotFoundError:
        raise UsageError(f"there is no file {str(path)!r}") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from None
    far = z[np.isfinite(z) & (np.abs(z) > HIGHEST)]
    if far.size:
        raise UsageError(
            f"{path}: every z must be within ±{HIGHEST:g}, or NaN where there is none, got "
            f"{far[0]:g}; scale the values"
        )
    z = np.where(np.abs(z) <= HIGHEST, z, np.nan)
    base = _base(z)
    table = nodes(x, y, z - base)
    relief = interpolant(x, y, table)
    return Surface(
        name=path.stem,
        function=(lambda at_x, at_y: relief(at_x, at_y) + base) if base else relief,
        window=((float(x[0]), float(x[-1])), (float(y[0]), float(y[-1]))),
        start=_start(path, x, y, table),
        minima=lowest_nodes(x, y, table[..., 0]),
        relief=relief if base else None,
        base=base,
    )


def _base(z: "np.ndarray") -> float:
    """The z nearest to 0, if the others are less far from it than it is from 0; else 0.

    Less it they lose nothing, and their differences keep the digits that a large one takes.
    """
    known = z[np.isfinite(z)]
    if not known.size:
        return 0.0
    base = float(known[np.argmin(np.abs(known))])
    return base if np.abs(known - base).max() < abs(base) else 0.0


def _start(path: Path, x: "np.ndarray", y: "np.ndarray", table: "np.ndarray") -> Point:
    """The highest node at least a tenth of the extent from the edge (if there is one) whose own
    cell is defined; beside it, in that cell, where it is a peak and nothing would move."""
    known = np.logical_and.reduce(np.isfinite(table), axis=-1)
    cells = known[:-1, :-1] & known[1:, :-1] & known[:-1, 1:] & known[1:, 1:]
    defined = np.pad(cells, ((0, 1), (0, 1)), mode="edge")
    if not defined.any():
        raise UsageError(f"{path}: no cell of the grid has a value at all its corners")
    inner = np.abs(x - (x[0] + x[-1]) / 2) <= 0.4 * (x[-1] - x[0])
    middle = np.abs(y - (y[0] + y[-1]) / 2) <= 0.4 * (y[-1] - y[0])
    central = defined & middle[:, None] & inner[None, :]
    heights = np.where(central if central.any() else defined, table[..., 0], -np.inf)
    row, column = np.unravel_index(np.argmax(heights), heights.shape)
    if table[row, column, 1:3].any():
        return float(x[column]), float(y[row])
    beside = [
        (bottom, left)
        for bottom in (row, row - 1)
        for left in (column, column - 1)
        if 0 <= bottom < len(y) - 1 and 0 <= left < len(x) - 1 and cells[bottom, left]
    ]
    bottom, left = beside[0]
    near, far = (x[column], y[row]), (x[left] + x[left + 1], y[bottom] + y[bottom + 1])
    across, up = (at + _BESIDE * (both - 2 * at) for at, both in zip(near, far, strict=True))
    return float(across), float(up)


def _read_npz(path: Path) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    with arrays(path) as stored:
        x, y, z = _rising(*_from_mesh(*(_array(path, stored, name) for name in "xyz")))
    for name, axis in (("x", x), ("y", y)):
        _check_axis(path, name, axis)
    if z.shape != (len(y), len(x)):
        remedy = "; transpose it" if z.shape == (len(x), len(y)) else ""
        raise UsageError(
            f"{path}: z must have the shape [ny, nx] = [{len(y)}, {len(x)}], "
            f"got {list(z.shape)}{remedy}"
        )
    return x, y, z


def _array(path: Path, stored: Arrays, name: str) -> "np.ndarray":
    found = [each for each in stored.names if each.lower() in _CALLED[name]]
    exact = [each for each in found if each == name] or found
    if not exact:
        there = ", ".join(map(clipped, stored.names[:8])) or "nothing"
        raise UsageError(f"{path} has no array named {name!r}; {_SHAPES}, and has {there}")
    if len(exact) > 1:
        both = " and ".join(map(clipped, exact[:2]))
        raise UsageError(f"{path}: {both} may both be {name}; {_SHAPES}")
    return stored.read(exact[0], LARGEST, _BOUND)


def _from_mesh(
    x: "np.ndarray", y: "np.ndarray", z: "np.ndarray"
) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    """x[nx], y[ny] and z[ny, nx] from x and y as numpy.meshgrid makes them, in either indexing.

    Anything else comes back as it is.
    """
    if z.ndim != 2 or not z.size or not x.shape == y.shape == z.shape:
        return x, y, z
    if (x == x[:1]).all() and (y == y[:, :1]).all():
        return x[0], y[:, 0], z
    if (x == x[:, :1]).all() and (y == y[:1]).all():
        return x[:, 0], y[0], z.T
    return x, y, z


def _rising(
    x: "np.ndarray", y: "np.ndarray", z: "np.ndarray"
) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    """The same grid with axes that fall turned round."""
    if _falls(x) and z.ndim == 2:
        x, z = x[::-1], z[:, ::-1]
    if _falls(y) and z.ndim == 2:
        y, z = y[::-1], z[::-1]
    return x, y, z


def _falls(axis: "np.ndarray") -> bool:
    return axis.ndim == 1 and len(axis) > 1 and bool((np.diff(axis) < 0).all())


def _read_csv(path: Path) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    rows = read_rows(path, LARGEST, "x,y,z", _columns, _row)
    if len(rows) > LARGEST:
        raise UsageError(f"{path} is too large: {_BOUND}")
    return _full_grid(path, np.array(rows, np.float64).reshape(-1, 3))


def _full_grid(path: Path, table: "np.ndarray") -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    """x[nx], y[ny] and z[ny, nx] from rows of x, y and z in any order."""
    x, columns = np.unique(table[:, 0], return_inverse=True)
    y, places = np.unique(table[:, 1], return_inverse=True)
    _check_axis(path, "x", x)
    _check_axis(path, "y", y)
    if len(x) * len(y) > LARGEST:
        raise UsageError(
            f"{path}: its {len(x)} x and {len(y)} y make a grid of {len(x) * len(y):,} nodes, but "
            f"there are {len(table)} rows"
        )
    count = np.zeros((len(y), len(x)), int)
    np.add.at(count, (places, columns), 1)
    for wrong, verb in ((count == 0, "no row"), (count > 1, "more than one row")):
        if wrong.any():
            row, column = np.argwhere(wrong)[0]
            raise UsageError(
                f"{path}: its {len(x)} x and {len(y)} y make a grid of {count.size} nodes, but "
                f"there is {verb} for x = {x[column]:g}, y = {y[row]:g}"
            )
    z = np.empty(count.shape)
    z[places, columns] = table[:, 2]
    return x, y, z


def _columns(path: Path, header: list[str]) -> list[int]:
    """Where x, y and z stand in a row, by the header."""
    names = [name.strip().lower() for name in header]
    missing = [name for name in "xyz" if name not in names]
    if missing:
        raise UsageError(
            f"{path}: the first line must name the columns x, y and z, got "
            f"{','.join(header)[:60]!r}"
        )
    return [names.index(name) for name in "xyz"]


def _row(path: Path, line: int, cells: list[str], order: list[int]) -> list[float]:
    try:
        x, y, z = (cells[column].strip() for column in order)
        return [float(x), float(y), float(z or "nan")]
    except (IndexError, ValueError):
        raise UsageError(f"{path}:{line}: not three numbers: {','.join(cells)[:60]!r}") from None


def _check_axis(path: Path, name: str, axis: "np.ndarray") -> None:
    if axis.ndim != 1:
        raise UsageError(f"{path}: {name} must have one axis, got the shape {list(axis.shape)}")
    if len(axis) < 2:
        raise UsageError(f"{path}: a grid needs two {name} or more, got {len(axis)}")
    if not np.isfinite(axis).all():
        raise UsageError(f"{path}: every {name} must be a finite number")
    size = np.abs(axis).max()
    if size > WIDEST:
        raise UsageError(f"{path}: every {name} must be within ±{WIDEST:g}, got {size:g}")
    falls = np.flatnonzero(np.diff(axis) <= 0)
    if len(falls):
        k = int(falls[0])
        raise UsageError(
            f"{path}: {name} must increase, but {name}[{k + 1}] = {axis[k + 1]:g} "
            f"follows {name}[{k}] = {axis[k]:g}"
        )
    if np.diff(axis).min() < max(FINEST * size, 1 / WIDEST):
        raise UsageError(f"{path}: two neighbouring {name} are too close together to tell apart")
