"""Optimizers that are alike: one compiled update serves them all, each with its own numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from animate._lazy import lazy
from animate.simulate.libraries import Array, Pytree, Transformation
from animate.simulate.noise import Disturbance, Number
from animate.simulate.numerics import random_key
from animate.simulate.step import Loss, OptimizerRun, Schedule, State, make_step

jax, jnp = lazy("jax"), lazy("jax.numpy")


@dataclass(frozen=True)
class Batch:
    """Optimizers made by the same function, so that only their rates and values differ.

    `members` are their numbers in the simulation, `optimizer` is the first of them. Their runs
    stand in one row, one member's after the other's: [member · run].
    """

    optimizer: OptimizerRun
    members: tuple[int, ...]

    def make_step(
        self,
        loss: Loss,
        noise: Disturbance | None,
        numbers: tuple[Array, Array],
        starts: Array,
        runs: Array,
        *,
        apart: bool = False,
    ) -> tuple[Callable[[], State], Callable[[Number, State], State]]:
        """init() -> state and step(number, state) -> state, of all runs at once.

        `numbers` are the rates [member, run] and the values [member] of some or all members;
        `starts` [run, axis]; `runs` [run] the numbers of the runs, from which randomness is drawn.
        `apart`: each run keeps its optimizer's state for itself, counts included.
        """
        rates, values = numbers
        copies, count = rates.shape
        each = rates.ravel(), jnp.repeat(values, count)
        starts, runs = jnp.tile(starts, (copies, 1)), jnp.tile(runs, copies)

        def init_one(rate: Array, value: Array, start: Array) -> State:
            return make_step(loss, self.optimizer, self._rate(rate), value, noise)[0](start)

        def step_one(rate: Array, value: Array, run: Array, number: Number, state: State) -> State:
            step = make_step(loss, self.optimizer, self._rate(rate), value, noise)[1]
            return step(run, number, state)

        def init(axes: Pytree) -> State:
            return jax.vmap(init_one, out_axes=State._make((0, axes)))(*each, starts)

        def step(axes: Pytree, number: Number, state: State) -> State:
            along = State._make((0, axes))
            every = jax.vmap(step_one, in_axes=(0, 0, 0, None, along), out_axes=along)
            return every(*each, runs, number, state)

        axes = 0 if apart else _shared_axes(init, step)
        return partial(init, axes), partial(step, axes)

    def _rate(self, number: Array) -> Schedule | Array:
        """The learning rate of a run whose number it is: the schedule, if there is one."""
        return self.optimizer.rate if callable(self.optimizer.rate) else number


def _shared_axes(
    init: Callable[[Pytree], State], step: Callable[[Pytree, Number, State], State]
) -> Pytree:
    """The axes of a memory that `vmap` is to take: None for a count that is the same in all runs.

    What follows from such a count, as Adam's b₁ᵗ does, is then computed once a step and not once a
    run, which is most of the time of a large swarm. An optimizer whose counts differ keeps them
    apart.
    """
    memory = jax.eval_shape(partial(init, 0)).memory

    def axis(leaf: Array) -> int | None:
        return None if leaf.dtype == jnp.int32 and leaf.ndim == 1 else 0

    axes = jax.tree.map(axis, memory)
    if len(jax.tree.leaves(axes)) == len(jax.tree.leaves(memory)):
        return 0  # nothing counts, and trying would trace every rule a second time
    try:
        jax.eval_shape(lambda: step(axes, 0, init(axes)))
    except ValueError:
        return 0
    return axes


def batches(optimizers: Sequence[OptimizerRun], *, apart: bool = False) -> list[Batch]:
    """The optimizers in groups that are alike; `apart`: each in a batch of its own."""
    found: dict[object, list[int]] = {}
    for k, optimizer in enumerate(optimizers):
        schedule = optimizer.rate if callable(optimizer.rate) else None
        alike = (optimizer.make, schedule, optimizer.seed, optimizer.value is None)
        found.setdefault(k if apart else alike, []).append(k)
    return [Batch(optimizers[members[0]], tuple(members)) for members in found.values()]


def takes_any_value(make: Callable[..., Transformation], value: float) -> bool:
    """Whether `make(rate, value)` gives a transformation for a value that is known only later.

    A function that branches on the value, as on a flag or a length, does not.
    """

    def first_update(rate: Array, number: Array) -> Pytree:
        method = OptimizerRun("", make, 0.0, value=value).transformation(rate, number)
        place = jnp.ones(2)
        extra = {"value": rate, "grad": place, "value_fn": jnp.sum, "key": random_key(0)}
        return method.update(place, method.init(place), place, **extra)[0]

    try:
        jax.eval_shape(first_update, jnp.ones(()), jnp.asarray(value, float))
    except (jax.errors.ConcretizationTypeError, TypeError):
        return False
    return True
