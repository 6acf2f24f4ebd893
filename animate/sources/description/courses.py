"""What becomes of each run: the minimum it reaches, where it stays, how far away it ends.

Lengths are shares of the window's diagonal, times of all steps, slopes of the steepest one that any
run meets in the window, and losses of the range that they meet there.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from animate.simulate.basins import NEAR
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories
from animate.sources.description.critical import Critical, Kind, Point, critical_points, derivatives

BESIDE = 0.05
"""Who is so near a saddle or a maximum is beside it."""
LONG = 0.1
"""Who is beside it, or on a plateau, for so long stays there."""
LEVEL, HIGH = 0.05, 0.1
"""On a plateau the slope is at most the first, though the loss is at least the second above the
lowest one: near a minimum, where slopes are small too, it is not."""
_ZERO = 1e-6
"""A critical point has at most this slope."""
_ASTRAY = 0.1
"""So far a run may end from a minimum that is looked for because none is known."""


@dataclass(frozen=True)
class Stay:
    """A run's stay beside `at`, or on a plateau, from step `first` to `last`."""

    kind: Kind | Literal["plateau"]
    at: Point | None
    first: int
    last: int


@dataclass(frozen=True)
class Course:
    """What becomes of one run.

    `lost` is the step at which it left the finite numbers, `left` that from which it is outside of
    the window. `reached` is a minimum and the first recorded step from which the run stays within
    NEAR of it. `nearest` is the minimum that is nearest to its end, and how far away that is.
    """

    lost: int | None
    left: int | None
    reached: tuple[Point, int] | None
    stays: tuple[Stay, ...]
    nearest: tuple[Point, float] | None
    loss: float


def courses(paths: Trajectories, terrain: Terrain) -> list[Course]:
    """What becomes of the first run of every optimizer."""
    with np.errstate(over="ignore", invalid="ignore"):  # who diverges goes far
        return _courses(paths, terrain)


def _courses(paths: Trajectories, terrain: Terrain) -> list[Course]:
    walks = [_Walk.of(paths, k, terrain) for k in range(len(paths.labels))]
    steepest = max(float(walk.slopes[walk.inside].max(initial=0.0)) for walk in walks)
    met = np.concatenate([walk.losses[walk.inside] for walk in walks])
    known = np.array(terrain.minima, float).reshape(-1, 2)
    asked = [(walk, record, BESIDE) for walk in walks for record in walk.pauses()]
    if not len(known):
        asked += [(walk, len(walk.steps) - 1, _ASTRAY) for walk in walks if walk.left is None]
    found = _found(terrain, asked, _ZERO * steepest)
    minima = _with(known, found, terrain)
    stays: dict[_Walk, set[Stay]] = {walk: set() for walk in walks}
    for (walk, record, _), critical in zip(asked, found, strict=True):
        stays[walk] |= walk.beside(record, critical) if critical else set()
    if len(met):
        floor = min(met.min(), *(terrain.heights(*known.T) if len(known) else met[:1]))
        high = floor + HIGH * (met.max() - floor)
        for walk in walks:
            stays[walk] |= walk.plateaus(LEVEL * steepest, high, stays[walk])
    return [walk.course(minima, stays[walk]) for walk in walks]


