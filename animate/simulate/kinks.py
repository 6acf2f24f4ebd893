"""Minima that are kinks, found by heights alone: Newton's method passes over them, since beside
one the slope does not become less.
"""

# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from animate.simulate.terrain import Terrain
from animate.simulate.valleys import (
    ALONG,
    ROUNDING,
    around,
    goes_level,
    is_kink,
    lowest_around,
    steadily,
)

_LATTICE: np.ndarray = np.linspace(-1, 1, 13)
"""Along each axis."""
_SECTION = np.linspace(-1, 1, 13)
"""Of a line."""
_CLOSER, _ROUNDS = 0.3, 22
"""The next lattice is so much smaller: a little more than its points are apart."""
_BESIDE = 2
"""Distances of ALONG at which the loss is higher all around: farther away it may go down again, as
where a top stands right beside a kink."""
_FEW = 8
"""Places from which the floor of a valley is looked for first."""
_FINER = 1e-6
"""Of usual distances: those at which a floor is still a kink. That of a narrow gorge is smooth."""
_FIRST = 6
"""Lattices after which a place is near enough to a kink to be known for one."""

_NEAREST, _DEEPER = 1e-9, 0.5
"""Of the window's diagonal: where it is looked whether the loss comes down to a place, or goes on
down without end; and the share of the descent farther out that is too much there. It is all of that
at a logarithm's pole, more at those of powers, and a quarter of it at the cusp |x|^0.1."""


class Kinks(NamedTuple):
    """Which of the places searched from lead to a minimum that is a kink, where that is, and how
    much a smooth minimum would bend whose loss rises as much beside it; NaN at none. One of a line
    of equal ones does not bend along one axis."""

    known: Bool[np.ndarray, " n"]
    places: Float[np.ndarray, "n axis"]
    bends: Float[np.ndarray, "n axis"]


def kinks(terrain: Terrain, places: Float[np.ndarray, "n axis"], reach: float) -> Kinks:
    """The kinks within `reach` of `places`, along each axis.

    One is a minimum beside which the loss is higher all around, along a valley's floor too, and in
    some direction in proportion to the distance; or of equal ones along the floor.
    """
    found, bends = np.full(places.shape, np.nan), np.full(places.shape, np.nan)
    within, about = _near_kinks(terrain, places, reach)
    if len(within):
        with np.errstate(all="ignore"):
            span = np.full(places.shape[1], _CLOSER**_FIRST * reach)
            sunk = sunk_to(terrain, about, span, _ROUNDS - _FIRST)
            here = terrain.heights_at(sunk)
            rise = lowest_around(terrain, sunk) - here[:, None, None]
            scale = terrain.scale("linear")
            least = ROUNDING * np.maximum(np.abs(here), scale.high - scale.low)
            alone = (rise[:, :_BESIDE] > least[:, None, None]).all(axis=(1, 2))
            good = alone & steadily(rise).any(axis=-1) & ~bottomless(terrain, sunk)
        found[within[good]] = sunk[good]
        away = ALONG[0] * terrain.diagonal
        bends[within[good]] = 2 * rise[good, 0].min(axis=-1, keepdims=True) / away**2
    known = np.asarray(np.isfinite(bends).all(axis=-1))
    if places.shape[1] > 1 and not known.all():
        others = np.flatnonzero(~known)
        on, floor = _level_kinks(terrain, places[others], reach)
        found[others[on]], bends[others[on]] = floor, (0.0, 1.0)
        known[others[on]] = True
    return Kinks(known, found, bends)


