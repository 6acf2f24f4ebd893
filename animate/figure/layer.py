"""A layer: a transparent picture as large as the whole, which is laid over what is below it."""

import numpy as np

from animate.figure.view import DPI

CLEAR = 0xFFFFFF
"""The greatest word of a pixel whose highest byte, its opacity, is 0."""


class Layer:
    """What `renderer` has drawn, for as often as it is wanted; `take` after it drew something."""

    def __init__(self, width: int, height: int) -> None:
        from matplotlib.backends.backend_agg import RendererAgg

        self.renderer = RendererAgg(width, height, DPI)
        self._pixels = np.asarray(self.renderer.buffer_rgba())
        self._inked = np.empty(0, int)

    def clear(self) -> None:
        """Make it empty."""
        self.renderer.clear()
        self._inked = np.empty(0, int)

    def take(self) -> None:
        """Find the pixels that are inked by now."""
        self._inked = np.flatnonzero(self._pixels.view("<u4") > CLEAR)

    def lay_over(self, pixels: np.ndarray) -> None:
        """Blend it over the opaque `pixels` [height, width, 4] uint8, in place."""
        ground = pixels.reshape(-1, 4)
        ink = self._pixels.reshape(-1, 4)[self._inked].astype(np.uint16)
        alpha = ink[:, 3:]
        below = ground[self._inked].astype(np.uint16)
        ground[self._inked] = (ink * alpha + below * (255 - alpha) + 127) // 255
        ground[self._inked, 3] = 255
