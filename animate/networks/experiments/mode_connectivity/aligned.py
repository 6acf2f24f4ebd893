"""The loss between two networks once their hidden units stand in one order, beside the curve."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import View
from animate.networks.experiments.mode_connectivity.compute import ModeConnectivity

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.text import Text

_FINE = 1001
"""Places of a line at which words might touch it."""
_APART = (-0.4, 0.4, -1.0, -1.6, -2.2, -2.8)
"""From the highest place of the line up to the words, or down, in their type sizes: under an arch
there is more room farther down."""


def draw_aligned(
    axes: "Axes", view: View, result: ModeConnectivity, others: "Sequence[Text]"
) -> "list[Artist]":
    """Dotted, the loss on the line to the aligned network, and words near its highest place, where
    they touch neither a line of the axes nor the `others`. The limits of the axes are final."""
    losses, size = result.aligned_losses[0], view.type("note")
    style = {"color": view.theme.muted, "linewidth": view.line("trail") / 2, "linestyle": ":"}
    drawn: list[Artist] = [*axes.plot(result.t, losses, **style)]
    top = int(losses.argmax())
    loss = view.words.number(float(losses[top]), 2)
    for apart in _APART:
        words = axes.annotate(
            view.words("aligned line", loss=loss), (float(result.t[top]), float(losses[top])),
            (0, apart * size), textcoords="offset pixels", fontsize=size,
            color=view.theme.muted, horizontalalignment="center",
            verticalalignment="top" if apart < 0 else "bottom",
        )  # fmt: skip
        if _is_free(axes, words, others):
            return [*drawn, words]
        words.remove()
    return drawn


def _is_free(axes: "Axes", words: "Text", others: "Sequence[Text]") -> bool:
    """Whether the `words` lie within the axes, on no line of these and on none of the `others`."""
    box = words.get_window_extent()
    if not all(axes.bbox.contains(*corner) for corner in box.corners()):
        return False
    for line in axes.lines:
        at = axes.transData.transform(np.asarray(line.get_xydata()))
        columns = np.linspace(at[0, 0], at[-1, 0], _FINE)
        rows = np.interp(columns, at[:, 0], at[:, 1])
        beside = (columns > box.x0) & (columns < box.x1)
        if (beside & (rows > box.y0) & (rows < box.y1)).any():
            return False
    seen = (each.get_window_extent() for each in others if each.get_visible())
    return not any(box.overlaps(each) for each in seen)