def _level_kinks(
    terrain: Terrain, places: np.ndarray, reach: float
) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of the `places` [n, axis] within whose reach the floor of a valley is a kink of
    equal losses, and the nearest of these. It is looked for first from a few of them."""
    numbers = np.arange(len(places))
    on, floor = numbers[:0], places[:0]
    for part in (numbers[:_FEW], numbers[_FEW:]):
        if part.size and (part[0] == 0 or on.size):
            found = _across(terrain, places[part], reach)
            good = np.asarray(np.isfinite(found).all(axis=-1))
            good[good] = goes_level(terrain, found[good])
            good[good] = is_kink(terrain, found[good], _FINER)
            on, floor = np.append(on, part[good]), np.concatenate([floor, found[good]])
    return on, floor


def _across(terrain: Terrain, places: np.ndarray, reach: float) -> np.ndarray:
    """The nearest of the lowest points on four lines through each place [n, axis], found by ever
    shorter sections of these up to the `reach`; NaN where that is an end of its line."""
    ways = around(terrain)[: len(around(terrain)) // 2]
    at = np.zeros((len(places), len(ways)))
    least, half = at, reach
    with np.errstate(all="ignore"):
        for _ in range(_ROUNDS):
            shares = at[..., None] + half * _SECTION
            heights = terrain.heights_at(places[:, None, None] + shares[..., None] * ways[:, None])
            lowest = np.where(np.isnan(heights), np.inf, heights).argmin(axis=-1)[..., None]
            at = np.take_along_axis(shares, lowest, axis=-1)[..., 0]
            least, half = np.take_along_axis(heights, lowest, axis=-1)[..., 0], _CLOSER * half
        scale = terrain.scale("linear")
        low = least <= least.min(axis=1, keepdims=True) + ROUNDING * (scale.high - scale.low)
        away = np.where(low & (np.abs(at) < reach), np.abs(at), np.inf)
    nearest = away.argmin(axis=1)
    which = np.arange(len(places))
    found = places + at[which, nearest, None] * ways[nearest]
    return np.where(np.isfinite(away.min(axis=1, initial=np.inf))[:, None], found, np.nan)


def _near_kinks(
    terrain: Terrain, places: np.ndarray, reach: float
) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of the `places` [n, axis] that have a kink beside them, and about where that is:
    smooth minima are left out before they are looked for any closer. Where the loss goes down again
    within the reach, a kink is looked for in a part of it."""
    within = np.zeros(len(places), bool)
    about = places.copy()
    with np.errstate(all="ignore"):
        for part, rounds in ((1.0, _FIRST), (_CLOSER**2, _FIRST - 2)):
            span = np.full(places.shape[1], part * reach)
            inside = ~within & _lower_inside(terrain, places, part * reach)
            if inside.any():
                about[inside] = sunk_to(terrain, places[inside], span, rounds)
                within[inside] = is_kink(terrain, about[inside])
    return np.flatnonzero(within), about[within]


def sunk_to(
    terrain: Terrain,
    places: Float[np.ndarray, "n axis"],
    span: Float[np.ndarray, " axis"],
    rounds: int = _ROUNDS,
) -> Float[np.ndarray, "n axis"]:
    """The lowest points of ever smaller lattices in the window, the first up to `span` around
    `places`, each later one around the lowest point of that before."""
    low, high = np.array(terrain.window, float).T
    lattice = _lattice(places.shape[1])
    for _ in range(rounds):
        points = np.clip(places[:, None] + span * lattice, low, high)
        heights = terrain.heights_at(points)
        lowest = np.where(np.isnan(heights), np.inf, heights).argmin(axis=1)
        places = np.take_along_axis(points, lowest[:, None, None], axis=1)[:, 0]
        span = _CLOSER * span
    return places


def bottomless(terrain: Terrain, places: Float[np.ndarray, "n axis"]) -> Bool[np.ndarray, " n"]:
    """At which of `places` there is a pole: each tenth of the distance takes the loss down by as
    much as the one before, or by more."""

    def heights(reach: float) -> np.ndarray:
        return terrain.heights_at(places[:, None] + reach * terrain.diagonal * around(terrain))

    with np.errstate(invalid="ignore"):
        near, nearest = heights(_NEAREST), heights(_NEAREST / 10)
        descent = (near - nearest).max(axis=-1) - ROUNDING * np.abs(nearest).max(axis=-1)
        before = (heights(ALONG[0]) - heights(ALONG[0] / 10)).max(axis=-1)
        return ~(descent <= _DEEPER * before)


def _lower_inside(terrain: Terrain, places: np.ndarray, reach: float) -> np.ndarray:
    """Around which of `places` the lowest point of a lattice is none of its outermost ones."""
    lattice = _lattice(places.shape[1])
    with np.errstate(all="ignore"):
        heights = terrain.heights_at(places[:, None] + reach * lattice)
    lowest = np.where(np.isnan(heights), np.inf, heights).argmin(axis=1)
    return np.abs(lattice[lowest]).max(axis=-1) < 1


def _lattice(axes: int) -> Float[np.ndarray, "n axis"]:
    return np.stack(np.meshgrid(*axes * [_LATTICE], indexing="ij"), -1).reshape(-1, axes)
