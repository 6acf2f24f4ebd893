"""What training networks takes before it is begun: bytes and seconds, from the sizes alone.

Rough, and memory high: seconds tell minutes from hours. Multiplications are counted with their
additions, two a weight and example; a gradient takes three times as many as a loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_AN_OPERATION, _A_ROUND = 2e-11, 4e-5
"""Seconds of one operation, of one step of all runs: measured on two cores, the smallest first."""
_NUMBER = 4
"""Bytes."""
_AT_ONCE = 8
"""Points whose losses are computed together."""
_COPIES = 6
"""Of everything that is kept: in the loop, as its result, and while it is looked at."""
_AN_INDEX = 20
"""Bytes of an example's number in the table of a run's batches, while that is made."""


@dataclass(frozen=True)
class Work:
    """Bytes that it holds at its largest, and seconds that it takes."""

    memory: float
    seconds: float

    def __add__(self, other: Work) -> Work:
        """Both, what they hold held together."""
        return Work(self.memory + other.memory, self.seconds + other.seconds)

    def times(self, count: float) -> Work:
        """The same `count` times, one after the other, the results kept."""
        return Work(self.memory * count, self.seconds * count)


NOTHING = Work(0.0, 0.0)


def weights(layers: Sequence[int]) -> int:
    """How many numbers a perceptron has; `layers` are its widths, inputs and outputs included."""
    return sum((inner + 1) * outer for inner, outer in pairwise(layers))


def calculation(operations: float, memory: float = 0.0, rounds: float = 0.0) -> Work:
    """So many operations, and so many times the way around a loop."""
    return Work(memory, operations * _AN_OPERATION + rounds * _A_ROUND)


def training(
    layers: Sequence[int],
    *,
    runs: int,
    examples: int,
    batch: int | None,
    steps: float,
    kept: int,
) -> Work:
    """`runs` networks trained at once, each looked at over all the examples at `kept` steps."""
    seen = examples if batch is None else min(batch, examples)
    operations = 2.0 * weights(layers) * runs * (3 * seen * steps + examples * kept)
    table = 0.0 if seen == examples else float(_AN_INDEX) * runs * seen * steps
    paths = float(_NUMBER) * _COPIES * runs * (kept + 1) * weights(layers)
    return calculation(operations, table + paths + _NUMBER * runs * examples * sum(layers), steps)


def sampling(layers: Sequence[int], *, points: int, examples: int) -> Work:
    """The loss over all the examples at so many points, as on a plane through the weights."""
    held = _NUMBER * _AT_ONCE * (examples * sum(layers) + 2 * weights(layers))
    return calculation(2.0 * weights(layers) * points * examples, float(held))
