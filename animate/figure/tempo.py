"""Tempo: how long each update lasts where the clock goes by what moves on the screen."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

_POWER = 3 / 4
"""Of the largest move, to which an update's time is proportional: with 1 the fastest head would go
equally fast all along, with 0 all updates would last equally long."""
_FLOOR = 0.2
"""What every update lasts besides, in means of that time: a sixth of the movement is shared out
evenly, so that the counter never runs away while all heads are at rest."""
_SMOOTH = 5
"""The number of neighbouring moves over which times are averaged; odd."""


@dataclass(frozen=True, eq=False)
class Tempo:
    """The share of the movement's time, from 0 to 1, at which the clock is at each of `steps`.

    Both rise; between them the clock goes evenly.
    """

    steps: Float[np.ndarray, " record"]
    shares: Float[np.ndarray, " record"]

    def step_at(self, share: float) -> float:
        """The step, with its fraction, when `share` of the time is over."""
        return float(np.interp(share, self.shares, self.steps))

    def shares_of(self, steps: Float[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
        """The shares of the time after which the clock is at each of `steps`."""
        return np.interp(steps, self.steps, self.shares)


def tempo_of(steps: Int[np.ndarray, " record"], moves: Float[np.ndarray, " move"]) -> Tempo:
    """The tempo by the largest of the `moves`, in any unit, between each two of the `steps`.

    >>> tempo_of(np.arange(5), np.zeros(4)).shares
    array([0.  , 0.25, 0.5 , 0.75, 1.  ])
    """
    at = steps.astype(float)  # once: np.interp would do it at every frame
    updates = np.diff(at)
    if not len(updates):
        return Tempo(at, np.ones(1))
    wide = np.pad((moves / updates) ** _POWER, _SMOOTH // 2, mode="edge")
    times = np.convolve(wide, np.full(_SMOOTH, 1 / _SMOOTH), mode="valid")
    times += _FLOOR * np.average(times, weights=updates)
    reached = np.cumsum(updates * times if times.any() else updates)
    return Tempo(at, np.concatenate([[0.0], reached / reached[-1]]))
