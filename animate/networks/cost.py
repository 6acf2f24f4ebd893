"""What training networks costs, estimated from the sizes alone before it is begun.

The estimates are rough, memory rather high: they tell minutes from hours. A multiplication and its
addition count as two operations for each weight and example; a gradient costs three losses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_OPERATION, _ITERATION = 2e-11, 4e-5
"""Seconds of one operation, and of one step of all runs, measured on two cores with the smallest
networks."""
_FLOAT32 = 4
"""Bytes."""
FLOAT64 = 8
"""Bytes."""
_CHUNK = 8
"""Points whose losses are computed together."""
_COPIES = 6
"""Copies of everything that is kept: in the loop, in its result, and in what is computed of it."""
_INDEX = 20
"""Bytes of one entry of a run's table of batches, at the time when the table is made."""
_EIGENVALUES = 25.0
"""Operations of an eigenvalue decomposition, times the cube of the side."""


@dataclass(frozen=True)
class Cost:
    """The largest memory that is held at once, in bytes, and the time, in seconds."""

    memory: float
    seconds: float

    def __add__(self, other: Cost) -> Cost:
        """The cost of both, one after the other, with the memory of both held together."""
        return Cost(self.memory + other.memory, self.seconds + other.seconds)

    def times(self, count: float) -> Cost:
        """The cost of `count` repetitions, one after the other, whose results are kept."""
        return Cost(self.memory * count, self.seconds * count)


NOTHING = Cost(0.0, 0.0)


def weights(layers: Sequence[int]) -> int:
    """The number of weights and biases of a perceptron whose `layers` are as wide as listed,
    inputs and outputs included."""
    return sum((inner + 1) * outer for inner, outer in pairwise(layers))


def calculation(operations: float, memory: float = 0.0, iterations: float = 0.0) -> Cost:
    """The cost of `operations` in a loop of `iterations` steps that holds `memory` bytes."""
    return Cost(memory, operations * _OPERATION + iterations * _ITERATION)


def training(
    layers: Sequence[int],
    *,
    runs: int,
    examples: int,
    batch: int | None,
    steps: float,
    kept: int,
) -> Cost:
    """The cost of `runs` trainings at once; at `kept` steps the loss over all examples is taken.

    `batch` is the number of examples a step sees; None: all of them.
    """
    per_step = examples if batch is None else min(batch, examples)
    operations = 2.0 * weights(layers) * runs * (3 * per_step * steps + examples * kept)
    table = 0.0 if per_step == examples else float(_INDEX) * runs * per_step * steps
    paths = float(_FLOAT32) * _COPIES * runs * (kept + 1) * weights(layers)
    return calculation(operations, table + paths + _FLOAT32 * runs * examples * sum(layers), steps)


def sampling(layers: Sequence[int], *, points: int, examples: int) -> Cost:
    """The cost of the loss over all the examples at `points` points in the space of the weights."""
    held = _FLOAT32 * _CHUNK * (examples * sum(layers) + 2 * weights(layers))
    return calculation(2.0 * weights(layers) * points * examples, float(held))


def vectors(layers: Sequence[int], count: float) -> Cost:
    """The cost of holding `count` vectors of weights twice, in float64."""
    return Cost(2.0 * FLOAT64 * count * weights(layers), 0.0)


def hessians(size: int, count: float, *, held: int, examples: float) -> Cost:
    """The cost of `count` Hessians [size, size] and their eigenvectors, `held` of them at once."""
    operations = count * (6.0 * size**2 * examples + _EIGENVALUES * size**3)
    return calculation(operations, 4.0 * FLOAT64 * held * size**2)
