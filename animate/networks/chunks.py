"""A mean over examples that are taken some at a time: as much memory as these need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from animate.errors import UsageError
from animate.networks.problem import Batch, Measure
from animate.networks.traced import traced
from animate.simulate.libraries import Array, Pytree, jax, jnp

WORKING = 256e6
"""Bytes of intermediate arrays that may be held at once."""
_AGREE = 1e-3
"""The mean over all examples and that of two halves' means agree within this, relative to it."""
_GRADIENT = 2.0
"""A gradient holds as much again as the function."""


def examples_of(batch: Batch) -> int:
    """The number of examples; 0 without data."""
    leaves = jax.tree.leaves(batch)
    return len(leaves[0]) if leaves else 0


def chunk_of(function: Measure, point: np.ndarray, batch: Batch, times: float = 1.0) -> int:
    """How many examples are taken at once, so that `times` the function's intermediate arrays fit
    into the memory they may have: all where they do.

    Raises UsageError where `function` is no mean over its examples, and all do not fit.
    """
    count = examples_of(batch)
    needed = times * traced(function, point, batch).memory
    if count < 2 or needed <= WORKING:
        return count
    size = max(1, int(count * WORKING / needed))
    if told := _no_mean(function, point, batch, min(size, count // 2)):
        raise UsageError(
            "the examples do not fit into memory at once, and the Problem's loss is not their mean "
            f"({told}), so they cannot be taken one part after the other; let it be a mean, "
            "without statistics of the batch, or give fewer examples"
        )
    return size


def check_samples(function: Measure, point: np.ndarray, batch: Batch, name: str) -> None:
    """Whether some examples, `batch`, may stand for all: raises UsageError where `function`, called
    `name`, is no mean over them at `point`."""
    count = examples_of(batch)
    if count < 2 or chunk_of(function, point, batch) < count:
        return
    if told := _no_mean(function, point, batch, count // 2):
        raise UsageError(
            f"samples: some of the examples stand for all, and {name} is not their mean ({told}); "
            "let it be a mean, without statistics of the batch, or leave samples out"
        )


def in_chunks(function: Callable[..., Any], size: int) -> Callable[..., Any]:
    """`function` of a point and examples, a mean over these, by the means over `size` of them at a
    time; its values may be any pytree of arrays."""

    def mean(point: Pytree, batch: Batch) -> Pytree:
        count = examples_of(batch)
        if size >= count:
            return function(point, batch)

        def piece(first: Array | int, length: int) -> Batch:
            return jax.tree.map(
                lambda leaf: jax.lax.dynamic_slice_in_dim(jnp.asarray(leaf), first, length), batch
            )

        def add(k: Array, total: Pytree) -> Pytree:
            return jax.tree.map(
                lambda one, more: one + size * more, total, function(point, piece(k * size, size))
            )

        whole, rest = divmod(count, size)
        shapes = jax.eval_shape(lambda: function(point, piece(0, size)))
        zeros = jax.tree.map(lambda shape: jnp.zeros(shape.shape, shape.dtype), shapes)
        total = jax.lax.fori_loop(0, whole, add, zeros)
        if rest:
            last = function(point, piece(whole * size, rest))
            total = jax.tree.map(lambda one, more: one + rest * more, total, last)
        return jax.tree.map(lambda one: one / count, total)

    return mean


def gradient_in_chunks(loss: Measure, point: np.ndarray, batch: Batch) -> Measure:
    """The gradient [P] of the mean `loss` over `batch`, within the memory that it may have."""
    return in_chunks(jax.grad(loss), chunk_of(loss, point, batch, times=_GRADIENT))


def _no_mean(function: Measure, point: np.ndarray, batch: Batch, half: int) -> str | None:
    """What tells that `function` is no mean over the examples: its values over two parts of so many
    each, and over both; None where these agree."""
    first, second = (
        jax.tree.map(lambda leaf, k=k: np.asarray(leaf[k * half : (k + 1) * half]), batch)
        for k in (0, 1)
    )
    both = jax.tree.map(lambda a, b: np.concatenate([a, b]), first, second)
    together, *apart = (float(function(jnp.asarray(point), each)) for each in (both, first, second))
    if np.isclose(together, np.mean(apart), rtol=_AGREE, atol=1e-6):
        return None
    return f"over {2 * half} of them {together:.6g}, of the means over {half} {np.mean(apart):.6g}"
