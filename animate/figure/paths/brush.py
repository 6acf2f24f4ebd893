"""Strokes and discs straight onto an Agg renderer: a frame has no time for matplotlib's artists."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase
    from matplotlib.backends.backend_agg import RendererAgg

_CROSS = np.array([[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]]) * 0.8
_WEDGE = np.array([[1.0, 0.0], [-0.7, 0.95], [-0.7, -0.95], [1.0, 0.0]])


class Brush:
    """Draws in pixels, y upwards, inside `clip` only. Colours are RGBA from 0 to 1."""

    def __init__(self, clip: Any) -> None:
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
        renderer: "RendererAgg",
        lines: np.ndarray,
        colours: np.ndarray | Sequence[Any],
        widths: np.ndarray | Sequence[float],
    ) -> None:
        """Draw each of `lines` [n, 2, 2] by itself, in order, with round ends.

        One call draws them all: a unit line, placed anew for each. The pixels are those of as many
        calls.
        """
        if not len(lines):
            return
        places = np.zeros((len(lines), 3, 3))
        places[:, :2, 0] = lines[:, 1] - lines[:, 0]
        places[:, :2, 2] = lines[:, 0]
        places[:, 2, 2] = 1.0
        draw: Any = renderer.draw_path_collection  # its stub knows no arrays
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
        colour: Any,
        width: float,
        dashes: tuple[float, Sequence[float]] | None = None,
    ) -> None:
        """One line through `points` [n, 2]; `dashes` are an offset and lengths on and off."""
        self._draw(renderer, self._path(points), colour, width, dashes)

    def hatch(self, renderer: "RendererBase", lines: np.ndarray, colour: Any, width: float) -> None:
        """Straight `lines` [n, 2, 2] as one shape: no darker where they cross."""
        codes = np.tile([self._path.MOVETO, self._path.LINETO], len(lines))
        self._draw(renderer, self._path(lines.reshape(-1, 2), codes), colour, width, None)

    def _draw(
        self,
        renderer: "RendererBase",
        path: Any,
        colour: Any,
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
        self, renderer: "RendererBase", outline: Any, at: np.ndarray | Sequence[float], colour: Any,
        rim: float = 0.0,
    ) -> None:  # fmt: skip
        """A matplotlib path filled with `colour`, its origin at `at`, with a `rim` around it."""
        self._gc.set_linewidth(2.0 * rim)
        self._gc.set_foreground(colour, isRGBA=True)
        place = self._affine().translate(*at)
        renderer.draw_path(self._gc, outline, place, tuple(colour))

    def picture(self, renderer: "RendererBase", rgba: np.ndarray, left: float, top: float) -> None:
        """An opaque or transparent picture [row, column, 4], upper row first, at its upper left.

        It has the dots of the renderer, which may be several to a pixel: its magnification.
        """
        bottom = top - len(rgba) / renderer.get_image_magnification()
        renderer.draw_image(self._gc, left, bottom, np.ascontiguousarray(rgba[::-1]))

    def disc(
        self, renderer: "RendererAgg", centre: np.ndarray, radius: float, ring: float, colours: Any
    ) -> None:
        """A round head of `radius` with a `ring` around it, in pixels; colours: face, ring."""
        face, edge = colours
        self._gc.set_linewidth(0.0)
        for colour, size in ((edge, radius + ring), (face, radius)):
            self._gc.set_foreground(colour, isRGBA=True)
            place = self._affine().scale(size).translate(*centre)
            renderer.draw_path(self._gc, self._circle, place, tuple(colour))

    def wedge(
        self,
        renderer: "RendererAgg",
        centre: np.ndarray,
        towards: np.ndarray,
        size: tuple[float, float],
        colours: Any,
    ) -> None:
        """A triangle that points `towards` where a head is out of sight; size: radius, ring."""
        face, edge = colours
        radius, ring = size
        turn = self._affine().rotate(np.arctan2(towards[1], towards[0])).translate(*centre)
        shape = self._path(turn.transform(_WEDGE * radius), closed=True)
        self._gc.set_foreground(edge, isRGBA=True)
        self._gc.set_linewidth(2 * ring)
        renderer.draw_path(self._gc, shape, self._identity)
        self._gc.set_linewidth(0.0)
        renderer.draw_path(self._gc, shape, self._identity, tuple(face))

    def cross(
        self, renderer: "RendererAgg", centre: np.ndarray, radius: float, ring: float, colours: Any
    ) -> None:
        """A ✕ where a path ended, with the same casing as a head."""
        face, edge = colours
        lines = (_CROSS * radius + centre).reshape(2, 2, 2)
        core = 0.6 * radius
        self.stroke(renderer, lines, (edge, edge), (core + 2 * ring,) * 2)
        self.stroke(renderer, lines, (face, face), (core,) * 2)
