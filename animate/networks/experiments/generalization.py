"""A network's loss, or accuracy, over the examples trained on and over those held out."""

from dataclasses import dataclass

import numpy as np

from animate.figure import Traits, View
from animate.networks.experiments.panels import result_of
from animate.networks.landscape import Landscape
from animate.networks.quantity import Metric, Quantity, metric_names
from animate.panels.curve_axes import Values
from animate.panels.curves import Curves


@dataclass(frozen=True, kw_only=True)
class Generalization(Curves):
    """The metric of every path over the examples trained on, and dashed over those held out.

    `metric` is the loss, the accuracy, or `own`: that which the surface names.
    """

    metric: Metric = "loss"

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"network", "lines"}), measures=frozenset(self._both))

    def values(self, view: View, limits: View) -> Values:
        known, labels = result_of(view, Landscape).curves, limits.trajectories.labels
        rows = [labels.index(label) for label in view.trajectories.labels]
        return np.stack([known[each][rows, None] for each in self._both], axis=-1)

    def label(self, view: View) -> str:
        return metric_names(view.words)[self.metric]

    def parts(self, view: View) -> tuple[str, ...]:
        return (view.words("in training"), view.words("held out"))

    @property
    def _both(self) -> tuple[Quantity, Quantity]:
        return Quantity(self.metric, "train"), Quantity(self.metric, "test")
