"""All runs as seen from one of them: distances from the middle are true, directions are not."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Traits, View
from animate.networks.experiments.panels import ResultPanel, at_step, relative_size, result_of
from animate.networks.experiments.same_loss.compute import SameLoss
from animate.text import Words

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.text import Text

_MARGIN = 1.1
"""How far the axes reach, over the largest distance."""
_ABOVE = 1.24
"""The same upwards, where the losses stand, and downwards, where both distances do."""
_WIDEST = 1.1
"""The largest share of the panel's width that both distances take."""
_SIGN = 1.3
"""The width of the sign before a distance, in sizes of its type."""
_FAINT = 0.4
"""The opacity of stems without a label."""


@dataclass(frozen=True, kw_only=True)
class Dandelion(ResultPanel):
    """All runs as seen from one of them, which is in the middle: the distances from there are true,
    on one scale; the directions only spread the runs.

    The hollow end of the short stem is the start of the run in the middle. The long stem in colour
    leads to the run that ends nearest to it; below, both lengths. Each run is in the middle for an
    equal share of the clip, the last one is one of the two that end nearest to each other.
    """

    experiment = "same_loss"

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({self.experiment}), exact=True)

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        reach = _MARGIN * float(result_of(view, SameLoss).apart.max())
        tall = _ABOVE * reach / _MARGIN
        axes.set(xlim=(-reach, reach), ylim=(-tall, tall))
        axes.set(xticks=[], yticks=[])
        axes.set_aspect("equal")
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.set_xlabel(view.words("true from the middle"))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, SameLoss)
        nearest, order = nearest_ends(result.distances), middles(result.distances)
        _draw_rings(axes, view, len(order))
        head = _Head(axes, view, len(order))
        losses = axes.text(
            0.5, 1.0, view.words("loss of each", loss=view.words.between([0.011, 0.012])),
            transform=axes.transAxes, fontsize=view.type("note"), color=view.theme.ink, zorder=4,
            horizontalalignment="center", verticalalignment="top",
        )  # fmt: skip
        losses.set_visible(relative_size(axes, losses)[0] < _ABOVE)

        def show(moment: Moment) -> None:
            now = at_step(result.steps, result.losses.T, moment.step)
            losses.set_text(view.words("loss of each", loss=view.words.between(now)))
            turn = int(len(order) * moment.second / view.timeline.length)
            seen = int(order[min(turn, len(order) - 1)])
            head.show(seen, int(nearest[seen]), seen_from(result, seen, moment.step))

        return Drawing(artists=[*head.artists, losses], show=show)


def nearest_ends(distances: np.ndarray) -> np.ndarray:
    """For each run the one that ends nearest to it [run], by the `distances` [run, run]."""
    others = np.where(np.eye(len(distances), dtype=bool), np.inf, distances)
    return others.argmin(axis=1)


def middles(distances: np.ndarray) -> np.ndarray:
    """The runs [run] in the order in which they are in the middle: round about, the last is one of
    the two whose `distances` [run, run] is least."""
    runs = len(distances)
    last = int(distances[np.arange(runs), nearest_ends(distances)].argmin())
    return (last + 1 + np.arange(runs)) % runs


def seen_from(result: SameLoss, run: int, step: float) -> np.ndarray:
    """The distances [run] of all runs from `run` at a `step`; in its own place that from its start.

    Between kept steps the weights are taken as moving straight.
    """
    weights = at_step(result.steps, np.moveaxis(result.positions, 1, 0), step)
    distances = np.linalg.norm(weights - weights[run], axis=-1)
    distances[run] = np.linalg.norm(weights[run] - result.positions[run, 0])
    return distances


