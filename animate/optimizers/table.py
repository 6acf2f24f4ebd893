"""The table of optimizers and the decorator that fills it.

Each entry returns an optax transformation that speaks the extended protocol
`update(gradient, state, params, value=…, grad=…, value_fn=…)`. θ is the position, an array or any
pytree of arrays, g the gradient, η the learning rate, a number or an optax schedule. The formulas
are the contract: where optax's own default differs (Adagrad's initial accumulator, where ε stands),
the formula wins.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, NamedTuple

from annotated_types import Ge, Gt, Lt
from typing_extensions import TypeAliasType

from animate.registry import Registry
from animate.simulate.libraries import Array, Pytree, Transformation, jnp, optax
from animate.simulate.step import Schedule, StateFields, own_key

Rate = float | Schedule
Make = Callable[..., Transformation]
Positive = Annotated[float, Gt(0)]
NonNegative = Annotated[float, Ge(0)]
Decay = TypeAliasType("Decay", Annotated[float, Ge(0), Lt(1)])
"""What a running mean keeps of itself at every update; at 1 it would take nothing in."""
Count = Annotated[int, Ge(1)]

OPTIMIZERS = Registry("optimizer")

NO_FIELDS = StateFields()
"""Of an optimizer that keeps nothing that panels show."""


def optimizer(
    title: str,
    *,
    random: bool = False,
    formula: tuple[str, ...] | Callable[..., tuple[str, ...]] = (),
    state: StateFields = NO_FIELDS,
) -> Callable[[Make], Make]:
    """Enter a function (learning_rate, *, options…) -> optax transformation in the table.

    `title` is what a legend calls it. A default for `learning_rate` in the signature is the
    constant of the method's own paper. A `random` one is given `key=…` at every update.
    `formula` is the update rule in lines of mathtext, or a function of the options that gives it: g
    the gradient, Δθ the step, v a velocity or the squares, m the mean of the gradients.
    `state` says which fields of the transformation's state hold what panels show.

    >>> OPTIMIZERS["momentum"].facts["title"], OPTIMIZERS["momentum"].options["momentum"].default
    ('Momentum', 0.9)
    """

    def enter(make: Make) -> Make:
        OPTIMIZERS.add(make, title=title, random=random, formula=formula, state=state)
        return make

    return enter


def own_rate(name: str) -> float | None:
    """The learning rate that the method's paper gives, if it gives one. Raises UnknownName.

    >>> own_rate("adadelta"), own_rate("sgd")
    (1.0, None)
    """
    default = inspect.signature(OPTIMIZERS[name].make).parameters["learning_rate"].default
    return None if default is inspect.Parameter.empty else default


class Counted(NamedTuple):
    """The number of updates made."""

    number: Array


def on_vector(method: Transformation) -> Transformation:
    """`method`, which takes θ as one vector [n], for a θ that is any pytree of arrays."""

    def init(params):
        return method.init(_raveled(params)[0])

    def update(updates, state, params=None, **extra):
        (gradient, _), (place, unravel) = _raveled(updates), _raveled(params)
        loss = extra["value_fn"]
        extra = extra | {"grad": gradient, "value_fn": lambda vector: loss(unravel(vector))}
        step, state = method.update(gradient, state, place, **extra)
        return unravel(jnp.asarray(step)), state

    return optax.GradientTransformationExtraArgs(init, update)


class SeededState(NamedTuple):
    """The method's own state and the number of updates made."""

    inner: Pytree
    number: Array


def seeded(method: Transformation, seed: int) -> Transformation:
    """`method`, a random one, given `key=…` at every update, drawn from `seed`."""

    def init(params):
        return SeededState(method.init(params), jnp.zeros((), jnp.int32))

    def update(updates, state, params=None, **extra):
        key = own_key(seed, 0, state.number)
        step, memory = method.update(updates, state.inner, params, key=key, **extra)
        return step, SeededState(memory, state.number + 1)

    return optax.GradientTransformationExtraArgs(init, update)


def _raveled(tree: Pytree) -> tuple[Array, Callable[[Array], Pytree]]:
    from jax.flatten_util import ravel_pytree

    return ravel_pytree(tree)


def counted(learning_rate: Rate, step: Callable[..., Array]) -> Transformation:
    """The transformation θ ← θ + step(η, g, θ, loss) of a vector θ [n]; it keeps only the number of
    its updates."""

    def init(params):
        del params
        return Counted(jnp.zeros((), jnp.int32))

    def update(updates, state, params=None, **extra):
        rate = rate_at(learning_rate, state.number)
        return step(rate, updates, params, extra["value_fn"]), Counted(state.number + 1)

    return on_vector(optax.GradientTransformationExtraArgs(init, update))


def rate_at(learning_rate: Rate, count: Array) -> float | Array:
    """The learning rate of the update after `count` others: a number, or a schedule's value."""
    return learning_rate(count) if callable(learning_rate) else learning_rate
