"""The minima that runs come to: looked for once, by Newton's method from where all of them end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories

NEAR = 0.02
"""Of the window's diagonal: a run that ends so near a minimum has reached it."""
RESTING = 1e-3
"""Of the median gradient at the starts: a run with less at its end has come to rest."""
_FLAT = 1e-6
"""Of the largest curvature: less counts as none."""
_MOST = 24
"""Minima at most, known ones included."""
_FEWEST = 0.002
"""A share of the runs that must end in one place for it to count as a minimum."""
_EQUAL = 1e-3
"""Of the descent from the median start: minima whose losses differ by less are equal."""
_GAP = 5
"""Reaches from one minimum of a valley to the next, at most."""
_ROUNDS = 12
_SEARCHES = 4096
"""Ends from which is searched at most, evenly among all of them."""
_SLOPE = 1e-6
"""Of the median gradient at the starts: the slope of a minimum, at most."""


@dataclass(frozen=True)
class Ends:
    """Where runs end.

    `which` is the number of the minimum near which each run ends, known minima first; `floor`: at
    the floor of a valley of equal minima, −1: in none. There is a `floor` only where there is such
    a valley: its number is that after the last of the `minima`.
    """

    minima: Float[np.ndarray, "minimum 2"]
    which: Int[np.ndarray, "optimizer run"]
    floor: int | None = None

    @property
    def places(self) -> int:
        """How many places there are to end in: the minima, and the floor if there is one."""
        return len(self.minima) + (self.floor is not None)

    def only(self, optimizers: Sequence[int]) -> "Ends":
        """Those of some of the optimizers, the minima of all."""
        return replace(self, which=self.which[list(optimizers)])


class _Found(NamedTuple):
    """What Newton's method leads to from each end [run]: `rests` at a minimum near it, which has a
    direction without curvature where it is `level`."""

    places: Float[np.ndarray, "run 2"]
    rests: Bool[np.ndarray, " run"]
    level: Bool[np.ndarray, " run"]


def ends_in(paths: Trajectories, terrain: Terrain, *others: Trajectories) -> Ends:
    """Where the runs of `paths` end; minima are looked for from the ends of the `others` too.

    A run that ends near a saddle or a maximum is in no minimum.
    """
    every = (paths, *others)
    steepness = np.concatenate([each.gradient_norms[:, :, 0].ravel() for each in every])
    typical = float(np.nanmedian(steepness))
    ends = np.concatenate([each.positions[:, :, -1].reshape(-1, 2) for each in every])
    slopes = np.concatenate([each.gradient_norms[:, :, -1].ravel() for each in every])
    found = _settled(ends, slopes, terrain, typical)
    minima, which = cluster_ends(
        np.where(found.rests[:, None], found.places, ends), found.rests, terrain
    )
    flat = [
        k for k in range(len(terrain.minima), len(minima)) if found.level[which == k].mean() > 0.5
    ]
    start = float(np.nanmedian(np.concatenate([each.losses[:, :, 0].ravel() for each in every])))
    valley, floor = _valley(minima, flat, terrain, start)
    count, kept = paths.ends.size, np.delete(minima, valley, axis=0)
    place = _near(ends[:count], kept, terrain)
    if valley:
        level = found.level & (terrain.heights(*found.places.T) <= floor)
        place = np.where((place < 0) & level[:count], len(kept), place)
    return Ends(kept, place.reshape(paths.ends.shape), len(kept) if valley else None)


def _valley(
    minima: np.ndarray, flat: list[int], terrain: Terrain, start: float
) -> tuple[list[int], float]:
    """Which of the `flat` minima are one valley, [] for none, and the highest loss of its floor.

    They have the lowest loss among the flat ones, to _EQUAL of the way down from the loss `start`,
    and each stands _GAP reaches from another at most.
    """
    if not flat:
        return [], np.nan
    losses = terrain.heights(*minima[flat].T)
    low = float(losses.min())
    floor = low + _EQUAL * abs(start - low)
    equal = [k for k, loss in zip(flat, losses, strict=True) if loss <= floor]
    apart = np.hypot(*(minima[equal][:, None] - minima[equal]).T)
    np.fill_diagonal(apart, np.inf)
    near = apart.min(axis=0) <= _GAP * reach_of(terrain)
    return [k for k, joined in zip(equal, near, strict=True) if joined], floor


