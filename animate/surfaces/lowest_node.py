"""The minima of a grid: its lowest nodes, for no value between nodes is lower than all of them."""

from animate.surfaces.libraries import np
from animate.surfaces.table import Point

_MOST = 16
"""Minima at most: more equal nodes are a plateau."""
_EQUAL, _NEAR = 1e-9, 1e-3
"""Of the median height above the lowest: nodes that differ by less are equal, and neighbours that
differ by less are a flat floor, whose middle may be far from its lowest node."""
_REACH = 0.01
"""Of the extent: a floor so wide has its middle at its lowest node, wherever it is on it."""
_BESIDE = [(row, column) for row in (-1, 0, 1) for column in (-1, 0, 1) if row or column]


def lowest_nodes(x: "np.ndarray", y: "np.ndarray", z: "np.ndarray") -> tuple[Point, ...]:
    """The lowest nodes of z[ny, nx] as points; () unless each stands in the middle of higher ones.

    One at the edge, or beside a node without a value, is none: the loss may go on down there.
    """
    known = np.isfinite(z)
    low = float(np.min(z, where=known, initial=np.inf))
    if not np.isfinite(low):
        return ()
    above = z - low
    scale = float(np.median(above[known]))
    rows, columns = np.nonzero(above <= _EQUAL * scale)
    if len(rows) > _MOST or not _amid(rows, len(y)) or not _amid(columns, len(x)):
        return ()
    diagonal = float(np.hypot(x[-1] - x[0], y[-1] - y[0]))
    for down, right in _BESIDE:
        beside = above[rows + down, columns + right]
        away = np.hypot(x[columns + right] - x[columns], y[rows + down] - y[rows])
        floor = np.where(away < _REACH * diagonal, _EQUAL, _NEAR) * scale
        if not (beside > floor).all():  # NaN is none
            return ()
    return tuple(zip(x[columns].tolist(), y[rows].tolist(), strict=True))


def _amid(numbers: "np.ndarray", count: int) -> bool:
    """Whether none is the first or last of `count`."""
    return bool(((numbers > 0) & (numbers < count - 1)).all())
