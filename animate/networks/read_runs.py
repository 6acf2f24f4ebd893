"""Runs that somebody has trained, read from their checkpoints as paths through the weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from animate.errors import UsageError
from animate.networks import sampling
from animate.networks.checkpoints import read_checkpoint, shapes_of
from animate.networks.problem import FlatProblem
from animate.networks.rows import Rows
from animate.networks.trained import LARGEST, Trained, Work


def read_runs(
    problem: FlatProblem, runs: Sequence[Mapping[int, Path]], work: Work
) -> tuple[Trained, np.ndarray]:
    """The paths that the files of each step of each run make, with their losses over all the data,
    and which points there are, bool [run, kept].

    A run ends before its first point whose loss or weights are not finite, as training does. Raises
    UsageError where a file does not fit the network, where weights are finite again after some that
    were not, and where no run has a second point.
    """
    shapes, size = shapes_of(problem), len(problem.start)
    steps = np.array(sorted({step for run in runs for step in run}))
    known = np.array([[step in run for step in steps.tolist()] for run in runs])
    every, largest = list[Rows](), np.full(known.shape, np.nan)
    for k, run in enumerate(runs):
        rows = Rows(None, size, len(steps))
        for n, step in enumerate(steps.tolist()):
            weights = np.full(size, np.nan, np.float32)
            if step in run:
                weights = read_checkpoint(run[step], shapes)
                largest[k, n] = np.abs(weights).max()
            rows.append(weights[None])
        _check_order(run, largest[k, known[k]])
        every.append(rows)
    losses = np.full(known.shape, np.nan)
    paths = Trained(problem, steps, every, losses, known, (None,) * len(runs))
    values = Rows(None, 1, int(known.sum()))
    told = work.told("points", values.wanted)
    losses[known] = sampling.along(values, problem.loss, paths.weights, problem.data, told)
    finite = np.logical_and.accumulate(np.isfinite(losses) & (largest < LARGEST), axis=1)
    if finite[:, 0].all() and not finite[:, 1:].any():
        _, file = sorted(runs[0].items())[1]
        raise UsageError(
            f"{file}: the loss or a weight is not finite or very large there, the second "
            "checkpoint of the run, and no other run goes on: there is no path to show"
        )
    return replace(paths, finite=finite), known


def _check_order(run: Mapping[int, Path], largest: np.ndarray) -> None:
    """Raises UsageError where weights that are not finite stand before finite ones: no training
    writes these. `largest` [step] are the largest weights of the run's files."""
    finite = np.isfinite(largest)
    broken = int(np.argmin(finite))
    if finite[broken:].any() and not finite[broken]:
        _, file = sorted(run.items())[broken]
        raise UsageError(
            f"{file}: a weight is not finite, and those of later steps are; save the file again, "
            "or leave it out"
        )
