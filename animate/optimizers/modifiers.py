"""Options that any optimizer takes: a limit to the gradient's norm, and weight decay."""

from typing import NamedTuple

from animate.optimizers.table import Rate, rate_at
from animate.simulate.libraries import Array, Pytree, Transformation, jax, jnp, optax


def modified(
    method: Transformation,
    learning_rate: Rate,
    *,
    clip: float | None = None,
    weight_decay: float | None = None,
) -> Transformation:
    """The optax transformation `method` with those of the two options that are given."""
    if clip is not None:
        method = clipped(method, clip)
    if weight_decay:
        method = decayed(method, learning_rate, weight_decay)
    return method


def clipped(method: Transformation, norm: float) -> Transformation:
    """`method` with gradients of length c, the `norm`, at most: g ← g · min(1, c/|g|).

    Source: R. Pascanu et al. (2013). Methods that take gradients elsewhere than at the position are
    given a loss whose gradient is clipped everywhere; its Hessian is not changed.
    """
    inner = optax.with_extra_args_support(method)

    def clip(gradient):
        return optax.projections.projection_l2_ball(gradient, norm)

    def update(updates, state, params=None, **extra):
        loss = extra["value_fn"]

        def clipped_loss(place):
            gradient = jax.lax.stop_gradient(jax.grad(loss)(place))
            tilt = optax.tree.sub(clip(gradient), gradient)
            offset = optax.tree.sub(place, jax.lax.stop_gradient(place))
            return loss(place) + optax.tree.vdot(tilt, offset)

        gradient = clip(updates)
        extra = extra | {"grad": gradient, "value_fn": clipped_loss}
        return inner.update(gradient, state, params, **extra)

    return optax.GradientTransformationExtraArgs(inner.init, update)


class DecayState(NamedTuple):
    """The method's own state and the number of updates made."""

    inner: Pytree
    number: Array


def decayed(method: Transformation, learning_rate: Rate, weight_decay: float) -> Transformation:
    """`method`, and θ ← θ − η λ θ apart from the gradient (Loshchilov and Hutter, 2019).

    λ is `weight_decay`, θ the position before the update.
    """
    inner = optax.with_extra_args_support(method)

    def init(params):
        return DecayState(inner.init(params), jnp.zeros((), jnp.int32))

    def update(updates, state, params=None, **extra):
        step, memory = inner.update(updates, state.inner, params, **extra)
        share = rate_at(learning_rate, state.number) * weight_decay
        step = jax.tree.map(lambda s, p: s - share * p, step, params)
        return step, DecayState(memory, state.number + 1)

    return optax.GradientTransformationExtraArgs(init, update)
