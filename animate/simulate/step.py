"""An optimizer and one update of it at one place: what a simulation repeats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Any, NamedTuple

from animate._lazy import lazy
from animate.simulate.inside import Memory
from animate.simulate.libraries import Array, Pytree, Transformation
from animate.simulate.noise import Disturbance, Number
from animate.simulate.numerics import random_key

jax, jnp, optax = lazy("jax"), lazy("jax.numpy"), lazy("optax")

Loss = Callable[..., Array]
"""(x, y) or (x) -> loss of arrays of one shape, elementwise, in JAX."""
Schedule = Callable[[Any], Array]
"""The number of updates made -> learning rate."""

_OWN_RANDOMNESS = 2**32 - 1
"""Sets an optimizer's own randomness apart from the noise, whose runs count from 0."""


@dataclass(frozen=True)
class StateFields:
    """Which fields of the state of an optax transformation hold what panels show.

    `memory` gives the kind of memory that a field holds. `gradient` is the field with the gradient
    that the last update used, if it was taken elsewhere than at the position (look-ahead).
    `along_mean`: the step is along a running mean of gradients, as Adam's, not along the gradient.
    """

    memory: Mapping[str, Memory] = field(default_factory=dict[str, Memory])
    gradient: str | None = None
    along_mean: bool = False


@dataclass(frozen=True)
class OptimizerRun:
    """An optimizer with its learning rate: `make(rate)` gives its optax transformation.

    `rate` is a number or an optax schedule (a function of the number of updates made). An optimizer
    with a randomness of its own has a `seed`, and is given `key=…` at every update. One with a
    `value` is made by `make(rate, value)`: an option that may differ without a second compilation.
    """

    label: str
    make: Callable[..., Transformation]
    rate: float | Schedule
    seed: int | None = None
    value: float | None = None
    state: StateFields = field(default_factory=StateFields)

    def transformation(
        self, rate: Schedule | Array | float, value: Array | float | None
    ) -> Transformation:
        """The optax transformation (GradientTransformationExtraArgs) for a rate and a value."""
        rate = _in_float64(rate) if callable(rate) else rate
        made = self.make(rate) if self.value is None else self.make(rate, value)
        return optax.with_extra_args_support(made)


class State(NamedTuple):
    """A run between two updates: its position [axis], and its transformation's state, a pytree."""

    position: Array
    memory: Pytree


Init = Callable[[Array], State]
Step = Callable[[Number, Number, State], State]
Change = Callable[[Number, Number, State], State]
"""As a Step, but the position of what it gives is the change of the position."""


def make_step(
    loss: Loss,
    optimizer: OptimizerRun,
    rate: Schedule | Array,
    value: Array | float | None,
    noise: Disturbance | None,
) -> tuple[Init, Step]:
    """init(start [axis]) -> state and step(run, number, state) -> state, `number` from 0."""
    transformation = optimizer.transformation(rate, value)
    change = make_change(loss, optimizer, rate, value, noise)

    def init(start: Array) -> State:
        return State(start, transformation.init(start))

    def step(run: Number, number: Number, state: State) -> State:
        update, memory = change(run, number, state)
        return State(optax.apply_updates(state.position, update), memory)

    return init, step


def make_change(
    loss: Loss,
    optimizer: OptimizerRun,
    rate: Schedule | Array,
    value: Array | float | None,
    noise: Disturbance | None,
) -> Change:
    """change(run, number, state) -> the change of the position [axis], and the memory after it.

    It is exact where the position is so large that a difference of two would be rounded.
    """
    transformation = optimizer.transformation(rate, value)

    def change(run: Number, number: Number, state: State) -> State:
        position, memory = state
        value_fn = noisy_loss(loss, noise, run, number)
        height, gradient = jax.value_and_grad(value_fn)(position)
        extra = {"value": height, "grad": gradient, "value_fn": value_fn}
        if optimizer.seed is not None:
            extra["key"] = own_key(optimizer.seed, run, number)
        update, memory = transformation.update(gradient, memory, position, **extra)
        return State(jnp.asarray(update), memory)

    return change


def noisy_loss(
    loss: Loss, noise: Disturbance | None, run: Number, number: Number
) -> Callable[[Array], Array]:
    """The loss of a position [axis] at step `number` of run `run`: noise is in its gradient."""

    def plain(position: Array) -> Array:
        return jnp.asarray(loss_at(loss, position), position.dtype).reshape(())

    if noise is None:
        return plain

    def disturbed(position: Array) -> Array:
        added = noise.added(run, number, position.shape, lambda: jax.grad(plain)(position))
        return plain(position) + jax.lax.stop_gradient(added) @ position

    return disturbed


def loss_at(loss: Loss, points: Array) -> Array:
    """The loss at `points` [..., axis]."""
    return loss(*(points[..., k] for k in range(points.shape[-1])))


def level(*coordinates: Array) -> Array:
    """The loss of level ground: 0 everywhere."""
    return 0.0 * reduce(add, coordinates)


def tilted(slope: Array) -> Loss:
    """The loss of ground that rises by `slope` [axis] everywhere."""

    def loss(*coordinates: Array) -> Array:
        return reduce(add, (slope[k] * each for k, each in enumerate(coordinates)))

    return loss


def own_key(seed: int, run: Number, number: Number) -> Array:
    """The key of an optimizer's own randomness in one update; none of the noise's."""
    stream = jax.random.fold_in(random_key(seed), _OWN_RANDOMNESS)
    return jax.random.fold_in(jax.random.fold_in(stream, run), number)


def _in_float64(schedule: Schedule) -> Schedule:
    """The schedule in float64: of the whole numbers that optax counts it would make float32."""
    return lambda count: schedule(jnp.asarray(count, jnp.float64))
