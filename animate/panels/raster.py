"""An image that is made anew for the resolution at which it is drawn: on screen, or for print."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.image import AxesImage

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Raster(AxesImage):
    """What `make` makes of a number of dots to each pixel of the picture, over all of the axes.

    Vector files ask for more of them (matplotlib calls that magnification) than the screen does.
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
        """Ask `make` for another picture, of what has that extent."""
        self._dots = 1.0
        self.set(data=self._make(1.0), extent=extent)

    def make_image(self, renderer: Any, magnification: float = 1.0, unsampled: bool = False):
        """matplotlib's own, of data with as many dots."""
        if magnification != self._dots:
            self._dots = magnification
            self.set_data(self._make(magnification))
        return super().make_image(renderer, magnification, unsampled)
