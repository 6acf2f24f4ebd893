"""Which minimum a run ends in: the known ones, and places where many others came to rest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

NEAR = 0.02
"""Of the window's diagonal: who ends so near a minimum has arrived at it."""
_MOST = 24
_FEWEST = 0.002
"""A share of the runs that must rest in one place for it to count as a minimum."""


@dataclass(frozen=True)
class Basins:
    """For each optimizer the cells of a window, equal ones, the lowest row first.

    `which` is the number of the minimum in which a run from the cell's centre ends, −1 if in none;
    `steps` the step from which it stays beside it. `longest` is the largest such step of all the
    optimizers of the scene, so that pictures of some of them can be compared.
    """

    minima: Float[np.ndarray, "minimum 2"]
    which: Int[np.ndarray, "optimizer row column"]
    steps: Int[np.ndarray, "optimizer row column"]
    longest: int

    def only(self, optimizers: Sequence[int]) -> "Basins":
        """Those of some of the optimizers."""
        chosen = list(optimizers)
        return replace(self, which=self.which[chosen], steps=self.steps[chosen])


def basins(
    ends: Float[np.ndarray, "run 2"],
    resting: Bool[np.ndarray, " run"],
    known: tuple[tuple[float, float], ...],
    window: tuple[tuple[float, float], tuple[float, float]],
) -> tuple[Float[np.ndarray, "minimum 2"], Int[np.ndarray, " run"]]:
    """The minima, known ones first, and the number of the one that each run ends in; −1: none.

    `resting` runs have a gradient that is all but zero: where enough of them meet, there is a
    minimum that was not known. It is looked for in cells as wide as NEAR says, the fullest first.
    """
    (left, right), (bottom, top) = window
    reach = NEAR * float(np.hypot(right - left, top - bottom))
    minima = [np.array(each, float) for each in known]
    inside = np.isfinite(ends).all(-1)
    inside &= (np.nan_to_num(ends) >= (left, bottom)).all(-1)
    inside &= (np.nan_to_num(ends) <= (right, top)).all(-1)
    which = _nearest(ends, minima, reach)
    fewest = max(2, _FEWEST * len(ends))
    while len(minima) < _MOST:
        free = ends[(which < 0) & resting & inside]
        cells, owner, count = np.unique(
            np.floor(free / reach), axis=0, return_inverse=True, return_counts=True
        )
        if not len(cells) or count.max() < fewest:
            break
        minima.append(np.median(free[owner == count.argmax()], axis=0))
        which = _nearest(ends, minima, reach)
    return np.array(minima).reshape(-1, 2), which


def _nearest(ends: np.ndarray, minima: list[np.ndarray], reach: float) -> np.ndarray:
    """The number of the nearest minimum within `reach`, −1 where there is none."""
    which, least = np.full(len(ends), -1), np.full(len(ends), reach)
    for k, minimum in enumerate(minima):
        distance = np.hypot(*(ends - minimum).T)
        nearer = distance < least
        which[nearer], least[nearer] = k, distance[nearer]
    return which
