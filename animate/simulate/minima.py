"""The minima that runs come to: looked for once, by Newton's method from where all of them end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from animate.simulate.numerics import lengths
from animate.simulate.one_floor import Floor, Minima, floors_of, near, reach_of
from animate.simulate.search import Search
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
_SEARCHES = 4096
"""Ends from which is searched at most, evenly among all of them."""
_SLOPE = 1e-6
"""Of the median gradient at the starts: the slope of a minimum, at most."""


@dataclass(frozen=True)
class Ends:
    """Where runs end.

    `which` is the number of the minimum near which each run ends, known minima first; −1: in none.
    There are `floors` of valleys of equal minima, the lowest first: their numbers are those after
    the last of the `minima`. `reaches` say how far from each minimum a run that has reached it may
    be: farther where its floor is flat. No more than _MOST minima have a number: `further` says
    which of the runs in none of them have reached others.
    """

    minima: Float[np.ndarray, "minimum axis"]
    reaches: Float[np.ndarray, " minimum"]
    which: Int[np.ndarray, "optimizer run"]
    further: Bool[np.ndarray, "optimizer run"]
    floors: int = 0

    @property
    def places(self) -> int:
        """How many places there are to end in: the minima, and the floors."""
        return len(self.minima) + self.floors

    def only(self, optimizers: Sequence[int]) -> "Ends":
        """Those of some of the optimizers, the minima of all."""
        chosen = list(optimizers)
        return replace(self, which=self.which[chosen], further=self.further[chosen])


class _Found(NamedTuple):
    """What Newton's method leads to from each end [run]: `rests` at a minimum near it, which has a
    direction without curvature where it is `level`, and no other where it is `bare`: there the loss
    goes up on both sides of no line."""

    places: Float[np.ndarray, "run axis"]
    rests: Bool[np.ndarray, " run"]
    level: Bool[np.ndarray, " run"]
    bare: Bool[np.ndarray, " run"]


def ends_in(paths: Trajectories, terrain: Terrain, *others: Trajectories) -> Ends:
    """Where the runs of `paths` end; minima are looked for from the ends of the `others` too.

    A run that ends near a saddle or a maximum is in no minimum.
    """
    every = (paths, *others)
    begins, ends = (
        np.concatenate([each.positions[:, :, k].reshape(-1, terrain.variables) for each in every])
        for k in (0, -1)
    )
    steepness, slopes = (
        np.concatenate([each.gradient_norms[:, :, k].ravel() for each in every]) for k in (0, -1)
    )
    if np.isnan(steepness).all():  # as in paths that were recorded elsewhere
        steepness, slopes = (lengths(terrain.gradients(each)) for each in (begins, ends))
    typical = float(np.nanmedian(steepness))
    terrain, raised = terrain.ground, terrain.raised
    search = Search(
        terrain,
        lambda places: (terrain.gradients(places), terrain.hessians(places)),
        _FLAT,
        _LEAST * typical / terrain.diagonal,
        _SLOPE * typical,
    )
    losses = np.concatenate([each.losses[:, :, 0].ravel() for each in every])
    start = float(np.nanmedian(losses)) - raised
    found = _off_plateaus(_settled(ends, slopes, search, RESTING * typical), terrain, start)
    kept, floors, full = _told_apart(found, ends, search, start)
    count = paths.ends.size
    place = near(ends[:count], *kept)
    on = _on_floors(found, floors, terrain)[:count]
    place = np.where((place < 0) & (on >= 0), len(kept.places) + on, place)
    further = (place < 0) & _further(found, ends, reach_of(terrain), full=full)[:count]
    shape = paths.ends.shape
    return Ends(*kept, place.reshape(shape), further.reshape(shape), len(floors))


def _told_apart(
    found: _Found, ends: np.ndarray, search: Search, start: float
) -> tuple[Minima, list[Floor], bool]:
    """The minima, the floors of valleys, the lowest first, and whether there may be more minima.

    Runs on floors that are found leave room among the _MOST for other minima, and other floors.
    """
    terrain, floors = search.terrain, list[Floor]()
    places = np.where(found.rests[:, None], found.places, ends)
    while True:
        off = found.rests & (_on_floors(found, floors, terrain) < 0)
        minima, which = _off_valleys(*cluster_ends(places, off, terrain), search)
        flat = [
            k
            for k in range(len(terrain.minima), len(minima))
            if 2 * found.level[which == k].sum() > found.rests[which == k].sum()  # others move yet
        ]
        kept, more = floors_of(minima, flat, search, start)
        floors = sorted([*floors, *more], key=lambda floor: floor.low)
        if not more or len(floors) >= _MOST:
            return kept, floors, len(minima) >= _MOST


def _on_floors(found: _Found, floors: list[Floor], terrain: Terrain) -> np.ndarray:
    """The number of the floor on which each run [run] rests, −1: none.

    Those that are level there are on it, and those that rest beside one of its minima.
    """
    which = np.full(len(found.places), -1)
    heights = terrain.heights_at(found.places)
    for k, floor in enumerate(floors):
        lowest = 2 * floor.low - floor.highest if k else -np.inf
        there = (lowest <= heights) & (heights <= floor.highest)
        beside = found.rests & (near(found.places, floor.minima, reach_of(terrain)) >= 0)
        which = np.where((which < 0) & there & (found.level | beside), k, which)
    return which


def _further(found: _Found, ends: np.ndarray, reach: float, *, full: bool) -> np.ndarray:
    """Which of the `ends` [run, axis] are at minima beyond those that have numbers: none where
    these are not `full`."""
    if not full:
        return np.zeros(len(ends), bool)
    places = found.places[found.rests]
    _, first = np.unique(np.floor(places / reach), axis=0, return_index=True)
    return found.rests | (near(ends, places[first], reach) >= 0)


def _settled(ends: np.ndarray, slopes: np.ndarray, search: Search, resting: float) -> _Found:
    """The minima to which Newton's method leads from `ends` [run, axis], if near them.

    A run whose slope is less than `resting` rests, also where a minimum's slope is not exact.
    """
    terrain, places = search.terrain, ends.copy()
    rests, level, bare = (np.zeros(len(ends), bool) for _ in range(3))
    usable = np.flatnonzero(np.isfinite(ends).all(-1) & _inside(ends, terrain))
    chosen = usable[:: max(1, -(-len(usable) // _SEARCHES))]
    at = search.settled(ends[chosen])
    with np.errstate(all="ignore"):
        close = lengths(at.places - ends[chosen]) < reach_of(terrain)
        still = search.still(at) | search.near(at) | (slopes[chosen] < resting)
        good = close & still & np.isfinite(at.values).all(-1) & search.bends
    good[good] = search.minima(at)[good]
    places[chosen[good]] = at.places[good]
    rests[chosen] = good
    flat = search.level(at)
    level[chosen] = good & flat.any(axis=-1)
    bare[chosen] = good & flat.all(axis=-1) & ~search.troughs(at.places)
    return _Found(places, rests, level, bare)


def _off_plateaus(found: _Found, terrain: Terrain, start: float) -> _Found:
    """`found` without the places that bend nowhere, unless nothing is lower: all others are on a
    plateau. Runs come down from the loss `start`."""
    if not found.bare.any():
        return found
    losses, low = terrain.heights_at(found.places), terrain.scale("linear").low
    stays = ~found.bare | (losses <= terrain.highest_equal(low, abs(start - low)))
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
    ends: Float[np.ndarray, "run axis"], resting: Bool[np.ndarray, " run"], terrain: Terrain
) -> tuple[Float[np.ndarray, "minimum axis"], Int[np.ndarray, " run"]]:
    """The minima, known ones first, and the number of the minimum that each run ends in; −1: none.

    `resting` runs end at a minimum: where enough of them meet, there is one that was not known. It
    is looked for in cells as wide as NEAR says, the fullest first.
    """
    minima = np.array(terrain.minima, float).reshape(-1, terrain.variables)
    reach = reach_of(terrain)
    which = near(ends, minima, reach)
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
        which = near(ends, minima, reach)
    return minima, which


def _inside(places: np.ndarray, terrain: Terrain) -> np.ndarray:
    low, high = np.array(terrain.window, float).T
    return ((low <= places) & (places <= high)).all(-1)
