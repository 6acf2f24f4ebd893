"""An experiment's result as a picture takes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from animate.simulate.terrain import FLAT, Terrain
from animate.simulate.trajectories import Trajectories
from animate.text import Words

FEW_STEPS = 10
"""Steps in which nothing happens that an experiment of a whole training is about."""
_WHOLE = 0.01
"""The largest of some shares from which on they are in whole percent."""
_LEAST = 1e-3
"""The share up to which it has two decimals."""


@dataclass(frozen=True)
class Presentation:
    """How `result` is shown: trajectories, the terrain under them, panels and words.

    `names` are the runs as the legend calls them; without names there is no legend. `panels` are
    the rows of the picture when the scene names none. `finding` says in a sentence or two what was
    found, with the numbers that were computed. `axes` name the terrain's directions.
    `clock` names what the counter counts if not steps, and is "" for a single picture.
    """

    title: str
    result: object
    trajectories: Trajectories
    panels: tuple[tuple[str | Mapping[str, Mapping[str, object]], ...], ...]
    finding: str
    names: tuple[str, ...] = ()
    terrain: Terrain = FLAT
    axes: tuple[str, str] = ("x", "y")
    clock: str | None = None


def trajectories_of(
    labels: Sequence[str],
    steps: np.ndarray,
    losses: np.ndarray,
    positions: np.ndarray | None = None,
) -> Trajectories:
    """One run a label: `losses` [label, kept] at `steps` [kept], `positions` [label, kept, 2].

    Without positions all of them are (0, 0); the gradients are unknown, NaN.
    """
    shape = losses.shape
    where = np.zeros((*shape, 2)) if positions is None else positions
    return Trajectories(
        labels=tuple(labels),
        rates=(None,) * len(labels),
        steps=np.asarray(steps),
        positions=np.asarray(where, np.float64)[:, None],
        losses=np.asarray(losses, np.float64)[:, None],
        gradients=np.full((shape[0], 1, shape[1], 2), np.nan),
        ends=np.full((shape[0], 1), int(steps[-1])),
    )


def counter(count: int, label: str, first: int = 0) -> Trajectories:
    """One run over `count` steps from `first` on that shows nothing itself: only the counter
    moves."""
    return trajectories_of([label], first + np.arange(count), np.ones((1, count)))


def how_many(words: Words, count: int, total: int) -> str:
    """`count` of `total`, alone: "none", "3", "all 4"."""
    if not count:
        return words("none")
    return words("all", total=total) if count == total else words.number(count)


def in_how_many(words: Words, count: int, total: int) -> str:
    """In `count` of `total`: "in 3 of 4", "in none of 4"."""
    return (
        words("in some of", count=count, total=total) if count else words("in none of", total=total)
    )


def decimals(share: float) -> int:
    """How many decimals the percentage of a small `share` has, so that it is not zero."""
    return 1 if share > _LEAST else 2


def shares_between(words: Words, shares: np.ndarray) -> str:
    """The range of `shares` in whole percent, or finer where the largest is below one percent."""
    largest = float(shares.max())
    return words.percents(shares, 0 if largest >= _WHOLE else decimals(largest))


def found_or_too_few(steps: np.ndarray, words: Words, finding: Callable[[], str]) -> str:
    """The `finding` of a training recorded at `steps`, or that these are too few to find any."""
    last = int(steps[-1])
    return words("too few steps", count=last) if last <= FEW_STEPS else finding()
