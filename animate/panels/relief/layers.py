"""All that stands still under a resting camera: drawn once, pasted into every picture."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from animate.figure.paths.brush import Brush
from animate.figure.view import DPI

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import RendererAgg

Draw = Callable[["RendererAgg"], None]


class Layers:
    """A layer below the trails and one above, for a panel at `box`: left, lower, right, upper."""

    def __init__(self, brush: Brush, box: tuple[int, int, int, int]) -> None:
        self._brush, self._box = brush, box
        self._below: np.ndarray | None = None
        self._above: np.ndarray | None = None

    def draw_below(self, renderer: "RendererAgg", draw: Draw) -> None:
        """What `draw` draws on the empty panel."""
        if self._below is None:
            draw(renderer)
            self._below = self._cut(renderer)
        self._lay(renderer, self._below)

    def draw_above(self, renderer: "RendererAgg", draw: Draw) -> None:
        """What `draw` draws over whatever there is."""
        from matplotlib.backends.backend_agg import RendererAgg

        if self._above is None:
            alone = RendererAgg(renderer.width, renderer.height, DPI)
            draw(alone)
            self._above = self._cut(alone)
        self._lay(renderer, self._above)

    def _cut(self, renderer: "RendererAgg") -> np.ndarray:
        left, lower, right, upper = self._box
        rgba = np.asarray(renderer.buffer_rgba())
        return rgba[len(rgba) - upper : len(rgba) - lower, left:right].copy()

    def _lay(self, renderer: "RendererAgg", rgba: np.ndarray) -> None:
        self._brush.picture(renderer, rgba, self._box[0], self._box[3])
