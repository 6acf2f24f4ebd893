"""The operations on arrays, with derivatives of every order that a descent can live with."""

from collections.abc import Callable

from animate.surfaces.libraries import Array, jnp, lax


def function(name: str) -> Callable[..., Array]:
    """The function `name` of the language on arrays."""
    if name == "sqrt":
        return constant_power(0.5)
    if name == "abs":
        return _resting_at_zero(lambda base: jnp.abs(base))
    return lambda *operands: getattr(jnp, name)(*operands)


def power(base: Array, exponent: Array) -> Array:
    """base**exponent where the exponent varies."""
    return jnp.power(base, exponent)


def constant_power(exponent: float) -> Callable[[Array | float], Array]:
    """base**exponent. A whole exponent multiplies, which is exact at and below a base of 0.

    A positive fractional power has infinite derivatives of some order at 0, and inf times 0 is no
    number: there they count 0, which for sqrt(x**2 + y**2) is the subgradient of least norm.
    """
    if exponent.is_integer():
        return lambda base: lax.integer_pow(jnp.asarray(base), int(exponent))
    if exponent < 0:
        return lambda base: jnp.power(base, exponent)

    return _resting_at_zero(
        (lambda base: jnp.sqrt(base)) if exponent == 0.5 else lambda base: jnp.power(base, exponent)
    )


def _resting_at_zero(function: Callable[[Array], Array]) -> Callable[[Array | float], Array]:
    """`function`, which is 0 at 0, with every derivative 0 there."""

    def rested(base: Array | float) -> Array:
        at_zero = base == 0
        return jnp.where(at_zero, 0.0, function(jnp.where(at_zero, 1.0, base)))

    return rested


def counted(compare: Callable[[Array, Array], Array]) -> Callable[[Array, Array], Array]:
    """A comparison that gives 1.0 where it holds and 0.0 elsewhere."""
    return lambda left, right: jnp.where(compare(left, right), 1.0, 0.0)
