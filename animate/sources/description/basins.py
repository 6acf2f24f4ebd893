"""The minimum below a place: where water would run to that is poured out there."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from animate.simulate.numerics import lengths
from animate.simulate.search import NEAR
from animate.simulate.terrain import Terrain
from animate.sources.description.critical import Critical, critical_points

_CELLS = 256
"""To a side of the grid over which the water runs, from each cell to the lowest one beside it."""


def basins(
    terrain: Terrain, places: Float[np.ndarray, "n axis"], steepest: float, descent: float
) -> list[Critical | None]:
    """For each of `places` the minimum in whose basin it is; None beyond the window, where the grid
    finds no minimum, or one that stands elsewhere.

    `steepest` is the steepest slope that the runs meet, `descent` the range of their losses.
    """
    axes, heights = terrain.lattice(_CELLS)
    heights = np.pad(np.where(np.isnan(heights), np.inf, heights), 1, constant_values=np.inf)
    low, high = np.array(terrain.window, float).T
    with np.errstate(invalid="ignore"):
        inside = ((low <= places) & (places <= high)).all(axis=-1)
        most = len(axes[0])
        cells = np.clip((places - low) / (high - low) * most, 0, most - 1)
    bottoms = np.full(places.shape, np.nan)
    for k in np.flatnonzero(inside):
        *_, bottom = _down(heights, tuple(int(cell) + 1 for cell in reversed(cells[k])))
        bottoms[k] = [at[cell - 1] for at, cell in zip(axes, reversed(bottom), strict=True)]
    found = critical_points(terrain, bottoms, steepest, descent)
    return [
        each if each and each.kind == "minimum" and _beside(bottom, each, terrain) else None
        for each, bottom in zip(found, bottoms, strict=True)
    ]


def _beside(bottom: Float[np.ndarray, " axis"], minimum: Critical, terrain: Terrain) -> bool:
    """Whether the lowest place of the grid is at the minimum."""
    away = lengths(bottom - minimum.at)
    return bool(away < max(NEAR * terrain.diagonal, minimum.reach))


def _down(heights: Float[np.ndarray, "*cell"], cell: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The cells from that one to the one around which none is lower."""
    while True:
        yield cell
        around = heights[tuple(slice(at - 1, at + 2) for at in cell)]
        if not around.min() < heights[cell]:
            return
        lowest = np.unravel_index(int(around.argmin()), around.shape)
        cell = tuple(at + int(by) - 1 for at, by in zip(cell, lowest, strict=True))
