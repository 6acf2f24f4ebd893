"""The length of the gradient along the paths."""

from dataclasses import dataclass

from animate.figure import Traits, View
from animate.panels.curves import Curves, Values
from animate.simulate.trajectories import GRADIENT_NORMS


@dataclass(frozen=True, kw_only=True)
class GradientNorm(Curves):
    """The length of the gradient, without noise, against the step.

    Of a network it is that of the loss over all the data, at all the weights.
    """

    diverged_as_infinite = True

    @property
    def traits(self) -> Traits:
        return Traits(films=True, labels=True, measures=frozenset({GRADIENT_NORMS}))

    def values(self, view: View, limits: View) -> Values:
        return view.trajectories.gradient_norms

    def label(self, view: View) -> str:
        return view.words("gradient norm")
