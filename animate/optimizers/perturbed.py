"""Methods that perturb the position: by a random push off a saddle, or towards a higher loss."""

from typing import NamedTuple

from animate.optimizers.table import Count, Positive, counted, on_vector, optimizer, rate_at
from animate.simulate.libraries import Array, Pytree, jax, jnp, optax


class PushState(NamedTuple):
    """The number of updates made, and how many ago the last push came."""

    number: Array
    since: Array


@optimizer("Perturbed GD", random=True)
def perturbed_gradient_descent(
    learning_rate, *, radius: Positive = 0.1, threshold: Positive = 0.01, wait: Count = 10
):
    """Gradient descent pushed off flat places: θ ← θ + ξ; θ ← θ − η g(θ) (Jin et al., 2017).

    The push ξ, even in a ball of `radius`, comes where |g| ≤ `threshold` and the last one is more
    than `wait` updates ago. Their test that stops the method is left out: the picture shows every
    step. The randomness comes from the scene's seed.
    """

    def init(params):
        del params
        return PushState(jnp.zeros((), jnp.int32), jnp.asarray(wait + 1, jnp.int32))

    def update(updates, state, params: Pytree = None, **extra):
        due = (jnp.linalg.norm(updates) <= threshold) & (state.since > wait)
        push = jnp.where(due, _in_ball(extra["key"], params, radius), 0.0)
        slope = jax.grad(extra["value_fn"])(params + push)
        step = push - rate_at(learning_rate, state.number) * slope
        return step, PushState(state.number + 1, jnp.where(due, 1, state.since + 1))

    return on_vector(optax.GradientTransformationExtraArgs(init, update))


def _in_ball(key: Array, params: Array, radius: float) -> Array:
    """A point drawn evenly from the ball of `radius` in the space of `params` [n]."""
    towards, outwards = jax.random.split(key)
    direction = jax.random.normal(towards, params.shape, params.dtype)
    share = jax.random.uniform(outwards, (), params.dtype) ** (1 / params.size)
    return radius * share * direction / jnp.linalg.norm(direction)


@optimizer("SAM")
def sam(learning_rate, *, rho: Positive = 0.05):
    """Sharpness-aware: θ ← θ − η g(θ + ρ g(θ)/|g(θ)|) (Foret et al., 2021).

    ρ is the radius, in units of θ, within which the worst loss counts: narrow hollows repel.
    """

    def step(rate, gradient, place, loss):
        length = jnp.linalg.norm(gradient)
        uphill = gradient / jnp.where(length > 0, length, 1.0)
        return -rate * jax.grad(loss)(place + rho * uphill)

    return counted(learning_rate, step)
