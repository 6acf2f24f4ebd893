"""The learning rate of each optimizer."""

from dataclasses import dataclass

import numpy as np

from animate.figure import Traits, View
from animate.panels.curves import Curves, Values
from animate.simulate.terrain import ScaleKind


@dataclass(frozen=True, kw_only=True)
class LearningRate(Curves):
    """The learning rate η of each optimizer against the step: the schedule's, the one that was
    found, or the given one.

    At step k it is that of the update from there. What the update makes of it is another thing, for
    which there is `step_size`.
    """

    scale: ScaleKind = "linear"

    @property
    def traits(self) -> Traits:
        return Traits(films=True, labels=True, needs=frozenset({"inside"}))

    def values(self, view: View, limits: View) -> Values:
        known = np.isfinite(view.trajectories.losses)
        return np.where(known, view.inside.rates[:, None], np.nan)

    def label(self, view: View) -> str:
        return view.words("learning rate")
