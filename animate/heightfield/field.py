"""The surface as the renderer takes it: heights and slopes on a fine grid over the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from animate.lazy import lazy

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
else:
    jax = lazy("jax")
    jnp = lazy("jax.numpy")

NODES = 1025
"""Nodes along each side: at 640 × 480 nearly two to a pixel, heights true to 1e-4 of the box."""

REACH = 2
"""Nodes to either side that a slope is taken over."""

Window = tuple[tuple[float, float], tuple[float, float]]


class Field(NamedTuple):
    """A height field over the unit square.

    `tables` [3, ny, nx] float32, rows along y: the height t in [0, 1], NaN in holes, and its
    derivatives along x and y per side of the square. `holes`: whether there is any NaN.
    """

    tables: "jax.Array"
    holes: bool


def sampled(
    function: Callable[[Any, Any], Any],
    window: Window,
    scale: Callable[[np.ndarray], np.ndarray],
    *,
    nodes: int = NODES,
) -> Field:
    """The field of `function` (x, y) -> z, evaluated in float64 at every node of the window.

    `scale` takes z to t in [0, 1]. What is not finite becomes a hole.
    """
    (left, right), (low, high) = window
    with jax.enable_x64(True):
        x, y = jnp.meshgrid(jnp.linspace(left, right, nodes), jnp.linspace(low, high, nodes))
        z = np.asarray(jnp.broadcast_to(jax.jit(function)(x, y), x.shape))
    return from_heights(scale(z))


def refined(
    x: np.ndarray,
    y: np.ndarray,
    z: np.ndarray,
    scale: Callable[[np.ndarray], np.ndarray],
    *,
    nodes: int = NODES,
) -> Field:
    """The field of a table z[ny, nx] over ascending x[nx] and y[ny], through cubics.

    Catmull and Rom's (1974) cubic with the slopes of the three-point formula on uneven nodes: it
    passes through every value and its slope is continuous, so the light shows no facets.
    """
    across, down = np.linspace(x[0], x[-1], nodes), np.linspace(y[0], y[-1], nodes)
    t = np.asarray(scale(np.asarray(z, float)), float)
    return from_heights(_cubic(y, _cubic(x, t.T, across).T, down))


def _cubic(knots: np.ndarray, values: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Hermite's cubic through values[n, m] at knots[n], read at at[k]: [k, m]."""
    knots = np.asarray(knots, float)
    slopes = np.gradient(values, knots, axis=0, edge_order=2 if len(knots) > 2 else 1)
    i = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(knots) - 2)
    step = (knots[i + 1] - knots[i])[:, None]
    s = ((at - knots[i])[:, None]) / step
    rise = s * s * (3.0 - 2.0 * s)
    bend = s * (1.0 - s)
    return (
        values[i] * (1.0 - rise)
        + values[i + 1] * rise
        + step * bend * ((1.0 - s) * slopes[i] - s * slopes[i + 1])
    )


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
