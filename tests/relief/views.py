"""Surfaces and cameras for tests of the relief's pictures, and the picture of one."""

import math

import numpy as np

from animate.panels.relief.raytrace import (
    Camera,
    from_heights,
    look,
    picture,
)
from animate.simulate.terrain import Scale

WIDTH, HEIGHT = 160, 120
AS_IT_IS = Scale(log=False, low=0.0, high=1.0)
GREY = look(np.linspace([0.2] * 3, [0.9] * 3, 16), np.linspace(0.1, 0.9, 9))


def random_surface(seed):
    """A sum of waves and a bowl over the unit square, as t(x, y) in about [0, 1]."""
    rng = np.random.default_rng(seed)
    waves = rng.normal(size=(4, 2)) * 5.0
    phase, size = rng.uniform(0, 7, 4), rng.uniform(0.03, 0.12, 4)
    bowl = rng.uniform(-0.8, 0.8, 2)

    def height(x, y, xp=np):
        total = 0.5 + bowl[0] * x * x + bowl[1] * x * y
        for (a, b), p, s in zip(waves, phase, size, strict=True):
            total = total + s * xp.sin(a * x + b * y + p)
        return total

    return height


def camera_at(azimuth, elevation, vertical=0.6, zoom=1.0, width=WIDTH, height=HEIGHT):
    e, across = math.radians(elevation), math.sqrt(2.0)
    upright = across * abs(math.sin(e)) + vertical * abs(math.cos(e))
    scale = zoom * 0.9 * min(width / across, height / upright)
    return Camera(azimuth, elevation, scale, (width / 2, height / 2), vertical)


def random_camera(seed):
    rng = np.random.default_rng(1000 + seed)
    return camera_at(
        rng.uniform(-180, 180), rng.uniform(5, 85) * (1 if seed % 3 else -1), rng.uniform(0.3, 1)
    )


def field_of(height):
    nodes = np.linspace(-0.5, 0.5, 1025)
    return from_heights(height(nodes[None, :], nodes[:, None]))


def drawn(field, camera, style=GREY):
    return picture(field, camera.projection, style, width=WIDTH, height=HEIGHT)
