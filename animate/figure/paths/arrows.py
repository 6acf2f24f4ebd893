"""Arrows and rings in pixels: what stands at a head, and the same in the legend."""

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from animate.figure.view import Shape, View

if TYPE_CHECKING:
    from matplotlib.patches import Polygon

_HEAD_LONG = 4.0
"""Length of an arrow's head, in widths of its shaft."""
_HEAD_WIDE = 1.9
"""Half width of an arrow's head, in widths of its shaft."""
_LEAST = 1.5
"""Pixels below which an arrow has no direction left to show."""


def outline(
    shape: Shape, tail: Float[np.ndarray, "2"], tip: Float[np.ndarray, "2"], width: float
) -> Float[np.ndarray, "corner 2"]:
    """The corners of an arrow from `tail` to `tip`, or of a ring around `tip`; none if too short.

    The head of an arrow shorter than its head shrinks with it.
    """
    if shape == "ring":
        turn = np.linspace(0, 2 * np.pi, 25)
        return tip + 2.2 * width * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    length = float(np.hypot(*(tip - tail)))
    if not length > _LEAST:
        return np.full((1, 2), np.nan)
    along = (tip - tail) / length
    across = np.array([-along[1], along[0]])
    scale = min(1.0, 0.8 * length / (_HEAD_LONG * width))
    neck, half = length - _HEAD_LONG * width * scale, width * scale / 2
    wide = _HEAD_WIDE * width * scale
    half_shape = np.array([[0.0, half], [neck, half], [neck, wide], [length, 0.0]])
    corners = np.concatenate([half_shape, half_shape[-2::-1] * [1, -1]])
    return tail + corners @ np.stack([along, across])


def patch(shape: Shape, colour: str, view: View, zorder: float = 1) -> "Polygon":
    """An artist without corners yet: those that `outline` returns, in pixels, are to be set."""
    from matplotlib.patches import Polygon
    from matplotlib.transforms import IdentityTransform

    width = view.line("arrow")
    face, edge, line = (colour, view.theme.casing, 0.3 * width)
    if shape == "ring":
        face, edge, line = ("none", colour, 0.6 * width)
    return Polygon(
        np.full((1, 2), np.nan),
        facecolor=face,
        edgecolor=edge,
        linewidth=line,
        joinstyle="round",
        transform=IdentityTransform(),
        zorder=zorder,
    )
