"""Critical points by their losses and their descent directions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, View
from animate.networks.experiments.escape_directions.compute import EscapeDirections
from animate.networks.experiments.panels import ResultPanel, open_axes, result_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, kw_only=True)
class CriticalPoints(ResultPanel):
    """Critical points by their loss and their descent directions, the highest first."""

    experiment = "escape_directions"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result = result_of(view, EscapeDirections)
        open_axes(axes, view)
        index, losses = (each[result.draws == 0] for each in (result.index, result.losses))
        axes.set(xlim=(-0.6, index.max() + 0.8), yscale="log")
        axes.set(ylim=(losses.min() / 1.3, losses.max() * 1.4))
        axes.set_xlabel(view.words("descent directions, points spread"))
        axes.set_ylabel(view.words("log scale", what=view.words("loss")))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, EscapeDirections)
        drawn = np.flatnonzero(result.draws == 0)
        order = drawn[np.argsort(-result.losses[drawn])]
        spread = 0.12 * np.random.default_rng(0).uniform(-1, 1, len(order))
        points = np.stack([result.index[order] + spread, result.losses[order]], axis=1)
        plateau = result.plateau[order]
        theme = view.theme
        dots = axes.scatter(
            [], [], s=(1.5 * view.line("head")) ** 2, edgecolors=theme.casing,
            linewidths=view.line("casing"), zorder=3,
        )  # fmt: skip
        colours = [theme.muted if flat else view.colours[0] for flat in plateau]
        for at, flat in zip(points, plateau, strict=True):
            if flat:
                axes.annotate(
                    view.words("plateau"), at, xytext=(-8, 0),
                    textcoords="offset points", horizontalalignment="right",
                    verticalalignment="center", fontsize=view.type("note"), color=theme.muted,
                )  # fmt: skip

        def show(moment: Moment) -> None:
            shown = int(moment.step)
            dots.set_offsets(points[:shown])
            dots.set_facecolor(colours[:shown])

        return Drawing(artists=[dots], show=show)
