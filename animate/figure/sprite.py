"""Artists that never change: drawn once, and from then on laid down as an image."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist

from animate.figure.layer import CLEAR
from animate.figure.view import DPI

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase
    from matplotlib.backends.backend_agg import RendererAgg


class Sprite(Artist):
    """Shows `parts`, in pixels, all or none of them: as an image in a picture of pixels, which is
    many times as quick as their words would be at every frame, and as they are in any other."""

    def __init__(self, parts: Sequence[Artist], zorder: float) -> None:
        super().__init__()
        self._parts = list(parts)
        self._image: tuple[float, float, np.ndarray] | None = None
        self.set_zorder(zorder)

    def get_children(self) -> list[Artist]:
        """Its parts."""
        return self._parts

    def set_figure(self, fig: Any) -> None:  # a Figure or one of its parts, as matplotlib has it
        """Put it and its parts onto a figure."""
        super().set_figure(fig)
        for part in self._parts:
            part.set_figure(fig)

    def draw(self, renderer: "RendererBase") -> None:
        """Draw it, if it is visible."""
        from matplotlib.backends.backend_agg import RendererAgg

        if not self.get_visible():
            return
        if not isinstance(renderer, RendererAgg) or renderer.dpi != DPI:
            for part in self._parts:
                part.draw(renderer)
            return
        if self._image is None:
            self._image = image_of(self._parts, renderer)
        renderer.draw_image(renderer.new_gc(), *self._image)


def image_of(parts: Sequence[Artist], like: "RendererAgg") -> tuple[float, float, np.ndarray]:
    """Where the lower left corner of the parts is in a picture like that one, and their pixels
    [row, column, 4] from below."""
    from matplotlib.backends.backend_agg import RendererAgg

    height, width, _ = np.asarray(like.buffer_rgba()).shape
    renderer = RendererAgg(width, height, DPI)
    for part in parts:
        part.draw(renderer)
    pixels = np.asarray(renderer.buffer_rgba())
    inked = pixels.view("<u4")[..., 0] > CLEAR
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not len(rows):
        return 0.0, 0.0, pixels[:1, :1].copy()
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    left, right = int(columns[0]), int(columns[-1]) + 1
    image = pixels[top:bottom, left:right][::-1].copy()
    return float(left), float(height - bottom), image
