"""How far from a minimum, and how low, a run is that has reached it."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from animate.simulate.search import NEAR
from animate.simulate.terrain import Terrain
from animate.simulate.valleys import ROUNDING
from animate.sources.description.goals import Goals

REACH = 0.03
"""Of the window's diagonal: the farthest rim of a hollow from its minimum."""
_RINGS, _ROUND = 32, 1440
"""Circles around a minimum on which its rim is looked for, and points on each: in a valley the
lowest place of a circle is narrow."""
_RADII: np.ndarray = np.geomspace(1 / 64, 1, _RINGS)
"""Those of the circles, in that of the greatest one."""
_TURNS = 2 * np.pi * np.arange(_ROUND) / _ROUND
_AROUND: Mapping[int, np.ndarray] = {
    1: np.array([[-1.0], [1.0]]),
    2: np.stack([np.cos(_TURNS), np.sin(_TURNS)], axis=-1),
}
"""By the number of variables: of one a circle is two points."""


def hollowed(terrain: Terrain, goals: Goals) -> Goals:
    """The goals with the rims of their hollows, and as far away as these are.

    The rim is the highest, of all circles around the minimum within REACH, of the lowest losses on
    each: who is inside of its circle and below it cannot have left but over it, and who ends
    outside, beside no other minimum, ends higher. That of a valley's floor, from which it is no way
    up, is none: there the distance alone counts.
    """
    reaches, rims = goals.reaches.copy(), goals.rims.copy()
    lowest = terrain.heights_at(goals.places)
    least = terrain.scale("linear")
    for k in np.flatnonzero(~goals.floors):
        farthest = goals.reaches[k] + (REACH - NEAR) * terrain.diagonal
        radii = farthest * _RADII
        rings = _rings(terrain, goals.places[k], radii)
        rim = int(rings.argmax())
        if rings[rim] > lowest[k] + ROUNDING * (least.high - least.low):
            reaches[k], rims[k] = radii[rim], rings[rim]
    return goals._replace(reaches=reaches, rims=rims)


def _rings(
    terrain: Terrain, place: Float[np.ndarray, " axis"], radii: Float[np.ndarray, " ring"]
) -> Float[np.ndarray, " ring"]:
    """The lowest loss on each circle around the place; where there is none a wall is."""
    around = place + radii[:, None, None] * _AROUND[terrain.variables]
    with np.errstate(all="ignore"):
        heights = terrain.heights_at(around)
    lowest = np.min(heights, axis=1, where=~np.isnan(heights), initial=np.inf)
    return np.where(np.isfinite(lowest), lowest, -np.inf)
