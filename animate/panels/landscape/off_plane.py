"""What a plane leaves out of a network's loss."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import View
from animate.networks.landscape import Landscape
from animate.panels.curves import Curves, Values
from animate.panels.landscape.evidence import evidence
from animate.simulate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class OffPlane(Curves):
    """The true loss of every path, and dotted the loss on the plane at its nearest point."""

    scale: ScaleKind = "log"

    def values(self, view: View) -> Values:
        return view.trajectories.losses

    def label(self, view: View) -> str:
        return view.words("true loss")

    def dress(self, axes: "Axes", view: View) -> None:
        result = evidence(view, "off_plane", Landscape)
        super().dress(axes, view)
        both = np.concatenate([result.losses.ravel(), result.plane_losses.ravel()])
        both = both[np.isfinite(both) & (both > 0)]
        axes.set_ylim(both.min() / 1.4, both.max() * 1.4)

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        result = evidence(view, "off_plane", Landscape)
        for k, losses in enumerate(result.plane_losses):
            axes.plot(
                result.steps,
                losses,
                color=view.colours[k],
                linestyle=":",
                linewidth=0.7 * view.line("trail"),
                zorder=2,
            )
        return super().draw(axes, view)
