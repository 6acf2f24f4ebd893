"""The edges and walls of the box, and the ticks along them: what stays while the camera turns."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from animate.figure.heights import height_ticks, round_numbers, written
from animate.panels.relief.place import Pair, Place
from animate.simulate.terrain import Scale
from animate.text import Words

UPRIGHT = tuple(product((-0.5, 0.5), repeat=2))
"""Where the four upright edges stand."""

_LEVEL = 0.15
"""The sine of the elevation below which numbers on the floor go below it."""


@dataclass(frozen=True)
class Ticks:
    """Places along an axis of the box, in [-1/2, 1/2] or t, their labels, and the axis's name."""

    at: np.ndarray
    labels: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Edge:
    """An edge of the box that may carry ticks along `axis`.

    `points` [n, 3] are the places of the ticks and then the two ends of the edge. `across` is the
    axis that points away from the box there, and `side` its sign.
    """

    axis: int
    ticks: Ticks
    points: np.ndarray
    across: int
    side: float

    def away(self, place: Place) -> Pair:
        """The direction away from the box on the picture, of length 1: seen from the side, where
        the floor is a line, downwards."""
        if self.axis == 2:
            return -1.0, 0.0
        x, y = (self.side * place.axes[self.across]).tolist()
        (wide, up), (wider, upper), _ = np.abs(place.axes).tolist()
        y -= max(math.hypot(wide, wider) - math.hypot(up, upper) / _LEVEL, 0.0)
        length = max(math.hypot(x, y), 1e-9)
        return x / length, y / length


def flat_edges(x: Ticks, y: Ticks) -> Iterator[Edge]:
    """Those on the floor, in pairs that face each other."""
    for side in (-1.0, 1.0):
        for axis, ticks in ((0, x), (1, y)):
            along = np.concatenate([ticks.at, ends(axis)])
            points = np.zeros((len(along), 3))
            points[:, axis], points[:, 1 - axis] = along, 0.5 * side
            yield Edge(axis, ticks, points, 1 - axis, side)


def upright_edges(t: Ticks) -> Iterator[Edge]:
    """Those that may carry the heights."""
    along = np.concatenate([t.at, ends(2)])
    for corner in UPRIGHT:
        yield Edge(2, t, np.insert(np.tile(corner, (len(along), 1)), 2, along, axis=1), 0, 0.0)


def ends(axis: int) -> tuple[float, float]:
    """Where the box begins and ends along an axis."""
    return (0.0, 1.0) if axis == 2 else (-0.5, 0.5)


def wall(axis: int, side: float, ticks: tuple[np.ndarray, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Of the wall where coordinate `axis` is `side`: its border [5, 3], a line a tick [n, 2, 3]."""
    one, other = (k for k in range(3) if k != axis)
    (a, b), (c, d) = ends(one), ends(other)
    outline = [(a, c), (b, c), (b, d), (a, d), (a, c)]
    lines = [[(t, c), (t, d)] for t in ticks[one]] + [[(a, t), (b, t)] for t in ticks[other]]

    def standing(flat: ArrayLike) -> np.ndarray:
        return np.insert(np.asarray(flat, float), axis, side, axis=-1)

    return standing(outline), standing(lines)


def across(low: float, high: float, name: str, words: Words) -> Ticks:
    """Round numbers between `low` and `high`."""
    values = round_numbers(low, high)
    return Ticks((values - low) / (high - low) - 0.5, written(values, words), name)


def upright(scale: Scale, what: str, words: Words) -> Ticks:
    """Heights, called `what`, at their true places; on a logarithmic scale, about powers of ten
    over the lowest."""
    log = scale.log and scale.high > scale.low
    name = words("log scale", what=what) if log else what
    return Ticks(*height_ticks(scale, words), name)
