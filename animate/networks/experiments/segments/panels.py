"""The loss along segments from end to end of several runs, while they train."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure import Drawing, View
from animate.figure.text.paragraph import text_width
from animate.networks.experiments.panels import ResultPanel, at_step, open_axes, result_of
from animate.networks.experiments.segments.compute import (
    ADAM,
    AGAIN,
    BETWEEN,
    CHANGED,
    GONE_ON,
    MIDWAY,
    POINTS,
    RMSPROP,
    SGD,
    Segments,
    rise,
)
from animate.networks.experiments.segments.names import names_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

_COLOURS = {SGD: 0, ADAM: 1, RMSPROP: 2, AGAIN: 0, CHANGED: 1, GONE_ON: 0}
"""Which colour each run's end has: that of the optimizer by which it ends."""
_LABEL = 0.85
"""Size of the names below the ends, which stand close, relative to labels at other axes."""
_DIGITS = 3
"""Decimals of a rise."""
_LEAST = 10**-_DIGITS
"""The least rise that is told as a number."""


@dataclass(frozen=True, kw_only=True)
class Walls(ResultPanel):
    """The training loss of the first seed on segments from end to end, one after the other.

    Between SGD, Adam, RMSProp and SGD with other batches, or from a run that changes to Adam
    midway. Each number is how far the loss rises above the higher end. Faint: the other seeds
    after the last step.
    """

    of: Literal["optimizers", "change"] = "optimizers"

    experiment = "segments"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result, words = result_of(view, Segments), view.words
        open_axes(axes, view)
        segments, _ = self._shown
        top = max(result.films.max(), result.profiles.max())
        axes.set(xlim=(-0.25, len(segments) + 0.25), ylim=(-0.06 * top, 1.14 * top))
        names = names_of(words)
        stops = [segments[0][0], *(last for _, last in segments)]
        axes.set_xticks(range(len(stops)), [names[stop] for stop in stops])
        axes.tick_params(axis="x", labelsize=_LABEL * view.type("tick"))
        axes.locator_params(axis="y", nbins=5)
        axes.grid(False, axis="x")
        step = words.number(result.change)
        axes.set_xlabel(
            words("segments between optimizers")
            if self.of == "optimizers"
            else words("segments from a change", step=step)
        )
        axes.set_ylabel(words("training loss"))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result, words = result_of(view, Segments), view.words
        segments, rows = self._shown
        places, ink = np.linspace(0, 1, POINTS), view.theme.ink
        x = np.concatenate([k + places for k in range(len(segments))])
        for others in np.moveaxis(result.profiles[rows, 1:], 1, 0):
            width = view.line("trail") / 3
            axes.plot(x, others.ravel(), color=ink, alpha=0.25, linewidth=width, zorder=2)
        (curve,) = axes.plot([], [], color=ink, linewidth=view.line("trail"), zorder=4)
        stops = [segments[0][0], *(last for _, last in segments)]
        dots = [_dot(axes, view, stop) for stop in stops]
        size = view.type("note")
        room = axes.get_window_extent().width / len(segments)
        told = 1.5 * text_width(view, words.number(_LEAST), "note") < room  # peaks differ
        texts = [
            axes.annotate(
                "", (k + 0.5, 0), xytext=(0, 0.4 * size), textcoords="offset points", zorder=6,
                horizontalalignment="center", color=ink, fontsize=size,
                bbox={"facecolor": view.theme.paper, "edgecolor": "none", "alpha": 0.7, "pad": 0.5},
            )
            for k in range(len(segments) if told else 0)
        ]  # fmt: skip

        def advance(step: float) -> None:
            losses = at_step(result.steps, np.moveaxis(result.films[rows], 1, 0), step)
            curve.set_data(x, losses.ravel())
            heights = [losses[0, 0], *losses[:, -1]]
            for k, (dot, height) in enumerate(zip(dots, heights, strict=True)):
                dot.set_data([k], [height])
            for k, (text, wall) in enumerate(zip(texts, losses[: len(texts)], strict=True)):
                rises = float(rise(wall))
                peak = float(places[wall.argmax()]) if rises >= _LEAST else 0.5
                text.xy = (k + peak, float(wall.max()))
                small = f"< {_LEAST}" if 0 < rises < _LEAST else f"{rises:.{_DIGITS}f}"
                text.set_text(words.localised(small))

        advance(0.0)
        return Drawing([], [curve, *dots, *texts], lambda moment: advance(moment.step))

    @property
    def _shown(self) -> tuple[tuple[tuple[int, int], ...], slice]:
        """The segments, and their place among all of the result."""
        first = len(BETWEEN)
        return (BETWEEN, slice(first)) if self.of == "optimizers" else (MIDWAY, slice(first, None))


def _dot(axes: "Axes", view: View, run: int) -> "Line2D":
    """The end of a run: hollow where it is that of a control."""
    colour, paper = view.colours[_COLOURS[run]], view.theme.paper
    hollow = run in (AGAIN, GONE_ON)
    return axes.plot(
        [],
        [],
        linestyle="none",
        marker="o",
        markersize=2 * view.line("head"),
        markerfacecolor=paper if hollow else colour,
        markeredgecolor=colour if hollow else view.theme.casing,
        markeredgewidth=view.line("casing"),
        zorder=5,
    )[0]
