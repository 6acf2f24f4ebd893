"""The minimum below a place: where water would run to that is poured out there."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from animate.simulate.floors import NEAR
from animate.simulate.terrain import Terrain
from animate.sources.description.critical import Critical, critical_points

_CELLS = 256
"""To a side of the grid over which the water runs, from each cell to the lowest one beside it."""


def basins(
    terrain: Terrain, places: Float[np.ndarray, "n 2"], steepest: float, descent: float
) -> list[Critical | None]:
    """For each of `places` the minimum in whose basin it is; None beyond the window, where the grid
    finds no minimum, or one that stands elsewhere.

    `steepest` is the steepest slope that the runs meet, `descent` the range of their losses.
    """
    x, y, heights = terrain.grid(_CELLS, _CELLS)
    heights = np.pad(np.where(np.isnan(heights), np.inf, heights), 1, constant_values=np.inf)
    low, high = np.array(terrain.window, float).T
    with np.errstate(invalid="ignore"):
        inside = ((low <= places) & (places <= high)).all(axis=-1)
        cells = np.clip((places - low) / (high - low) * _CELLS, 0, _CELLS - 1)
    bottoms = np.full(places.shape, np.nan)
    for k in np.flatnonzero(inside):
        *_, (row, column) = _down(heights, int(cells[k, 1]) + 1, int(cells[k, 0]) + 1)
        bottoms[k] = x[column - 1], y[row - 1]
    found = critical_points(terrain, bottoms, steepest, descent)
    return [
        each if each and each.kind == "minimum" and _beside(bottom, each, terrain) else None
        for each, bottom in zip(found, bottoms, strict=True)
    ]


def _beside(bottom: Float[np.ndarray, "2"], minimum: Critical, terrain: Terrain) -> bool:
    """Whether the lowest place of the grid is at the minimum."""
    away = np.hypot(*(bottom - minimum.at))
    return bool(away < max(NEAR * terrain.diagonal, minimum.reach))


def _down(
    heights: Float[np.ndarray, "row column"], row: int, column: int
) -> Iterator[tuple[int, int]]:
    """The cells from the first one to that around which none is lower."""
    while True:
        yield row, column
        around = heights[row - 1 : row + 2, column - 1 : column + 2]
        if not around.min() < heights[row, column]:
            return
        down, right = divmod(int(around.argmin()), 3)
        row, column = row + down - 1, column + right - 1
