"""Gradient descent, with and without momentum."""

from typing import Annotated, NamedTuple

import numpy as np
from annotated_types import Ge, Le

from animate.optimizers.table import optimizer, rate_at
from animate.simulate.libraries import Array, Pytree, jax, jnp, optax
from animate.simulate.step import StateFields

Few = Annotated[int, Ge(1), Le(64)]


@optimizer(
    "SGD",
    formula=(r"\Delta\theta = -\eta\, g(\theta)",),
)
def sgd(learning_rate):
    """Gradient descent: θ ← θ − η g(θ) (Cauchy, 1847; Robbins and Monro, 1951)."""
    return optax.sgd(learning_rate)


@optimizer(
    "Momentum",
    formula=(
        r"v \leftarrow \gamma\, v + \eta\, g(\theta)",
        r"\Delta\theta = -v",
    ),
    state=StateFields({"trace": "velocity"}),
)
def momentum(learning_rate, *, momentum: float = 0.9):
    """Heavy ball: v ← γ v + η g(θ); θ ← θ − v, γ the momentum (Polyak, 1964)."""
    return optax.chain(
        optax.scale_by_learning_rate(learning_rate, flip_sign=False),
        optax.trace(decay=momentum),
        optax.scale(-1.0),
    )


class LookAheadState(NamedTuple):
    """Nesterov's velocity, the gradient that it took last, and the number of updates made."""

    velocity: Pytree
    gradient: Pytree
    number: Array


def _nesterov_formula(*, look_aheads: int, **_: float) -> tuple[str, ...]:
    if look_aheads == 1:
        ahead = r"v \leftarrow \gamma\, v + \eta\, g(\theta - \gamma\, v)"
    else:
        points = rf"\sum_{{j=1}}^{{{look_aheads}}} g(\theta - \gamma\, v\, j/{look_aheads})"
        ahead = rf"v \leftarrow \gamma\, v + \dfrac{{\eta}}{{{look_aheads}}} {points}"
    return ahead, r"\Delta\theta = -v"


@optimizer(
    "Nesterov",
    formula=_nesterov_formula,
    state=StateFields({"velocity": "velocity"}, gradient="gradient"),
)
def nesterov(learning_rate, *, momentum: float = 0.9, look_aheads: Few = 1):
    """Look-ahead momentum: v ← γ v + η g(θ − γ v); θ ← θ − v (Nesterov, 1983; Sutskever, 2013).

    With more `look_aheads` g is the mean of the gradients at so many points, evenly spaced up to
    θ − γ v: a shorter look ahead on the whole, and a smoother one.
    """
    shares = np.arange(1, look_aheads + 1) / look_aheads

    def init(params):
        zeros = optax.tree.zeros_like(params)
        return LookAheadState(zeros, zeros, jnp.zeros((), jnp.int32))

    def update(updates, state, params=None, **extra):
        del updates

        def ahead(share):
            point = jax.tree.map(lambda p, v: p - share * momentum * v, params, state.velocity)
            return jax.grad(extra["value_fn"])(point)

        gradient = jax.tree.map(lambda g: g.mean(axis=0), jax.vmap(ahead)(shares))
        rate = rate_at(learning_rate, state.number)
        velocity = jax.tree.map(lambda v, g: momentum * v + rate * g, state.velocity, gradient)
        return optax.tree.scale(-1.0, velocity), LookAheadState(
            velocity, gradient, state.number + 1
        )

    return optax.GradientTransformationExtraArgs(init, update)
