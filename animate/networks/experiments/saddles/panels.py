"""The way from saddle to saddle: the loss against the step, and all critical points."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Trails, Traits, View
from animate.networks.experiments.panels import ResultPanel, open_axes, result_of
from animate.networks.experiments.saddles.compute import Saddles
from animate.panels.curves import Curves, Values
from animate.simulate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEAST_GAP = 1.5
"""Distance between two levels that are named, at least, in type sizes."""


@dataclass(frozen=True, kw_only=True)
class Staircase(Curves):
    """The loss against the step, over the exact losses of the saddles on the way."""

    scale: ScaleKind = "linear"

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"saddles"}))

    def values(self, view: View, limits: View) -> Values:
        return view.trajectories.losses

    def label(self, view: View) -> str:
        return view.words("loss")

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, Saddles)
        heights = axes.transData.transform([(0.0, loss) for loss in result.rung_losses])[:, 1]
        roomy = np.abs(np.diff(heights)).min() > _LEAST_GAP * view.type("note")
        for loss, index in zip(result.rung_losses, result.rung_index, strict=True):
            axes.axhline(loss, color=view.theme.ink, linewidth=view.line("hairline"), zorder=1)
            if not roomy:
                continue
            words, apart = view.words, 0.6 * view.type("note")
            label = words("index of a saddle", index=int(index)) if index else words("minimum")
            right = bool(index)  # clear of the curves; the lowest level is where they end
            axes.annotate(
                label,
                (view.timeline.steps if right else view.timeline.first, loss),
                annotation_clip=True,
                xytext=(-apart, -2) if right else (apart, 2),
                textcoords="offset points",
                horizontalalignment="right" if right else "left",
                verticalalignment="top" if right else "bottom",
                fontsize=view.type("note"),
                color=view.theme.muted,
            )
        return super().draw(axes, view, limits)


@dataclass(frozen=True, kw_only=True)
class Ladder(ResultPanel):
    """Every critical point by its loss and its descent directions, and the runs among them."""

    experiment = "saddles"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result = result_of(view, Saddles)
        open_axes(axes, view)
        losses = result.ladder_losses
        margin = 0.04 * np.ptp(losses)
        axes.set(xlim=(-3, result.ladder_index.max() + 4))
        axes.set(ylim=(losses.min() - margin, losses.max() + margin))
        axes.set(xlabel=view.words("descent directions"), ylabel=view.words("loss"))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, Saddles)
        size = view.line("head")
        axes.scatter(
            result.ladder_index,
            result.ladder_losses,
            s=(0.55 * size) ** 2,
            color=view.theme.muted,
            alpha=0.25,
            linewidths=0,
            zorder=1,
        )
        axes.scatter(
            result.rung_index,
            result.rung_losses,
            s=(2.2 * size) ** 2,
            facecolors="none",
            edgecolors=view.theme.ink,
            linewidths=view.line("hairline"),
            zorder=2,
        )
        points = np.stack([result.escapes.astype(float), result.losses], axis=-1)
        runs = len(points)
        ends = np.full(runs, result.steps[-1])
        return Drawing([Trails(axes, points, result.steps, ends, np.arange(runs), view)])
