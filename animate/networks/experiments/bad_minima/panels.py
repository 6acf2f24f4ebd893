"""The losses at which many starts end, for each width."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import Panel, View
from animate.networks.experiments.bad_minima.compute import BadMinima
from animate.networks.experiments.panels import at_step, open_axes, result_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class EndPoints(Panel):
    """The losses of many starts for every width of the network, while they are trained."""

    def dress(self, axes: "Axes", view: View) -> None:
        result = result_of(view, BadMinima)
        open_axes(axes, view)
        widths = len(result.widths)
        axes.set(yscale="log", xlim=(-0.6, widths - 0.4))
        axes.set(ylim=(result.ends[0].min() / 1.5, result.losses[:, :, 0].max() * 1.5))
        axes.set_xticks(range(widths), [str(width) for width in result.widths])
        axes.set_xlabel(view.words("hidden units"))
        axes.set_ylabel(view.words("log scale", what=view.words("training loss")))

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        result = result_of(view, BadMinima)
        widths, starts, _ = result.losses.shape
        place = np.arange(widths)[:, None] + 0.28 * np.linspace(-1, 1, starts)
        self._x, self._steps = place.ravel(), result.steps
        self._losses = np.moveaxis(result.losses, 2, 0).reshape(len(result.steps), -1)
        self._dots = axes.scatter(
            self._x,
            self._losses[0],
            s=(1.1 * view.line("head")) ** 2,
            c=np.repeat(list(view.colours[:widths]), starts),
            edgecolors=view.theme.casing,
            linewidths=0.5 * view.line("casing"),
            zorder=3,
        )
        return [self._dots]

    def update(self, step: float) -> None:
        losses = np.exp(at_step(self._steps, np.log(self._losses), step))
        self._dots.set_offsets(np.stack([self._x, losses], axis=1))
