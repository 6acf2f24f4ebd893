"""Held-out accuracy and training loss by width, where some of the labels are false."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from animate.errors import UsageError
from animate.networks.data import Data, read_digits, split
from animate.networks.evaluation import accuracy_of
from animate.networks.experiments.options import (
    Activation,
    Compared,
    FewSamples,
    Kept,
    Positive,
    Seeds,
    Share,
    Steps,
)
from animate.networks.network import initial_weights
from animate.networks.random_streams import stream
from animate.networks.training import train
from animate.simulate.libraries import Transformation, optax

HELD_OUT = 1000
"""Digits of true labels that no network learns."""


@dataclass(frozen=True)
class WidthGeneralises:
    """Networks with one hidden layer of `widths` [width] units, ascending, at `steps` [kept].

    The first axis of what follows tells the labels: with a share of false ones, and all
    true. `losses` [labels, width, seed, kept] are over the examples that are learned, `accuracies`
    [labels, width, seed, kept] over HELD_OUT others with true labels. `learned` [width, seed] is
    the share of its false labels that a network gives at the end. `targets` [labels, seed, n] are
    the labels, `weights` float32 [labels, seed, sum of P] the networks at the end, one width after
    the other, from `seeds`, which draw examples, false labels and initial weights.
    """

    widths: np.ndarray
    steps: np.ndarray
    losses: np.ndarray
    accuracies: np.ndarray
    learned: np.ndarray
    targets: np.ndarray
    weights: np.ndarray
    seeds: np.ndarray


def width_generalises(
    *,
    widths: Compared = (2, 4, 8, 32, 128, 512),
    false: Share = 0.2,
    activation: Activation = "relu",
    learning_rate: Positive = 0.01,
    samples: FewSamples = 128,
    steps: Steps = 600,
    kept: Kept = 40,
    seeds: Seeds = (0, 1, 2, 3),
) -> WidthGeneralises:
    """Accuracy on digits that were held out, by width, for networks that learn false labels too.

    Wide networks fit labels without sense (Zhang et al. 2017); whether width harms is measured
    here, as by Neyshabur et al. 2015. Adam with all the examples at every step; the steps that are
    kept lie closer at the start. The control learns the same examples with true labels. Raises
    UsageError where a training leaves finite numbers.
    """
    units = sorted(set(widths))
    keep = np.unique(np.round(steps * np.linspace(0, 1, min(kept, steps) + 1) ** 2)).astype(int)
    data = [
        split(*read_digits(), samples + HELD_OUT, HELD_OUT / (samples + HELD_OUT), seed)
        for seed in seeds
    ]
    noisy = np.stack([falsified(each, false, seed) for each, seed in zip(data, seeds, strict=True)])
    targets = np.stack([noisy, np.stack([each.targets for each in data])])
    optimizer = optax.adam(learning_rate)

    runs = [_trained(each, activation, optimizer, keep, data, targets, seeds) for each in units]
    losses = np.stack([run.losses for run in runs], axis=1)
    if not np.isfinite(losses).all():
        raise UsageError("learning_rate: a network leaves finite numbers; take a smaller one")
    return WidthGeneralises(
        widths=np.array(units),
        steps=keep,
        losses=losses,
        accuracies=np.stack([run.accuracies for run in runs], axis=1),
        learned=np.stack([run.learned for run in runs]),
        targets=targets,
        weights=np.concatenate([run.weights for run in runs], axis=-1),
        seeds=np.array(seeds),
    )


def falsified(data: Data, share: float, seed: int) -> np.ndarray:
    """The targets int32 [n] to learn from, a `share` of them, one at least, made false.

    Which ones, and what other class each is said to be, `seed` draws, all alike.
    """
    generator, targets = stream(seed, "labels"), data.targets.copy()
    chosen = generator.permutation(len(targets))[: max(1, round(share * len(targets)))]
    shifts = generator.integers(1, data.classes, len(chosen), dtype=targets.dtype)
    targets[chosen] = (targets[chosen] + shifts) % data.classes
    return targets


@dataclass(frozen=True)
class _Trained:
    """What WidthGeneralises holds, of one width."""

    losses: np.ndarray
    accuracies: np.ndarray
    learned: np.ndarray
    weights: np.ndarray


def _trained(
    width: int,
    activation: str,
    optimizer: Transformation,
    keep: np.ndarray,
    data: Sequence[Data],
    targets: np.ndarray,
    seeds: Sequence[int],
) -> _Trained:
    """Networks of one `width` from every seed, once for each of the `targets` [labels, seed, n]."""
    problem, initial = initial_weights(data[0], seeds, hidden=(width,), activation=activation)
    kinds = len(targets)
    inputs = np.stack([each.inputs for each in data] * kinds)
    run = train(
        problem,
        optimizer,
        starts=np.concatenate([initial] * kinds),
        steps=int(keep[-1]),
        keep=keep,
        data=(inputs, np.concatenate(targets)),
    )
    paths = run.positions.reshape(kinds, len(seeds), len(keep), -1)
    rows = range(len(seeds))
    accuracies = [accuracy_of(problem, paths[:, k], data[k].held_out) for k in rows]
    wrong = [targets[0, k] != data[k].targets for k in rows]
    learned = [
        accuracy_of(problem, paths[0, k, -1:], (data[k].inputs[wrong[k]], targets[0, k][wrong[k]]))[
            0
        ]
        for k in rows
    ]
    return _Trained(
        losses=run.losses.reshape(kinds, len(seeds), -1),
        accuracies=np.stack(accuracies, axis=1),
        learned=np.array(learned),
        weights=paths[:, :, -1],
    )
