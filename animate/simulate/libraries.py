"""JAX and what builds on it, imported when they are first used: help and mistakes answer without
them.

The files beside this one take them from `lazy` instead, untyped: JAX's own stubs leave parts of
their types out, and those files are checked strictly.
"""

from typing import TYPE_CHECKING, Any

from animate._lazy import lazy

if TYPE_CHECKING:
    import diffrax
    import jax
    import jax.numpy as jnp
    import optax  # pyright: ignore[reportMissingTypeStubs]  # it has none
    from jax import Array, lax
    from optax import GradientTransformationExtraArgs as Transformation  # pyright: ignore[reportMissingTypeStubs]
else:
    diffrax, jax, jnp, lax, optax = map(lazy, ("diffrax", "jax", "jax.numpy", "jax.lax", "optax"))
    Array = Transformation = Any

Pytree = Any
"""A tree of arrays, as JAX has it: parameters, examples, the state of an optimizer."""

__all__ = ["Array", "Pytree", "Transformation", "diffrax", "jax", "jnp", "lax", "optax"]
