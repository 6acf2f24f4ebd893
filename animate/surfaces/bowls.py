"""Convex bowls: one minimum, no trap."""

from math import radians
from typing import TYPE_CHECKING

from animate.lazy import lazy
from animate.surfaces.table import surface

if TYPE_CHECKING:
    import jax.numpy as jnp
else:
    jnp = lazy("jax.numpy")


@surface(window=((-2.4, 2.4), (-1.8, 1.8)), start=(-2.0, 1.2), minima=((0.0, 0.0),))
def quadratic(x, y, *, condition: float = 10.0, angle: float = 30.0):
    """A long elliptic bowl, turned by an angle; how long is its condition number.

    f = (u² + condition v²) / 2 with u = x cos(angle) + y sin(angle),
    v = y cos(angle) − x sin(angle); angle in degrees. The Hessian's eigenvalues are 1, along the
    direction `angle`, and `condition`, across it. Minimum 0 at (0, 0). Source: B. T. Polyak (1964).
    """
    turn = radians(angle)
    u = x * jnp.cos(turn) + y * jnp.sin(turn)
    v = y * jnp.cos(turn) - x * jnp.sin(turn)
    return (u**2 + condition * v**2) / 2
