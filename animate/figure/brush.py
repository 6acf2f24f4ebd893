"""Strokes and discs straight onto an Agg renderer: a frame has no time for matplotlib's artists."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import RendererAgg

_CROSS = np.array([[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]]) * 0.8


class Brush:
    """Draws in pixels, y upwards, inside `clip` only. Colours are RGBA from 0 to 1."""

    def __init__(self, clip: Any) -> None:
        from matplotlib.backend_bases import GraphicsContextBase
        from matplotlib.path import Path
        from matplotlib.transforms import Affine2D, IdentityTransform

        self._path, self._circle = Path, Path.unit_circle()
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
        colours: Sequence[Any],
        widths: np.ndarray | Sequence[float],
    ) -> None:
        """Draw each of `lines` [n, 2, 2] by itself, in order, with round ends."""
        for line, colour, width in zip(lines, colours, widths, strict=True):
            self._gc.set_foreground(colour, isRGBA=True)
            self._gc.set_linewidth(width)
            renderer.draw_path(self._gc, self._path(line), self._identity)

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

    def cross(
        self, renderer: "RendererAgg", centre: np.ndarray, radius: float, ring: float, colours: Any
    ) -> None:
        """A ✕ where a path ended, with the same casing as a head."""
        face, edge = colours
        lines = (_CROSS * radius + centre).reshape(2, 2, 2)
        core = 0.6 * radius
        self.stroke(renderer, lines, (edge, edge), (core + 2 * ring,) * 2)
        self.stroke(renderer, lines, (face, face), (core,) * 2)
