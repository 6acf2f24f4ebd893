"""The non-convex share of the slices, against width and depth."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure import Drawing, View
from animate.networks.experiments.panels import ResultPanel, open_axes, result_of
from animate.networks.experiments.width.compute import Width

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, kw_only=True)
class Shares(ResultPanel):
    """The non-convex share of each slice against width or depth, a dot for each seed."""

    of: Literal["width", "depth"] = "width"

    experiment = "width"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result = result_of(view, Width)
        open_axes(axes, view)
        most = max(result.shares.max(), result.depth_shares.max())
        places, _ = self._shares(result)
        axes.set_ylim(-0.06 * most, 1.12 * most)
        if self.of == "width":
            axes.set(xscale="log", xlim=(places[0] / 1.3, places[-1] * 1.3))
        else:
            axes.set_xlim(places[0] - 0.4, places[-1] + 0.4)
        axes.set_xticks(places, [str(place) for place in places])
        axes.minorticks_off()
        words = view.words
        units = words("log scale", what=words("units per layer"))
        axes.set_xlabel(units if self.of == "width" else words("layers"))
        axes.set_ylabel(words("non-convex share"))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        places, shares = self._shares(result_of(view, Width))
        colour = view.colours[0]
        axes.plot(places, shares.mean(axis=1), color=colour, linewidth=view.line("trail") / 2)
        axes.scatter(
            np.repeat(places, shares.shape[1]),
            shares.ravel(),
            color=colour,
            zorder=3,
            s=(1.5 * view.line("head")) ** 2,
            edgecolors=view.theme.casing,
            linewidths=view.line("casing"),
        )
        return Drawing()

    def _shares(self, result: Width) -> tuple[np.ndarray, np.ndarray]:
        if self.of == "width":
            return result.widths, result.shares
        return result.depths, result.depth_shares
