"""Training: an optimizer moves all the weights, and those at the steps to be shown are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from animate.networks.chunks import in_chunks
from animate.networks.problem import Batch, FlatProblem, Parameters, raveled
from animate.networks.random_streams import stream
from animate.simulate.libraries import Array, Pytree, jax, jnp, optax

_FEW, _CHUNK = 16, 8
"""More than _FEW runs are trained _CHUNK at a time: a small network's numbers then stay in the
processor's cache, and a step takes half as long."""

Carry = tuple[Parameters, Pytree]
"""The weights, in the arrays that the model has them in, and the state of the optax
transformation."""


@dataclass(frozen=True)
class Training:
    """`positions` float32 [run, kept, P], `losses` over all the data [run, kept], `steps` int
    [kept]."""

    positions: np.ndarray
    losses: np.ndarray
    steps: np.ndarray


def batches(examples: int, size: int, steps: int, seed: int) -> np.ndarray:
    """The indices of the examples in each step's batch, int32 [steps, size].

    Each epoch is a new permutation of all examples; the last, incomplete batch of it is dropped.
    """
    generator = stream(seed, "batches")
    whole = examples // size
    epochs = -(-steps // whole)
    order = [generator.permutation(examples)[: whole * size] for _ in range(epochs)]
    return np.concatenate(order).reshape(-1, size)[:steps].astype(np.int32)


def kept_steps(steps: int, count: int) -> np.ndarray:
    """At most `count` + 1 step numbers from 0 to `steps`, evenly spaced, both ends included."""
    return np.unique(np.round(np.linspace(0, steps, min(count, steps) + 1)).astype(int))


def train(
    problem: FlatProblem,
    transformation: optax.GradientTransformation,
    *,
    starts: np.ndarray,
    steps: int,
    keep: Sequence[int] | np.ndarray,
    batch: int | None = None,
    seeds: Sequence[int] = (0,),
    data: Batch | None = None,
) -> Training:
    """Train from each of `starts` [run, P] with an optax `transformation`, all runs at once.

    `keep` are the ascending numbers of the steps that are kept; 0 is the start. `batch` is the
    number of examples in a step's batch (None: all), which are drawn from `seeds`: one for all
    runs, or one for each. `data` are examples of each run's own, with an axis for the runs before
    the others; without it all runs learn from the problem's.
    """
    keep = np.asarray(keep, dtype=np.int32)
    runs = len(starts)
    seeds = list(seeds) * runs if len(seeds) == 1 else list(seeds)
    if batch is None or batch >= problem.examples:
        tables = np.zeros((runs, 0, 0), np.int32)
    else:
        tables = np.stack([batches(problem.examples, batch, steps, seed) for seed in seeds])
    run = _run(problem, transformation, keep)

    def all_runs(parts: tuple[Pytree, ...], shared: Batch) -> tuple[Array, Array]:
        def one(part: tuple[Pytree, ...]) -> tuple[Array, Array]:
            return run(*part) if data is not None else run(*part, shared)

        few = runs <= _FEW
        return jax.vmap(one)(parts) if few else jax.lax.map(one, parts, batch_size=_CHUNK)

    parts = (starts, tables) if data is None else (starts, tables, data)
    positions, losses = jax.jit(all_runs)(parts, problem.data)
    return Training(np.asarray(positions), np.asarray(losses), keep)


def _run(
    problem: FlatProblem, transformation: optax.GradientTransformation, keep: np.ndarray
) -> Callable[..., tuple[Array, Array]]:
    """A function (start [P], table [steps, batch], data) → positions [kept, P], losses [kept]: one
    scan over `keep`. An empty table stands for full batches."""
    begin, update = stepping(problem, transformation)
    intervals = jnp.stack([jnp.asarray(np.r_[0, keep[:-1]]), jnp.asarray(keep)], axis=1)

    def run(start: Array, table: Array, data: Batch) -> tuple[Array, Array]:
        def interval(carry: Carry, ends: Array) -> tuple[Carry, tuple[Array, Array]]:
            carry = jax.lax.fori_loop(
                ends[0], ends[1], lambda step, carry: update(step, carry, table, data), carry
            )
            return carry, (raveled(carry[0]), problem.tree_loss(carry[0], data))

        return jax.lax.scan(interval, begin(start), intervals)[1]

    return run


def stepping(
    problem: FlatProblem, transformation: optax.GradientTransformation, chunk: int | None = None
) -> tuple[Callable[[Array], Carry], Callable[[Array, Carry, Array, Batch], Carry]]:
    """What makes the carry of a start [P], and (step, carry, table [steps, batch], data) → the
    carry after that step.

    The transformation is given the parameters as the model has them: what it does to each array by
    itself depends on that. A step over all the data takes `chunk` examples at a time; None: all.
    """
    extended = optax.with_extra_args_support(transformation)

    def update(step: Array, carry: Carry, table: Array, data: Batch) -> Carry:
        parameters, state = carry
        batch = jax.tree.map(lambda leaf: leaf[table[step]], data) if table.size else data

        def loss(parameters: Parameters) -> Array:
            if chunk is None or table.size:
                return problem.tree_loss(parameters, batch)
            return in_chunks(problem.tree_loss, chunk)(parameters, batch)

        if chunk is None or table.size:
            value, gradient = jax.value_and_grad(loss)(parameters)
        else:
            with_gradient = in_chunks(jax.value_and_grad(problem.tree_loss), chunk)
            value, gradient = with_gradient(parameters, batch)
        change, state = extended.update(
            gradient, state, parameters, value=value, grad=gradient, value_fn=loss
        )
        return optax.apply_updates(parameters, change), state

    def begin(start: Array) -> Carry:
        parameters = problem.unravel(start)
        return parameters, extended.init(parameters)

    return begin, update
