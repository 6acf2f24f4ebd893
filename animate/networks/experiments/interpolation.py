"""A network's loss, or accuracy, along the straight line between two networks."""

# pyright: reportUnknownMemberType=false

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Panel, Traits, View
from animate.networks.comparison import Comparison
from animate.networks.experiments.end_values import name_before, name_ends
from animate.networks.landscape import Landscape
from animate.networks.lines import Lines, Wall, wall_of
from animate.networks.quantity import LOSS, Metric, OnLine, Quantity, metric_names
from animate.panels.curve_axes import dress_curves, on_axes
from animate.panels.curves import PART_DASHES, name_parts
from animate.simulate.terrain import ScaleKind
from animate.text import Words
from animate.theme import Dash

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

_BEYOND = 0.04
"""Room beside both ends of the lines, as a share of them."""
_DOTTED: Dash = (1.0, 1.6)
"""Of what was before."""
_BESIDE = 0.6
"""Of the size of the type: between a place and the words beside it."""


@dataclass(frozen=True)
class _Curve:
    """The `values` [line, share] over some examples, how the key calls these, if it does, and how
    the curves are dashed."""

    name: str
    values: np.ndarray
    dash: Dash


@dataclass(frozen=True, kw_only=True)
class Interpolation(Panel):
    """The metric along the straight line from one network to another (Goodfellow et al. 2015).

    The line is that from the start of each run to its end, or between the networks that the scene
    compares; dashed over examples held out, and dotted before hidden units were put in one order. A
    dot is where the clock is: of a run at the nearest
    point to it. The values at the beginning stand beside it, those at the end once the clock is
    there, and of a single line, once the dot has passed it, an upright says how high a wall is
    above the higher end. `metric` is the loss, the accuracy, or `own`: that which the
    surface names.
    """

    metric: Metric = "loss"
    scale: ScaleKind = "auto"

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"lines"}), measures=frozenset({OnLine(self.metric)}))

    def parts(self, view: View) -> tuple[str, ...]:
        names = [each.name for each in self._curves(lines_of(view), view.words) if each.name]
        return tuple(names) if len(names) > 1 else ()

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        every = self._curves(lines_of(limits), limits.words)
        values = np.stack([each.values for each in every], axis=-1)[:, None]
        label = metric_names(limits.words)[self.metric]
        dress_curves(axes, limits, values, label, self.scale)
        axes.set(xlim=(-_BEYOND, 1 + _BEYOND), xlabel=limits.words("along the line of weights"))
        ticks = np.linspace(0, 1, 5)
        axes.set_xticks(ticks, [limits.words.number(float(tick)) for tick in ticks])
        if self.parts(view):
            name_parts(axes, view, self.parts(view))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        every = lines_of(limits)
        labels = limits.trajectories.labels
        lines = every.only([labels.index(label) for label in view.trajectories.labels])
        drawn = self._curves(lines, view.words)
        values = [each.values for each in drawn]
        if self.parts(view):
            name_parts(axes, view, self.parts(view))
        for each in drawn:
            style = {
                "linestyle": (0, each.dash) if each.dash else "-",
                "linewidth": view.line("trail"),
            }
            for curve, colour in zip(each.values, view.colours, strict=False):
                place = lines.shares, on_axes(axes, curve)
                axes.plot(*place, color=colour, **style)
        curves = [on_axes(axes, each) for each in values]
        _, ends = name_ends(axes, view, curves, values[0], lines.shares)
        if self.metric == "loss" and lines.unaligned is not None:
            name_before(axes, view, curves, lines.shares)
        single = self.metric == "loss" and len(lines.heads) == 1  # of more it stands in words
        wall = wall_of(values[0][0], lines.shares) if single else None
        measure = _measure(axes, view, wall) if wall and np.isfinite(wall.highest) else []
        passed = _passed(view, lines.heads[0], wall) if wall else np.inf
        dots = [*_dots(axes, view, len(lines.heads))]

        def show(moment: Moment) -> None:
            for each in ends:
                each.set_visible(moment.step >= view.timeline.steps)
            for each in measure:
                each.set_visible(moment.step >= passed)
            for k, dot in enumerate(dots):
                heads = lines.heads[k]
                known = np.isfinite(heads)
                at = float(np.interp(moment.step, view.trajectories.steps[known], heads[known]))
                dot.set_data([at], [float(np.interp(at, lines.shares, values[0][k]))])

        return Drawing(artists=[*ends, *measure, *dots], show=show)

    def _curves(self, lines: Lines, words: Words) -> list[_Curve]:
        """Those over the examples trained on, over those held out if there are any, and of losses
        those before hidden units were put in one order if they were."""
        train, test = Quantity(self.metric, "train"), Quantity(self.metric, "test")
        found = [_Curve(words("in training"), lines.values[train], PART_DASHES[0])]
        if test in lines.values:
            found.append(_Curve(words("held out"), lines.values[test], PART_DASHES[1]))
        if train == LOSS and lines.unaligned is not None:
            found.append(_Curve("", lines.unaligned, _DOTTED))
        return found


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


def _passed(view: View, heads: np.ndarray, wall: Wall) -> float:
    """The first step at which the head of a line, at `heads` [kept], has come as far as the
    `wall`; the last one where it never does."""
    steps = view.trajectories.steps
    beyond = np.flatnonzero(np.nan_to_num(heads, nan=-np.inf) >= wall.at)
    return float(steps[beyond[0]]) if len(beyond) else float(steps[-1])


def _measure(axes: "Axes", view: View, wall: Wall) -> "list[Artist]":
    """An upright from the higher end to the highest loss of a line, and the height of the wall."""
    size, colour = view.type("note"), view.colours[0]
    upright = axes.plot(
        [wall.at, wall.at],
        [wall.highest - wall.height, wall.highest],
        color=colour,
        linewidth=view.line("hairline"),
        linestyle=":",
        zorder=1,
    )
    told = axes.annotate(
        f"+{view.words.number(wall.height, 3)}",
        (wall.at, wall.highest - wall.height / 2),
        (_BESIDE * size, 0),
        textcoords="offset pixels",
        verticalalignment="center",
        fontsize=size,
        color=colour,
        zorder=5,
        bbox=_behind(view),
        gid="wall",
    )
    return [*upright, told]


def _behind(view: View) -> dict[str, object]:
    """What hides curves behind words."""
    return {"facecolor": view.theme.paper, "edgecolor": "none", "alpha": 0.85, "pad": 1.5}
