"""The heads of paths: where each path is now, diverged, or outside of the axes."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Float

from animate.figure.paths.brush import Brush, Rgba
from animate.figure.view import View
from animate.theme import Marker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg

_AT_EDGE = 0.01
"""Pixels by which what stands at the edge of the axes may be rounded beyond it."""


class Head(NamedTuple):
    """A head at the place `at` in pixels; `lost`: its run has diverged."""

    at: np.ndarray
    colour: Rgba
    marker: Marker
    lost: bool


class Heads:
    """Draws heads on one axes; `radius` and `ring` are their sizes in pixels."""

    def __init__(self, axes: "Axes", view: View) -> None:
        from matplotlib.transforms import Bbox

        self._axes = axes
        self.radius, self.ring = view.line("head"), view.line("casing")
        self._brush = Brush(axes.bbox)
        self._unclipped = Brush(Bbox.from_extents(*axes.figure.bbox.extents))

    def draw(self, renderer: "RendererAgg", heads: Iterable[Head], casing: Rgba) -> None:
        """Draw `heads` one after the other; discs that follow each other in one call, which takes a
        quarter of the time."""
        discs: list[Head] = []
        for head in heads:
            if head.marker == "o" and not head.lost and not self.beyond(head.at).any():
                discs.append(head)
                continue
            self._draw_discs(renderer, discs, casing)
            discs.clear()
            self._draw(renderer, head, (head.colour, casing))
        self._draw_discs(renderer, discs, casing)

    def _draw_discs(self, renderer: "RendererAgg", discs: Sequence[Head], casing: Rgba) -> None:
        if discs:
            places = np.array([each.at for each in discs])
            faces = np.array([each.colour for each in discs])
            self._unclipped.discs(renderer, places, self.radius, self.ring, (faces, casing))

    def _draw(self, renderer: "RendererAgg", head: Head, colours: tuple[Rgba, Rgba]) -> None:
        """Its shape; a cross once the run has diverged, where it left the axes; a wedge at the edge
        for a head outside.

        A head whose middle is on the axes is whole, also where it reaches beyond them; else it is
        the wedge, so that there is one of both at every moment.
        """
        (left, bottom), (right, top) = self._axes.bbox.get_points()
        edge, size = self.radius + self.ring, (self.radius, self.ring)
        inside = np.clip(head.at, (left + edge, bottom + edge), (right - edge, top - edge))
        beyond = self.beyond(head.at)
        if head.lost:
            self._brush.cross(renderer, inside, *size, colours)
        elif beyond.any():
            self._brush.wedge(renderer, inside, beyond, size, colours)
        else:
            self._unclipped.head(renderer, head.at, *size, colours, head.marker)

    def beyond(self, at: np.ndarray) -> np.ndarray:
        """How far `at` is outside of the axes, [2] in pixels; 0 on them and at their very edge."""
        low, high = self._axes.bbox.get_points()
        beyond = at - np.clip(at, low, high)
        return np.where(np.abs(beyond) < _AT_EDGE, 0.0, beyond)


def where_left(
    path: Float[np.ndarray, "n 2"], low: Float[np.ndarray, "2"], high: Float[np.ndarray, "2"]
) -> Float[np.ndarray, "2"] | None:
    """Where a path goes out of the box from `low` to `high` for the last time, or ends in it; None
    for one that is never in it."""
    with np.errstate(invalid="ignore"):
        within = np.flatnonzero(((low <= path) & (path <= high)).all(-1))
    if not len(within):
        return None
    last = int(within[-1])
    here, after = path[last], path[min(last + 1, len(path) - 1)]
    if not np.isfinite(after).all():
        return here
    share = 1.0
    for place, way, first, end in zip(here, after - here, low, high, strict=True):
        if way:
            share = min(share, float(((end if way > 0 else first) - place) / way))
    return np.clip(here + share * (after - here), low, high)
