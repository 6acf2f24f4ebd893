"""A small map over a larger one, in a place that is free there, and what leads from one to the
other."""

# pyright: reportUnknownMemberType=false

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from animate.figure import View

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

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


def framed(axes: "Axes", view: View, place: Place, gid: str) -> "Iterator[Artist]":
    """What the lens shows, framed on the map, and two lines from there to the lens that cross
    neither: in the theme's ink, on its casing."""
    from matplotlib.lines import Line2D
    from matplotlib.transforms import IdentityTransform

    low, high = place.low, place.low + place.seen
    far, near = place.corner + place.size, place.corner
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    lines = [low + corners * (high - low)]
    before, after = near < low, far < high
    for corner in corners[:4]:
        beyond = np.where(corner == 0, before, after)
        if (beyond[0] != beyond[1]) == (corner[0] == corner[1]):
            ends = [low + corner * (high - low), near + corner * (far - near)]
            lines.append(np.array(ends))
    for colour, width in ((view.theme.casing, 3 * _LINE), (view.theme.ink, _LINE)):
        for line in lines:
            yield axes.add_line(
                Line2D(
                    *line.T, color=colour, linewidth=width * view.line("hairline"), zorder=1.9,
                    transform=IdentityTransform(), gid=gid, solid_joinstyle="miter",
                )
            )  # fmt: skip
