"""What is free of a map: where neither a run comes nor anything is written."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from animate.figure.graph import nodes_of, on_graph
from animate.figure.placing import Room
from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.text import Text

PLATE = "legend's plate"
"""The gid of the paper under a legend that stands on a panel."""


def free_room(axes: "Axes", view: View, words: "Sequence[Text]" = ()) -> Room:
    """What is free of the axes at the end, when all is drawn; of one variable the graph is too."""
    room, place = Room(axes.bbox), axes.transData.transform
    if view.terrain.variables == 1:
        nodes = nodes_of(view.terrain, axes.bbox.width)
        room.take_path(place(nodes), view.line("trail") + view.line("casing"))
        view = on_graph(view)
    head, paths = view.line("head") + view.line("casing"), view.trajectories
    with np.errstate(over="ignore", invalid="ignore"):
        places = place(paths.positions.reshape(-1, 2))
        for path in places.reshape(-1, len(paths.steps), 2):
            room.take_path(path, view.line("trail") + view.line("casing"))
        ends = place(paths.at(paths.positions, paths.last_step).reshape(-1, 2))
        wedges = _at_edge(axes, places, head)
    for points in (ends, wedges):
        room.take_points(points, head + 1)
    starts = np.unique(paths.positions[:, :, 0].reshape(-1, 2), axis=0)
    for at in starts:
        room.take_mark(place(at), head + 1)
    for landmark in view.landmarks:
        room.take_mark(place(landmark.at), max(head, view.line("star")) + 1)
    for each in (*words, *plates(axes)):
        room.take_box(each.get_window_extent())
    return room


def _at_edge(
    axes: "Axes", points: Float[np.ndarray, "n 2"], edge: float
) -> Float[np.ndarray, "m 2"]:
    """Where the wedges of heads outside of the axes are."""
    low, high = axes.bbox.get_points()
    known = points[np.isfinite(points).all(axis=1)]
    beyond = known[((known < low) | (known > high)).any(axis=1)]
    return np.clip(beyond, low + edge, high - edge)


def plates(axes: "Axes") -> "list[Artist]":
    """The papers under what stands on panels of the picture."""
    figure = axes.get_figure(root=True)
    return [each for each in figure.artists if each.get_gid() == PLATE] if figure else []
