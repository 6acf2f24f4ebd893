"""The loss on a plane as a terrain: smooth between the points at which it was computed."""

import numpy as np

from animate.simulate.libraries import jnp
from animate.simulate.terrain import Terrain
from animate.surfaces.spline import interpolant, nodes

_LEAST = 1e-30
"""Losses below this, 0 included, count as this: the logarithm must be finite."""


def terrain_of(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> Terrain:
    """The terrain through the losses `z` [ny, nx] on `x` [nx], `y` [ny]: a spline of log z.

    It has the values of `z` at the grid's points, and is positive between them.
    """
    table = nodes(x, y, np.log(np.maximum(z, _LEAST)).astype(np.float64))
    spline, in_numpy = interpolant(x, y, table), interpolant(x, y, table, np)
    window = ((float(x[0]), float(x[-1])), (float(y[0]), float(y[-1])))
    return Terrain(
        lambda at_x, at_y: jnp.exp(spline(at_x, at_y)),
        window,
        in_numpy=lambda at_x, at_y: np.exp(in_numpy(at_x, at_y)),
    )
