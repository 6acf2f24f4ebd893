"""Places without a slope near those where a run hardly moves, and what kind of place each is.

Derivatives are central differences of the heights, which the picture has compiled already: a
Hessian of its own would take longer to compile than all the rest of the telling.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from animate.simulate.differences import derivatives
from animate.simulate.extent import Extent, extent_of
from animate.simulate.numerics import lengths
from animate.simulate.search import NEAR, Search, Settled
from animate.simulate.terrain import Terrain
from animate.simulate.valleys import goes_level

Kind = Literal["minimum", "floor", "saddle", "maximum"]
Point = tuple[float, ...]

_FLAT = 1e-4
"""Of the largest curvature: less is none. The differences are true to about 1e-7 of it."""
_LEAST = 1e-7
"""Of the steepest slope over the window's diagonal: less curvature is none."""
_ROUNDS = 24
"""Of Newton's method, which is slow by differences at a grid's node, where the curvature jumps."""
_ZERO = 1e-6
"""Of the steepest slope: that of a critical point, at most."""


@dataclass(frozen=True)
class Critical:
    """A place at which the gradient is zero; a saddle has a direction that goes down.

    A "floor" is that of a valley of equal minima, of which `at` is one. A run is at a minimum
    within its `reach`: that of a flat floor is its middle, and has a longer one.
    """

    kind: Kind
    at: Point
    reach: float


@dataclass(frozen=True)
class _Valley:
    """An open floor, and its loss."""

    floor: Extent
    loss: float

    def has(self, place: Float[np.ndarray, " axis"], loss: float, highest: float) -> bool:
        """Whether a minimum at `place`, with losses up to `highest` equal to its own, is on it."""
        near = lengths(place - self.floor.centre) <= self.floor.radius
        return bool(near and abs(loss - self.loss) <= highest - loss)


def critical_points(
    terrain: Terrain, places: Float[np.ndarray, "n axis"], steepest: float, descent: float
) -> list[Critical | None]:
    """For each of `places` the critical point that Newton's method leads to; None if to none.

    The kind follows from the signs of the Hessian's eigenvalues, and where one is none from the
    losses beside the point. `steepest` is the steepest slope that the runs meet, `descent` the
    range of their losses.
    """
    search = Search(
        terrain,
        lambda places: derivatives(terrain, places),
        _FLAT,
        _LEAST * steepest / terrain.diagonal,
        _ZERO * steepest,
        _ROUNDS,
    )
    found = search.settled(places)
    with np.errstate(all="ignore"):
        good = search.still(found) & np.isfinite(found.values).all(axis=-1)
        good &= search.bends
    lowest, level = search.minima(found), search.level(found)
    down = (found.values < 0) & ~level
    good &= lowest | ~down.all(axis=-1) | search.tops(found)
    good[good] = ~(lowest[good] & search.valleys(found.places[good]))
    valleys: list[_Valley] = []
    return [
        _critical(search, found, k, descent, valleys, low=bool(lowest[k]), level=level[k])
        if good[k]
        else None
        for k in range(len(places))
    ]


def _critical(
    search: Search,
    found: Settled,
    k: int,
    descent: float,
    valleys: list[_Valley],
    *,
    low: bool,
    level: np.ndarray,
) -> Critical | None:
    """What stands at place k of those that were `found`, at which `level` eigenvalues are none;
    None: an inflection, or a plateau, which bends nowhere though the loss is lower elsewhere.
    `valleys` are those on whose floors others of them are, and one more if this one is on another.
    """
    terrain, place = search.terrain, found.places[k]
    reach, loss = NEAR * terrain.diagonal, float(found.heights[k])
    at = tuple(map(float, place))
    if not low:
        down = (found.values[k] < 0) & ~level
        if not down.any():
            return None
        return Critical("maximum" if down.all() else "saddle", at, reach)
    lowest = terrain.scale("linear").low
    bare = level.all() and not search.troughs(place[None])[0]
    if bare and loss > terrain.highest_equal(lowest, descent):
        return None
    highest = terrain.highest_equal(loss, descent)
    if level.any() and any(each.has(place, loss, highest) for each in valleys):
        return Critical("floor", at, reach)
    floor = extent_of(search, place, highest) if level.any() else None
    if floor is None:
        along = goes_level(terrain, place[None])[0]
        return Critical("floor" if along else "minimum", at, reach)
    if floor.open:
        valleys.append(_Valley(floor, loss))
        return Critical("floor", at, reach)
    return Critical("minimum", tuple(map(float, floor.centre)), reach + floor.radius)
