"""The loss between two networks once their hidden units stand in one order, beside the curve."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from animate.figure import View
from animate.figure.placing import Room
from animate.networks.experiments.mode_connectivity.compute import ModeConnectivity

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.text import Text

_NEAR, _FARTHEST = 0.6, 4.5
"""From the highest place of the line to the words, in their type sizes."""


def draw_aligned(
    axes: "Axes", view: View, result: ModeConnectivity, others: "Sequence[Text]"
) -> "list[Artist]":
    """Dotted, the loss on the line to the aligned network, and words near its highest place, where
    they touch neither a line of the axes nor the `others`. The limits of the axes are final."""
    from matplotlib.transforms import IdentityTransform

    losses, size = result.aligned_losses[0], view.type("note")
    style = {"color": view.theme.muted, "linewidth": view.line("trail") / 2, "linestyle": ":"}
    drawn: list[Artist] = [*axes.plot(result.t, losses, **style)]
    top = int(losses.argmax())
    told = view.words("aligned line", loss=view.words.number(float(losses[top]), 2))
    words = axes.text(
        0, 0, told, transform=IdentityTransform(), fontsize=size, color=view.theme.muted,
        multialignment="center", verticalalignment="bottom",
    )  # fmt: skip
    room = Room(axes.bbox)
    for line in axes.lines:
        room.take_path(axes.transData.transform(line.get_xydata()), 0.2 * size)
    for each in others:
        if each.get_visible():
            room.take_box(each.get_window_extent())
    at = axes.transData.transform((float(result.t[top]), float(losses[top])))
    box = words.get_window_extent()
    spot = room.spot(at, (box.width, box.height), _NEAR * size, _FARTHEST * size)
    if spot is None:
        words.remove()
        return drawn
    words.set_position(spot.corner)
    return [*drawn, words]
