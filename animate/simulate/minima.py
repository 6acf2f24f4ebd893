"""The minima that runs come to: looked for once, by Newton's method from where all of them end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from animate.simulate.floors import NEAR, Search
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories

RESTING = 1e-3
"""Of the median gradient at the starts: a run with less at its end has come to rest."""
_FLAT, _LEAST = 1e-6, 1e-10
"""Of the largest curvature at a place, and of the median gradient at the starts over the window's
diagonal: less counts as none."""
_MOST = 24
"""Minima at most, known ones included."""
_FEWEST = 0.002
"""A share of the runs that must end in one place for it to count as a minimum."""
_EQUAL = 1e-3
"""Of the descent from the median start: minima whose losses differ by less are equal."""
_GAP = 5
"""Reaches from one minimum of a valley to the next, at most."""
_SEARCHES = 4096
"""Ends from which is searched at most, evenly among all of them."""
_SLOPE = 1e-6
"""Of the median gradient at the starts: the slope of a minimum, at most."""


@dataclass(frozen=True)
class Ends:
    """Where runs end.

    `which` is the number of the minimum near which each run ends, known minima first; `floor`: at
    the floor of a valley of equal minima, −1: in none. There is a `floor` only where there is such
    a valley: its number is that after the last of the `minima`. `reaches` say how far from each
    minimum a run that has reached it may be: farther where its floor is flat. No more than _MOST
    minima have a number: `further` says which of the runs in none of them have reached others.
    """

    minima: Float[np.ndarray, "minimum 2"]
    reaches: Float[np.ndarray, " minimum"]
    which: Int[np.ndarray, "optimizer run"]
    further: Bool[np.ndarray, "optimizer run"]
    floor: int | None = None

    @property
    def places(self) -> int:
        """How many places there are to end in: the minima, and the floor if there is one."""
        return len(self.minima) + (self.floor is not None)

    def only(self, optimizers: Sequence[int]) -> "Ends":
        """Those of some of the optimizers, the minima of all."""
        chosen = list(optimizers)
        return replace(self, which=self.which[chosen], further=self.further[chosen])


class _Found(NamedTuple):
    """What Newton's method leads to from each end [run]: `rests` at a minimum near it, which has a
    direction without curvature where it is `level`, and no other where it is `bare`."""

    places: Float[np.ndarray, "run 2"]
    rests: Bool[np.ndarray, " run"]
    level: Bool[np.ndarray, " run"]
    bare: Bool[np.ndarray, " run"]


class _Minima(NamedTuple):
    """Minima [minimum, 2], and the reach of each [minimum]."""

    places: Float[np.ndarray, "minimum 2"]
    reaches: Float[np.ndarray, " minimum"]


def ends_in(paths: Trajectories, terrain: Terrain, *others: Trajectories) -> Ends:
    """Where the runs of `paths` end; minima are looked for from the ends of the `others` too.

    A run that ends near a saddle or a maximum is in no minimum.
    """
    every = (paths, *others)
    begins, ends = (
        np.concatenate([each.positions[:, :, k].reshape(-1, 2) for each in every]) for k in (0, -1)
    )
    steepness, slopes = (
        np.concatenate([each.gradient_norms[:, :, k].ravel() for each in every]) for k in (0, -1)
    )
    if np.isnan(steepness).all():  # as in paths that were recorded elsewhere
        steepness, slopes = (np.hypot(*terrain.gradients(each).T) for each in (begins, ends))
    typical = float(np.nanmedian(steepness))
    search = Search(
        terrain,
        lambda places: (terrain.gradients(places), terrain.hessians(places)),
        _FLAT,
        _LEAST * typical / terrain.diagonal,
        _SLOPE * typical,
    )
    start = float(np.nanmedian(np.concatenate([each.losses[:, :, 0].ravel() for each in every])))
    found = _off_plateaus(_settled(ends, slopes, search, RESTING * typical), terrain, start)
    minima, which = _off_valleys(
        *cluster_ends(np.where(found.rests[:, None], found.places, ends), found.rests, terrain),
        search,
    )
    flat = [
        k
        for k in range(len(terrain.minima), len(minima))
        if 2 * found.level[which == k].sum() > found.rests[which == k].sum()  # others still move
    ]
    kept, highest = _floors(minima, flat, search, start)
    count, valley = paths.ends.size, highest is not None
    place = _near(ends[:count], *kept)
    if valley:
        level = found.level & (terrain.heights(*found.places.T) <= highest)
        place = np.where((place < 0) & level[:count], len(kept.places), place)
    further = (place < 0) & _further(found, ends, minima, reach_of(terrain))[:count]
    shape, floor = paths.ends.shape, len(kept.places) if valley else None
    return Ends(*kept, place.reshape(shape), further.reshape(shape), floor)


def _further(found: _Found, ends: np.ndarray, minima: np.ndarray, reach: float) -> np.ndarray:
    """Which of the `ends` [run, 2] are at minima beyond those that have numbers: none where there
    are fewer of these than there may be."""
    if len(minima) < _MOST:
        return np.zeros(len(ends), bool)
    places = found.places[found.rests]
    _, first = np.unique(np.floor(places / reach), axis=0, return_index=True)
    return found.rests | (_near(ends, places[first], reach) >= 0)


def _floors(
    minima: np.ndarray, flat: list[int], search: Search, start: float
) -> tuple[_Minima, float | None]:
    """The minima, where the lowest of the `flat` ones that are one floor count once, and the
    highest loss of a valley's floor; None: there is no valley, whose minima are none of those.

    Equal are those whose losses differ by less than _EQUAL of the way down from the loss `start`.
    Those of a valley stand _GAP reaches from another at most, or on a floor that goes on; a floor
    that bends too much across to be followed is one where others stand so near.
    """
    terrain, reach = search.terrain, reach_of(search.terrain)
    kept = _Minima(minima.copy(), np.full(len(minima), reach))
    if not flat:
        return kept, None
    losses = terrain.heights(*minima[flat].T)
    low = float(losses.min())
    highest = low + _EQUAL * abs(start - low)
    order: list[int] = np.argsort(losses, kind="stable").tolist()
    equal = [flat[k] for k in order if losses[k] <= highest]
    valley: set[int] = set()
    for k in equal:
        if k in valley or not (kept.places[k] == minima[k]).all():
            continue
        floor = search.floor(minima[k], highest)
        beside = _joined(minima, equal, reach)
        if floor.open if floor else k in beside:
            valley |= {k, *beside}
        elif floor is None:
            continue
        else:
            around = floor.radius + reach
            away = np.hypot(*(minima - floor.centre).T)
            same = (away < around) & (terrain.heights(*minima.T) <= highest)
            kept.places[same], kept.reaches[same] = floor.centre, around
    others = np.delete(np.arange(len(minima)), [*valley])
    _, first = np.unique(kept.places[others], axis=0, return_index=True)
    chosen = others[np.sort(first)]
    return _Minima(kept.places[chosen], kept.reaches[chosen]), highest if valley else None


def _joined(minima: np.ndarray, equal: list[int], reach: float) -> list[int]:
    """Those of the `equal` minima that stand _GAP reaches from another at most."""
    apart = np.hypot(*(minima[equal][:, None] - minima[equal]).T)
    np.fill_diagonal(apart, np.inf)
    near = apart.min(axis=0) <= _GAP * reach
    return [k for k, joined in zip(equal, near, strict=True) if joined]


def _settled(ends: np.ndarray, slopes: np.ndarray, search: Search, resting: float) -> _Found:
    """The minima to which Newton's method leads from `ends` [run, 2], if near them.

    A run whose slope is less than `resting` rests, also where a minimum's slope is not exact.
    """
    terrain, places = search.terrain, ends.copy()
    rests, level, bare = (np.zeros(len(ends), bool) for _ in range(3))
    usable = np.flatnonzero(np.isfinite(ends).all(-1) & _inside(ends, terrain))
    chosen = usable[:: max(1, -(-len(usable) // _SEARCHES))]
    at = search.settled(ends[chosen])
    with np.errstate(all="ignore"):
        near = np.hypot(*(at.places - ends[chosen]).T) < reach_of(terrain)
        still = search.still(at) | (slopes[chosen] < resting)
        good = near & still & np.isfinite(at.values).all(-1) & search.bends
    good[good] = search.minima(at)[good]
    places[chosen[good]] = at.places[good]
    rests[chosen] = good
    flat = search.level(at)
    level[chosen], bare[chosen] = good & flat.any(axis=-1), good & flat.all(axis=-1)
    return _Found(places, rests, level, bare)


def _off_plateaus(found: _Found, terrain: Terrain, start: float) -> _Found:
    """`found` without the places that bend nowhere, unless nothing is lower: all others are on a
    plateau. To _EQUAL of the way down from the loss `start`."""
    if not found.bare.any():
        return found
    losses, low = terrain.heights(*found.places.T), terrain.scale("linear").low
    stays = ~found.bare | (losses <= low + _EQUAL * abs(start - low))
    return found._replace(rests=found.rests & stays, level=found.level & stays)


def _off_valleys(
    minima: np.ndarray, which: np.ndarray, search: Search
) -> tuple[np.ndarray, np.ndarray]:
    """The `minima`, and in which of them each run ends, without those where a valley goes on down;
    known ones stay."""
    goes_on = search.valleys(minima)
    goes_on[: len(search.terrain.minima)] = False
    stay = np.flatnonzero(~goes_on)
    places = np.full(len(minima) + 1, -1)  # the last is none, which is −1
    places[stay] = np.arange(len(stay))
    return minima[stay], places[which]


def cluster_ends(
    ends: Float[np.ndarray, "run 2"], resting: Bool[np.ndarray, " run"], terrain: Terrain
) -> tuple[Float[np.ndarray, "minimum 2"], Int[np.ndarray, " run"]]:
    """The minima, known ones first, and the number of the minimum that each run ends in; −1: none.

    `resting` runs end at a minimum: where enough of them meet, there is one that was not known. It
    is looked for in cells as wide as NEAR says, the fullest first.
    """
    minima = np.array(terrain.minima, float).reshape(-1, 2)
    reach = reach_of(terrain)
    which = _near(ends, minima, reach)
    fewest = _FEWEST * len(ends)
    while len(minima) < _MOST:
        free = ends[(which < 0) & resting & _inside(ends, terrain)]
        cells, owner, count = np.unique(
            np.floor(free / reach), axis=0, return_inverse=True, return_counts=True
        )
        if not len(cells) or count.max() < fewest:
            break
        found = np.median(free[owner.ravel() == count.argmax()], axis=0)
        minima = np.concatenate([minima, found[None]])
        which = _near(ends, minima, reach)
    return minima, which


def reach_of(terrain: Terrain) -> float:
    """How far from a minimum a run that has reached it may be."""
    return NEAR * terrain.diagonal


def _inside(places: np.ndarray, terrain: Terrain) -> np.ndarray:
    low, high = np.array(terrain.window, float).T
    return ((low <= places) & (places <= high)).all(-1)


def _near(places: np.ndarray, minima: np.ndarray, reaches: float | np.ndarray) -> np.ndarray:
    """The number of the nearest of the minima within whose reach is each of `places` [n, 2]; −1:
    none."""
    which, least = np.full(len(places), -1), np.full(len(places), np.inf)
    with np.errstate(over="ignore", invalid="ignore"):  # of a run that has diverged
        for k, (minimum, reach) in enumerate(zip(minima, reaches + 0 * minima[:, 0], strict=True)):
            distance = ((places - minimum) ** 2).sum(-1)
            nearer = (distance < reach**2) & (distance < least)
            which, least = np.where(nearer, k, which), np.where(nearer, distance, least)
    return which
