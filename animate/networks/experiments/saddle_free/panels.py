"""How methods leave a saddle: the curvature, the gradient, and the directions of descent."""

from dataclasses import dataclass
from typing import Literal

from animate.figure import Traits, View
from animate.networks.experiments.panels import result_of
from animate.networks.experiments.saddle_free.compute import SaddleFree
from animate.panels.curves import Curves, Values


@dataclass(frozen=True, kw_only=True)
class Escape(Curves):
    """The first seed's clearly negative eigenvalues, the smallest over the largest, or the length
    of the gradient, against the step.

    Clearly negative is below minus a thousandth of the largest at the same step.
    """

    of: Literal["negatives", "ratio", "gradient"] = "negatives"

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"saddle_free"}))

    def values(self, view: View, limits: View) -> Values:
        result = result_of(view, SaddleFree)
        if self.of == "gradient":
            values = result.gradients
        else:
            values = result.negatives if self.of == "negatives" else result.ratios
        known = limits.trajectories.labels
        return values[[known.index(label) for label in view.trajectories.labels], :1].astype(float)

    def label(self, view: View) -> str:
        if self.of == "gradient":
            return view.words("gradient norm")
        if self.of == "ratio":
            return view.words("smallest over largest")
        return view.words("negative count")
