"""How far runs are from each other and from their starts, by step."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, View
from animate.figure.text.paragraph import balanced
from animate.networks.experiments.panels import ResultPanel, at_step, relative_size, result_of
from animate.networks.experiments.same_loss.compute import SameLoss
from animate.panels.curve_axes import dress_curves

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.collections import PolyCollection
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

_ABOVE = 1.28
"""How far the axes reach, over the largest distance, for the words above it."""
_TALLEST = 0.2
"""The largest share of the panel's height that words take."""
_BESIDE = 0.03
"""From the upright over aligned distances to its words, as a share of the panel's width."""
_ENDS = ((0, 4), (1, 3))
"""From where to where the bands go, of the least, the quartiles and the largest."""
_STRENGTHS = (0.3, 0.45)
"""The opacity of the band from the least to the largest distance, and of that between quartiles."""


@dataclass(frozen=True, kw_only=True)
class Distances(ResultPanel):
    """The distances between all runs at the same step, as a band from the least to the largest with
    one between the quartiles in it, and likewise those of each run from its own start.

    At the end an upright reaches from the least to the largest distance between two runs whose
    hidden units stand in one order.
    """

    experiment = "same_loss"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result = result_of(view, SameLoss)
        dress_curves(axes, view, result.travelled, view.words("distance of weights"), "linear")
        top = _ABOVE * float(result.apart.max())
        axes.set_ylim(-0.02 * top, top)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result, words = result_of(view, SameLoss), view.words
        steps, apart, travelled = result.steps, result.apart, result.travelled
        ways = np.quantile(travelled, np.linspace(0, 1, 5), axis=0).T
        drawn = [
            *((apart, band) for band in _bands(axes, view, view.theme.muted)),
            *((ways, band) for band in _bands(axes, view, view.theme.trails[0])),
        ]
        widest = words.between([10.01, 10.09], 4)
        between = _words(axes, view, words("between any two", distance=widest))
        between.set_y(1.03 * float(apart.max()))
        moved = _words(axes, view, words("each from its start", distance=widest))
        moved.set_y(_height(axes, moved, result))
        aligned = _aligned(axes, view, result)

        def show(moment: Moment) -> None:
            done = steps < moment.step
            along = np.append(steps[done], moment.step)
            for (values, band), (low, high) in zip(drawn, 2 * _ENDS, strict=True):
                rows = np.vstack([values[done], at_step(steps, values, moment.step)])
                there, back = (np.column_stack([along, rows[:, k]]) for k in (low, high))
                band.set_verts([np.vstack([there, back[::-1]])])
            now = at_step(steps, apart, moment.step)[[0, 4]]
            own = at_step(steps, travelled.T, moment.step)
            for text, told in (
                (between, words("between any two", distance=words.between(now, 3))),
                (moved, words("each from its start", distance=words.between(own, 3))),
            ):
                text.set_text(_broken(axes, view, told))
            for each in aligned:
                each.set_visible(moment.step >= steps[-1])

        bands = (band for _, band in drawn)
        return Drawing(artists=[*bands, between, moved, *aligned], show=show)


def _aligned(axes: "Axes", view: View, result: SameLoss) -> "list[Artist]":
    """An upright at the end over the distances between aligned networks, and words that say so,
    where these lie on no band."""
    steps, runs = result.steps, len(result.aligned_distances)
    every = result.aligned_distances[np.triu_indices(runs, 1)]
    ends = float(every.min()), float(every.max())
    upright = axes.plot(
        [steps[-1]] * 2, ends, color=view.theme.ink, linewidth=2 * view.line("trail"),
        solid_capstyle="butt", zorder=4,
    )  # fmt: skip
    told = view.words("between aligned", distance=view.words.between(ends, 3))
    words = _words(axes, view, told)
    size, (low, high) = relative_size(axes, words), axes.get_ylim()
    begin, end = axes.get_xlim()
    right = float(steps[-1]) - _BESIDE * (end - begin)
    words.set(x=(right - begin) / (end - begin), y=ends[0])
    top, left = ends[0] + size[1] * (high - low), right - size[0] * (end - begin)
    beside = steps >= left
    free = result.travelled[:, beside].max() < ends[0] and top < result.apart[beside, 0].min()
    return [*upright, words] if words.get_visible() and free else _without(words, upright)


def _without(words: "Text", others: "list[Line2D]") -> "list[Artist]":
    """The `others`, once the `words` are gone from the axes."""
    words.remove()
    return [*others]


def _bands(axes: "Axes", view: View, colour: str) -> "list[PolyCollection]":
    """Two bands of a `colour`, still without places, the second one is the deeper."""
    from matplotlib.collections import PolyCollection

    bands = [
        PolyCollection([], color=colour, alpha=share, linewidth=view.line("hairline"), zorder=2)
        for share in _STRENGTHS
    ]
    for band in bands:
        axes.add_collection(band)
    return bands


def _broken(axes: "Axes", view: View, text: str) -> str:
    """The `text` in lines that are no wider than the axes."""
    return "\n".join(balanced(view, text, "note", axes.get_window_extent().width))


def _words(axes: "Axes", view: View, longest: str) -> "Text":
    """A text, in lines, that ends at the right edge; unseen without room for the `longest`."""
    text = axes.text(
        0.99, 0.0, _broken(axes, view, longest), transform=axes.get_yaxis_transform(),
        fontsize=view.type("note"), color=view.theme.ink, zorder=6,
        horizontalalignment="right", verticalalignment="bottom",
    )  # fmt: skip
    width, height = relative_size(axes, text)
    text.set_visible(width < 1 and height < _TALLEST)
    return text


def _height(axes: "Axes", text: "Text", result: SameLoss) -> float:
    """Where a `text` about the ways stands: over them, if it leaves the upper band alone, or else
    at the bottom."""
    width, tall = relative_size(axes, text)
    low, high = axes.get_ylim()
    over = 1.05 * float(result.travelled.max())
    first = (0.99 - width) * float(result.steps[-1])
    least = float(result.apart[result.steps >= min(first, result.steps[-1]), 0].min())
    return over if over + tall * (high - low) < least else low + 0.01 * (high - low)
