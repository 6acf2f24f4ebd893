"""A user's surface as numbers: a grid of losses from an .npz, a .csv or a picture."""

from functools import partial
from pathlib import Path

from animate.arrays import Arrays, arrays
from animate.errors import UsageError
from animate.registry import clipped
from animate.surfaces import picture
from animate.surfaces.libraries import np
from animate.surfaces.over_nodes import BOUND, LARGEST, over_nodes
from animate.surfaces.rows import read_rows
from animate.surfaces.table import Surface

WIDEST = 1e100
"""The largest |x| or |y|."""
FINEST = 1e-12
"""The least distance between neighbouring x or y, as a share of the largest."""

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
    try:
        return over_nodes(path.stem, x, y, z)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None


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
    return stored.read(exact[0], LARGEST, BOUND)


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
        raise UsageError(f"{path} is too large: {BOUND}")
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
