"""Sharpness after small and large batches."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, View
from animate.networks.experiments.panels import ResultPanel, open_axes, result_of
from animate.networks.experiments.sharpness.compute import Sharpness

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOW = 12
"""Height of a panel that has room for labels inside, at least, in type sizes."""


@dataclass(frozen=True, kw_only=True)
class Batches(ResultPanel):
    """The largest eigenvalue after small and large batches, a line for each seed.

    The other learning rate's are drawn hollow; the held-out accuracy is that at the first.
    """

    experiment = "sharpness"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result = result_of(view, Sharpness)
        open_axes(axes, view)
        axes.set(
            xlim=(-0.45, 1.45),
            ylim=(0, 1.2 * max(result.eigenvalues.max(), result.other_eigenvalues.max())),
        )
        words = view.words
        labels = [
            words("accuracy of a batch size", size=int(size), accuracy=words.percents(shares, 1))
            for size, shares in zip(result.batches, result.accuracies, strict=True)
        ]
        axes.set_xticks([0, 1], labels)
        axes.set(ylabel=words("eigenvalue at equal loss"))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, Sharpness)
        theme, head = view.theme, view.line("head")
        rates = (result.rate, view.colours[0]), (result.other_rate, theme.muted)
        both = result.eigenvalues, result.other_eigenvalues
        for eigenvalues, (rate, colour) in zip(both, rates, strict=True):
            for pair in eigenvalues.T:
                axes.plot(
                    [0, 1], pair, color=theme.faint, linewidth=view.line("trail") / 2, zorder=2
                )
            axes.scatter(
                np.repeat([0, 1], eigenvalues.shape[1]),
                eigenvalues.ravel(),
                s=(2 * head) ** 2,
                facecolor=colour if rate == result.rate else theme.paper,
                edgecolors=theme.casing if rate == result.rate else colour,
                linewidths=view.line("casing"),
                zorder=4 if rate == result.rate else 3,
            )
            if axes.get_window_extent().height < _LOW * view.type("note"):
                continue
            few, many = eigenvalues
            below = few.mean() < many.mean()
            axes.annotate(
                view.words("at a learning rate", rate=view.words.number(rate)),
                (0, few.min() if below else few.max()),
                xytext=(0, (-1.6 if below else 1.6) * head),
                textcoords="offset points",
                horizontalalignment="center",
                verticalalignment="top" if below else "bottom",
                fontsize=view.type("note"),
                color=colour,
            )
        return Drawing()
