"""Critical points by their losses and their descent directions, and the spectra of three."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, View
from animate.networks.experiments.escape_directions.compute import EscapeDirections
from animate.networks.experiments.panels import (
    ResultPanel,
    open_axes,
    relative_size,
    result_of,
    signed_powers,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

_LINEAR = 1e-3
"""Of the largest eigenvalue: up to here the scale of eigenvalues is linear."""
_ABOVE = 60.0
"""Of the largest eigenvalue: what is over it on the log scale is for the names of the spectra."""
_MARKERS = "osD"
"""Of the three spectra, which a theme without colours does not tell apart else."""


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
        result, theme = result_of(view, EscapeDirections), view.theme
        order = result.order
        spread = 0.12 * np.random.default_rng(0).uniform(-1, 1, len(order))
        points = np.stack([result.index[order] + spread, result.losses[order]], axis=1)
        ranks = _ranks(result)
        few, many = (
            axes.scatter(
                [], [], s=(size * view.line("head")) ** 2, edgecolors=theme.casing,
                linewidths=view.line("casing"), zorder=order,
            )
            for size, order in ((2.0, 4), (1.5, 3))
        )  # fmt: skip
        colours = [theme.muted if flat else view.colours[0] for flat in result.plateau[order]]
        flat = np.flatnonzero(result.plateau[order])
        named = {int(k): _name_plateau(axes, view, points[k].tolist()) for k in flat}
        named = {k: name for k, name in named.items() if name.get_visible()}

        def show(moment: Moment) -> None:
            shown = int(moment.step)
            for k, name in named.items():
                name.set_visible(k < shown)
            many.set_offsets(points[:shown])
            many.set_facecolor(colours[:shown])
            few.set_offsets(points[ranks[ranks < shown]])
            few.set_facecolor([_colour(view, k) for k, rank in enumerate(ranks) if rank < shown])

        return Drawing(artists=[many, few, *named.values()], show=show)


@dataclass(frozen=True, kw_only=True)
class ThreeSpectra(ResultPanel):
    """All eigenvalues of the Hessian at the highest, a middle and the lowest critical point of the
    first draw, in order of size; each appears with its point, in that point's colour.

    The scale is symmetric log, linear up to a thousandth of the largest.
    """

    experiment = "escape_directions"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result, words = result_of(view, EscapeDirections), view.words
        open_axes(axes, view)
        spectra = result.spectra[result.three]
        largest = float(np.abs(spectra).max(initial=1e-6))
        near = largest * _LINEAR
        low, high = 1.6 * min(float(spectra.min(initial=0.0)), -near), _ABOVE * largest
        axes.set_yscale("symlog", linthresh=near)
        axes.set(xlim=(0.0, result.parameters + 1.0), ylim=(low, high))
        ticks = signed_powers(10 * near, low, 2 * largest)
        axes.set_yticks(ticks, [words.number(tick) for tick in ticks])
        axes.minorticks_off()
        axes.set_xlabel(words("eigenvalues by size"))
        axes.set_ylabel(words("symlog scale", what=words("eigenvalue of the Hessian")))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result, words, theme = result_of(view, EscapeDirections), view.words, view.theme
        axes.axhline(0.0, color=theme.muted, linewidth=view.line("hairline"), zorder=1)
        numbers = np.arange(1, result.parameters + 1)
        losses = words.numbers(result.losses[result.three].tolist(), 2)
        lines = [
            axes.plot(
                numbers, result.spectra[place], color=_colour(view, k), zorder=3,
                linewidth=view.line("hairline"), marker=_MARKERS[k],
                markersize=0.6 * view.line("head"),
                label=words("loss and descent", loss=losses[k], down=int(result.index[place])),
            )[0]
            for k, place in enumerate(result.three)
        ]  # fmt: skip
        size = view.type("note")
        legend = axes.legend(loc="upper left", fontsize=size, frameon=False, labelcolor="linecolor")
        legend.set_visible(relative_size(axes, legend)[0] < 0.8)
        ranks = _ranks(result)

        def show(moment: Moment) -> None:
            entries = zip(legend.legend_handles, legend.get_texts(), strict=True)
            for line, entry, rank in zip(lines, entries, ranks, strict=True):
                for artist in (line, *entry):
                    if artist is not None:
                        artist.set_visible(moment.step >= rank + 1)

        return Drawing(artists=[*lines, legend], show=show)


def _colour(view: View, k: int) -> str:
    """Of the kth of the three points; the first colour is that of all others."""
    return view.theme.trails[(k + 1) % len(view.theme.trails)]


def _name_plateau(axes: "Axes", view: View, at: Sequence[float]) -> "Text":
    """Say beside the point `at` [2] what it is; unseen where there is no room to its left."""
    name = axes.annotate(
        view.words("plateau"), (at[0], at[1]), xytext=(-8, 0),
        textcoords="offset points", horizontalalignment="right",
        verticalalignment="center", fontsize=view.type("note"), color=view.theme.muted,
    )  # fmt: skip
    name.set_visible(name.get_window_extent().x0 > axes.get_window_extent().x0)
    return name


def _ranks(result: EscapeDirections) -> np.ndarray:
    """How many of the first draw's points are shown before each of the three."""
    return np.flatnonzero(np.isin(result.order, result.three))
