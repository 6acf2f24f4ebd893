"""The surface of losses at the nodes of a grid, between them by bicubic pieces."""

from animate.errors import UsageError
from animate.surfaces.libraries import np
from animate.surfaces.lowest_node import lowest_nodes
from animate.surfaces.spline import interpolant, nodes
from animate.surfaces.table import Point, Surface, Window

LARGEST = 1_000_000
"""Nodes that a grid may have: 1000 × 1000, more than a picture has pixels to show."""
HIGHEST = 1e300
"""The largest |z| that counts as finite: sums of a few must not overflow."""
BOUND = f"a grid has at most {LARGEST:,} nodes"

_BESIDE = 0.3
"""How far beside a peak a start is, as a share of the cell."""


def grid_over(z: "np.ndarray", window: Window) -> Surface:
    """The surface of losses z[ny, nx] at nodes evenly over `window`, z[0, 0] at its least x and y.

    Between the nodes it is as that of `read_grid`. Raises UsageError.
    """
    if z.ndim != 2 or min(z.shape) < 2:
        raise UsageError(
            f"must have the shape [ny, nx], each 2 or more, got the shape {list(z.shape)}"
        )
    if z.size > LARGEST:
        raise UsageError(f"is too large: {BOUND}")
    x, y = (np.linspace(*ends, n) for ends, n in zip(window, z.shape[::-1], strict=True))
    return over_nodes("grid", x, y, z)


def over_nodes(name: str, x: "np.ndarray", y: "np.ndarray", z: "np.ndarray") -> Surface:
    """The surface over rising x[nx] and y[ny]. Raises UsageError."""
    far = z[np.isfinite(z) & (np.abs(z) > HIGHEST)]
    if far.size:
        raise UsageError(
            f"every z must be within ±{HIGHEST:g}, or NaN where there is none, got "
            f"{far[0]:g}; scale the values"
        )
    z = np.where(np.abs(z) <= HIGHEST, z, np.nan)
    base = _base(z)
    table = nodes(x, y, z - base)
    relief = interpolant(x, y, table)
    return Surface(
        name=name,
        function=(lambda at_x, at_y: relief(at_x, at_y) + base) if base else relief,
        window=((float(x[0]), float(x[-1])), (float(y[0]), float(y[-1]))),
        start=_start(x, y, table),
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


def _start(x: "np.ndarray", y: "np.ndarray", table: "np.ndarray") -> Point:
    """The highest node at least a tenth of the extent from the edge (if there is one) whose own
    cell is defined; beside it, in that cell, where it is a peak and nothing would move."""
    known = np.logical_and.reduce(np.isfinite(table), axis=-1)
    cells = known[:-1, :-1] & known[1:, :-1] & known[:-1, 1:] & known[1:, 1:]
    defined = np.pad(cells, ((0, 1), (0, 1)), mode="edge")
    if not defined.any():
        raise UsageError("no cell of the grid has a value at all its corners")
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
