"""The held-out error of a run, of the mean of its weights, and of the run with an annealed rate."""

from dataclasses import dataclass

import numpy as np

from animate.figure import Traits, View
from animate.networks.experiments.panels import result_of
from animate.networks.experiments.swa.compute import Swa
from animate.panels.curve_axes import Values
from animate.panels.curves import Curves


@dataclass(frozen=True, kw_only=True)
class HeldOutError(Curves):
    """The share of held-out examples that SGD, the mean of its weights and the run with an annealed
    rate get wrong, of the first seed."""

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"swa"}))

    def values(self, view: View, limits: View) -> Values:
        result = result_of(view, Swa)
        every = result.errors, result.mean_errors, result.annealed_errors
        return np.stack([errors[:1] for errors in every])

    def label(self, view: View) -> str:
        return view.words("held-out error")
