"""A network's loss, or accuracy, along the straight line between two networks."""

# pyright: reportUnknownMemberType=false

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Panel, Traits, View
from animate.networks.comparison import Comparison
from animate.networks.landscape import Landscape
from animate.networks.lines import Lines, wall_of
from animate.networks.quantity import Metric, OnLine, Quantity, metric_names
from animate.panels.curve_axes import dress_curves, on_axes
from animate.panels.curves import PART_DASHES, name_parts
from animate.simulate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

_BEYOND = 0.04
"""Room beside both ends of the lines, as a share of them."""
_APART = 1.25
"""Of the size of the type: from one value to the next one above it."""
_BESIDE = 0.6
"""Of the size of the type: between a place and the words beside it."""


@dataclass(frozen=True, kw_only=True)
class Interpolation(Panel):
    """The metric along the straight line from one network to another (Goodfellow et al. 2015).

    The line is that from the start of each run to its end, or between the networks that the scene
    compares; dashed over examples held out. A dot is where the clock is: of a run at the nearest
    point to it. The values at both ends stand there, and of a single line by an upright how high a
    wall is above the higher end. `metric` is the loss, the accuracy, or `own`: that which the
    surface names.
    """

    metric: Metric = "loss"
    scale: ScaleKind = "auto"

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"lines"}), measures=frozenset({OnLine(self.metric)}))

    def parts(self, view: View) -> tuple[str, ...]:
        if len(self._values(lines_of(view))) < len(PART_DASHES):
            return ()
        return (view.words("in training"), view.words("held out"))

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        every = self._values(lines_of(limits))
        values, label = np.stack(every, axis=-1)[:, None], metric_names(limits.words)[self.metric]
        dress_curves(axes, limits, values, label, self.scale)
        axes.set(xlim=(-_BEYOND, 1 + _BEYOND), xlabel=limits.words("along the line of weights"))
        ticks = np.linspace(0, 1, 5)
        axes.set_xticks(ticks, [limits.words.number(float(tick)) for tick in ticks])
        if len(every) > 1:
            name_parts(axes, view, self.parts(view))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        every = lines_of(limits)
        labels = limits.trajectories.labels
        lines = every.only([labels.index(label) for label in view.trajectories.labels])
        values = self._values(lines)
        if len(values) > 1:
            name_parts(axes, view, self.parts(view))
        for each, dashes in zip(values, PART_DASHES, strict=False):
            style = {"linestyle": (0, dashes) if dashes else "-", "linewidth": view.line("trail")}
            for curve, colour in zip(each, view.colours, strict=False):
                axes.plot(lines.shares, on_axes(axes, curve), color=colour, **style)
        _name_ends(axes, view, values[0])
        if self.metric == "loss" and len(lines.heads) == 1:  # of more it stands in words
            _measure(axes, view, values[0][0], lines.shares, view.colours[0])
        dots = [*_dots(axes, view, len(lines.heads))]

        def show(moment: Moment) -> None:
            for k, dot in enumerate(dots):
                heads = lines.heads[k]
                known = np.isfinite(heads)
                at = float(np.interp(moment.step, view.trajectories.steps[known], heads[known]))
                dot.set_data([at], [float(np.interp(at, lines.shares, values[0][k]))])

        return Drawing(artists=dots, show=show)

    def _values(self, lines: Lines) -> list[np.ndarray]:
        """Those [line, share] over the examples trained on, and over those held out if there are
        any."""
        both = Quantity(self.metric, "train"), Quantity(self.metric, "test")
        return [lines.values[each] for each in both if each in lines.values]


def lines_of(view: View) -> Lines:
    """Those that the view's result has. Raises TypeError where it has none."""
    if not isinstance(view.result, Landscape | Comparison) or view.result.lines is None:
        raise TypeError(f"the view shows no lines, but a {type(view.result).__name__}")
    return view.result.lines


def _dots(axes: "Axes", view: View, count: int) -> "Iterator[Line2D]":
    for k in range(count):
        yield from axes.plot(
            [],
            [],
            linestyle="none",
            marker=view.theme.marker(k),
            markersize=2 * view.line("head"),
            markerfacecolor=view.colours[k],
            markeredgecolor=view.theme.casing,
            markeredgewidth=view.line("casing"),
            clip_on=False,
            zorder=6,
        )


def _name_ends(axes: "Axes", view: View, values: np.ndarray) -> None:
    """The values [line, share] at both ends, inside of the axes, each once, none over another."""
    size = view.type("note")
    for side, place, aligned in ((0, 0.0, "left"), (-1, 1.0, "right")):
        named: dict[str, tuple[float, str]] = {}
        for value, colour in zip(values[:, side], view.colours, strict=False):
            text = view.words.number(float(value), 3)
            named[text] = float(value), view.theme.ink if text in named else colour
        low = -np.inf
        for text, (value, colour) in sorted(named.items(), key=lambda each: each[1][0]):
            height = float(axes.transData.transform((place, value))[1]) + _BESIDE * size
            low = max(height, low + _APART * size)
            if low > axes.bbox.y1 - size:  # below the value, where there is no room above it
                low = height - 2 * _APART * size
            axes.annotate(
                text,
                (place, value),
                ((-1 if side else 1) * _BESIDE * size, low - height + _BESIDE * size),
                textcoords="offset pixels",
                horizontalalignment=aligned,
                fontsize=size,
                color=colour,
                zorder=5,
                bbox=_behind(view),
            ).set_gid("end")


def _measure(axes: "Axes", view: View, losses: np.ndarray, shares: np.ndarray, colour: str) -> None:
    """An upright from the higher end to the highest loss of a line, if a wall stands there, with
    its height."""
    if (wall := wall_of(losses, shares)) is None or not np.isfinite(wall.highest):
        return
    size = view.type("note")
    axes.plot(
        [wall.at, wall.at],
        [wall.highest - wall.height, wall.highest],
        color=colour,
        linewidth=view.line("hairline"),
        linestyle=":",
        zorder=1,
    )
    axes.annotate(
        f"+{view.words.number(wall.height, 3)}",
        (wall.at, wall.highest - wall.height / 2),
        (_BESIDE * size, 0),
        textcoords="offset pixels",
        verticalalignment="center",
        fontsize=size,
        color=colour,
        zorder=5,
        bbox=_behind(view),
    ).set_gid("wall")


def _behind(view: View) -> dict[str, object]:
    """What hides curves behind words."""
    return {"facecolor": view.theme.paper, "edgecolor": "none", "alpha": 0.85, "pad": 1.5}
