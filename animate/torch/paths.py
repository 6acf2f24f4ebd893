"""The weights of all runs, and where they are on a plane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from animate.errors import UsageError
from animate.networks.cloud import Points, Seen, beside, starts_of
from animate.networks.planes import Plane
from animate.networks.trained import LARGEST
from animate.torch.evaluation import Evaluation
from animate.torch.states import Run, weights_of

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
            large[k, n] = not np.abs(self.weights[k, n]).max() < LARGEST
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

    def beside(self, cut: Plane, finite: np.ndarray) -> Seen:
        """The points that are finite, path by path, seen from the plane."""
        points = Points(self.weights[finite])
        return beside(points, cut.origin, cut.axes, starts_of(finite))


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
