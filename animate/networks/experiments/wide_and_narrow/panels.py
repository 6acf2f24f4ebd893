"""A wide and a narrow minimum on the line through both, while they are trained."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure import Drawing, View
from animate.networks.experiments.panels import (
    ResultPanel,
    at_step,
    open_axes,
    result_of,
)
from animate.networks.experiments.wide_and_narrow.compute import (
    WideAndNarrow,
    lowest,
    valleys,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D


@dataclass(frozen=True, kw_only=True)
class BatchLine(ResultPanel):
    """Training and held-out loss of the first seed on the line through both ends, without weight
    decay or with it.

    The bars show how wide each valley of the training loss is at the level of the bars, as a
    distance between weights. Rings mark where the held-out loss is lowest. Faint: the training
    loss of the other seeds after the last epoch.
    """

    of: Literal["plain", "decayed"] = "plain"

    experiment = "wide_and_narrow"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result, words = result_of(view, WideAndNarrow), view.words
        open_axes(axes, view)
        inner = (result.t >= 0) & (result.t <= 1)
        top = max(result.films[..., inner].max(), result.training[..., inner].max())
        axes.set(xlim=(result.t[0], result.t[-1]), ylim=(-0.04 * top, 1.25 * top))
        ends = [words("end of a batch size", size=int(size)) for size in result.batches]
        axes.set_xticks([0, 1], ends)
        axes.locator_params(axis="y", nbins=5)
        decay = words("weight decay", decay=result.decay)
        plain = words("without weight decay")
        axes.set_xlabel(words("along the line, and", how=plain if self.of == "plain" else decay))
        axes.set_ylabel(words("loss"))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, WideAndNarrow)
        row = 0 if self.of == "plain" else 1
        apart = result.distances[row]
        width, ink = view.line("trail"), view.theme.ink
        others = result.training[row, 1:]
        if len(others):
            axes.plot(result.t, others.T, color=ink, alpha=0.25, linewidth=width / 3, zorder=2)
        colours = ink, view.colours[0]
        lines = [
            axes.plot([], [], color=colour, linewidth=width, zorder=4)[0] for colour in colours
        ]
        rings = _marks(axes, view, view.theme.paper, colours[1])
        dots = _marks(axes, view, ink, view.theme.casing)
        bars = _Bars(axes, view, result.level)
        _name_curves(axes, view, colours)

        def advance(epoch: float) -> None:
            curves = at_step(result.epochs, np.moveaxis(result.films[row], 1, 0), epoch)
            for line, curve in zip(lines, curves, strict=True):
                line.set_data(result.t, curve)
            dots.set_data([0, 1], np.interp([0, 1], result.t, curves[0]))
            places = lowest(result.t, curves[1])
            rings.set_data(places, np.interp(places, result.t, curves[1]))
            bars.show(result.t, curves[0], float(at_step(result.epochs, apart, epoch)))

        advance(0.0)
        moving = [*lines, rings, dots, *bars.artists]
        return Drawing([], moving, lambda moment: advance(moment.step))


class _Bars:
    """Bars at the level, from wall to wall of both valleys, each with its length above it."""

    def __init__(self, axes: "Axes", view: View, level: float) -> None:
        self._words, self._level = view.words, level
        colour, size = view.colours[1], view.type("note")
        self._lines = [
            axes.plot([], [], color=colour, linewidth=view.line("trail"), zorder=5)[0] for _ in "01"
        ]
        self._texts = [
            axes.annotate(
                "", (0, level), xytext=(0, 0.4 * size), textcoords="offset points", zorder=6,
                horizontalalignment="center", color=colour, fontsize=size,
            )
            for _ in "01"
        ]  # fmt: skip

    @property
    def artists(self) -> "list[Artist]":
        return [*self._lines, *self._texts]

    def show(self, t: np.ndarray, losses: np.ndarray, apart: float) -> None:
        """Bars in the `losses` [t] on a line whose ends are `apart`."""
        found = valleys(t, losses, self._level)
        for line, text, (first, last) in zip(self._lines, self._texts, found, strict=True):
            below = last > first
            line.set_data(([first, last], [self._level] * 2) if below else ([], []))
            text.xy = ((first + last) / 2, self._level)
            text.set_text(
                self._words.number(float((last - first) * apart), 3, padded=True) if below else ""
            )


def _marks(axes: "Axes", view: View, face: object, edge: object) -> "Line2D":
    """Two dots of the colour `face` with a rim of the colour `edge`, still without places."""
    return axes.plot(
        [],
        [],
        linestyle="none",
        marker="o",
        markersize=1.8 * view.line("head"),
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=view.line("casing"),
        zorder=7,
    )[0]


def _name_curves(axes: "Axes", view: View, colours: tuple[object, object]) -> None:
    """What the colours of both curves mean, above the wall between the valleys."""
    size = view.type("note")
    names = view.words("in training"), view.words("held out")
    for row, (name, colour) in enumerate(zip(names, colours, strict=True)):
        axes.annotate(
            name, (0.5, 1), xytext=(0, -(0.2 + 1.3 * row) * size),
            xycoords="axes fraction", textcoords="offset points", fontsize=size, color=colour,
            horizontalalignment="center", verticalalignment="top", zorder=8,
            bbox={"facecolor": view.theme.paper, "edgecolor": "none", "pad": 1.0},
        )  # fmt: skip
