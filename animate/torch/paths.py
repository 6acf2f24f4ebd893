"""The weights of all runs, and where they are on a plane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from animate.errors import UsageError
from animate.networks.planes import Plane
from animate.torch.evaluation import Evaluation
from animate.torch.states import Run, weights_of

_LARGEST = 1e6
"""A path with a larger weight has diverged, as in networks of JAX."""

Buffers = dict[str, np.ndarray]


@dataclass(frozen=True)
class Paths:
    """The runs `labels` at `steps` [kept]: weights [path, kept, P] where they are `known`
    [path, kept], and there the module's buffers by name."""

    labels: tuple[str, ...]
    steps: np.ndarray
    weights: np.ndarray
    buffers: dict[tuple[int, int], Buffers]
    known: np.ndarray

    @property
    def places(self) -> list[tuple[int, int]]:
        """The path and the place in `steps` of each point that is known, path by path."""
        return [(int(k), int(n)) for k, n in zip(*np.nonzero(self.known), strict=True)]

    def finite(self, losses: np.ndarray) -> np.ndarray:
        """Which points come before their path diverges, bool [path, kept], by the `losses`.

        Raises UsageError where a path has none, or all together have fewer than three.
        """
        large = np.zeros(self.known.shape, bool)
        for k, n in self.places:
            large[k, n] = not np.abs(self.weights[k, n]).max() < _LARGEST
        finite = np.isfinite(losses) & self.known & ~large
        finite = np.logical_and.accumulate(finite, axis=1)
        for k, label in enumerate(self.labels):
            if not finite[k, 0]:
                raise UsageError(f"the loss of {label!r} is {losses[k, 0]} at its first checkpoint")
        if finite.sum() < 3:
            raise UsageError("all runs diverge at once: fewer than three checkpoints have a loss")
        return finite

    def end(self, finite: np.ndarray) -> tuple[int, int]:
        """The place of the last point of the first path."""
        return 0, int(np.flatnonzero(finite[0])[-1])

    def placed(self, cut: Plane, finite: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The plane's nearest point [path, kept, 2] to each that is finite, and the distance from
        it [path, kept], one after the other: many weights are large."""
        where = np.full((*self.known.shape, 2), np.nan)
        distances = np.full(self.known.shape, np.nan)
        for each in self._of(finite):
            where[each] = cut.project(self.weights[each])
            distances[each] = cut.distance(self.weights[each])
        return where, distances

    def share(self, cut: Plane, finite: np.ndarray) -> np.ndarray:
        """The share [2] of the points' variance along each of the plane's axes."""
        unit = cut.axes / np.linalg.norm(cut.axes, axis=1, keepdims=True)
        chosen = list(self._of(finite))
        mean = sum(self.weights[each].astype(np.float64) for each in chosen) / len(chosen)
        along, whole = np.zeros(2), 0.0
        for each in chosen:
            offset = self.weights[each] - mean
            along += (unit @ offset) ** 2
            whole += float(offset @ offset)
        return along / whole

    def length(self, finite: np.ndarray) -> float:
        """How far the paths reach from their starts."""
        return max(
            float(np.linalg.norm(self.weights[k, n] - self.weights[k, 0].astype(np.float64)))
            for k, n in self._of(finite)
        )

    def _of(self, chosen: np.ndarray) -> Iterator[tuple[int, int]]:
        return ((k, n) for k, n in self.places if chosen[k, n])


def read_paths(runs: Sequence[Run], evaluation: Evaluation) -> Paths:
    """The weights of all checkpoints. Raises UsageError where one is not of this module."""
    steps = sorted({step for run in runs for step in run.states})
    size = sum(int(np.prod(shape)) for shape in evaluation.shapes.values())
    weights = np.zeros((len(runs), len(steps), size), evaluation.dtype)
    known = np.zeros(weights.shape[:2], bool)
    buffers: dict[tuple[int, int], Buffers] = {}
    for k, run in enumerate(runs):
        for step, state in run.states.items():
            n = steps.index(step)
            weights[k, n], buffers[k, n] = weights_of(state, evaluation)
            known[k, n] = True
    return Paths(tuple(run.label for run in runs), np.array(steps), weights, buffers, known)
