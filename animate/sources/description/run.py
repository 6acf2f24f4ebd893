"""One run up to its end: where it hardly moves, what it stays beside, and which minimum it reaches.

Lengths are relative to the window's diagonal, and times to all steps.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from animate.simulate.differences import derivatives
from animate.simulate.numerics import lengths
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories
from animate.sources.description.critical import Critical, Point
from animate.sources.description.goals import Goals, Overshot, Reached, Stay

BESIDE = 0.05
"""Distance from a saddle or a maximum up to which a run is beside it."""
LONG = 0.1
"""Time for which a run must be beside it, or on a plateau, to stay there."""
_PAST = 0.1
"""How far behind a minimum a run must be to have overshot it."""
_ASIDE = 0.55
"""Of that distance: how near it must have come to the minimum before."""
_BRIEF = 0.05
"""Time for which a run that has left a minimum must be back to have come to stay."""
_EDGE = 1e-9
"""Beyond the window's edge a run is still at it: by no more than rounding."""
_SAME = 1e-4
"""Distance up to which two places are one: the differences of heights tell no nearer ones apart."""
_STILL = 0.5
"""Of its height above the lowest loss: what a run on a plateau keeps at least."""


@dataclass(frozen=True, eq=False)
class Run:
    """One run up to its end, at the recorded steps: `places` [record, 2], the others [record].

    The `heights` are the terrain's there: `losses` that were recorded elsewhere may be others.
    """

    steps: np.ndarray
    places: Float[np.ndarray, "record axis"]
    losses: Float[np.ndarray, " record"]
    heights: Float[np.ndarray, " record"]
    slopes: Float[np.ndarray, " record"]
    inside: np.ndarray
    last_step: int
    diagonal: float
    strayed: bool

    @classmethod
    def of(cls, paths: Trajectories, k: int, terrain: Terrain) -> "Run":
        count = int((paths.steps <= paths.ends[k, 0]).sum())
        places, slopes = paths.positions[k, 0, :count], paths.gradient_norms[k, 0, :count]
        if np.isnan(slopes).all():  # as in paths that were recorded elsewhere
            slopes = lengths(derivatives(terrain, places)[0])
        low, high = np.array(terrain.window, float).T
        edge = _EDGE * terrain.diagonal
        return cls(
            steps=paths.steps[:count],
            places=places,
            losses=paths.losses[k, 0, :count],
            heights=terrain.heights_at(places),
            slopes=np.nan_to_num(slopes, nan=np.inf),
            inside=((places >= low - edge) & (places <= high + edge)).all(-1),
            last_step=paths.last_step if paths.lost[k, 0] else int(paths.ends[k, 0]),
            diagonal=terrain.diagonal,
            strayed=bool(paths.off[k, 0]),
        )

    @property
    def lost(self) -> int | None:
        """The step at which it diverged or, if it has `strayed`, left the surface."""
        ended = int(self.steps[-1])
        return None if ended == self.last_step else ended

    @property
    def left(self) -> int | None:
        """The step from which on it is outside of the window; None too if it never was inside, or
        has come back from as long a way outside before, as one does that swings over the edge."""
        outside = _stretches(~self.inside)
        if self.inside[-1] or not self.inside.any():
            return None
        since, end = outside[-1]
        if any(after - before >= end - since for before, after in outside[:-1]):
            return None
        return int(self.steps[since])

    def pauses(self) -> list[int]:
        """The record of least slope in every stretch in which the run hardly moves."""
        span = max(int(np.ceil(LONG * (len(self.steps) - 1))), 1)
        moved = lengths(self.places[span:] - self.places[:-span])
        return [
            int(first + np.argmin(self.slopes[first : end + span]))
            for first, end in _stretches(moved < BESIDE * self.diagonal)
        ]

    def beside(
        self, record: int, critical: Critical, rivals: Float[np.ndarray, "n axis"]
    ) -> set[Stay]:
        """The stay beside a saddle or a maximum, around that record, if it is long enough.

        A run is beside one place at a time: the nearest of this one and its `rivals`.
        """
        if critical.kind not in ("saddle", "maximum"):
            return set()
        away = lengths(self.places - critical.at)
        near = away < BESIDE * self.diagonal
        for rival in rivals:
            if lengths(rival - critical.at) > _SAME * self.diagonal:
                near &= away <= lengths(self.places - rival)
        around = [(first, end) for first, end in self._long(near) if first <= record < end]
        return {
            Stay(critical.kind, critical.at, int(self.steps[first]), int(self.steps[end - 1]))
            for first, end in around
        }

    def plateaus(
        self, level: float, bounds: tuple[float, float], others: set[Stay], goals: Goals
    ) -> set[Stay]:
        """The stays where the slope is at most `level` and the loss above the second of `bounds`,
        away from all minima: beside one, a local one too, it is level everywhere. A run that goes
        down most of the way to the first of them is on no plateau."""
        floor, high = bounds
        flat = (self.slopes <= level) & (self.losses > high) & self.inside
        for goal, reach in zip(goals.places, goals.reaches, strict=True):
            beside = max(BESIDE * self.diagonal, reach)
            flat &= ~(lengths(self.places - goal) < beside)
        for stay in others:
            flat &= (self.steps < stay.first) | (self.steps > stay.last)
        return {
            Stay("plateau", None, int(self.steps[first]), int(self.steps[end - 1]))
            for first, end in self._long(flat)
            if self.losses[end - 1] - floor > _STILL * (self.losses[first] - floor)
        }

    def _long(self, holds: np.ndarray) -> list[tuple[int, int]]:
        """The stretches of true values that last long enough."""
        least = LONG * (self.last_step - self.steps[0])
        return [
            (first, end)
            for first, end in _stretches(holds)
            if self.steps[end - 1] - self.steps[first] >= least
        ]

    def nearest(self, goals: Goals, home: Point | None) -> tuple[Point, float] | None:
        """The single minimum in whose basin the run ends, the one nearest to its `home`; None: that
        nearest to its end. And the distance of the end from it."""
        minima = goals.places[~goals.floors]
        if not len(minima):
            return None
        end = self.places[-1]
        nearest = minima[lengths(minima - (end if home is None else home)).argmin()]
        return tuple(map(float, nearest)), float(lengths(nearest - end))

    def overshot(self, goals: Goals, nearest: Point | None) -> Overshot | None:
        """Where it first turns back behind the minimum that is `nearest` to its end.

        It is then on the other side of it than where it began, as far away as counts, and has come
        past it: not from one wall of a valley to the other.
        """
        if nearest is None or self.lost is not None or self.left is not None:
            return None
        beyond = self.places - nearest
        away = lengths(beyond) / self.diagonal
        behind = (beyond @ beyond[0] < 0) & (away > _PAST)
        for first, end in _stretches(behind):
            farthest = first + int(np.argmax(away[first:end]))
            passed = nearest + _nearest_of(beyond[: farthest + 1])
            aside = lengths(passed - nearest)
            past = aside < _ASIDE * away[farthest] * self.diagonal
            past &= aside <= lengths(goals.places - passed).min()
            if past and farthest + 1 < len(away):  # it comes nearer again
                return Overshot(nearest, int(self.steps[farthest]), tuple(map(float, passed)))
        return None

    def reached(self, goals: Goals, passed: Float[np.ndarray, "n axis"]) -> Reached | None:
        """The minimum within whose reach the run ends, if it is nearer than the saddles and maxima
        that were `passed`, and since when it is."""
        away = lengths(goals.places - self.places[-1])
        there = np.flatnonzero((away < goals.reaches) & (self.heights[-1] < goals.rims))
        if self.lost is not None or not len(there):
            return None
        goal = there[away[there].argmin()]
        distance = lengths(self.places - goals.places[goal])
        near = (distance < goals.reaches[goal]) & (self.heights < goals.rims[goal])
        for place in passed:
            near &= distance <= lengths(self.places - place)
        since = _since(near)
        if since is None or self._comes_and_goes(near[:since], since):
            return None
        place = tuple(map(float, goals.places[goal]))
        return Reached(place, bool(goals.floors[goal]), int(self.steps[since]))

    def _comes_and_goes(self, before: Bool[np.ndarray, " record"], since: int) -> bool:
        """Whether it was there `before` the record `since` which it stays there, too shortly to
        know that it does not go again."""
        return bool(before.any()) and self.steps[-1] - self.steps[since] < _BRIEF * (
            self.last_step - self.steps[0]
        )


def _nearest_of(path: Float[np.ndarray, "n axis"]) -> Float[np.ndarray, " axis"]:
    """The place nearest to 0 on a path, between its points too."""
    begins, moves = path[:-1], np.diff(path, axis=0)
    squares = np.maximum((moves**2).sum(axis=1), np.finfo(float).tiny)
    shares = np.clip(-(begins * moves).sum(axis=1) / squares, 0.0, 1.0)
    places = begins + shares[:, None] * moves
    return places[lengths(places).argmin()]


def _stretches(holds: np.ndarray) -> list[tuple[int, int]]:
    """First index and index after the last of every stretch of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], holds, [0]])))
    return [(int(first), int(end)) for first, end in edges.reshape(-1, 2)]


def _since(holds: np.ndarray) -> int | None:
    """The first index from which on all of `holds` is true; None if its last is not."""
    if not len(holds) or not holds[-1]:
        return None
    return int(np.flatnonzero(~holds).max(initial=-1)) + 1
