"""The path of one optimizer through the space of the weights, written while it trains."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from zipfile import BadZipFile

import numpy as np

from animate.networks.chunks import chunk_of, in_chunks
from animate.networks.problem import FlatProblem, raveled
from animate.networks.rows import Rows
from animate.networks.training import Carry, batches, stepping
from animate.simulate.libraries import Array, jax, jnp, optax

_GRADIENT = 3.0
"""A step over all the data holds as many times what the loss holds."""
_SAVED = 5.0
"""Seconds of training between two savings of the optimizer's state."""


@dataclass(frozen=True)
class Descent:
    """How an optimizer trains: the kept `steps`, examples in a `batch` (None: all), and the `seed`
    of its batches."""

    steps: np.ndarray
    batch: int | None
    seed: int

    def table(self, examples: int) -> np.ndarray:
        """The indices of the examples in each step's batch; empty where it is all of them."""
        if self.batch is None or self.batch >= examples:
            return np.zeros((0, 0), np.int32)
        return batches(examples, self.batch, int(self.steps[-1]), self.seed)


def descend(
    rows: Rows,
    problem: FlatProblem,
    transformation: optax.GradientTransformation,
    descent: Descent,
    told: Callable[[int], None],
) -> None:
    """Fill `rows` with the weights at the kept steps, and behind them the loss over all the data
    and the size of the largest weight.

    Where some are there it goes on from the optimizer's state that was saved last. `told` hears of
    every kept step. Raises UsageError where the examples do not fit into memory at once, and the
    loss is no mean over them.
    """
    if rows.whole:
        return
    point, steps = problem.start, descent.steps
    chunk = chunk_of(problem.loss, point, problem.data, _GRADIENT)
    begin, update = stepping(problem, transformation, chunk)
    mean = in_chunks(problem.loss, chunk)

    def advance(carry: Carry, ends: Array, table: Array, data: object) -> tuple[Carry, Array]:
        carry = jax.lax.fori_loop(
            ends[0], ends[1], lambda step, carry: update(step, carry, table, data), carry
        )
        vector = raveled(carry[0])
        measured = jnp.stack([mean(vector, data), jnp.abs(vector).max()])
        return carry, jnp.concatenate([vector, measured.astype(vector.dtype)])

    compiled = jax.jit(advance)
    data = jax.tree.map(jnp.asarray, problem.data)
    table = jnp.asarray(descent.table(problem.examples))
    saved = _Saved(rows)
    carry, done = saved.load(jax.jit(begin)(jnp.asarray(point)))
    rows.cut(done)
    while not rows.whole:
        before = 0 if rows.count == 0 else int(steps[rows.count - 1])
        ends = np.array([before, steps[rows.count]], np.int32)
        carry, row = compiled(carry, ends, table, data)
        rows.append(np.asarray(row)[None])
        saved.save(carry)
        told(int(ends[1]))
    saved.forget()


class _Saved:
    """The weights and the optimizer's state after the last rows, in a file beside them."""

    def __init__(self, rows: Rows) -> None:
        self._rows, self._since = rows, monotonic()
        place = rows.place if rows.kept else None
        self._file: Path | None = place and place.with_suffix(".state.npz")

    def load(self, fresh: Carry) -> tuple[Carry, int]:
        """What was saved, and after how many rows; else `fresh`, and 0."""
        if self._file is None or not self._rows.count:
            return fresh, 0
        with suppress(OSError, ValueError, KeyError, EOFError, BadZipFile):
            with np.load(self._file, allow_pickle=False) as stored:
                count = int(stored["count"])
                leaves, tree = jax.tree.flatten(fresh)
                found = [stored[f"leaf{k}"] for k in range(len(leaves))]
            alike = all(
                np.shape(a) == b.shape and a.dtype == b.dtype
                for a, b in zip(leaves, found, strict=True)
            )
            if alike and count <= self._rows.count:
                return jax.tree.unflatten(tree, map(jnp.asarray, found)), count
        return fresh, 0

    def save(self, carry: Carry) -> None:
        """Save it, if the last time is long ago and it is made of plain arrays."""
        if self._file is None or monotonic() - self._since < _SAVED:
            return
        self._since, leaves = monotonic(), jax.tree.leaves(carry)
        if any(jnp.issubdtype(leaf.dtype, jax.dtypes.extended) for leaf in leaves):
            return  # a key of random numbers: the training begins anew
        named = {f"leaf{k}": np.asarray(leaf) for k, leaf in enumerate(leaves)}
        with suppress(OSError):
            handle, name = tempfile.mkstemp(dir=self._file.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as stream:
                    np.savez(stream, allow_pickle=False, count=self._rows.count, **named)
                Path(name).replace(self._file)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def forget(self) -> None:
        """Remove it: the path is whole."""
        if self._file is not None:
            self._file.unlink(missing_ok=True)
