"""A curve of low loss between two trained networks, and the straight line between them."""

from dataclasses import dataclass

import numpy as np

from animate.networks.curves import Joined, Kind, join
from animate.networks.data import digits
from animate.networks.experiments import options
from animate.networks.network import initial_weights
from animate.networks.training import kept_steps, train
from animate.simulate.libraries import optax


@dataclass(frozen=True)
class ModeConnectivity(Joined):
    """Curves between pairs of minima; `minima` [pair, 2, P] are the weights of these."""

    minima: np.ndarray


def mode_connectivity(
    *,
    kind: Kind = "bezier",
    pairs: options.Units = 3,
    hidden: options.Layers = (32, 32, 32),
    learning_rate: options.Positive = 0.1,
    batch: options.Samples = 64,
    steps: options.Steps = 4000,
    curve_rate: options.Positive = 0.01,
    curve_steps: options.Steps = 1500,
    kept: options.Kept = 60,
    resolution: options.Resolution = 81,
    seed: options.Seed = 0,
) -> ModeConnectivity:
    """Two trained networks, the straight line between them, and a curve trained to stay low
    (Garipov et al. 2018; Draxler et al. 2018)."""
    data = digits(samples=1797, test=0.3, seed=seed)
    seeds = range(seed, seed + 2 * pairs)
    problem, initial = initial_weights(data, seeds, hidden=hidden)
    run = train(
        problem,
        optax.sgd(learning_rate),
        starts=initial,
        steps=steps,
        keep=[steps],
        batch=batch,
        seeds=seeds,
    )
    minima = run.positions[:, -1].reshape(pairs, 2, -1)
    keep = kept_steps(curve_steps, kept)
    made = join(
        problem,
        minima,
        kind=kind,
        rate=curve_rate,
        batch=batch,
        keep=keep,
        resolution=resolution,
        seed=seed,
    )
    return ModeConnectivity(**vars(made), minima=minima)
