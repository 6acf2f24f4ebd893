"""The saddles, maxima and local minima of a window, where they are few."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, Float

from animate.figure import Landmark
from animate.figure.noted import LandmarkKind
from animate.simulate.numerics import lengths
from animate.simulate.search import NEAR
from animate.simulate.terrain import Terrain
from animate.sources.description.critical import critical_points
from animate.sources.description.outcomes import steep

_CELLS = 160
"""To a side of the grid on which they are searched for."""
_TRIED = 300
"""Places of the grid that are tried: a surface with more is rough, and has too many of them."""
_MOST = 8
"""Of one kind that are marked; of more none is, since a few of many would tell less."""
_FAR = 2
"""Cells from one to those around it that it is compared with: beside a saddle that lies between two
cells, the next ones would be alike."""
_RINGS: Mapping[int, tuple[tuple[int, ...], ...]] = {
    1: ((1,), (-1,)),
    2: ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)),
}
"""Those around a cell in their turn, by the number of variables."""


def landmarks(terrain: Terrain) -> tuple[Landmark, ...]:
    """The terrain's minima; and the saddles, maxima and other minima to which Newton's method leads
    from cells of a grid that are higher or lower than those around them, or both in turn. A minimum
    that is no higher than all of the cells is none of the others: it may be the lowest."""
    return terrain.kept("landmarks", lambda: _found(terrain))


def _found(terrain: Terrain) -> tuple[Landmark, ...]:
    minima = [Landmark("minimum", at) for at in terrain.minima]
    axes, heights = terrain.lattice(_CELLS)
    cells = np.nonzero(_turning(heights))[::-1]  # rows, of y, come before columns
    slope, descent = steep(terrain), terrain.scale("linear").high - terrain.scale("linear").low
    if not (0 < len(cells[0]) <= _TRIED and 0 < slope < np.inf and descent > 0):
        return tuple(minima)
    places = np.stack([at[each] for at, each in zip(axes, cells, strict=True)], axis=1)
    found, lowest = list(minima), np.nanmin(np.where(np.isfinite(heights), heights, np.nan))
    for each in critical_points(terrain, places, slope, descent):
        kinds: dict[str, LandmarkKind] = {
            "saddle": "saddle", "maximum": "maximum", "minimum": "local minimum",
        }  # fmt: skip
        if each is None or each.kind not in kinds or not _new(each.at, found, terrain):
            continue
        loss = float(terrain.heights_at(np.array([each.at]))[0])
        if each.kind != "minimum" or loss > lowest:
            found.append(Landmark(kinds[each.kind], each.at))
    return tuple(_few(found))


def _turning(heights: Float[np.ndarray, "*cell"]) -> Bool[np.ndarray, "*cell"]:
    """The cells around which heights are higher and lower than their own not just once each, as on
    a slope: never at a summit or in a hollow, twice at a saddle. Of neighbours, the most level."""
    inner = (slice(_FAR, -_FAR),) * heights.ndim
    above = np.stack(
        [
            heights[
                tuple(
                    slice(_FAR + _FAR * by, side - _FAR + _FAR * by)
                    for by, side in zip(way, heights.shape, strict=True)
                )
            ]
            > heights[inner]
            for way in _RINGS[heights.ndim]
        ]
    )
    changes = (above != np.roll(above, 1, axis=0)).sum(axis=0)
    with np.errstate(all="ignore"):
        rises = [np.gradient(heights, axis=k) for k in range(heights.ndim)]
        slopes = lengths(np.stack(rises, axis=-1))
    turning = np.zeros(heights.shape, bool)
    turning[inner] = changes != 2
    slopes = np.where(turning & np.isfinite(slopes), slopes, np.inf)
    side = 2 * _FAR + 1
    around = np.lib.stride_tricks.sliding_window_view(slopes, (side,) * slopes.ndim)
    least = around.min(axis=tuple(range(slopes.ndim, 2 * slopes.ndim)))
    turning[inner] &= (slopes[inner] <= least) & np.isfinite(least)
    return turning


def _new(at: tuple[float, ...], found: list[Landmark], terrain: Terrain) -> bool:
    """Whether a place is in the window, and none of those that were found."""
    low, high = np.array(terrain.window).T
    away = [lengths(np.subtract(at, each.at)) for each in found]
    near = NEAR * terrain.diagonal
    inside = bool((low <= at).all() and (at <= high).all())
    return inside and bool(min(away, default=np.inf) > near)


def _few(found: list[Landmark]) -> list[Landmark]:
    """Those of kinds of which there are few; all minima of the lowest loss."""
    kinds = [each.kind for each in found]
    return [each for each in found if each.kind == "minimum" or kinds.count(each.kind) <= _MOST]
