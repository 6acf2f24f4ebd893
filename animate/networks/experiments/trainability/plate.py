"""Nested pictures, each finer than the one around it, and a window that zooms into them."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.artist import Artist

from animate.figure.paths.brush import Brush

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase


class Plate(Artist):
    """The levels seen through a window, resampled to the nearest pixel, which takes a tenth of the
    time of matplotlib's own images."""

    def __init__(self, axes: "Axes", images: np.ndarray, windows: np.ndarray) -> None:
        super().__init__()
        box = axes.get_window_extent()
        self._left, self._top = round(box.x0), round(box.y1)
        self._shape = np.array([round(box.height), round(box.width)])
        self._brush = Brush(axes.bbox)
        self._images, self._windows = images, windows
        self.set_zorder(0)

    def show(self, step: float) -> np.ndarray:
        """Draw as at `step` from now on; returns the window [2, 2] there."""
        self._window = window_at(self._windows, step)
        return self._window

    def draw(self, renderer: "RendererBase") -> None:
        shape = np.round(self._shape * renderer.get_image_magnification()).astype(int)
        rows, columns = shape.tolist()
        picture = resampled(self._images, self._windows, self._window, (rows, columns))
        self._brush.picture(renderer, picture[::-1], self._left, self._top)


def window_at(windows: np.ndarray, step: float) -> np.ndarray:
    """The window [2, 2] at a fractional level; its size changes geometrically about one point."""
    level = min(int(step), len(windows) - 2)
    outer, inner = windows[level], windows[level + 1]
    ratio = np.ptp(inner, axis=1) / np.ptp(outer, axis=1)
    fixed = (inner[:, 0] - ratio * outer[:, 0]) / (1 - ratio)
    scale = (ratio ** (step - level))[:, None]
    return fixed[:, None] + scale * (outer - fixed[:, None])


def resampled(
    images: np.ndarray, windows: np.ndarray, window: np.ndarray, shape: tuple[int, int]
) -> np.ndarray:
    """The picture [row, column, 4] of `window`, with the nearest pixel of the finest level that
    covers each place; `images` [level, y, x, 4], like the picture, begin with the lowest row."""
    axes = [
        low + (high - low) * (np.arange(n) + 0.5) / n
        for (low, high), n in zip(window, shape[::-1], strict=True)
    ]
    picture = np.zeros(shape, np.uint32)
    words = images.view(np.uint32)[..., 0]
    for image, (across, up) in zip(words, windows, strict=True):
        columns, rows = (
            _pixels(axis, ends, len(image)) for axis, ends in zip(axes, (across, up), strict=True)
        )
        down, along = (np.flatnonzero(places >= 0) for places in (rows, columns))
        if len(down) and len(along):
            here = slice(down[0], down[-1] + 1), slice(along[0], along[-1] + 1)
            picture[here] = image.take(columns[here[1]], axis=1).take(rows[here[0]], axis=0)
    return picture.view(np.uint8).reshape(*shape, 4)


def _pixels(axis: np.ndarray, ends: np.ndarray, count: int) -> np.ndarray:
    """Index of the nearest of `count` grid points to each place of `axis`; −1 outside `ends`."""
    place = np.round((axis - ends[0]) / (ends[1] - ends[0]) * (count - 1)).astype(int)
    inside = (axis >= ends[0]) & (axis <= ends[1])
    return np.where(inside, place, -1)
