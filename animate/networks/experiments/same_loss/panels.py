"""The distances between the ends of independent runs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, View
from animate.networks.experiments.panels import ResultPanel, result_of
from animate.networks.experiments.same_loss.compute import SameLoss

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEGIBLE = 5.0
"""Size in pixels below which the numbers are left out."""
_LABEL = 0.75
"""Size of the labels, one for each row, relative to those at other axes."""


@dataclass(frozen=True, kw_only=True)
class Distances(ResultPanel):
    """The distance between the ends of every two runs, in weights; beside it their accuracy."""

    experiment = "same_loss"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result = result_of(view, SameLoss)
        runs = len(result.distances)
        axes.set(xlim=(-0.5, runs - 0.5), ylim=(runs - 0.5, -0.5))
        axes.set_xlabel(view.words("distance between two ends"))
        axes.set_xticks(range(0, runs, 2), [str(k + 1) for k in range(0, runs, 2)])
        labels = [view.words.percent(share, 1) for share in result.accuracies[:, -1]]
        axes.set_yticks(range(runs), labels)
        axes.set_ylabel(view.words("accuracy of each run"))
        axes.tick_params(length=0)
        axes.tick_params(axis="y", labelsize=_LABEL * view.type("tick"))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        from matplotlib.colors import to_rgb

        result = result_of(view, SameLoss)
        shown = np.where(np.eye(len(result.distances), dtype=bool), np.nan, result.distances)
        colours = view.theme.terrain_colours(64)
        at = np.nan_to_num(shown / np.nanmax(shown) * 63).astype(int)
        paper = np.array(to_rgb(view.theme.paper))
        image = np.where(np.isfinite(shown)[..., None], colours[at], paper)
        axes.imshow(image, interpolation="nearest", aspect="auto", zorder=0)
        size = min(view.type("tick"), 0.34 * axes.get_window_extent().width / len(shown))
        for (row, column), value in np.ndenumerate(shown):
            if np.isfinite(value) and size >= _LEGIBLE:
                axes.text(
                    column, row, f"{value:.0f}", fontsize=size, color=view.theme.ink,
                    horizontalalignment="center", verticalalignment="center",
                )  # fmt: skip
        return Drawing()
