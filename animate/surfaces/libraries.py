"""NumPy and JAX, for all files of surfaces: imported when they are first used, so that help,
mistakes and the reading of formulas answer without them."""

from typing import TYPE_CHECKING, Any

from animate._lazy import lazy

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
    import numpy as np
    from jax import Array, lax
else:
    jax, jnp, lax, np = map(lazy, ("jax", "jax.numpy", "jax.lax", "numpy"))
    Array = Any

__all__ = ["Array", "jax", "jnp", "lax", "np"]
