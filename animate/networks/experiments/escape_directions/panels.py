"""Critical points by their losses and their descent directions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import Panel, View
from animate.networks.experiments.escape_directions.compute import EscapeDirections
from animate.networks.experiments.panels import open_axes, result_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class CriticalPoints(Panel):
    """Critical points by their loss and their descent directions, the highest first."""

    def dress(self, axes: "Axes", view: View) -> None:
        result = result_of(view, EscapeDirections)
        open_axes(axes, view)
        index, losses = (each[result.draws == 0] for each in (result.index, result.losses))
        axes.set(xlim=(-0.6, index.max() + 0.8), yscale="log")
        axes.set(ylim=(losses.min() / 1.3, losses.max() * 1.4))
        axes.set_xlabel(view.words("descent directions, points spread"))
        axes.set_ylabel(view.words("log scale", what=view.words("loss")))

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        result = result_of(view, EscapeDirections)
        drawn = np.flatnonzero(result.draws == 0)
        order = drawn[np.argsort(-result.losses[drawn])]
        spread = 0.12 * np.random.default_rng(0).uniform(-1, 1, len(order))
        self._points = np.stack([result.index[order] + spread, result.losses[order]], axis=1)
        plateau = result.plateau[order]
        theme = view.theme
        self._dots = axes.scatter(
            [], [], s=(1.5 * view.line("head")) ** 2, edgecolors=theme.casing,
            linewidths=view.line("casing"), zorder=3,
        )  # fmt: skip
        self._colours = [theme.muted if flat else view.colours[0] for flat in plateau]
        for at, flat in zip(self._points, plateau, strict=True):
            if flat:
                axes.annotate(
                    view.words("plateau"), at, xytext=(-8, 0),
                    textcoords="offset points", horizontalalignment="right",
                    verticalalignment="center", fontsize=view.type("note"), color=theme.muted,
                )  # fmt: skip
        return [self._dots]

    def update(self, step: float) -> None:
        shown = int(step)
        self._dots.set_offsets(self._points[:shown])
        self._dots.set_facecolor(self._colours[:shown])