def _settled(ends: np.ndarray, slopes: np.ndarray, terrain: Terrain, typical: float) -> _Found:
    """The minima to which Newton's method leads from `ends` [run, 2], if near them."""
    places = ends.copy()
    rests, level = np.zeros(len(ends), bool), np.zeros(len(ends), bool)
    usable = np.flatnonzero(np.isfinite(ends).all(-1) & _inside(ends, terrain))
    chosen = usable[:: max(1, -(-len(usable) // _SEARCHES))]
    with np.errstate(all="ignore"):
        at, slope, values = _newton(ends[chosen], terrain)
        near = np.hypot(*(at - ends[chosen]).T) < reach_of(terrain)
        largest = np.abs(values).max(axis=-1)
        still = (slope <= _SLOPE * typical) | (slopes[chosen] < RESTING * typical)
        good = near & still & (values[:, 0] >= -_FLAT * largest) & (largest > 0)
    places[chosen[good]] = at[good]
    rests[chosen] = good
    level[chosen] = good & (values[:, 0] <= _FLAT * largest)
    return _Found(places, rests, level)


def _newton(places: np.ndarray, terrain: Terrain) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where Newton's method leads from `places` [n, 2], the slope there, and the Hessian's
    eigenvalues [n, 2], ascending. It takes no step along a direction without curvature."""
    for _ in range(_ROUNDS):
        gradients = terrain.gradients(places)
        values, axes = _eigen(terrain.hessians(places))
        size = np.abs(values)
        curved = np.greater(size, _FLAT * size.max(axis=-1, keepdims=True))
        along = np.einsum("nij,ni->nj", axes, gradients)
        steps = np.where(curved, along / np.where(curved, values, 1.0), 0.0)
        later = places - np.einsum("nij,nj->ni", axes, steps)
        places = np.where(np.isfinite(later), later, places)
    slope = np.hypot(*terrain.gradients(places).T)
    return places, slope, _eigen(terrain.hessians(places))[0]


def _eigen(hessians: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eigenvalues [n, 2], ascending, and axes [n, 2, 2]; NaN where a Hessian is not finite."""
    known = np.asarray(np.isfinite(hessians).all((1, 2)))
    values, axes = np.linalg.eigh(np.where(known[:, None, None], hessians, np.eye(2)))
    return np.where(known[:, None], values, np.nan), axes


def cluster_ends(
    ends: Float[np.ndarray, "run 2"], resting: Bool[np.ndarray, " run"], terrain: Terrain
) -> tuple[Float[np.ndarray, "minimum 2"], Int[np.ndarray, " run"]]:
    """The minima, known ones first, and the number of the minimum that each run ends in; −1: none.

    `resting` runs end at a minimum: where enough of them meet, there is one that was not known. It
    is looked for in cells as wide as NEAR says, the fullest first.
    """
    reach = reach_of(terrain)
    minima = np.array(terrain.minima, float).reshape(-1, 2)
    which = _near(ends, minima, terrain)
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
        which = _near(ends, minima, terrain)
    return minima, which


def reach_of(terrain: Terrain) -> float:
    """How far from a minimum a run that has reached it may be."""
    return NEAR * terrain.diagonal


def _inside(places: np.ndarray, terrain: Terrain) -> np.ndarray:
    low, high = np.array(terrain.window, float).T
    return ((low <= places) & (places <= high)).all(-1)


def _near(places: np.ndarray, minima: np.ndarray, terrain: Terrain) -> np.ndarray:
    """The number of the nearest minimum within reach of each of `places` [n, 2]; −1: none."""
    which, least = np.full(len(places), -1), np.full(len(places), reach_of(terrain) ** 2)
    with np.errstate(over="ignore", invalid="ignore"):  # of a run that has diverged
        for k, minimum in enumerate(minima):
            distance = ((places - minimum) ** 2).sum(-1)
            which = np.where(distance < least, k, which)
            least = np.fmin(distance, least)
    return which