class _Head:
    """Stems and their ends around the middle, with a dotted circle through the middle's start."""

    def __init__(self, axes: "Axes", view: View, runs: int) -> None:
        from matplotlib.collections import LineCollection
        from matplotlib.colors import to_rgba_array
        from matplotlib.patches import Circle

        turn = 2 * np.pi * np.arange(runs) / runs
        self._towards = np.stack([np.sin(turn), np.cos(turn)], axis=1)
        self._shades = to_rgba_array([view.theme.muted, *_pair(view)])
        self._paper, self._casing = to_rgba_array([view.theme.paper, view.theme.casing])
        self._width, self._words = view.line("trail"), view.words
        size, rim = view.line("head"), view.line("casing")
        self._circle = Circle((0, 0), 0.0, fill=False, linestyle=":", linewidth=rim, zorder=3)
        self._stems = LineCollection([], zorder=3.1, capstyle="round")
        axes.add_patch(self._circle)
        axes.add_collection(self._stems)
        self._ends = axes.scatter(
            *self._towards.T, s=(1.7 * size) ** 2, linewidths=1.5 * rim, zorder=3.2
        )
        (self._middle,) = axes.plot(
            [0], [0], linestyle="none", marker="o", markersize=2.2 * size, zorder=3.3,
            markeredgecolor=view.theme.casing, markeredgewidth=rim,
        )  # fmt: skip
        self._middle.set_markerfacecolor(self._shades[1])
        self._circle.set_edgecolor(self._shades[1])
        self._moved, self._apart = _labels(axes, view)

    @property
    def artists(self) -> "list[Artist]":
        moving = [self._circle, self._stems, self._ends, self._middle]
        return [*moving, self._moved, self._apart]

    def show(self, seen: int, other: int, distances: np.ndarray) -> None:
        """`seen` in the middle of all at their `distances` [run], and the stem to `other` named."""
        tips, runs = distances[:, None] * self._towards, np.arange(len(distances))
        named = (runs == seen) | (runs == other)
        shade = np.where(runs == seen, 1, np.where(runs == other, 2, 0))
        stems, faces, edges = (self._shades[shade] for _ in range(3))
        stems[:, 3] = np.where(named, 1.0, _FAINT)
        faces[seen] = self._paper
        edges[runs != seen] = self._casing
        self._stems.set(segments=[((0, 0), tip) for tip in tips], color=stems)
        self._stems.set_linewidth((np.where(named, 1.0, 0.6) * self._width).tolist())
        self._ends.set(offsets=tips, facecolor=faces, edgecolor=edges)
        self._circle.set_radius(distances[seen])
        told = _told(self._words, float(distances[seen]), float(distances[other]))
        for label, text in zip((self._moved, self._apart), told, strict=True):
            label.set_text(text)


def _told(words: Words, moved: float, apart: float) -> tuple[str, str]:
    """What both labels say, with one decimal always, so that the numbers grow in place."""
    first, second = (
        words.number(each, 2 if each < 10 else 3, padded=True) for each in (moved, apart)
    )
    return words("from its start", distance=first), words("from the middle", distance=second)


def _pair(view: View) -> tuple[str, str]:
    """The colours of the run in the middle and of the one that ends nearest to it."""
    trails = view.theme.trails
    return trails[0], trails[1 % len(trails)]


def _labels(axes: "Axes", view: View) -> "tuple[Text, Text]":
    """Below the wheel, how far the run in the middle is from its start, behind a hollow end, and
    from its neighbour, behind a piece of the stem; unseen where there is no room for both."""
    size, room, reach = view.type("note"), axes.get_window_extent(), float(axes.get_xlim()[1])
    style = {"transform": axes.transAxes, "fontsize": size, "color": view.theme.ink, "zorder": 4}
    told = _told(view.words, reach, reach)
    moved, apart = (axes.text(0, 0, text, verticalalignment="bottom", **style) for text in told)
    sign = _SIGN * size / room.width
    widths = [sign + relative_size(axes, text)[0] for text in (moved, apart)]
    moved.set_x(sign)
    apart.set_x(1 - widths[1] + sign)
    height = 0.5 * relative_size(axes, moved)[1]
    line = {"transform": axes.transAxes, "clip_on": False, "linewidth": view.line("trail")}
    first, second = _pair(view)
    signs = [
        *axes.plot(
            [0.4 * sign], [height], marker="o", markersize=view.line("head"),
            markerfacecolor=view.theme.paper, markeredgecolor=first,
            markeredgewidth=1.5 * view.line("casing"), **line,
        ),
        *axes.plot([1 - widths[1], 1 - widths[1] + 0.8 * sign], [height] * 2, color=second, **line),
    ]  # fmt: skip
    for each in (moved, apart, *signs):
        each.set_visible(sum(widths) < _WIDEST)
    return moved, apart


def _draw_rings(axes: "Axes", view: View, runs: int) -> None:
    """Faint circles at round distances, each with its number between two stems."""
    from matplotlib.patches import Circle
    from matplotlib.ticker import MaxNLocator

    reach, between = axes.get_xlim()[1], np.pi / runs
    for radius in MaxNLocator(3, steps=[1, 2, 5, 10]).tick_values(0.0, reach / _MARGIN)[1:]:
        if radius > reach:
            continue
        axes.add_patch(
            Circle((0, 0), radius, fill=False, edgecolor=view.theme.faint, zorder=1,
                   linewidth=view.line("hairline"))
        )  # fmt: skip
        axes.text(
            radius * np.sin(between), radius * np.cos(between), view.words.number(float(radius)),
            fontsize=view.type("note"), color=view.theme.muted, zorder=1.5,
            horizontalalignment="center", verticalalignment="center",
            bbox={"facecolor": view.theme.paper, "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip
