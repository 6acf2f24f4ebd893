"""Strokes and discs drawn straight onto a renderer, which is faster than matplotlib's artists."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from animate.theme import Marker

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase
    from matplotlib.path import Path
    from matplotlib.transforms import Bbox

Rgba = tuple[float, float, float, float]
"""sRGB and opacity, each from 0 to 1."""

CORE = 0.55
"""The radius of the core of a dot, as a share of the dot's."""
_CROSS = np.array([[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]]) * 0.8
_SHAPES: Mapping[Marker, np.ndarray] = {
    "s": np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) * 0.9,
    "D": np.array([[0, -1], [1, 0], [0, 1], [-1, 0], [0, -1]]) * 1.3,
    "^": np.array([[-1.1, -0.75], [1.1, -0.75], [0, 1.25], [-1.1, -0.75]]) * 1.15,
}
"""The heads that are no discs, for a radius of 1: about as large as a disc."""
WEDGE = np.array([[1.0, 0.0], [-0.7, 0.95], [-0.7, -0.95], [1.0, 0.0]])
"""The head of a run outside of the axes, to the right of them, for a radius of 1."""


class Brush:
    """Draws in pixels, y upwards, inside `clip` only. Colours are RGBA from 0 to 1."""

    def __init__(self, clip: "Bbox") -> None:
        from matplotlib.backend_bases import GraphicsContextBase
        from matplotlib.path import Path
        from matplotlib.transforms import Affine2D, IdentityTransform

        self._path, self._circle = Path, Path.unit_circle()
        self._unit = Path([[0.0, 0.0], [1.0, 0.0]])
        self._identity, self._affine = IdentityTransform(), Affine2D
        self._gc = GraphicsContextBase()
        self._gc.set_capstyle("round")
        self._gc.set_joinstyle("round")
        self._gc.set_snap(False)
        self._gc.set_clip_rectangle(clip)

    def stroke(
        self,
        renderer: "RendererBase",
        lines: Float[np.ndarray, "n 2 2"],
        colours: Float[np.ndarray, "n 4"] | Sequence[Rgba],
        widths: Float[np.ndarray, " n"] | Sequence[float],
    ) -> None:
        """Draw each of `lines` by itself, in order, with round ends.

        All are one collection, a unit line with a transform for each, so that a single call into
        Agg draws them; the pixels are those of one call a line.
        """
        if not len(lines):
            return
        places = np.zeros((len(lines), 3, 3))
        places[:, :2, 0] = lines[:, 1] - lines[:, 0]
        places[:, :2, 2] = lines[:, 0]
        places[:, 2, 2] = 1.0
        draw: Any = renderer.draw_path_collection  # the stub takes sequences only, not arrays
        draw(
            self._gc,
            self._identity,
            [self._unit] * len(lines),
            places,
            np.empty((0, 2)),
            self._identity,
            np.empty((0, 4)),
            np.asarray(colours),
            np.asarray(widths),
            [(0, None)],
            np.array([True]),
            [None],
            "screen",
        )

    def polyline(
        self,
        renderer: "RendererBase",
        points: np.ndarray,
        colour: Rgba,
        width: float,
        dashes: tuple[float, Sequence[float]] | None = None,
    ) -> None:
        """One line through `points` [n, 2]; `dashes` are an offset and lengths on and off."""
        self._draw(renderer, self._path(points), colour, width, dashes)

    def hatch(
        self, renderer: "RendererBase", lines: np.ndarray, colour: Rgba, width: float
    ) -> None:
        """Straight `lines` [n, 2, 2] as one shape: no darker where they cross."""
        codes = np.tile([self._path.MOVETO, self._path.LINETO], len(lines))
        self._draw(renderer, self._path(lines.reshape(-1, 2), codes), colour, width, None)

    def _draw(
        self,
        renderer: "RendererBase",
        path: "Path",
        colour: Rgba,
        width: float,
        dashes: tuple[float, Sequence[float]] | None,
    ) -> None:
        self._gc.set_foreground(colour, isRGBA=True)
        self._gc.set_linewidth(width)
        if dashes is not None:
            self._gc.set_dashes(*dashes)
        renderer.draw_path(self._gc, path, self._identity)
        self._gc.set_dashes(0, None)

    def fill(
        self, renderer: "RendererBase", outline: "Path", at: np.ndarray | Sequence[float],
        colour: Rgba, rim: float = 0.0,
    ) -> None:  # fmt: skip
        """`outline` filled with `colour`, its origin at `at`, with a `rim` in pixels around it."""
        self._gc.set_linewidth(2.0 * rim)
        self._gc.set_foreground(colour, isRGBA=True)
        place = self._affine().translate(*at)
        renderer.draw_path(self._gc, outline, place, colour)

    def picture(self, renderer: "RendererBase", rgba: np.ndarray, left: float, top: float) -> None:
        """A picture [row, column, 4] uint8, upper row first, its upper left corner at (left, top).

        It has the resolution of the renderer: in a vector file several dots to a pixel, which is
        what matplotlib calls the magnification.
        """
        bottom = top - len(rgba) / renderer.get_image_magnification()
        renderer.draw_image(self._gc, left, bottom, np.ascontiguousarray(rgba[::-1]))

    def dots(
        self, renderer: "RendererBase", places: Float[np.ndarray, "n 2"], radius: float,
        colours: tuple[Rgba | Float[np.ndarray, "n 4"], Rgba],
    ) -> None:  # fmt: skip
        """Small dots at `places` [n, 2], one after the other: the first of `colours`, of all or of
        each, around a core of the second."""
        self._pairs(renderer, places, (radius, CORE * radius), colours)

    def discs(
        self, renderer: "RendererBase", places: Float[np.ndarray, "n 2"], radius: float,
        ring: float, colours: tuple[Rgba | Float[np.ndarray, "n 4"], Rgba],
    ) -> None:  # fmt: skip
        """Round heads at `places` [n, 2], one after the other, as `head` draws one."""
        faces, edge = colours
        self._pairs(renderer, places, (radius + ring, radius), (edge, faces))

    def _pairs(
        self, renderer: "RendererBase", places: Float[np.ndarray, "n 2"],
        radii: tuple[float, float], colours: Sequence[Rgba | Float[np.ndarray, "n 4"]],
    ) -> None:  # fmt: skip
        """Two discs at each of `places` in turn, the second on the first, in a single call."""
        inks = np.empty((len(places), 2, 4))
        inks[:, 0], inks[:, 1] = colours
        scales = np.array([np.diag([radius, radius, 1.0]) for radius in radii])
        draw: Any = renderer.draw_path_collection  # the stub takes sequences only, not arrays
        draw(
            self._gc, self._identity, [self._circle], scales, places.repeat(2, axis=0),
            self._identity, inks.reshape(-1, 4), np.empty((0, 4)), [0.0], [(0, None)], [True],
            [None], "screen",
        )  # fmt: skip

    def head(
        self, renderer: "RendererBase", centre: np.ndarray, radius: float, ring: float,
        colours: tuple[Rgba, Rgba], marker: Marker = "o",
    ) -> None:  # fmt: skip
        """A head of `radius` with a `ring` around it, in pixels; colours: face, ring."""
        if marker == "o":
            self.discs(renderer, centre[None], radius, ring, colours)
            return
        place = self._affine().scale(radius).translate(*centre)
        shape = self._path(place.transform(_SHAPES[marker]), closed=True)
        self._rimmed(renderer, shape, ring, colours)

    def wedge(
        self,
        renderer: "RendererBase",
        centre: np.ndarray,
        towards: np.ndarray,
        size: tuple[float, float],
        colours: tuple[Rgba, Rgba],
    ) -> None:
        """A triangle that points in the direction `towards` [2], of a head outside of the axes.

        `size` is the radius and the width of the ring, in pixels; `colours` as for `disc`.
        """
        radius, ring = size
        turn = self._affine().rotate(np.arctan2(towards[1], towards[0])).translate(*centre)
        shape = self._path(turn.transform(WEDGE * radius), closed=True)
        self._rimmed(renderer, shape, ring, colours)

    def _rimmed(
        self, renderer: "RendererBase", shape: "Path", ring: float, colours: tuple[Rgba, Rgba]
    ) -> None:
        """`shape` filled with the first of `colours`, with a `ring` of the second around it."""
        face, edge = colours
        self._gc.set_foreground(edge, isRGBA=True)
        self._gc.set_linewidth(2 * ring)
        renderer.draw_path(self._gc, shape, self._identity)
        self._gc.set_linewidth(0.0)
        renderer.draw_path(self._gc, shape, self._identity, face)

    def cross(
        self, renderer: "RendererBase", centre: np.ndarray, radius: float, ring: float,
        colours: tuple[Rgba, Rgba],
    ) -> None:  # fmt: skip
        """A ✕ where a path ended, with the same casing as a head."""
        face, edge = colours
        lines = (_CROSS * radius + centre).reshape(2, 2, 2)
        core = 0.6 * radius
        self.stroke(renderer, lines, (edge, edge), (core + 2 * ring,) * 2)
        self.stroke(renderer, lines, (face, face), (core,) * 2)
