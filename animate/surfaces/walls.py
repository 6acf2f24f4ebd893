"""Shelves and walls: where the gradient says next to nothing, or far too much."""

from typing import TYPE_CHECKING

from animate.lazy import lazy
from animate.surfaces.table import surface

if TYPE_CHECKING:
    import jax.numpy as jnp
else:
    jnp = lazy("jax.numpy")


@surface(window=((-1.5, 5.5), (-2.5, 2.5)), start=(4.9, 1.8), minima=((0.0, 0.0),))
def plateau(x, y, *, width: float = 3.0):
    """A level shelf half-way down: plain descent comes to a standstill, adaptive methods walk on.

    f = 1 − exp(−x²/2) + max(|x| − width, 0)²/2 + y²/4. A slope leads down to |x| = width, where
    the shelf begins; there ∂f/∂x = x exp(−x²/2), 0.033 at x = 3. Minimum 0 at (0, 0).
    A surface of our own.
    """
    hollow = 1 - jnp.exp(-(x**2) / 2)
    slope = jnp.maximum(jnp.abs(x) - width, 0.0) ** 2 / 2
    return hollow + slope + y**2 / 4
