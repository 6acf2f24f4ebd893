"""Slices through trained networks, cut where their losses are equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import numpy as np

from animate.errors import UsageError
from animate.networks.data import Data
from animate.networks.evaluation import nonconvex, on_plane
from animate.networks.network import MlpOptions, initial_weights
from animate.networks.planes import filter_normalized
from animate.networks.training import Training, kept_steps, train
from animate.simulate.libraries import optax

BATCH, STEPS, KEPT = 64, 1500, 200
"""Examples of a step, steps of a training, and how many of these are compared with the target."""


@dataclass(frozen=True)
class Slice:
    """`z` [seed, y, x], the loss on a slice through each seed's network, `x` along both axes.

    `nonconvex` [seed, y-2, x-2] marks the inner points that bend down, `shares` [seed] is their
    share, `walls` [seed] the mean loss on the rim and `losses` [seed] the loss at the middle.
    `weights` [seed, P] are the networks.
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
    hidden: Sequence[int],
    *,
    seeds: Sequence[int],
    target: float,
    reach: float,
    resolution: int,
    learning_rate: float = 1e-3,
    steps: int = STEPS,
    **network: Unpack[MlpOptions],
) -> Slice:
    """Train by Adam until the loss is at most `target`, and cut along filter-normalised directions.

    The directions are drawn from the network's seed; the slice reaches from −`reach` to `reach`
    along both. Raises UsageError when a run's loss does not fall to `target`.
    """
    problem, initial = initial_weights(data, seeds, hidden=hidden, **network)
    keep = kept_steps(steps, KEPT)
    adam = optax.adam(learning_rate)
    run = train(problem, adam, starts=initial, steps=steps, keep=keep, batch=BATCH, seeds=seeds)
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
    """The index [run] of the first kept step whose loss is at most `target`.

    Raises UsageError where a run has none.
    """
    below = run.losses <= target
    if not below.any(axis=1).all():
        worst = float(run.losses.min(axis=1).max())
        raise UsageError(f"target: a run only came down to a loss of {worst:.3g}, not to {target}")
    return below.argmax(axis=1)
