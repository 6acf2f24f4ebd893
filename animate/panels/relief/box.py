"""The box around the surface: walls, ticks and labels that follow the camera without a jump.

Which edges carry the ticks changes while the camera turns. Each edge therefore has an opacity that
follows the angle: the old edge fades out while the new one fades in. The change lies beside the
right angles, at which cameras like to rest: there the heights stand at the far left and the edge
into the picture is labelled at the right.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import View
from animate.figure.paths.brush import Brush, Rgba
from animate.figure.view import DPI
from animate.panels.relief.edges import (
    UPRIGHT,
    Edge,
    across,
    ends,
    flat_edges,
    upright,
    upright_edges,
    wall,
)
from animate.panels.relief.ground import Ground
from animate.panels.relief.lettering import Lettering, smooth
from animate.panels.relief.place import CORNERS, Pair, Place, Silhouette
from animate.panels.relief.raytrace import Camera

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase

_FADE = 0.04
"""How far from the angle at which two edges change places both are visible; 1: a right angle."""
_ROOM = 9.0
"""Sizes of type: the least width and height of a box that has numbers and names."""
_NEAR, _APART = 1.0, 1.4
"""Sizes of type: numbers one above the other are not drawn so near, and opaque this far apart."""
_SHORT = 1.2
"""Sizes of type: an edge no longer than this on the picture is seen end on, and has no ticks; one
of twice that length has all of them."""


class Box:
    """Draws the box around the surface for any camera; `ticks` are those along x, y and t."""

    def __init__(self, ground: Ground, view: View, brush: Brush) -> None:
        from matplotlib.colors import to_rgba

        (left, right), (low, high) = ground.terrain.window
        words = view.words
        along_x, along_y = view.axes
        x, y = across(left, right, along_x, words), across(low, high, along_y, words)
        self.ticks = x, y, upright(ground.scale, view.height_name, words)
        self._walls = {
            (axis, side): wall(axis, side, tuple(each.at for each in self.ticks))
            for axis in range(3)
            for side in ends(axis)
        }
        self._edges = [*flat_edges(x, y), *upright_edges(self.ticks[2])]
        self._view, self._brush = view, brush
        self._faint, self._muted = to_rgba(view.theme.faint), to_rgba(view.theme.muted)
        self.lettered = True
        self.lettering = Lettering(brush, view.theme.font, to_rgba(view.theme.paper))

    def margins(
        self, width: float, height: float, *, underneath: bool
    ) -> tuple[float, float, float, float]:
        """Pixels that ticks and labels take up to the left of the box, below, to the right, above.

        Seen from `underneath`, labels that else stand below the box may stand above it. In a panel
        of `width` × `height` pixels of which they would take more than half, either way, or leave
        hardly any, the box has none.
        """
        wide, size, label = self.lettering.width, self._view.type("tick"), self._view.type("label")
        x, y, t = self.ticks
        heights = max(wide(word, size) for word in t.labels)
        flat = max(wide(word, size) for word in (*x.labels, *y.labels))
        left = max(size + heights + 1.3 * label, size + 0.7 * flat)
        below, right = size + 0.7 * flat + 1.6 * label, size + flat + label
        above = below if underneath else label
        rest = width - left - right, height - below - above
        self.lettered = rest[0] >= width / 2.0 and rest[1] >= height / 2.0
        self.lettered &= min(rest) >= _ROOM * size
        if self.lettered:
            return left, below, right, above
        bare = 0.3 * size
        return bare, bare, bare, bare

    def draw_behind(self, renderer: "RendererBase", camera: Camera, place: Place) -> None:
        """The walls behind the surface, with a line at every tick."""
        width = self._view.line("hairline")
        for (outline, lines), opacity in self._standing(camera):
            self._brush.hatch(renderer, place(lines), _faded(self._faint, 0.55 * opacity), width)
            self._brush.polyline(renderer, place(outline), _faded(self._faint, opacity), width)

    def draw_labels(self, renderer: "RendererBase", camera: Camera, place: Place) -> None:
        """Ticks and labels, over everything; at a corner the later number gives way."""
        self.lettering.begin(Silhouette(place(CORNERS), place.axes))
        for edge, opacity in zip(self._edges, self._leads(camera), strict=True):
            if opacity > 0.01:
                self._label(renderer, place, edge, opacity)

    def written(self, camera: Camera, place: Place) -> list[tuple[Pair, Pair, float]]:
        """The middle, the half width and height, and the opacity of each word around the box."""
        from matplotlib.backends.backend_agg import RendererAgg

        self.draw_labels(RendererAgg(1, 1, DPI), camera, place)
        return list(self.lettering.written)

    def _standing(self, camera: Camera) -> Iterator[tuple[tuple[np.ndarray, np.ndarray], float]]:
        """Each wall that is behind the surface: its border and its lines, and its opacity."""
        for (axis, side), drawn in self._walls.items():
            if axis == 2:
                away = float(camera.projection.sine) * (0.5 - side)
            else:
                away = float(camera.projection.into[axis]) * side
            opacity = smooth(2 * away / 0.12)
            if opacity > 0.0:
                yield drawn, opacity

    def _leads(self, camera: Camera) -> Iterator[float]:
        """The opacity of each edge's ticks."""
        into, right = camera.projection.into.tolist(), camera.projection.right.tolist()
        left = [
            2 * _FADE * (a * into[0] + b * into[1]) - (a * right[0] + b * right[1])
            for a, b in UPRIGHT
        ]
        for edge in self._edges[:4]:
            yield _taken(edge.side * (2 * _FADE * right[edge.across] - into[edge.across]))
        for k, lead in enumerate(left):
            yield _taken(lead - max(other for j, other in enumerate(left) if j != k))

    def _label(self, renderer: "RendererBase", place: Place, edge: Edge, opacity: float) -> None:
        view, away = self._view, edge.away(place)
        *points, low, high = place(edge.points)
        width, size = view.line("hairline"), view.type("tick")
        opacity *= smooth(float(np.hypot(*(high - low))) / size / _SHORT - 1.0)
        if opacity <= 0.01:
            return
        faint, colour = _faded(self._faint, opacity), _faded(self._muted, opacity)
        self._brush.polyline(renderer, np.array([low, high]), faint, width)
        if not self.lettered:
            return
        marks = np.stack([points, np.array(points) + 0.35 * size * np.array(away)], axis=1)
        self._brush.hatch(renderer, marks, faint, width)
        write, widest = self.lettering, 0.0
        shares = _thinned(marks[:, 0] / size) if edge.axis == 2 else np.ones(len(marks))
        for at, word, share in zip(marks[:, 0].tolist(), edge.ticks.labels, shares, strict=True):
            if share <= 0.01:
                continue
            ink = _faded(colour, share)
            reach = write.number(renderer, word, size, at, away, 0.7 * size, ink)
            widest = max(widest, reach)
        size, name = view.type("label"), edge.ticks.name
        middle, gap = ((low + high) / 2.0).tolist(), widest + 0.3 * size
        write.name(renderer, name, size, middle, away, gap, colour, upright=edge.axis == 2)


def _thinned(at: np.ndarray) -> list[float]:
    """The opacity of numbers one above the other `at` [n, 2], in sizes of type: all of them where
    they are apart, else every second, fourth, … one, which fade in and out as the box turns."""
    shares = [1.0]
    for k in range(1, len(at)):
        ways = np.diff(at[:: k & -k], axis=0)
        nearest = float(np.hypot(*ways.T).min())
        shares.append(smooth((nearest - _NEAR) / (_APART - _NEAR)))
    return shares


def _taken(lead: float) -> float:
    """The opacity of an edge with this lead over the other that might carry its ticks."""
    return smooth((lead + _FADE) / (2.0 * _FADE))


def _faded(colour: Rgba, opacity: float) -> Rgba:
    return (*colour[:3], colour[3] * opacity)
