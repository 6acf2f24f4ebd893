"""What happens inside each update: asked of the very transformations that ran, not transcribed.

A simulation keeps the states of the optimizers where panels show what is inside; everything here
follows from them, for every optimizer that optax can chain.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from animate._lazy import lazy
from animate.simulate.inside import Inside, Memory
from animate.simulate.libraries import Array, Pytree
from animate.simulate.noise import Disturbance
from animate.simulate.step import (
    Loss,
    OptimizerRun,
    Schedule,
    State,
    level,
    make_change,
    noisy_loss,
    tilted,
)

jax, jnp, optax = lazy("jax"), lazy("jax.numpy"), lazy("optax")


class Updates(NamedTuple):
    """The updates of one optimizer: `rates` [record], everything else [run, record, axis].

    `gradients` are as the update used them, `updates` the steps, `coasts` the steps on level
    ground, where only memory moves the run, and `responses` what a vanishing gradient is multiplied
    with there; `memories` has an array for each kind that is kept.
    """

    rates: Array
    gradients: Array
    updates: Array
    coasts: Array
    responses: Array
    memories: Mapping[Memory, Array]


def look_inside(
    loss: Loss,
    noise: Disturbance | None,
    optimizer: OptimizerRun,
    rate: Schedule | Array,
    steps: Array,
    positions: Array,
    memories: Pytree,
) -> Updates:
    """The updates number `steps` [record] from `positions` [run, record, axis].

    `memories` are the states of the transformation there, with leading axes [record, run].
    """
    change = make_change(loss, optimizer, rate, optimizer.value, noise)
    coast = make_change(level, optimizer, rate, optimizer.value, None)
    fields = optimizer.state

    def look(run: Array, number: Array, position: Array, memory: Pytree) -> Updates:
        before = State(position, memory)
        update, later = change(run, number, before)
        drift = coast(run, number, before).position

        def on_slope(slope: Array) -> Array:
            there = make_change(tilted(slope), optimizer, rate, optimizer.value, None)
            return there(run, number, before).position

        responses = -jnp.diag(jax.jacfwd(on_slope)(jnp.zeros(position.shape)))
        if fields.gradient is None:
            used = jax.grad(noisy_loss(loss, noise, run, number))(position)
        else:
            used = _field(later, fields.gradient, position.shape)
        kept: dict[Memory, Array] = {}
        for name, kind in fields.memory.items():
            if (each := _field(memory, name, position.shape)) is not None:
                kept.setdefault(kind, each)
        return Updates(
            rates=rate(number) if callable(rate) else jnp.asarray(rate),
            gradients=used,
            updates=update,
            coasts=jnp.where(jnp.isfinite(drift), drift, 0.0),
            responses=jnp.where(responses > 0, responses, jnp.nan),
            memories=kept,
        )

    over_records = jax.vmap(look, in_axes=(None, 0, 0, 0))
    over_runs = jax.vmap(over_records, in_axes=(0, None, 0, 1))
    found = over_runs(jnp.arange(len(positions)), steps, positions, memories)
    return found._replace(rates=found.rates[0])


def gathered(optimizers: Sequence[OptimizerRun], found: Sequence[Updates]) -> Inside:
    """The updates of all optimizers, side by side, as arrays of NumPy."""
    memories: tuple[Mapping[Memory, np.ndarray], ...] = tuple(
        {kind: np.asarray(each) for kind, each in updates.memories.items()} for updates in found
    )
    along_mean = [
        optimizer.state.along_mean and "mean" in kept
        for optimizer, kept in zip(optimizers, memories, strict=True)
    ]
    return Inside(
        rates=np.stack([updates.rates for updates in found]),
        gradients=np.stack([updates.gradients for updates in found]),
        updates=np.stack([updates.updates for updates in found]),
        coasts=np.stack([updates.coasts for updates in found]),
        responses=np.stack([updates.responses for updates in found]),
        looks_ahead=np.array([optimizer.state.gradient is not None for optimizer in optimizers]),
        along_mean=np.array(along_mean),
        memories=memories,
    )


def _field(state: Pytree, name: str, shape: tuple[int, ...]) -> Pytree:
    """The first array of that shape that stands under `name` in `state`, if there is one."""
    for _, value in optax.tree.get_all_with_path(state, name):
        if getattr(value, "shape", None) == shape:
            return value
    return None