@dataclass(frozen=True, eq=False)
class _Walk:
    """One run up to its end, at the recorded steps: `places` [record, 2], the others [record]."""

    steps: np.ndarray
    places: Float[np.ndarray, "record 2"]
    losses: Float[np.ndarray, " record"]
    slopes: Float[np.ndarray, " record"]
    inside: np.ndarray
    last_step: int
    diagonal: float

    @classmethod
    def of(cls, paths: Trajectories, k: int, terrain: Terrain) -> "_Walk":
        count = int(np.searchsorted(paths.steps, paths.ends[k, 0], side="right"))
        places, slopes = paths.positions[k, 0, :count], paths.gradient_norms[k, 0, :count]
        if np.isnan(slopes).all():  # as in paths that were recorded elsewhere
            slopes = np.hypot(*derivatives(terrain, places)[0].T)
        low, high = np.array(terrain.window, float).T
        return cls(
            steps=paths.steps[:count],
            places=places,
            losses=paths.losses[k, 0, :count],
            slopes=np.nan_to_num(slopes, nan=np.inf),
            inside=((places >= low) & (places <= high)).all(-1),
            last_step=paths.last_step,
            diagonal=terrain.diagonal,
        )

    @property
    def left(self) -> int | None:
        since = _since(~self.inside)
        return None if since is None else int(self.steps[since])

    def pauses(self) -> list[int]:
        """The records of least slope in every stretch in which the run hardly moves."""
        span = max(int(np.ceil(LONG * (len(self.steps) - 1))), 1)
        moved = np.hypot(*(self.places[span:] - self.places[:-span]).T)
        return [
            int(first + np.argmin(self.slopes[first : end + span]))
            for first, end in _stretches(moved < BESIDE * self.diagonal)
        ]

    def beside(self, record: int, critical: Critical) -> set[Stay]:
        """The stay beside a saddle or a maximum, around that record, if it is long enough."""
        near = np.hypot(*(self.places - critical.at).T) < BESIDE * self.diagonal
        around = [(first, end) for first, end in self._long(near) if first <= record < end]
        return {
            Stay(critical.kind, critical.at, int(self.steps[first]), int(self.steps[end - 1]))
            for first, end in around
            if critical.kind != "minimum"
        }

    def plateaus(self, level: float, high: float, others: set[Stay]) -> set[Stay]:
        """The stays where the slope is at most `level` and the loss above `high`."""
        flat = (self.slopes <= level) & (self.losses > high) & self.inside
        for stay in others:
            flat &= (self.steps < stay.first) | (self.steps > stay.last)
        return {
            Stay("plateau", None, int(self.steps[first]), int(self.steps[end - 1]))
            for first, end in self._long(flat)
        }

    def _long(self, holds: np.ndarray) -> list[tuple[int, int]]:
        """The stretches of true values that last long enough."""
        least = LONG * self.last_step
        return [
            (first, end)
            for first, end in _stretches(holds)
            if self.steps[end - 1] - self.steps[first] >= least
        ]

    def course(self, minima: np.ndarray, stays: set[Stay]) -> Course:
        """What becomes of it, once all minima are known."""
        ended = int(self.steps[-1])
        reached = nearest = None
        if len(minima):
            away = np.hypot(*(minima - self.places[-1]).T)
            goal = minima[away.argmin()]
            nearest = (float(goal[0]), float(goal[1])), float(away.min())
            since = _since(np.hypot(*(self.places - goal).T) < NEAR * self.diagonal)
            if since is not None and ended == self.last_step:
                reached = nearest[0], int(self.steps[since])
        return Course(
            lost=None if ended == self.last_step else ended,
            left=self.left,
            reached=reached,
            stays=tuple(sorted(_apart(stays), key=lambda stay: stay.first)),
            nearest=nearest,
            loss=float(self.losses[-1]),
        )


def _found(
    terrain: Terrain, asked: list[tuple[_Walk, int, float]], level: float
) -> list[Critical | None]:
    """The critical point near each of those records, as near as asked."""
    if not asked:
        return []
    places = np.stack([walk.places[record] for walk, record, _ in asked])
    found = critical_points(terrain, places, level)
    return [
        each if each and _near(place, np.array([each.at]), reach * terrain.diagonal) else None
        for each, place, (*_, reach) in zip(found, places, asked, strict=True)
    ]


def _with(known: np.ndarray, found: list[Critical | None], terrain: Terrain) -> np.ndarray:
    """The known minima and those that were found beside them, each once."""
    minima = known
    for each in found:
        if each and each.kind == "minimum":
            place = np.array(each.at)
            if not _near(place, minima, NEAR * terrain.diagonal):
                minima = np.concatenate([minima, place[None]])
    return minima


def _near(place: np.ndarray, points: np.ndarray, reach: float) -> bool:
    return bool((np.hypot(*(points - place).T) < reach).any())


def _apart(stays: set[Stay]) -> list[Stay]:
    """Those of different times: two searches may end at one place in two last digits."""
    return list({(stay.first, stay.last): stay for stay in stays}.values())


def _stretches(holds: np.ndarray) -> list[tuple[int, int]]:
    """First and past-the-last index of every run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], holds, [0]])))
    return [(int(first), int(end)) for first, end in edges.reshape(-1, 2)]


def _since(holds: np.ndarray) -> int | None:
    """The first index from which on all of `holds` is true; None if its last is not."""
    if not len(holds) or not holds[-1]:
        return None
    return int(np.flatnonzero(~holds).max(initial=-1)) + 1
