"""How far runs are from each other and from their starts, by step."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Trails, View
from animate.networks.experiments.panels import ResultPanel, at_step, relative_size, result_of
from animate.networks.experiments.same_loss.compute import SameLoss
from animate.panels.curve_axes import dress_curves

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

_ABOVE = 1.28
"""How far the axes reach, over the largest distance, for the words above it."""
_STRENGTHS = (0.3, 0.45)
"""The opacity of the band from the least to the largest distance, and of that between quartiles."""


@dataclass(frozen=True, kw_only=True)
class Distances(ResultPanel):
    """The distances between all runs at the same step, as a band from the least to the largest with
    one between the quartiles in it, and those of each run from its own start, as curves."""

    experiment = "same_loss"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result = result_of(view, SameLoss)
        dress_curves(axes, view, result.travelled, view.words("distance of weights"), "linear")
        top = _ABOVE * float(result.apart.max())
        axes.set_ylim(-0.02 * top, top)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        from matplotlib.collections import PolyCollection

        result, words = result_of(view, SameLoss), view.words
        steps, apart, travelled = result.steps, result.apart, result.travelled
        bands = [
            PolyCollection([], facecolor=view.theme.muted, alpha=share, linewidth=0, zorder=2)
            for share in _STRENGTHS
        ]
        for band in bands:
            axes.add_collection(band)
        points = np.stack([np.broadcast_to(steps, travelled.shape), travelled], axis=-1)
        runs = np.arange(len(travelled))
        trails = Trails(axes, points, steps, np.full(len(runs), steps[-1]), runs, view)
        widest = words.between([10.01, 10.09], 4)
        above, below = 1.03 * float(apart.max()), 0.6 * float(travelled[:, -1].min())
        between = _words(axes, view, words("between any two", distance=widest), "bottom", above)
        moved = _words(axes, view, words("each from its start", distance=widest), "top", below)

        def show(moment: Moment) -> None:
            now = at_step(steps, apart, moment.step)
            done = steps < moment.step
            along = np.append(steps[done], moment.step)
            rows = np.vstack([apart[done], now])
            for band, (low, high) in zip(bands, ((0, 4), (1, 3)), strict=True):
                there, back = (np.column_stack([along, rows[:, k]]) for k in (low, high))
                band.set_verts([np.vstack([there, back[::-1]])])
            own = at_step(steps, travelled.T, moment.step)
            between.set_text(words("between any two", distance=words.between(now[[0, 4]], 3)))
            moved.set_text(words("each from its start", distance=words.between(own, 3)))

        return Drawing([trails], [*bands, between, moved], show)


def _words(axes: "Axes", view: View, longest: str, upright: str, height: float) -> "Text":
    """A text at a `height` that ends at the right edge; unseen without room for the `longest`."""
    text = axes.text(
        0.99, height, longest, transform=axes.get_yaxis_transform(), fontsize=view.type("note"),
        color=view.theme.ink, zorder=6,
        horizontalalignment="right", verticalalignment=upright,
    )  # fmt: skip
    text.set_visible(relative_size(axes, text)[0] < 1)
    return text
