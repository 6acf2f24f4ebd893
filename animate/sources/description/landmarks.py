"""The saddles, maxima and minima of a window, where they are few."""

import numpy as np

from animate.figure import Landmark
from animate.simulate.floors import NEAR
from animate.simulate.terrain import Terrain
from animate.sources.description.critical import critical_points
from animate.sources.description.outcomes import steep

_SEEDS = 9
"""To a side of the grid from which they are searched for."""
_MOST = 8
"""Saddles and maxima that are marked; of more none is, since a few of many would tell less."""


def landmarks(terrain: Terrain) -> tuple[Landmark, ...]:
    """The terrain's minima, and the saddles and maxima to which Newton's method leads from a grid.

    A narrow one may be missed between the points of the grid.
    """
    minima = [Landmark("minimum", (float(x), float(y))) for x, y in terrain.minima]
    places = np.stack(np.meshgrid(*terrain.centres(_SEEDS, _SEEDS)), axis=-1).reshape(-1, 2)
    heights = terrain.heights(*places.T)
    known = heights[np.isfinite(heights)]
    slope, descent = steep(terrain), float(np.ptp(known)) if len(known) else 0.0
    if not (0 < slope < np.inf and descent > 0):
        return tuple(minima)
    low, high = np.array(terrain.window).T
    others: list[Landmark] = []
    for each in critical_points(terrain, places[np.isfinite(heights)], slope, descent):
        if each is None or each.kind not in ("saddle", "maximum"):
            continue
        inside = (low <= each.at).all() and (each.at <= high).all()
        away = [np.hypot(*np.subtract(each.at, other.at)) for other in others]
        if inside and min(away, default=np.inf) > NEAR * terrain.diagonal:
            others.append(Landmark(each.kind, each.at))
    return (*minima, *(others if len(others) <= _MOST else ()))
