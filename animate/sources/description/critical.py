"""Places without a slope near those where a run hardly moves, and what kind of place each is.

Derivatives are central differences of the heights, which the picture has compiled already: a
Hessian of its own would take longer to compile than all the rest of the telling.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from animate.simulate.terrain import Terrain

Kind = Literal["minimum", "saddle", "maximum"]
Point = tuple[float, float]

_ROUNDS = 12
_SPAN = 1e-4
"""Of the window's diagonal: from one height of a difference to the next."""
_FLAT = 1e-4
"""Of the largest curvature: less is none. The differences are true to about 1e-7 of it."""

_STENCIL = np.array([(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)], float)


@dataclass(frozen=True)
class Critical:
    """A place at which the gradient is zero; a saddle has a direction that bends down."""

    kind: Kind
    at: Point


def critical_points(
    terrain: Terrain, places: Float[np.ndarray, "n 2"], level: float
) -> list[Critical | None]:
    """For each of `places` the critical point that Newton's method leads to; None if to none.

    The slope there is at most `level`. The kind follows from the signs of the Hessian's
    eigenvalues.
    """
    ends = places.copy()
    with np.errstate(all="ignore"):
        for _ in range(_ROUNDS):
            slopes, bends = derivatives(terrain, ends)
            (a, b), (_, c) = np.moveaxis(bends, 0, -1)
            x, y = slopes.T
            step = np.stack([c * x - b * y, a * y - b * x], axis=1) / (a * c - b * b)[:, None]
            ends = ends - np.where((slopes == 0).all(-1)[:, None], 0.0, step)
        slopes, bends = derivatives(terrain, ends)
        curved = np.isfinite(bends).all((1, 2)) & bends.any((1, 2))  # not where all is level
        good = (np.hypot(*slopes.T) <= level) & curved
    return [
        Critical(_kind(*np.linalg.eigvalsh(bend)), (float(x), float(y))) if right else None
        for right, (x, y), bend in zip(good, ends, bends, strict=True)
    ]


def derivatives(
    terrain: Terrain, places: Float[np.ndarray, "n 2"]
) -> tuple[Float[np.ndarray, "n 2"], Float[np.ndarray, "n 2 2"]]:
    """The gradients and Hessians at `places`, by central differences."""
    span = _SPAN * terrain.diagonal
    around = places[:, None] + span * _STENCIL
    z = terrain.heights(around[..., 0], around[..., 1]).reshape(-1, 3, 3)
    slopes = np.stack([z[:, 2, 1] - z[:, 0, 1], z[:, 1, 2] - z[:, 1, 0]], axis=1) / (2 * span)
    xx = z[:, 2, 1] - 2 * z[:, 1, 1] + z[:, 0, 1]
    yy = z[:, 1, 2] - 2 * z[:, 1, 1] + z[:, 1, 0]
    xy = (z[:, 2, 2] - z[:, 2, 0] - z[:, 0, 2] + z[:, 0, 0]) / 4
    bends = np.stack([np.stack([xx, xy], axis=1), np.stack([xy, yy], axis=1)], axis=2) / span**2
    return slopes, bends


def _kind(smaller: float, larger: float) -> Kind:
    flat = _FLAT * max(abs(smaller), abs(larger))
    if smaller >= -flat:
        return "minimum"
    return "maximum" if larger < -flat else "saddle"
