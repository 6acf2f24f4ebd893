"""Contact shadows: where a trail or a head touches the surface, away from the lamp."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from animate.figure.paths.brush import Brush

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase

_BEYOND, _SHADE = 2.0, 0.14
"""A trail's shadow: pixels by which it is wider than the casing, and how opaque it is."""
_AWAY = 0.55
"""How far a shadow falls, in widths of a trail, or in radii of a head."""
_DARK = 0.42
"""How opaque a head's shadow is in its middle."""
_FINE = 4
"""Places to a pixel that a head's shadow has: it is computed once for each."""
_COARSE = 4
"""Of the points of a trail its shadow has every so many."""
_REACH = 1.7
"""The radius of a head's shadow, in radii of the head."""


class Shadows:
    """Draws shadows of trails `width` pixels wide, with their casing, and of heads of a `radius`.

    `light` is the lamp's direction, in degrees clockwise from upwards.
    """

    def __init__(self, brush: Brush, light: float, width: float, radius: float) -> None:
        angle = math.radians(light)
        self._brush, self._width, self._radius = brush, width, radius
        self._away = -_AWAY * np.array([math.sin(angle), math.cos(angle)])

    def of_trails(self, renderer: "RendererBase", pieces: Sequence[np.ndarray]) -> None:
        """The shadow of `pieces` [n, 2] of trails, in pixels: one shape, no darker where they
        cross."""
        if not pieces:
            return
        coarse = [np.vstack([points[:-1:_COARSE], points[-1:]]) for points in pieces]
        fallen = joined(coarse) + self._away * self._width
        self._brush.polyline(renderer, fallen, (0.0, 0.0, 0.0, _SHADE), self._width + _BEYOND)

    def of_head(self, renderer: "RendererBase", at: np.ndarray, flat: float) -> None:
        """The shadow of a head that touches the surface at the pixel `at`; `flat` is its height
        over its width."""
        dots = renderer.get_image_magnification()
        radius = dots * _REACH * self._radius
        centre = dots * (at + self._away * self._radius * np.array([1.0, flat]))
        place = np.round(centre * _FINE).astype(int)
        (left, bottom), part = place // _FINE, place % _FINE
        rgba = _disc(radius, round(flat, 1), int(part[0]), int(part[1]))
        reach = len(rgba) // 2
        self._brush.picture(renderer, rgba, (left - reach) / dots, (bottom + reach) / dots)


def joined(lines: Sequence[np.ndarray]) -> np.ndarray:
    """Several lines [n, 2] as one shape, for a single call: they are apart by a NaN.

    >>> joined([np.zeros((2, 2)), np.ones((3, 2))]).shape
    (7, 2)
    """
    gap = np.full((1, 2), np.nan)
    return np.concatenate([part for line in lines for part in (line, gap)])


@lru_cache(256)
def _disc(radius: float, flat: float, right: int, up: int) -> np.ndarray:
    """A soft dark disc [row, column, 4] uint8, `right` and `up` parts of a pixel off its middle."""
    reach = math.ceil(radius) + 1
    grid = np.arange(-reach, reach) + 0.5
    x, y = grid[None, :] - right / _FINE, (grid[::-1, None] - up / _FINE) / flat
    near = np.clip(1.0 - (x * x + y * y) / radius**2, 0.0, 1.0)
    rgba = np.zeros((*near.shape, 4), np.uint8)
    rgba[..., 3] = np.round(255 * _DARK * near**1.5)
    return rgba
