"""The losses at which many starts end, for each width."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, View
from animate.networks.experiments.bad_minima.compute import BadMinima
from animate.networks.experiments.panels import ResultPanel, at_step, open_axes, result_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, kw_only=True)
class EndPoints(ResultPanel):
    """The losses of many starts for every width of the network, while they are trained."""

    experiment = "bad_minima"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result = result_of(view, BadMinima)
        open_axes(axes, view)
        widths = len(result.widths)
        axes.set(yscale="log", xlim=(-0.6, widths - 0.4))
        axes.set(ylim=(result.ends[0].min() / 1.5, result.losses[:, :, 0].max() * 1.5))
        axes.set_xticks(range(widths), [str(width) for width in result.widths])
        axes.set_xlabel(view.words("hidden units"))
        axes.set_ylabel(view.words("log scale", what=view.words("training loss")))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, BadMinima)
        widths, starts, _ = result.losses.shape
        place = np.arange(widths)[:, None] + 0.28 * np.linspace(-1, 1, starts)
        x, losses = place.ravel(), np.moveaxis(result.losses, 2, 0).reshape(len(result.steps), -1)
        dots = axes.scatter(
            x,
            losses[0],
            s=(1.1 * view.line("head")) ** 2,
            c=np.repeat(list(view.colours[:widths]), starts),
            edgecolors=view.theme.casing,
            linewidths=0.5 * view.line("casing"),
            zorder=3,
        )

        def show(moment: Moment) -> None:
            now = np.exp(at_step(result.steps, np.log(losses), moment.step))
            dots.set_offsets(np.stack([x, now], axis=1))

        return Drawing(artists=[dots], show=show)
