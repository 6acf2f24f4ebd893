"""The outcome of each run: the minimum that it reaches, where it stays, how far away it ends.

Lengths are relative to the window's diagonal, times to all steps, slopes to the steepest one that
any run meets in the window, and losses to the range that the runs meet there.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from animate.simulate.minima import NEAR
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories
from animate.sources.description.critical import Critical, Kind, Point, critical_points, derivatives

BESIDE = 0.05
"""Distance from a saddle or a maximum up to which a run is beside it."""
LONG = 0.1
"""Time for which a run must be beside it, or on a plateau, to stay there."""
LEVEL, HIGH = 0.05, 0.1
"""On a plateau the slope is at most LEVEL, and the loss at least HIGH above the lowest one, which
it is not near a minimum, where slopes are small too."""
_ZERO = 1e-6
"""Slope of a critical point, at most."""
_ASTRAY = 0.1
"""Distance of a run's end from a minimum that is searched for there, where none is known."""


@dataclass(frozen=True)
class Stay:
    """A run's stay beside `at`, or on a plateau, from step `first` to `last`."""

    kind: Kind | Literal["plateau"]
    at: Point | None
    first: int
    last: int


@dataclass(frozen=True)
class Outcome:
    """What one run comes to.

    `lost` is the step at which it diverged, `left` the step from which on it is outside of the
    window. `reached` is a minimum, and the first recorded step from which on the run is within NEAR
    of it. `nearest` is the minimum nearest to the run's end, and the distance between them; `loss`
    is that at the end.
    """

    lost: int | None
    left: int | None
    reached: tuple[Point, int] | None
    stays: tuple[Stay, ...]
    nearest: tuple[Point, float] | None
    loss: float

    def ends_away(self, last_step: int) -> bool:
        """Whether it ends in the window, but in no minimum and beside no saddle or maximum."""
        here = self.lost is None and self.left is None and self.reached is None
        return here and all(stay.kind == "plateau" for stay in self.stays if stay.last == last_step)


def outcomes(
    paths: Trajectories, terrain: Terrain, minima: Float[np.ndarray, "minimum 2"] | None = None
) -> list[Outcome]:
    """The outcome of the first run of every optimizer.

    `minima` are those that other panels show; None: the surface's own.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges goes far
        own = np.array(terrain.minima, float).reshape(-1, 2)
        return _outcomes(paths, terrain, own if minima is None else minima)


def _outcomes(paths: Trajectories, terrain: Terrain, known: np.ndarray) -> list[Outcome]:
    runs = [_Run.of(paths, k, terrain) for k in range(len(paths.labels))]
    steepest = max(float(run.slopes[run.inside].max(initial=0.0)) for run in runs)
    met = np.concatenate([run.losses[run.inside] for run in runs])
    searches = [(run, record, BESIDE) for run in runs for record in run.pauses()]
    if not len(known):
        searches += [(run, len(run.steps) - 1, _ASTRAY) for run in runs if run.left is None]
    found = _nearby(terrain, searches, _ZERO * steepest)
    minima = _all_minima(known, found, terrain)
    stays: dict[_Run, set[Stay]] = {run: set() for run in runs}
    for (run, record, _), critical in zip(searches, found, strict=True):
        stays[run] |= run.beside(record, critical) if critical else set()
    if len(met):
        floor = min(met.min(), *(terrain.heights(*known.T) if len(known) else met[:1]))
        high = floor + HIGH * (met.max() - floor)
        for run in runs:
            stays[run] |= run.plateaus(LEVEL * steepest, high, stays[run], minima)
    return [run.outcome(minima, stays[run]) for run in runs]


@dataclass(frozen=True, eq=False)
class _Run:
    """One run up to its end, at the recorded steps: `places` [record, 2], the others [record]."""

    steps: np.ndarray
    places: Float[np.ndarray, "record 2"]
    losses: Float[np.ndarray, " record"]
    slopes: Float[np.ndarray, " record"]
    inside: np.ndarray
    last_step: int
    diagonal: float

    @classmethod
    def of(cls, paths: Trajectories, k: int, terrain: Terrain) -> "_Run":
        count = int((paths.steps <= paths.ends[k, 0]).sum())
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
        """The record of least slope in every stretch in which the run hardly moves."""
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

    def plateaus(
        self, level: float, high: float, others: set[Stay], minima: np.ndarray
    ) -> set[Stay]:
        """The stays where the slope is at most `level` and the loss above `high`, away from all
        `minima` [n, 2]: beside one, a local one too, it is level everywhere."""
        flat = (self.slopes <= level) & (self.losses > high) & self.inside
        for minimum in minima:
            flat &= ~(np.hypot(*(self.places - minimum).T) < BESIDE * self.diagonal)
        for stay in others:
            flat &= (self.steps < stay.first) | (self.steps > stay.last)
        return {
            Stay("plateau", None, int(self.steps[first]), int(self.steps[end - 1]))
            for first, end in self._long(flat)
        }

    def _long(self, holds: np.ndarray) -> list[tuple[int, int]]:
        """The stretches of true values that last long enough."""
        least = LONG * (self.last_step - self.steps[0])
        return [
            (first, end)
            for first, end in _stretches(holds)
            if self.steps[end - 1] - self.steps[first] >= least
        ]

    def outcome(self, minima: np.ndarray, stays: set[Stay]) -> Outcome:
        """Its outcome, once all `minima` [n, 2] and its `stays` are known."""
        ended = int(self.steps[-1])
        reached = nearest = None
        if len(minima):
            away = np.hypot(*(minima - self.places[-1]).T)
            goal = minima[away.argmin()]
            nearest = (float(goal[0]), float(goal[1])), float(away.min())
            since = _since(np.hypot(*(self.places - goal).T) < NEAR * self.diagonal)
            if since is not None and ended == self.last_step:
                reached = nearest[0], int(self.steps[since])
        return Outcome(
            lost=None if ended == self.last_step else ended,
            left=self.left,
            reached=reached,
            stays=tuple(sorted(_apart(stays), key=lambda stay: stay.first)),
            nearest=nearest,
            loss=float(self.losses[-1]),
        )


def _nearby(
    terrain: Terrain, searches: list[tuple[_Run, int, float]], level: float
) -> list[Critical | None]:
    """For each search the critical point within its distance of the run's record; None: none."""
    if not searches:
        return []
    places = np.stack([run.places[record] for run, record, _ in searches])
    found = critical_points(terrain, places, level)
    return [
        each if each and _near(place, np.array([each.at]), reach * terrain.diagonal) else None
        for each, place, (*_, reach) in zip(found, places, searches, strict=True)
    ]


def _all_minima(known: np.ndarray, found: list[Critical | None], terrain: Terrain) -> np.ndarray:
    """The known minima and those that were found, each once, [n, 2]."""
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
    """The stays of different times: two searches may find one place with different last digits."""
    return list({(stay.first, stay.last): stay for stay in stays}.values())


def _stretches(holds: np.ndarray) -> list[tuple[int, int]]:
    """First index and index after the last of every stretch of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], holds, [0]])))
    return [(int(first), int(end)) for first, end in edges.reshape(-1, 2)]


def _since(holds: np.ndarray) -> int | None:
    """The first index from which on all of `holds` is true; None if its last is not."""
    if not len(holds) or not holds[-1]:
        return None
    return int(np.flatnonzero(~holds).max(initial=-1)) + 1
