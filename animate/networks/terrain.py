"""The loss on a plane as a terrain: smooth between the points at which it was computed."""

from collections.abc import Sequence

import numpy as np

from animate.simulate.libraries import jnp
from animate.simulate.scale import Heights
from animate.simulate.terrain import Terrain
from animate.surfaces.spline import interpolant, nodes

_LEAST = 1e-30
"""The least loss that has a logarithm here: below it is rounding."""


def terrain_of(
    x: np.ndarray,
    y: np.ndarray,
    z: np.ndarray,
    *,
    log: bool = True,
    beside: Sequence[np.ndarray] = (),
) -> Terrain:
    """The terrain through the losses `z` [ny, nx] on `x` [nx], `y` [ny].

    It has the values of `z` at the grid's points and stays in their range between them. Losses that
    are all positive are interpolated as log z, unless `log` is false; where one is zero or below,
    as z itself. Its scale is that of all planes `beside` which it is seen, itself among them.
    """
    window = ((float(x[0]), float(x[-1])), (float(y[0]), float(y[-1])))
    heights = z.astype(np.float64)
    positive = log and bool((heights >= _LEAST).all())
    table = nodes(x, y, np.log(heights) if positive else heights)
    surface, in_numpy = interpolant(x, y, table), interpolant(x, y, table, np)
    shared = None
    if len(beside) > 1:
        every = np.concatenate([np.ravel(each) for each in beside]).astype(np.float64)
        every = every[np.isfinite(every)]
        shared = Heights.of(every, float(every.min()), float(every.max()))
    if not positive:
        return Terrain(
            surface, window, in_numpy=lambda *at: np.asarray(in_numpy(*at)), shared=shared
        )
    return Terrain(
        lambda at_x, at_y: jnp.exp(surface(at_x, at_y)),
        window,
        in_numpy=lambda at_x, at_y: np.exp(in_numpy(at_x, at_y)),
        shared=shared,
    )
