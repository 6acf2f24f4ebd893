"""The global minima of a surface that names none, if they are certain: for stars and distances.

They are where none of a fine grid's lowest places, each followed to its minimum, is lower, the loss
is higher all around each of them, and none lies at the window's edge.
"""

# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from jaxtyping import Bool, Float
from numpy.lib.stride_tricks import sliding_window_view

from animate.simulate.differences import precise_derivatives
from animate.simulate.kinks import bottomless, sunk_to
from animate.simulate.numerics import lengths
from animate.simulate.search import SPAN, Search
from animate.simulate.terrain import Points, Terrain
from animate.simulate.valleys import ALONG, ROUNDING, around, lowest_around

_UNLIKE = 4.0
"""The ratio of the window's sides from which on x and y are no lengths of one kind."""
_NODES: Mapping[int, tuple[int, ...]] = {1: (1 << 14,), 2: (256, 256)}
"""Of the grid whose lowest places are followed, along each axis, by the number of variables."""
_MOST, _FOLLOWED = 16, 384
"""Global minima, and places that are followed, at most: more are a pattern that the grid misses."""
_EQUAL = 1e-9
"""Of the median loss above the lowest: losses that differ by less are equal."""
_FLAT, _LEAST, _ZERO = 1e-6, 1e-10, 1e-6
"""Of the largest curvature at a place, and of the median slope, over the window's diagonal and by
itself: less curvature, or slope, is none."""
_NEWTON = 24
_FAR = 0.1
"""Of the window's diagonal: where the loss is above the lowest, also beside the flattest minima."""
_APART = 1e-3
"""Of the window's diagonal: places nearer to each other are one."""


def lowest_minima(terrain: Terrain) -> Points:
    """Every global minimum in the window, in the order of x and y; () where that is not certain.

    Distances are those in a window with equal sides where the sides are very different.
    """
    sides = np.ptp(np.array(terrain.window, float), axis=1)
    if sides.max() <= _UNLIKE * sides.min():
        return _lowest(terrain)
    units = (sides / sides.max()).tolist()
    found = _lowest(_in_units(terrain, units))
    return tuple(tuple(np.multiply(place, units).tolist()) for place in found)


def _in_units(terrain: Terrain, units: Sequence[float]) -> Terrain:
    """The terrain with coordinates in other units, of which the first ones are so many."""

    def changed(loss: Any) -> Any:
        def of(*point: Any) -> Any:
            return loss(*(unit * each for unit, each in zip(units, point, strict=True)))

        return loss and of

    window = zip(terrain.window, units, strict=True)
    return replace(
        terrain,
        loss=changed(terrain.loss),
        window=tuple((low / unit, high / unit) for (low, high), unit in window),
        known=(),
        in_numpy=changed(terrain.in_numpy),
        shared=None,
        relief=changed(terrain.relief),
    )


def _lowest(terrain: Terrain) -> Points:
    """They, by distances along all axes alike."""
    sides = _NODES[terrain.variables]
    nodes = [np.linspace(*each, side) for each, side in zip(terrain.window, sides, strict=True)]
    heights = terrain.heights(*np.meshgrid(*nodes))
    heights = np.where(np.isfinite(heights), heights, np.inf)
    low_cells = np.nonzero(_lower_than_beside(heights))[::-1]  # rows, of y, come before columns
    if not 0 < len(low_cells[0]) <= _FOLLOWED:
        return ()
    first = np.stack([at[cells] for at, cells in zip(nodes, low_cells, strict=True)], axis=-1)
    places = _followed(terrain, first, heights)
    losses = terrain.heights_at(places)
    losses[~np.isfinite(losses) | (_to_edge(terrain, places) < 0)] = np.inf
    low = float(min(losses.min(), heights.min()))
    equal = _EQUAL * (float(np.median(heights[np.isfinite(heights)])) - low)
    order = np.argsort(losses, kind="stable")
    found: list[np.ndarray] = []
    for place in places[order][losses[order] <= low + equal]:
        if all(lengths(place - each) > _APART * terrain.diagonal for each in found):
            found.append(place)
    if not 0 < len(found) <= _MOST or not _alone(terrain, np.array(found), low + equal):
        return ()
    return tuple(sorted(tuple(map(float, place)) for place in found))


