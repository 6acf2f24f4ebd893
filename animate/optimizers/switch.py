"""One method first, then another."""

from typing import NamedTuple

from animate.simulate.libraries import Array, Pytree, Transformation, jax, jnp, optax


class SwitchState(NamedTuple):
    """The states of both methods, and the number of updates made."""

    first: Pytree
    later: Pytree
    number: Array


def switched(first: Transformation, later: Transformation, at: int) -> Transformation:
    """`first` for `at` updates, then `later`, which begins there without a memory."""
    before, after = map(optax.with_extra_args_support, (first, later))

    def init(params):
        number = jnp.zeros((), jnp.int32)
        return SwitchState(before.init(params), after.init(params), number)

    def update(updates, state, params=None, **extra):
        assert params is not None, "the method that goes on begins at the parameters"
        number = state.number
        fresh = jax.tree.map(
            lambda new, old: jnp.where(number == at, new, old), after.init(params), state.later
        )
        early, kept = before.update(updates, state.first, params, **extra)
        late, grown = after.update(updates, fresh, params, **extra)
        step = jax.tree.map(lambda a, b: jnp.where(number < at, a, b), early, late)
        return step, SwitchState(kept, grown, number + 1)

    return optax.GradientTransformationExtraArgs(init, update)
