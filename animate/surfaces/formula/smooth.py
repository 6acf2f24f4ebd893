"""Derivatives taken forward, so that a branch which `where` does not take cannot spoil them."""

from collections.abc import Callable, Mapping
from typing import Any

from animate.surfaces.libraries import Array, jax, jnp


def differentiable(
    evaluate: Callable[[Mapping[str, Array]], Array | float], variables: tuple[str, ...]
) -> Callable[..., Array]:
    """`evaluate` as a function of arrays, one for each of `variables`, elementwise.

    Reverse mode multiplies the gradient of the branch not taken by 0, and 0 times the nan of
    sqrt(-1) is nan; forward mode selects instead. So each partial derivative is computed forward,
    and reverse mode sees only the product with it.
    """

    def formula(*arrays: Array) -> Array:
        if len(arrays) != len(variables):
            raise TypeError(f"the formula takes {len(variables)} arrays, got {len(arrays)}")
        floats = [jnp.asarray(array) for array in arrays]
        whole = not any(jnp.issubdtype(array.dtype, jnp.floating) for array in floats)
        dtype = jnp.result_type(float, *floats) if whole else jnp.result_type(*floats)
        together = jnp.broadcast_arrays(*(array.astype(dtype) for array in floats))
        return _forward(lambda *values: _value(evaluate, variables, values))(*together)

    return formula


def _value(
    evaluate: Callable[[Mapping[str, Array]], Array | float],
    variables: tuple[str, ...],
    values: tuple[Array, ...],
) -> Array:
    result = evaluate(dict(zip(variables, values, strict=True)))
    return jnp.broadcast_to(jnp.asarray(result, values[0].dtype), values[0].shape)


def _forward(function: Callable[..., Array]) -> Callable[..., Array]:
    """`function` of n arrays, elementwise; its value may carry leading axes of its own."""
    wrapped = jax.custom_jvp(function)

    @wrapped.defjvp
    def rule(arrays: tuple[Array, ...], tangents: tuple[Array, ...]) -> Any:
        partials = _forward(_partials(function))(*arrays)
        change = sum(partials[k] * tangent for k, tangent in enumerate(tangents))
        return wrapped(*arrays), change

    return wrapped


def _partials(function: Callable[..., Array]) -> Callable[..., Array]:
    """The partial derivatives of `function`, stacked along a new first axis."""

    def partials(*arrays: Array) -> Array:
        def along(direction: Array) -> Array:
            tangents = tuple(jnp.full_like(a, d) for a, d in zip(arrays, direction, strict=True))
            return jax.jvp(function, arrays, tangents)[1]

        return jax.vmap(along)(jnp.eye(len(arrays), dtype=arrays[0].dtype))

    return partials
