"""Some of the examples in place of all, and how well their mean is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from animate.networks.chunks import examples_of
from animate.networks.problem import Batch, Measure
from animate.networks.random_streams import stream
from animate.simulate.libraries import Array, jax

_SIDE_BY_SIDE = 32
"""Examples whose losses are computed together."""


@dataclass(frozen=True)
class Samples:
    """So many examples, drawn without replacement from that seed."""

    count: int
    seed: int


def subset(batch: Batch, samples: Samples | None) -> Batch:
    """The examples that are drawn from `batch`, in their order; all where there are no more."""
    count = examples_of(batch)
    if samples is None or samples.count >= count:
        return batch
    drawn = stream(samples.seed, "samples").choice(count, samples.count, replace=False)
    return jax.tree.map(lambda leaf: np.asarray(leaf)[np.sort(drawn)], batch)


def sampled(
    function: Measure, batch: Batch, samples: Samples | None, points: np.ndarray
) -> dict[str, float]:
    """Where some of the examples stand for all: how many of how many, and the largest standard
    error of the mean of `function` at `points` [n, P]; else nothing."""
    of, drawn = examples_of(batch), subset(batch, samples)
    if drawn is batch or samples is None:
        return {}
    errors = [standard_error(function, point, drawn, of) for point in points]
    return {"samples": samples.count, "examples": of, "standard_error": max(errors)}


def standard_error(function: Measure, point: np.ndarray, batch: Batch, of: int) -> float:
    """The standard error of the mean of `function` over `batch`, n examples that are drawn without
    replacement from N, `of`: s/√n · √(1 − n/N) (Cochran 1977, equation 2.20).

    `function` is called with one example at a time.
    """

    def each(point: Array, batch: Batch) -> Array:
        def one(example: Batch) -> Array:
            return function(point, jax.tree.map(lambda leaf: leaf[None], example))

        return jax.lax.map(one, batch, batch_size=_SIDE_BY_SIDE)

    values = np.asarray(jax.jit(each)(point, batch), np.float64)
    count = len(values)
    return float(values.std(ddof=1) / np.sqrt(count) * np.sqrt(1 - count / of))
