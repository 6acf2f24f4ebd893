"""The length of the gradient along the paths."""

from dataclasses import dataclass

from animate.figure import View
from animate.panels.curves import Curves, Values


@dataclass(frozen=True, kw_only=True)
class GradientNorm(Curves):
    """The length of the gradient, without noise, against the step."""

    diverged_as_infinite = True

    def values(self, view: View, limits: View) -> Values:
        return view.trajectories.gradient_norms

    def label(self, view: View) -> str:
        return view.words("gradient norm")
