"""Claim 4: bad end points belong to small networks, and go as the network widens."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.experiments.options import Kept, Layers, Positive, Samples, Seed, Steps, Units
from animate.lazy import lazy
from animate.networks.data import spirals
from animate.networks.evaluation import gradient_norms
from animate.networks.network import starts
from animate.networks.training import shown_steps, train

if TYPE_CHECKING:
    import optax
else:
    optax = lazy("optax")


@dataclass(frozen=True)
class BadMinima:
    """`losses` [width, start, kept] at `steps`; `ends` [width, start] are the last ones.

    `gradient_norms` [width, start] at the ends: they are end points of a budget of steps, not
    proven minima. `spread` [width] is the highest end minus the lowest.
    """

    widths: np.ndarray
    steps: np.ndarray
    losses: np.ndarray
    ends: np.ndarray
    gradient_norms: np.ndarray
    spread: np.ndarray
    facts: dict[str, Any]


def bad_minima(
    *,
    widths: Layers = (2, 4, 8, 16, 32),
    starts_each: Units = 64,
    samples: Samples = 128,
    turns: Positive = 1.0,
    learning_rate: Positive = 0.02,
    steps: Steps = 2500,
    kept: Kept = 80,
    seed: Seed = 0,
) -> BadMinima:
    """Sixty-four starts of a 2-h-2 network on two spirals, by Adam, for five widths h."""
    data = spirals(samples=samples, test=0.0, noise=0.0, turns=turns, seed=seed)
    keep = shown_steps(steps, kept)
    losses, norms = [], []
    for width in widths:
        options = {"hidden": (width,), "activation": "tanh", "init": "glorot"}
        problem, begins = starts(data, range(seed, seed + starts_each), **options)
        schedule = optax.cosine_decay_schedule(learning_rate, steps, alpha=1e-3)
        trained = train(problem, optax.adam(schedule), starts=begins, steps=steps, keep=keep)
        losses.append(trained.losses)
        norms.append(gradient_norms(problem, trained.positions[:, -1]))
    table = np.stack(losses)
    ends = table[:, :, -1]
    spread = np.ptp(ends, axis=1)
    facts = {"widths": list(widths), "spread": spread.tolist()}
    facts |= {"best": ends.min(axis=1).tolist(), "worst": ends.max(axis=1).tolist()}
    return BadMinima(np.array(widths), keep, table, ends, np.stack(norms), spread, facts)
