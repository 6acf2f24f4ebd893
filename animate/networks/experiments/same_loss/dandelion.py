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
"""The same upwards, where the losses stand."""
_WIDEST = 0.5
"""The largest share of the panel's width that a label of a stem takes."""
_ALONG = 0.62
"""Where the label of a long stem stands along it, as a share of the stem."""
_BEYOND = 0.7
"""How far out the label of the short stem stands, as a share of the axes' reach."""
_FAINT = 0.4
"""The opacity of stems without a label."""


@dataclass(frozen=True, kw_only=True)
class Dandelion(ResultPanel):
    """All runs as seen from one of them, which is in the middle: the distances from there are true,
    on one scale; the directions only spread the runs.

    The hollow end of the short stem is the start of the run in the middle. The long stem with a
    label leads to the run that ends nearest to it. Each run is in the middle for an equal share of
    the clip, the last one is one of the two that end nearest to each other.
    """

    experiment = "same_loss"

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({self.experiment}), exact=True)

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        reach = _MARGIN * float(result_of(view, SameLoss).apart.max())
        axes.set(xlim=(-reach, reach), ylim=(-reach, _ABOVE * reach / _MARGIN))
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
        self._colours = to_rgba_array(view.colours)
        self._paper, self._casing = to_rgba_array([view.theme.paper, view.theme.casing])
        self._width, self._words = view.line("trail"), view.words
        self._out = _BEYOND * axes.get_xlim()[1]
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
        widest = float(axes.get_xlim()[1])
        self._moved, self._apart = (
            _label(axes, view, text) for text in _told(view.words, widest, widest)
        )

    @property
    def artists(self) -> "list[Artist]":
        moving = [self._circle, self._stems, self._ends, self._middle]
        return [*moving, self._moved, self._apart]

    def show(self, seen: int, other: int, distances: np.ndarray) -> None:
        """`seen` in the middle of all at their `distances` [run], and the stem to `other` named."""
        tips, runs = distances[:, None] * self._towards, np.arange(len(distances))
        named = (runs == seen) | (runs == other)
        stems, faces, edges = self._colours.copy(), self._colours.copy(), self._colours.copy()
        stems[:, 3] = np.where(named, 1.0, _FAINT)
        faces[seen] = self._paper
        edges[runs != seen] = self._casing
        self._stems.set(segments=[((0, 0), tip) for tip in tips], color=stems)
        self._stems.set_linewidth((np.where(named, 1.0, 0.6) * self._width).tolist())
        self._ends.set(offsets=tips, facecolor=faces, edgecolor=edges)
        self._middle.set_markerfacecolor(self._colours[seen])
        self._circle.set(radius=distances[seen], edgecolor=self._colours[seen])
        told = _told(self._words, float(distances[seen]), float(distances[other]))
        places = self._out * self._towards[seen], _ALONG * tips[other]
        for label, text, at in zip((self._moved, self._apart), told, places, strict=True):
            label.set_text(text)
            label.set_position(at)


def _told(words: Words, moved: float, apart: float) -> tuple[str, str]:
    """What both labels say, with one decimal always, so that the numbers grow in place."""
    first, second = (
        words.number(each, 2 if each < 10 else 3, padded=True) for each in (moved, apart)
    )
    return words("from its start", distance=first), words("from the middle", distance=second)


def _label(axes: "Axes", view: View, longest: str) -> "Text":
    """A text on paper, as yet nowhere; unseen where the `longest` would be too wide."""
    text = axes.text(
        0, 0, longest, fontsize=view.type("note"), color=view.theme.ink, zorder=4,
        horizontalalignment="center", verticalalignment="center",
        bbox={"facecolor": view.theme.paper, "edgecolor": "none", "alpha": 0.8, "pad": 1.0},
    )  # fmt: skip
    text.set_visible(relative_size(axes, text)[0] < _WIDEST)
    return text


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
