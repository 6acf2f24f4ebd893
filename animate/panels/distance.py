"""The distance of every optimizer to the nearest known minimum."""

from dataclasses import dataclass

import numpy as np

from animate.figure import Traits, View
from animate.panels.curves import Curves, Values
from animate.simulate.terrain import Terrain


@dataclass(frozen=True, kw_only=True)
class Distance(Curves):
    """The distance to the nearest known minimum against the step."""

    diverged_as_infinite = True

    @property
    def traits(self) -> Traits:
        return Traits(films=True, labels=True, needs=frozenset({"minima"}))

    def values(self, view: View, limits: View) -> Values:
        return view.along(_to_nearest)

    def label(self, view: View) -> str:
        if len(view.terrain.minima) > 1:
            return view.words("distance to the nearest")
        return view.words("distance")


def _to_nearest(terrain: Terrain, positions: np.ndarray) -> np.ndarray:
    """The distances from `positions` [..., 2] to the nearest minimum of the terrain."""
    away = positions[..., None, :] - np.array(terrain.minima, float)
    return np.linalg.norm(away, axis=-1).min(-1)
