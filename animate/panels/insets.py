"""A small map over a larger one, in a place that is free there, and what leads from one to the
other."""

# pyright: reportUnknownMemberType=false

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from animate.figure import View
from animate.figure.placing import Room

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

Line = Float[np.ndarray, "point 2"]
"""A line in pixels."""

_LINE = 1.2
"""The width of frames and lines, in hairlines."""
_ABOVE = 0.3
"""The zorder of its axes: above those of panels, below a legend."""


@dataclass(frozen=True)
class Place:
    """A lens of `size` pixels, its lower left corner at `corner`, that shows the rectangle of the
    map at `low`, `factor` times as large."""

    low: Float[np.ndarray, "2"]
    corner: Float[np.ndarray, "2"]
    size: Float[np.ndarray, "2"]
    factor: int

    @property
    def seen(self) -> Float[np.ndarray, "2"]:
        """The size of what it shows, in pixels of the map."""
        return self.size / self.factor


def inset_axes(axes: "Axes", view: View, place: Place, gid: str) -> "Axes":
    """Axes over the picture at the lens's place, on what it shows."""
    figure, (width, height) = axes.get_figure(root=True), view.pixels
    assert figure is not None
    (x, y), (wide, high) = place.corner, place.size
    box = (x / width, y / height, wide / width, high / height)
    inner = figure.add_axes(box, zorder=_ABOVE, gid=gid)
    ends = axes.transData.inverted().transform([place.low, place.low + place.seen])
    inner.set(xlim=ends[:, 0], ylim=ends[:, 1], xticks=[], yticks=[], facecolor="none")
    thin = _LINE * view.line("hairline")
    for spine in inner.spines.values():
        spine.set(color=view.theme.ink, linewidth=thin, position=("outward", thin / 2))
    return inner


def outlines(place: Place, room: Room) -> list[Line]:
    """The frame of what the lens shows on the map, and the lines from there to the lens: those of
    two that cross neither, which go over no mark of the `room`, or the shortest one that does not,
    or else both."""
    low, near = place.low, place.corner
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    before, after = near < low, near + place.size < low + place.seen
    beyond = np.where(corners[:4] == 0, before, after)
    beside = (beyond[:, 0] != beyond[:, 1]) == (corners[:4, 0] == corners[:4, 1])
    both = _between(place, corners[:4][beside], corners[:4][beside])

    def is_clear(line: Line) -> bool:
        """Of marks, but those that the lens shows, or nearly."""
        way = line[1] - line[0]
        near_it = min(float(place.seen.max() / np.hypot(*way)), 0.5)
        return not room.has_mark_on(np.array([line[0] + near_it * way, line[1]]))

    clear = [line for line in both if is_clear(line)]
    if not clear:
        sides = np.stack(np.meshgrid([0, 0.5, 1], [0, 0.5, 1]), axis=-1).reshape(-1, 2)
        pairs = [(one, other) for one in sides for other in sides]
        every = _between(place, *np.array(pairs).transpose(1, 0, 2))
        every.sort(key=lambda line: float(np.hypot(*np.subtract(*line))))
        clear = [line for line in every if is_clear(line)][:1]
    return [low + corners * place.seen, *(clear or both)]


def _between(place: Place, one: Line, other: Line) -> list[Line]:
    """Lines from places of what the lens shows to places of the lens, from 0 to 1 along both."""
    begin, end = place.low + one * place.seen, place.corner + other * place.size
    return list(np.stack([begin, end], axis=1))


def framed(axes: "Axes", view: View, lines: Sequence[Line], gid: str) -> "Iterator[Artist]":
    """The lines on the map, in the theme's ink, on its casing."""
    from matplotlib.lines import Line2D
    from matplotlib.transforms import IdentityTransform

    for colour, width in ((view.theme.casing, 3 * _LINE), (view.theme.ink, _LINE)):
        for line in lines:
            yield axes.add_line(
                Line2D(
                    *line.T, color=colour, linewidth=width * view.line("hairline"), zorder=1.9,
                    transform=IdentityTransform(), gid=gid, solid_joinstyle="miter",
                )
            )  # fmt: skip
