"""The loss against the step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from animate.figure import Panel, View
from animate.panels.curves import draw_curves, dress_curves
from animate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class Loss(Panel):
    """The loss against the step."""

    scale: ScaleKind = "auto"

    def dress(self, axes: "Axes", view: View) -> None:
        dress_curves(axes, view, view.trajectories.losses, view.words("loss"), self.scale)

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        return draw_curves(axes, view, view.trajectories.losses)
