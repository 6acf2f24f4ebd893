"""Which of the minima that runs reach or go past are higher than others."""

import numpy as np
from jaxtyping import Bool, Float

from animate.simulate.terrain import Terrain
from animate.simulate.valleys import ROUNDING
from animate.sources.description.critical import Point
from animate.sources.description.goals import Overshot, Reached


def ranked(reached: list[Reached | None], terrain: Terrain, descent: float) -> list[Reached | None]:
    """What is `reached`, marked where it is higher: the floors of valleys than the lowest of them,
    minima than other places of the window."""
    floors = np.array([each is not None and each.floor for each in reached])
    heights = _heights([each and each.place for each in reached], terrain)
    low = float(np.min(heights, where=floors & np.isfinite(heights), initial=np.inf))
    higher = np.where(
        floors, heights > terrain.highest_equal(low, descent), _local(heights, terrain, descent)
    )
    return [each and each._replace(higher=bool(h)) for each, h in zip(reached, higher, strict=True)]


def ranked_past(
    overshot: list[Overshot | None], terrain: Terrain, descent: float
) -> list[Overshot | None]:
    """What is `overshot`, the minima marked that are higher than other places of the window."""
    higher = are_local([each and each.at for each in overshot], terrain, descent)
    return [each and each._replace(higher=h) for each, h in zip(overshot, higher, strict=True)]


def are_local(places: list[Point | None], terrain: Terrain, descent: float) -> list[bool]:
    """Which of the minima, those that there are, are higher than other places of the window. Runs
    go down by `descent`."""
    return [bool(each) for each in _local(_heights(places, terrain), terrain, descent)]


def _heights(places: list[Point | None], terrain: Terrain) -> Float[np.ndarray, " n"]:
    """The loss at places; NaN where there is none."""
    nowhere = (np.nan,) * terrain.variables
    at = np.array([each or nowhere for each in places], float)
    return terrain.heights_at(at.reshape(-1, terrain.variables))


def _local(
    heights: Float[np.ndarray, " n"], terrain: Terrain, descent: float
) -> Bool[np.ndarray, " n"]:
    """Which of the `heights` of minima are above that of other places of the window."""
    _, low, high = terrain.overview
    rounding = low + ROUNDING * (high - low)
    return heights > max(terrain.highest_equal(low, descent), rounding)
