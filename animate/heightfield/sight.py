"""Which points around a surface the camera sees: trails, markers, the lines of the box."""

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.heightfield.camera import View
from animate.heightfield.field import Field
from animate.heightfield.horizon import ground, reach, row_of, span
from animate.heightfield.tables import bilinear
from animate.lazy import lazy

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
    from jax import Array, lax
else:
    jax = lazy("jax")
    jnp = lazy("jax.numpy")
    lax = lazy("jax.lax")

SAMPLES = 256
"""Places between a point and the near end of its ground line where the surface is looked at."""
TOLERANCE = 0.5
"""Pixels by which the surface must pass a ray before it counts as crossed."""


def seen(field: Field, view: View, points: np.ndarray) -> np.ndarray:
    """Whether nothing of the surface stands between the viewer and each of `points` [n, 3].

    Points are (x, y, t) as the camera takes them, on the surface or off it. A point of the surface
    is seen from below as well as from above. Compiled once for each power of two of n.
    """
    count = len(points)
    padded = np.zeros((1 << max(count - 1, 63).bit_length(), 3), np.float32)
    padded[:count] = points
    return np.asarray(_compiled()(field.tables[:1], view, padded))[:count]


@cache
def _compiled() -> Any:
    return jax.jit(_seen)


def _seen(height: "Array", view: View, points: "Array") -> "Array":
    """A ray is stopped where the surface passes from one side of it to the other."""
    x, y, t = points.T
    u = x * view.right[0] + y * view.right[1]
    v = x * view.into[0] + y * view.into[1]
    near, far = span(view, u)
    here = jnp.clip(v, near, far)
    share = (jnp.arange(1, SAMPLES + 1) / SAMPLES)[:, None] ** 2
    before = here - (here - near) * share
    row = row_of(view, before, bilinear(height, *ground(view, u, before))[0])
    gap = row - row_of(view, v, t)
    side = jnp.where(jnp.abs(gap) > TOLERANCE, jnp.sign(gap), 0.0)

    def step(carry: tuple["Array", "Array"], side: "Array"):
        last, crossed = carry
        crossed = crossed | (last * side < 0.0)
        last = jnp.where(jnp.isnan(side), 0.0, jnp.where(side == 0.0, last, side))
        return (last, crossed), None

    nothing = jnp.zeros_like(u)
    side = jnp.where(jnp.isnan(gap), jnp.nan, side)
    (_, crossed), _ = lax.scan(step, (nothing, jnp.zeros_like(u, bool)), side)
    return ~crossed | (jnp.abs(u) > reach(view))
