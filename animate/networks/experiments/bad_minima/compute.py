"""Many trainings of narrow and wide networks: how far apart the losses are at which they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from animate.networks.data import Data, spirals
from animate.networks.evaluation import gradient_norms
from animate.networks.experiments import options
from animate.networks.network import initial_weights
from animate.networks.training import Training, kept_steps, train
from animate.simulate.libraries import optax

MIDDLE = 0.9
"""The share of the ends, those in the middle, whose spread is told."""


@dataclass(frozen=True)
class BadMinima:
    """`ends` [seed, width, start] are the losses at the last of `steps` [kept].

    `spread` [seed, width] is how far the middle MIDDLE of them reach, so that no single start
    decides; `losses` [width, start, kept] are
    the first seed's on the way. `gradient_norms` [seed, width, start] at the ends tell that these
    are end points of a number of steps and not proven minima. Each seed has its own spirals,
    `inputs` [seed, n, 2] and `targets` [seed, n], and its own starts; `weights` [seed, start, sum
    of P] are those at the ends, one width after the other.
    """

    widths: np.ndarray
    steps: np.ndarray
    losses: np.ndarray
    ends: np.ndarray
    gradient_norms: np.ndarray
    spread: np.ndarray
    weights: np.ndarray
    inputs: np.ndarray
    targets: np.ndarray


def bad_minima(
    *,
    widths: options.Compared = (2, 4, 8, 16, 32),
    starts_each: options.Units = 64,
    samples: options.Samples = 128,
    turns: options.Positive = 1.0,
    learning_rate: options.Positive = 0.02,
    steps: options.Steps = 1600,
    kept: options.Kept = 80,
    seeds: options.Seeds = (0, 1, 2),
) -> BadMinima:
    """Sixty-four starts of a 2-h-2 network on two spirals, by Adam, for five widths h."""
    keep = kept_steps(steps, kept)
    adam = optax.adam(optax.cosine_decay_schedule(learning_rate, steps, alpha=1e-3))
    examples = [
        spirals(samples=samples, test=0.0, noise=0.0, turns=turns, seed=seed) for seed in seeds
    ]
    runs = [_trained(examples, width, seeds, starts_each, adam, keep) for width in widths]
    trained, norms = zip(*runs, strict=True)
    ends = np.stack([run.losses[:, :, -1] for run in trained], axis=1)
    return BadMinima(
        widths=np.array(widths),
        steps=keep,
        losses=np.stack([run.losses[0] for run in trained]),
        ends=ends,
        gradient_norms=np.stack(norms, axis=1),
        spread=spread(ends),
        weights=np.concatenate([run.positions[:, :, -1] for run in trained], axis=2),
        inputs=np.stack([data.inputs for data in examples]),
        targets=np.stack([data.targets for data in examples]),
    )


def spread(losses: np.ndarray) -> np.ndarray:
    """How far the middle MIDDLE of `losses` [..., start] reach, [...]: the distance of two
    quantiles, between neighbours by interpolation (Hyndman & Fan 1996, type 7)."""
    low, high = np.quantile(losses, [(1 - MIDDLE) / 2, (1 + MIDDLE) / 2], axis=-1)
    return high - low


def _trained(
    examples: list[Data],
    width: int,
    seeds: Sequence[int],
    count: int,
    transformation: optax.GradientTransformation,
    keep: np.ndarray,
) -> tuple[Training, np.ndarray]:
    """A network with one hidden layer, trained on each seed's `examples` from `count` starts.

    Positions and losses are [seed, start, kept, …], the gradient norms at the ends [seed, start].
    All runs are trained at once.
    """
    drawn = [start for seed in seeds for start in range(seed * count, (seed + 1) * count)]
    problem, initial = initial_weights(
        examples[0], drawn, hidden=(width,), activation="tanh", init="glorot"
    )
    data = tuple(np.stack(part) for part in zip(*(each.train for each in examples), strict=True))
    each = tuple(np.repeat(part, count, axis=0) for part in data)
    run = train(problem, transformation, starts=initial, steps=int(keep[-1]), keep=keep, data=each)
    shape = len(seeds), count
    positions = run.positions.reshape(*shape, *run.positions.shape[1:])
    losses = run.losses.reshape(*shape, -1)
    norms = [
        gradient_norms(problem, points[:, -1], one.train)
        for points, one in zip(positions, examples, strict=True)
    ]
    return Training(positions, losses, run.steps), np.stack(norms)
