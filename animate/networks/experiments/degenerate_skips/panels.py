"""How large eigenvalues are against the largest, and shares of them against steps and loss."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure import Drawing, Moment, Trails, View
from animate.networks.experiments.degenerate_skips.compute import DegenerateSkips
from animate.networks.experiments.panels import ResultPanel, open_axes, result_of
from animate.networks.experiments.spectral_shares import NEAR
from animate.panels.curve_axes import dress_curves

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

_LEAST = 1e-8
"""The lowest size that is shown, against the largest; what is smaller lies on the left edge."""


@dataclass(frozen=True, kw_only=True)
class EigenvalueSizes(ResultPanel):
    """The share of eigenvalues smaller than a size, against the largest at the same step.

    The dotted line is a thousandth, below which they count as degenerate; faint: the other seeds.
    Between two steps that were kept the earlier one is shown.
    """

    experiment = "degenerate_skips"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        open_axes(axes, view)
        axes.set(xscale="log", xlim=(_LEAST, 1.0), ylim=(0.0, 1.03))
        axes.minorticks_off()
        axes.set_xlabel(view.words("log scale", what=view.words("eigenvalue over largest")))
        axes.set_ylabel(view.words("share of smaller ones"))
        width = 2 * view.line("hairline")
        axes.axvline(NEAR, color=view.theme.muted, linewidth=width, linestyle=":", zorder=1)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, DegenerateSkips)
        sizes = np.sort(np.abs(result.eigenvalues), axis=-1) / result.largest[..., None]
        shares = np.arange(1, sizes.shape[-1] + 1) / sizes.shape[-1]
        lines = list[list["Line2D"]]()
        for colour, seeds in zip(view.colours, sizes, strict=False):
            lines.append([])
            for number in range(len(seeds)):
                look = _FAINT if number else {"linewidth": view.line("trail") / 1.5, "zorder": 3}
                lines[-1] += axes.plot(seeds[number, 0], shares, color=colour, **look)

        def show(moment: Moment) -> None:
            now = int(np.searchsorted(result.steps, moment.step + 1e-9, side="right")) - 1
            for network, seeds in zip(lines, sizes, strict=True):
                for line, seed in zip(network, seeds, strict=True):
                    line.set_xdata(np.maximum(seed[now], _LEAST))

        return Drawing([], [line for network in lines for line in network], show)


_FAINT = {"alpha": 0.35, "linewidth": 1.0, "zorder": 2}
"""The look of the seeds after the first."""


@dataclass(frozen=True, kw_only=True)
class SkipShares(ResultPanel):
    """The share of degenerate or of negative eigenvalues, against the step or the training loss.

    Against the loss, which falls to the right, networks can be compared that have learned equally
    much. Faint: the other seeds.
    """

    of: Literal["degenerate", "negative"] = "degenerate"
    against: Literal["step", "loss"] = "step"

    experiment = "degenerate_skips"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result, words = result_of(view, DegenerateSkips), view.words
        shares = self._shares(result)
        label = words("degenerate share") if self.of == "degenerate" else words("negative share")
        dress_curves(axes, view, shares, label, "linear")
        axes.set_ylim(0.0, 1.06 * shares.max())
        if self.against == "loss":
            axes.set(xscale="log", xlim=(result.losses.max() * 1.3, result.losses.min() / 1.3))
            axes.set_xlabel(words("log scale", what=words("training loss")))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, DegenerateSkips)
        shares = self._shares(result)
        steps = np.broadcast_to(result.steps, shares.shape)
        places = steps if self.against == "step" else result.losses
        for colour, across, each in zip(view.colours, places, shares, strict=False):
            axes.plot(across[1:].T, each[1:].T, color=colour, **_FAINT)
        points = np.stack([places[:, 0], shares[:, 0]], axis=-1)
        ends = np.full(len(points), result.steps[-1])
        return Drawing([Trails(axes, points, result.steps, ends, np.arange(len(points)), view)])

    def _shares(self, result: DegenerateSkips) -> np.ndarray:
        return result.degenerate if self.of == "degenerate" else result.negative
