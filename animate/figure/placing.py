"""Places for words on a panel where nothing else is. All lengths are pixels."""

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float, Int

from animate.figure.taken import CELL, dense, sums, widened

if TYPE_CHECKING:
    from matplotlib.transforms import BboxBase

_TURNS = 32
"""Directions from a point in which places are tried."""
_GROWTH = 1.25
"""Of the distance, from one that is tried to the next."""
_CROSSING = 1.5
"""Pixels of detour that a pixel of a leader over something else is worth."""
_ALONG = 24
"""Places along an edge that are tried."""
_SAME = 0.04
"""A mark so near to a place, in diagonals of the box, may be that of the place: a run has reached a
minimum that is a little farther than REACH of the description's hollows, at most."""


@dataclass(frozen=True)
class Spot:
    """A free rectangle by its lower left corner, and where a leader from its point meets it."""

    corner: tuple[float, float]
    leader: tuple[float, float]


class Room:
    """What is taken of the rectangle `box`."""

    def __init__(self, box: "BboxBase") -> None:
        self._low = np.array([box.x0, box.y0])
        self._size = np.array([box.width, box.height])
        columns, rows = np.maximum(np.ceil(self._size / CELL).astype(int), 1)
        self._taken = np.zeros((rows, columns), bool)
        self._ground = np.zeros((rows, columns), bool)
        self._words = np.zeros((rows, columns), bool)
        self._heads = np.zeros((rows, columns), bool)
        self._marks = np.empty((0, 2))
        self._most_crossed = np.inf
        self._same = _SAME * float(np.hypot(*self._size))

    def copy(self) -> "Room":
        """The same, to try what has room."""
        other = copy(self)
        other._taken, other._ground, other._words, other._heads = (
            each.copy() for each in (self._taken, self._ground, self._words, self._heads)
        )
        return other

    def take_mark(self, point: Float[np.ndarray, "2"], radius: float) -> None:
        """The neighbourhood of a mark, beside which no words about another place stand."""
        self.take_points(point[None], radius)
        self._marks = np.concatenate([self._marks, point[None]])

    def take_path(self, path: Float[np.ndarray, "n 2"], radius: float) -> None:
        """All that is nearer to a path than `radius`; gaps in it are not finite."""
        self._taken |= self._around(dense(path), radius)

    def take_points(self, points: Float[np.ndarray, "n 2"], radius: float) -> None:
        """All that is nearer to one of the heads or marks at `points` than `radius`; no leader goes
        over them, as if it were theirs."""
        around = self._around(points, radius)
        self._taken |= around
        self._heads |= around

    def take_ground(self, points: Float[np.ndarray, "n 2"], radius: float) -> None:
        """All that is nearer to one of `points` than `radius`: no words stand there, but leaders go
        over it."""
        self._ground |= self._around(points, radius)

    def free_ground(self, crossed: float) -> None:
        """Let words stand on what was taken as ground too, if no more than so much of their leader
        is over what else is taken."""
        self._ground[:] = False
        self._most_crossed = crossed

    def has_mark_on(self, line: Float[np.ndarray, "n 2"]) -> bool:
        """Whether a line goes over a head or a mark."""
        row, column = self._cells(dense(line))
        return bool(self._heads[row, column].any())

    def _around(
        self, points: Float[np.ndarray, "n 2"], radius: float
    ) -> Bool[np.ndarray, "row column"]:
        near = np.zeros_like(self._taken)
        row, column = self._cells(self._inside(points))
        near[row, column] = True
        return widened(near, radius)

    def take(self, corner: tuple[float, float], size: tuple[float, float]) -> None:
        """A rectangle of words by its lower left corner, over which no leader goes."""
        low = self._clipped(np.array(corner))
        high = self._clipped(np.array(corner) + size)
        (row, column), (top, right) = (self._cell(each) for each in (low, high))
        for each in (self._taken, self._words):
            each[row : top + 1, column : right + 1] = True

    def take_box(self, box: "BboxBase") -> None:
        """That rectangle of words."""
        self.take((box.x0, box.y0), (box.width, box.height))

    def spot(
        self,
        point: Float[np.ndarray, "2"],
        size: tuple[float, float],
        gap: float,
        farthest: float,
        *,
        apart: float = 0.0,
        enough: float = np.inf,
    ) -> Spot | None:
        """The free rectangle of that size for words about `point`: no nearer to it than `gap`, no
        further away than `farthest`, and all in the box; None: there is none.

        From marks of other places it is farther than from its own, by `apart` at least, or as far
        as is `enough` where a leader tells whose the words are.
        """
        at, wide = point, np.array(size)
        corners = _corners(at, wide, gap, farthest)
        inside = (corners >= self._low) & (corners + wide <= self._low + self._size)
        corners = corners[inside.all(axis=1)]
        corners = corners[self._free(corners, wide)]
        ends = np.clip(at, corners, corners + wide)
        clear = ~self._nearer_marks(at, corners, wide, apart, enough) & (
            self._crossed(self._words, at, ends) == 0
        )
        over = self._crossed(self._taken, at, ends, gap)
        clear &= (self._crossed(self._heads, at, ends, gap) == 0) & (over <= self._most_crossed)
        corners, ends, over = corners[clear], ends[clear], over[clear]
        if not len(corners):
            return None
        cost = np.hypot(*(ends - at).T) + _CROSSING * over
        best = int(cost.argmin())
        return Spot(_pair(corners[best]), _pair(ends[best]))

    def at_edge(self, size: tuple[float, float], gap: float) -> tuple[float, float] | None:
        """The lower left corner of a free rectangle of that size, `gap` from an edge of the box:
        in a corner if one is free, those at the right first; None: there is none."""
        wide = np.array(size)
        low, high = _pair(self._low + gap), _pair(self._low + self._size - gap - wide)
        if high[0] < low[0] or high[1] < low[1]:
            return None
        across, up = (np.linspace(high[k], low[k], _ALONG).tolist() for k in (0, 1))
        corners = [(x, y) for x in (high[0], low[0]) for y in (high[1], low[1], *up)]
        corners += [(x, y) for y in (high[1], low[1]) for x in across]
        free = self._free(np.array(corners), wide)
        return next(
            (corner for corner, is_free in zip(corners, free, strict=True) if is_free), None
        )

    def emptiest_corner(
        self, size: tuple[float, float], gap: float, clear: float = 0.0
    ) -> tuple[float, float] | None:
        """The lower left corner of a free rectangle of that size in the corner of the box beside
        which least is taken, `gap` from both edges and `clear` of all else; None: none is free."""
        wide = np.minimum(np.array(size) + gap + clear, self._size)
        ways = np.array([(1, 1), (0, 1), (1, 0), (0, 0)])
        free = np.flatnonzero(self._free(self._low + ways * (self._size - wide), wide))
        if not len(free) or (wide < size).any():
            return None
        around = np.minimum(2 * wide, self._size)
        taken = self._count(self._low + ways * (self._size - around), around)
        best = free[taken[free].argmin()]
        return _pair(self._low + gap + ways[best] * (self._size - 2 * gap - size))

    def _free(
        self, corners: Float[np.ndarray, "n 2"], size: Float[np.ndarray, "2"]
    ) -> Bool[np.ndarray, " n"]:
        """Whether nothing is taken of each rectangle."""
        return self._count(corners, size) == 0

    def _count(
        self, corners: Float[np.ndarray, "n 2"], size: Float[np.ndarray, "2"]
    ) -> Int[np.ndarray, " n"]:
        """How many cells are taken of each rectangle."""
        below = sums(self._taken | self._ground)
        (row, column), (top, right) = (self._cells(each) for each in (corners, corners + size))
        top, right = top + 1, right + 1
        return below[top, right] - below[row, right] - below[top, column] + below[row, column]

    def _nearer_marks(
        self,
        at: Float[np.ndarray, "2"],
        corners: Float[np.ndarray, "n 2"],
        size: np.ndarray,
        apart: float,
        enough: float,
    ) -> Bool[np.ndarray, " n"]:
        """Whether each rectangle is nearer to the mark of another place than to its own and so much
        more, and nearer than what is enough."""
        own = np.hypot(*(np.clip(at, corners, corners + size) - at).T)
        clear, nearer = np.minimum(own + apart, enough), np.zeros(len(corners), bool)
        for mark in self._marks:
            if np.hypot(*(mark - at)) > self._same:
                nearer |= np.hypot(*(np.clip(mark, corners, corners + size) - mark).T) < clear
        return nearer

    def _crossed(
        self,
        taken: Bool[np.ndarray, "row column"],
        at: Float[np.ndarray, "2"],
        ends: Float[np.ndarray, "n 2"],
        gap: float = 0.0,
    ) -> Float[np.ndarray, " n"]:
        """How much of each leader, beyond the gap, lies over what is `taken`."""
        lengths = np.hypot(*(ends - at).T)
        shares = np.linspace(0.0, 1.0, 48)
        points = at + shares[:, None, None] * (ends - at)
        row, column = self._cells(points)
        over = taken[row, column] & (shares[:, None] * lengths > gap)
        return over.mean(axis=0) * lengths

    def _inside(self, points: Float[np.ndarray, "n 2"]) -> Float[np.ndarray, "m 2"]:
        held = (points >= self._low) & (points <= self._low + self._size)
        return points[held.all(axis=-1)]

    def _clipped(self, point: Float[np.ndarray, "2"]) -> Float[np.ndarray, "2"]:
        return np.clip(point, self._low, self._low + self._size)

    def _cell(self, point: Float[np.ndarray, "2"]) -> tuple[int, int]:
        row, column = self._cells(point)
        return int(row), int(column)

    def _cells(self, points: Float[np.ndarray, "*n 2"]) -> tuple[Int[np.ndarray, "*n"], ...]:
        """Row and column of the cell in which each point is, or of the nearest one."""
        rows, columns = self._taken.shape
        at = ((points - self._low) / CELL).astype(int)
        return np.clip(at[..., 1], 0, rows - 1), np.clip(at[..., 0], 0, columns - 1)


def _corners(
    at: Float[np.ndarray, "2"], size: Float[np.ndarray, "2"], gap: float, farthest: float
) -> Float[np.ndarray, "n 2"]:
    """The lower left corners of rectangles about a point that are tried, the nearest ones first."""
    turns = np.linspace(0.0, 2 * np.pi, _TURNS, endpoint=False)
    ways = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    distances = _distances(gap, farthest, float(size[1]) / 2)
    beside = np.clip(1.4 * ways, -1.0, 1.0) * size / 2 - size / 2
    return (at + distances[:, None, None] * ways + beside).reshape(-1, 2)


def _distances(nearest: float, farthest: float, most: float) -> Float[np.ndarray, " n"]:
    """Those from a point that are tried, none farther than `most` from the one before."""
    found = [nearest]
    while (further := found[-1] + min((_GROWTH - 1) * found[-1], most)) <= farthest:
        found.append(further)
    return np.array(found)


def _pair(point: Float[np.ndarray, "2"]) -> tuple[float, float]:
    return float(point[0]), float(point[1])
