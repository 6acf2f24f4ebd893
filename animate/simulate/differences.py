"""First and second derivatives by central differences of the heights: nothing is compiled."""

import numpy as np
from jaxtyping import Float

from animate.simulate.search import SPAN
from animate.simulate.terrain import Terrain

_STENCIL = np.array([(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)], float)

_LINE = np.array([-1.0, 0.0, 1.0])[:, None, None]
_FOUR: np.ndarray = np.array(
    [[-2, 0], [-1, 0], [1, 0], [2, 0], [0, -2], [0, -1], [0, 1], [0, 2]], float
)
_WEIGHTS = np.array([1, -8, 8, -1]) / 12
"""Of the fourth order: B. Fornberg (1988)."""


def precise_derivatives(
    terrain: Terrain, places: Float[np.ndarray, "n axis"]
) -> tuple[Float[np.ndarray, "n axis"], Float[np.ndarray, "n axis axis"]]:
    """As `derivatives`, the gradients by differences of the fourth order."""
    span = SPAN * terrain.diagonal
    around = places[:, None] + span * _FOUR[: 4 * terrain.variables, : terrain.variables]
    z = terrain.heights_at(around).reshape(-1, terrain.variables, 4)
    return z @ _WEIGHTS / span, derivatives(terrain, places)[1]


def derivatives(
    terrain: Terrain, places: Float[np.ndarray, "n axis"]
) -> tuple[Float[np.ndarray, "n axis"], Float[np.ndarray, "n axis axis"]]:
    """The gradients and Hessians at `places`, by central differences."""
    span = SPAN * terrain.diagonal
    if terrain.variables == 1:
        low, here, high = terrain.heights_at(places + span * _LINE)
        return (high - low)[:, None] / (2 * span), (high - 2 * here + low)[:, None, None] / span**2
    around = places[:, None] + span * _STENCIL
    z = terrain.heights_at(around).reshape(-1, 3, 3)
    slopes = np.stack([z[:, 2, 1] - z[:, 0, 1], z[:, 1, 2] - z[:, 1, 0]], axis=1) / (2 * span)
    xx = z[:, 2, 1] - 2 * z[:, 1, 1] + z[:, 0, 1]
    yy = z[:, 1, 2] - 2 * z[:, 1, 1] + z[:, 1, 0]
    xy = (z[:, 2, 2] - z[:, 2, 0] - z[:, 0, 2] + z[:, 0, 0]) / 4
    bends = np.stack([np.stack([xx, xy], axis=1), np.stack([xy, yy], axis=1)], axis=2) / span**2
    return slopes, bends
