"""The distance of every optimizer to the nearest known minimum."""

from dataclasses import dataclass

import numpy as np

from animate.figure import Traits, View
from animate.panels.curves import Curves, Values


@dataclass(frozen=True, kw_only=True)
class Distance(Curves):
    """The distance to the nearest known minimum against the step."""

    diverged_as_infinite = True

    @property
    def traits(self) -> Traits:
        return Traits(films=True, needs=frozenset({"minima"}))

    def values(self, view: View, limits: View) -> Values:
        minima = np.array(view.terrain.minima, float)
        away = view.trajectories.positions[..., None, :] - minima
        return np.linalg.norm(away, axis=-1).min(-1)

    def label(self, view: View) -> str:
        if len(view.terrain.minima) > 1:
            return view.words("distance to the nearest")
        return view.words("distance")
