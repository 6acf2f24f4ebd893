"""Claim 4: bad end points belong to small networks, and go as the network widens."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.experiments.options import Kept, Layers, Positive, Samples, Seeds, Steps, Units
from animate.lazy import lazy
from animate.networks.data import Data, spirals
from animate.networks.evaluation import gradient_norms
from animate.networks.network import starts
from animate.networks.training import Training, shown_steps, train

if TYPE_CHECKING:
    import optax
else:
    optax = lazy("optax")


@dataclass(frozen=True)
class BadMinima:
    """`ends` [seed, width, start] are the losses at the last of `steps`, and `spread` [seed, width]
    their highest minus their lowest; `losses` [width, start, kept] those of the first seed on the
    way.

    `gradient_norms` [seed, width, start] at the ends: they are end points of a budget of steps, not
    proven minima. Each seed has its own spirals, `inputs` [seed, n, 2] and `targets` [seed, n], and
    its own starts; `weights` [seed, start, sum of P] are those at the ends, one width after the
    other.
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
    facts: dict[str, Any]


def bad_minima(
    *,
    widths: Layers = (2, 4, 8, 16, 32),
    starts_each: Units = 64,
    samples: Samples = 128,
    turns: Positive = 1.0,
    learning_rate: Positive = 0.02,
    steps: Steps = 1600,
    kept: Kept = 80,
    seeds: Seeds = (0, 1, 2),
) -> BadMinima:
    """Sixty-four starts of a 2-h-2 network on two spirals, by Adam, for five widths h."""
    keep = shown_steps(steps, kept)
    adam = optax.adam(optax.cosine_decay_schedule(learning_rate, steps, alpha=1e-3))
    spiralling = [
        spirals(samples=samples, test=0.0, noise=0.0, turns=turns, seed=seed) for seed in seeds
    ]
    runs = [
        [
            _trained(data, width, range(seed * starts_each, (seed + 1) * starts_each), adam, keep)
            for width in widths
        ]
        for seed, data in zip(seeds, spiralling, strict=True)
    ]
    ends = np.stack([[run.losses[:, -1] for run, _ in each] for each in runs])
    spread = np.ptp(ends, axis=2)
    return BadMinima(
        widths=np.array(widths),
        steps=keep,
        losses=np.stack([run.losses for run, _ in runs[0]]),
        ends=ends,
        gradient_norms=np.stack([[norms for _, norms in each] for each in runs]),
        spread=spread,
        weights=np.stack(
            [np.concatenate([run.positions[:, -1] for run, _ in each], axis=1) for each in runs]
        ),
        inputs=np.stack([data.inputs for data in spiralling]),
        targets=np.stack([data.targets for data in spiralling]),
        facts={
            "widths": list(widths),
            "spread": spread.tolist(),
            "best": ends.min(axis=2).tolist(),
            "worst": ends.max(axis=2).tolist(),
        },
    )


def _trained(
    data: Data, width: int, seeds: range, descent: Any, keep: np.ndarray
) -> tuple[Training, np.ndarray]:
    """A network of one hidden layer trained from a start for each of `seeds`, and the gradients'
    norms at the ends."""
    problem, begins = starts(data, seeds, hidden=(width,), activation="tanh", init="glorot")
    run = train(problem, descent, starts=begins, steps=int(keep[-1]), keep=keep)
    return run, gradient_norms(problem, run.positions[:, -1])
