"""How far every optimizer is from where it should go."""

from dataclasses import dataclass

import numpy as np

from animate.figure import View
from animate.panels.curves import Curves, Values


@dataclass(kw_only=True)
class Distance(Curves):
    """The distance to the nearest known minimum against the step."""

    needs_minima = True
    diverged_as_infinite = True

    def values(self, view: View) -> Values:
        minima = np.array(view.terrain.minima, float)
        away = view.trajectories.positions[..., None, :] - minima
        return np.linalg.norm(away, axis=-1).min(-1)

    def label(self, view: View) -> str:
        if len(view.terrain.minima) > 1:
            return view.words("distance to the nearest")
        return view.words("distance")
