"""Reel: the trails of a film, whole ones, those of one value at a time."""

from typing import Any

import numpy as np

from animate.figure.panel import View
from animate.figure.paths.trails import TAPER, Trails


class Reel(Trails):
    """As `Trails`; what is seen at a step is what belongs to the value that the film shows then."""

    def __init__(self, axes, points, steps, ends, owners, view: View, dash=None) -> None:
        super().__init__(axes, points, steps, ends, owners, view, dash)
        assert view.film is not None
        self._film = view.film
        self._seen = [np.isin(owners, group) for group in view.film.groups]

    def _complete(self, step: float) -> int:  # noqa: ARG002  # nothing of a film stays
        return 0

    def _moving(self, step: float) -> Any:
        index = np.flatnonzero(self._seen[self._film.at(step)][self._owner])
        if (tail := self.view.tail) is None:
            return self._lines[index], self._owner[index], None
        age = (self._steps[-1] - self._times[index, 1]) / tail
        index, age = index[age < 1], age[age < 1]
        return self._lines[index], self._owner[index], 1 - (1 - TAPER) * age

    def _lost(self, step: float) -> np.ndarray:  # noqa: ARG002  # every path is over
        return super()._lost(self._steps[-1])

    def _at(self, step: float) -> np.ndarray:
        ends = super()._at(self._steps[-1])
        return np.where(self._seen[self._film.at(step)][:, None], ends, np.nan)


def trails(axes, points, steps, ends, owners, view: View, dash=None) -> Trails:
    """Trails as the clock reveals them; in a film a reel of them. The arguments are theirs."""
    return (Trails if view.film is None else Reel)(axes, points, steps, ends, owners, view, dash)