def _lower_than_beside(heights: Float[np.ndarray, "*n"]) -> Bool[np.ndarray, "*n"]:
    """Which are finite and not higher than any of those around: eight, or two."""
    count = heights.ndim
    around = sliding_window_view(np.pad(heights, 1, mode="edge"), (3,) * count)
    return np.isfinite(heights) & (heights <= around.min(axis=tuple(range(count, 2 * count))))


def _followed(terrain: Terrain, places: np.ndarray, heights: np.ndarray) -> np.ndarray:
    """Where Newton's method leads from `places` [n, axis], and to where lattices come down: in
    curved valleys the first is better, at kinks the second, which is lower there."""
    low, high = np.array(terrain.window, float).T
    cell = (high - low) / (np.array(heights.shape[::-1]) - 1)
    with np.errstate(all="ignore"):
        rises = [
            np.gradient(heights, span, axis=axis) for axis, span in enumerate(cell[::-1].tolist())
        ]
        slopes = lengths(np.stack(rises, axis=-1))
    slopes = slopes[np.isfinite(slopes)]
    steep = float(np.median(slopes)) if len(slopes) else 0.0
    search = Search(
        terrain,
        lambda places: precise_derivatives(terrain, places),
        _FLAT,
        _LEAST * steep / terrain.diagonal,
        _ZERO * steep,
        _NEWTON,
    )
    led = search.newton(places)
    exact = led.places[search.still(led) & ~search.level(led).any(axis=-1)]
    with np.errstate(all="ignore"):
        sunk = sunk_to(terrain, places, 2 * cell)
    away = lengths(sunk[:, None] - exact)
    beside = away <= SPAN * terrain.diagonal
    known = np.where(beside, terrain.heights_at(exact), np.inf).min(axis=1, initial=np.inf)
    scale = terrain.scale("linear")
    lower = terrain.heights_at(sunk) < known - ROUNDING * (scale.high - scale.low)
    return np.concatenate([exact, sunk[lower]])


def _to_edge(terrain: Terrain, places: np.ndarray) -> np.ndarray:
    """How far `places` [n, axis] are from the window's edge; less than 0 outside."""
    low, high = np.array(terrain.window, float).T
    return np.minimum(places - low, high - places).min(axis=-1)


def _alone(terrain: Terrain, places: np.ndarray, equal: float) -> bool:
    """Whether around each of `places` [n, axis], none of them at the edge, the loss is known and
    nowhere lower, along a valley's floor either, and at last higher than the loss `equal`."""
    if (_to_edge(terrain, places) < ALONG[0] * terrain.diagonal).any():
        return False
    beside = lowest_around(terrain, places)
    here = terrain.heights_at(places)[:, None, None]
    lowest = (beside >= here - ROUNDING * np.abs(here)).all()
    higher = (beside[:, -1] > equal).all(axis=-1) | _flat(terrain, places, beside - here, equal)
    return bool(lowest and higher.all() and not bottomless(terrain, places).any())


def _flat(terrain: Terrain, places: np.ndarray, rise: np.ndarray, equal: float) -> np.ndarray:
    """At which of `places` [n, axis] the loss rises all the way, though by less than what counts as
    equal up to where it was looked, as that of x**8 does: farther out it is above that."""
    steadily = (rise[:, 0] > 0).all(axis=-1) & (np.diff(rise, axis=1) > 0).all(axis=(1, 2))
    far = places[:, None] + _FAR * terrain.diagonal * around(terrain)
    return np.asarray(steadily & (terrain.heights_at(far) > equal).all(axis=-1))
