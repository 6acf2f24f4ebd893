"""Heads: small balls resting on the surface, lit by the lamp that lights it."""

import math

import numpy as np
from jaxtyping import UInt8

_LAMP = np.array([-0.5, 0.5, 0.7]) / math.sqrt(0.99)


def ball(
    centre: np.ndarray, radius: float, colour: np.ndarray, ring: np.ndarray, width: float
) -> tuple[UInt8[np.ndarray, "row column 4"], float, float]:
    """A ball's picture, its left and its upper edge in whole pixels, y upwards.

    `centre` [2] in pixels with fractions, which the picture shows; `colour` and `ring` [3] are sRGB
    from 0 to 1, the ring `width` pixels wide around the ball. Lambert's law, a sky and a glint.
    """
    reach = math.ceil(radius + width) + 1
    left, bottom = math.floor(centre[0]) - reach, math.floor(centre[1]) - reach
    grid = np.arange(2 * reach + 1) + 0.5
    x, y = left + grid[None, :] - centre[0], (bottom + grid[::-1, None]) - centre[1]
    away = np.hypot(x, y)
    nx, ny = x / radius, y / radius
    nz = np.sqrt(np.clip(1.0 - nx * nx - ny * ny, 0.0, 1.0))
    facing = nx * _LAMP[0] + ny * _LAMP[1] + nz * _LAMP[2]
    light = 0.62 + 0.2 * ny + 0.45 * np.clip(facing, 0.0, 1.0)
    glint = np.clip(facing, 0.0, 1.0) ** 18 * 0.55
    shaded = np.clip(colour * light[..., None], 0.0, 1.0)
    shaded = shaded + (1.0 - shaded) * glint[..., None]
    inner = np.clip(radius - away + 0.5, 0.0, 1.0)[..., None]
    outer = np.clip(radius + width - away + 0.5, 0.0, 1.0)
    picture = np.concatenate([ring + (shaded - ring) * inner, outer[..., None]], axis=-1)
    return np.round(picture * 255.0).astype(np.uint8), left, bottom + len(grid)
