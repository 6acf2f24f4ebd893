"""The surface as the renderer takes it: heights and slopes on a fine grid over the window."""

from typing import NamedTuple

import numpy as np

from animate.simulate.libraries import jax, jnp

REACH = 2
"""Nodes to either side that a slope is taken over."""


class Field(NamedTuple):
    """A height field over the unit square.

    `tables` [3, ny, nx] float32, rows along y: the height t in [0, 1], NaN in holes, and its
    derivatives along x and y per side of the square. `holes`: whether there is any NaN.
    """

    tables: "jax.Array"
    holes: bool


def from_heights(t: np.ndarray) -> Field:
    """The field of heights t[ny, nx] on evenly spaced nodes; what is not finite is a hole."""
    height = np.where(np.isfinite(t), t, np.nan).astype(np.float32)
    slope_y, slope_x = (np.moveaxis(_slope(np.moveaxis(height, a, 0)), 0, a) for a in (0, 1))
    return Field(jnp.asarray(np.stack([height, slope_x, slope_y])), bool(np.isnan(height).any()))


def _slope(height: np.ndarray) -> np.ndarray:
    """d(height) per side of the square along the first axis, from two nodes before to two behind.

    So wide, about a pixel, that a cliff between two nodes is met wherever a ray ends on it. At the
    border and beside a hole the nodes that are there decide; a lone node is level.
    """
    nodes = len(height)
    here = np.arange(nodes)
    ahead, behind = np.minimum(here + REACH, nodes - 1), np.maximum(here - REACH, 0)
    slope = (height[ahead] - height[behind]) * ((nodes - 1) / (ahead - behind))[:, None]
    slope = slope.astype(np.float32)
    if np.isnan(slope).any():
        for a, b in ((ahead, here), (here, behind)):
            one_sided = (height[a] - height[b]) * ((nodes - 1) / np.maximum(a - b, 1))[:, None]
            slope = np.where(np.isnan(slope), one_sided.astype(np.float32), slope)
    return np.nan_to_num(slope)
