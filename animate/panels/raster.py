"""An image that is made anew for the resolution at which it is drawn: on screen, or for print."""

# pyright: reportUnknownMemberType=false

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.image import AxesImage

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.transforms import Affine2D


class Raster(AxesImage):
    """An image over all of the axes; `make(dots)` returns it with `dots` to each pixel, each way.

    A vector file asks for several dots to a pixel, which matplotlib calls the magnification.
    """

    def __init__(
        self,
        axes: "Axes",
        make: Callable[[float], np.ndarray],
        extent: tuple[float, float, float, float],
    ) -> None:
        super().__init__(axes, extent=extent, origin="lower", interpolation="nearest", zorder=0)
        self._make, self._dots = make, 1.0
        self.set_data(make(1.0))
        axes.add_image(self)
        self.set_clip_path(axes.patch)

    def renew(self, extent: tuple[float, float, float, float]) -> None:
        """Show another picture of `make`, with the new `extent` in data coordinates."""
        self._dots = 1.0
        self.set(data=self._make(1.0), extent=extent)

    def make_image(
        self, renderer: "RendererBase", magnification: float = 1.0, unsampled: bool = False
    ) -> "tuple[np.ndarray, float, float, Affine2D]":
        """As in matplotlib, from data of the resolution that `magnification` asks for."""
        if magnification != self._dots:
            self._dots = magnification
            self.set_data(self._make(magnification))
        return super().make_image(renderer, magnification, unsampled)
