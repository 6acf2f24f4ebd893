"""Training: every optimizer moves the whole network, and the steps to be shown are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate._lazy import lazy
from animate.networks.chance import stream
from animate.networks.problem import Batch, FlatProblem

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
    import optax
else:
    jax, jnp, optax = lazy("jax"), lazy("jax.numpy"), lazy("optax")

_FEW, _TOGETHER = 16, 8
"""More runs than a few are trained so many at a time: a small network's numbers stay in the
processor's fastest memory then, and a step takes half as long."""


@dataclass(frozen=True)
class Training:
    """`positions` float32 [run, kept, P], `losses` over all the data [run, kept], `steps` int
    [kept]."""

    positions: np.ndarray
    losses: np.ndarray
    steps: np.ndarray


def batches(examples: int, size: int, steps: int, seed: int) -> np.ndarray:
    """Which examples each step sees, int32 [steps, size]: every epoch is a new shuffle of them all.

    What an epoch leaves over when `size` does not divide `examples` is left out of that epoch.
    """
    generator = stream(seed, "batches")
    whole = examples // size
    epochs = -(-steps // whole)
    order = [generator.permutation(examples)[: whole * size] for _ in range(epochs)]
    return np.concatenate(order).reshape(-1, size)[:steps].astype(np.int32)


def shown_steps(steps: int, count: int) -> np.ndarray:
    """At most `count` + 1 step numbers from 0 to `steps`, evenly spread, both ends included."""
    return np.unique(np.round(np.linspace(0, steps, min(count, steps) + 1)).astype(int))


def train(
    problem: FlatProblem,
    transformation: Any,
    *,
    starts: np.ndarray,
    steps: int,
    keep: Sequence[int] | np.ndarray,
    batch: int | None = None,
    seeds: Sequence[int] = (0,),
    data: Batch | None = None,
) -> Training:
    """Train from each of `starts` [run, P] with any optax `transformation`, all runs at once.

    `keep` are the step numbers kept, ascending; 0 is the start. `batch` is the number of examples a
    step sees (None: all of them), drawn by each run's own of `seeds` (one for all, or one each).
    `data` are each run's own examples, with an axis for the runs before theirs; else all learn from
    the problem's.
    """
    keep = np.asarray(keep, dtype=np.int32)
    runs = len(starts)
    seeds = list(seeds) * runs if len(seeds) == 1 else list(seeds)
    if batch is None or batch >= problem.examples:
        tables = np.zeros((runs, 0, 0), np.int32)
    else:
        tables = np.stack([batches(problem.examples, batch, steps, seed) for seed in seeds])
    run = _run(problem, transformation, keep)

    def every(parts: Any, shared: Batch) -> Any:
        def one(part: Any) -> Any:
            return run(*part) if data is not None else run(*part, shared)

        few = runs <= _FEW
        return jax.vmap(one)(parts) if few else jax.lax.map(one, parts, batch_size=_TOGETHER)

    parts = (starts, tables) if data is None else (starts, tables, data)
    positions, losses = jax.jit(every)(parts, problem.data)
    return Training(np.asarray(positions), np.asarray(losses), keep)


def _run(problem: FlatProblem, transformation: Any, keep: np.ndarray) -> Any:
    """(start [P], table [steps, batch], data) → positions [kept, P], losses [kept]: one scan over
    `keep`."""
    transformation = optax.with_extra_args_support(transformation)
    intervals = jnp.stack([jnp.asarray(np.r_[0, keep[:-1]]), jnp.asarray(keep)], axis=1)

    def run(start: Any, table: Any, data: Batch) -> Any:
        def update(step: Any, carry: Any) -> Any:
            vector, state = carry
            seen = jax.tree.map(lambda leaf: leaf[table[step]], data) if table.size else data

            def loss(vector: Any) -> Any:
                return problem.loss(vector, seen)

            value, gradient = jax.value_and_grad(loss)(vector)
            change, state = transformation.update(
                gradient, state, vector, value=value, grad=gradient, value_fn=loss
            )
            return optax.apply_updates(vector, change), state

        def interval(carry: Any, ends: Any) -> Any:
            carry = jax.lax.fori_loop(ends[0], ends[1], update, carry)
            return carry, (carry[0], problem.loss(carry[0], data))

        return jax.lax.scan(interval, (start, transformation.init(start)), intervals)[1]

    return run
