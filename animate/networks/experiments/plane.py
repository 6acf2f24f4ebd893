"""One of several quantities on a network's plane, beside others."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from animate.figure import Drawing, Key, Traits, View
from animate.networks.experiments.panels import result_of
from animate.networks.landscape import Landscape
from animate.networks.quantity import Metric, On, OnPlane, Quantity, called, metric_names
from animate.networks.terrain import terrain_of
from animate.panels.contour import Contour

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, kw_only=True)
class Plane(Contour):
    """A network's plane as a contour, with the metric and the examples that it is of above it.

    Of one metric all have one scale.
    `metric` is the loss, the accuracy, or `own`: that which the surface names. `on` are the
    examples trained on, or those held out. All else is as in `contour`.
    """

    metric: Metric = "loss"
    on: On = "train"

    @property
    def traits(self) -> Traits:
        shown = super().traits
        needs, measures = shown.needs | {"network"}, frozenset({OnPlane(self._quantity)})
        return replace(shown, needs=needs, measures=measures)

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        super().dress(axes, self._seen(view), self._seen(limits))
        axes.annotate(
            called(self._quantity, view.words),
            (0, 1),
            (0, 0.4 * view.type("note")),
            xycoords="axes fraction",
            textcoords="offset pixels",
            fontsize=view.type("note"),
            color=view.theme.muted,
        )

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        return super().draw(axes, self._seen(view), self._seen(limits))

    def colour_keys(self, limits: View) -> Sequence[Key]:
        what = metric_names(limits.words)[self.metric]
        return [replace(key, what=what) for key in super().colour_keys(self._seen(limits))]

    @property
    def _quantity(self) -> Quantity:
        return Quantity(self.metric, self.on)

    def _seen(self, view: View) -> View:
        """The view whose terrain is that quantity, in the scale of all planes of its metric."""
        result = result_of(view, Landscape)
        alike = [z for each, z in result.planes.items() if each.metric == self.metric]
        log = self.metric == "loss"
        terrain = terrain_of(
            result.x, result.y, result.planes[self._quantity], log=log, beside=alike
        )
        return replace(view, terrain=terrain, quantity=called(self._quantity, view.words))
