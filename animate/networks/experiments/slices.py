"""Slices through trained networks that are compared at equal loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate._lazy import lazy
from animate.errors import UsageError
from animate.networks.data import Data
from animate.networks.evaluation import nonconvex, on_plane
from animate.networks.network import starts
from animate.networks.planes import filter_normalized
from animate.networks.training import Training, shown_steps, train

if TYPE_CHECKING:
    import optax
else:
    optax = lazy("optax")


@dataclass(frozen=True)
class Slice:
    """`z` [seed, y, x] on `x` both ways; `nonconvex` [seed, y-2, x-2] its points that bend down.

    `shares` [seed] of such points, `walls` [seed] the mean loss on the rim, `losses` [seed] in the
    middle. `weights` [seed, P] are the networks.
    """

    x: np.ndarray
    z: np.ndarray
    nonconvex: np.ndarray
    shares: np.ndarray
    walls: np.ndarray
    losses: np.ndarray
    weights: np.ndarray


def slice_at_loss(
    data: Data,
    network: Mapping[str, Any],
    *,
    seeds: Sequence[int],
    target: float,
    reach: float,
    resolution: int,
    learning_rate: float = 1e-3,
    batch: int = 64,
    steps: int = 1500,
) -> Slice:
    """Train by Adam until the loss is at most `target`, and cut ±`reach` along filter-normalised
    directions.

    The directions come from the seed of the network. Raises UsageError when a run does not get
    there.
    """
    problem, begins = starts(data, seeds, **network)
    keep = shown_steps(steps, 200)
    adam = optax.adam(learning_rate)
    run = train(problem, adam, starts=begins, steps=steps, keep=keep, batch=batch, seeds=seeds)
    where = first_below(run, target)
    row = np.arange(len(seeds))
    x = np.linspace(-reach, reach, resolution)
    cuts, weights = [], run.positions[row, where]
    for seed, point in zip(seeds, weights, strict=True):
        plane = filter_normalized(point, problem.shapes, filters=problem.filters, seed=seed)
        cuts.append(on_plane(problem.loss, plane, x, x, problem.data))
    z = np.stack(cuts)
    bends = np.stack([nonconvex(cut, x[1] - x[0], x[1] - x[0]) for cut in cuts])
    rim = np.concatenate([z[:, 0], z[:, -1], z[:, 1:-1, 0], z[:, 1:-1, -1]], axis=1)
    shares, walls = bends.mean(axis=(1, 2)), rim.mean(axis=1)
    return Slice(x, z, bends, shares, walls, run.losses[row, where], weights)


def first_below(run: Training, target: float) -> np.ndarray:
    """The first kept step [run] whose loss over all the data is at most `target`. Raises
    UsageError."""
    below = run.losses <= target
    if not below.any(axis=1).all():
        worst = float(run.losses.min(axis=1).max())
        raise UsageError(f"target: a run only came down to a loss of {worst:.3g}, not to {target}")
    return below.argmax(axis=1)


def facts(names: Sequence[str], slices: Sequence[Slice]) -> dict[str, Any]:
    """For each of `names` the lowest and the highest share and wall over the seeds."""
    return {
        name: {
            "share": [float(s.shares.min()), float(s.shares.max())],
            "wall": [float(s.walls.min()), float(s.walls.max())],
        }
        for name, s in zip(names, slices, strict=True)
    }
