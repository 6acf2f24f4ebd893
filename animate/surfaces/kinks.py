"""Roots and absolute values with a gradient everywhere: 0 at 0, where the plain ones have none."""

from animate.surfaces.libraries import jnp


def magnitude(x):
    """|x|, with gradient 0 at 0: the mean of the one-sided ones."""
    return x * jnp.sign(x)


def root(square):
    """√square for square ≥ 0, with gradient 0 at 0, where it would be infinite."""
    positive = square > 0
    return jnp.where(positive, jnp.sqrt(jnp.where(positive, square, 1.0)), 0.0)


def radius(x, y):
    """√(x² + y²), with gradient 0 at the tip of the cone."""
    return root(x**2 + y**2)
