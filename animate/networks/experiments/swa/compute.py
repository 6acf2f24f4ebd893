"""Stochastic weight averaging: the mean of the weights along a run of SGD, and the run's end."""

from dataclasses import dataclass

import numpy as np

from animate.errors import UsageError
from animate.networks.data import digits
from animate.networks.evaluation import evaluate, held_out_accuracy, on_plane
from animate.networks.experiments.options import Layers, Positive, Resolution, Samples, Seeds, Steps
from animate.networks.network import initial_weights
from animate.networks.planes import pca
from animate.networks.training import train
from animate.simulate.libraries import optax


@dataclass(frozen=True)
class Swa:
    """SGD at a constant rate, and the running mean of its weights, at `steps` [kept].

    `losses` and `mean_losses` [seed, kept] are over all the training data, `errors` and
    `mean_errors` [seed, kept] shares of the held-out examples. `x` [nx], `y` [ny], `z` [ny, nx] are
    the training loss on the plane of largest variance of the first seed's path, whose axes hold the
    shares `share` [2] of that variance; `path` and `means` [kept, 2] are that seed's weights and
    their means on the plane. `positions` float32 [seed, kept, P] are the weights.
    """

    steps: np.ndarray
    losses: np.ndarray
    mean_losses: np.ndarray
    errors: np.ndarray
    mean_errors: np.ndarray
    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    path: np.ndarray
    means: np.ndarray
    share: np.ndarray
    positions: np.ndarray


def swa(
    *,
    hidden: Layers = (32, 32),
    learning_rate: Positive = 0.3,
    batch: Samples = 4,
    begins: Steps = 300,
    steps: Steps = 1800,
    every: Steps = 15,
    resolution: Resolution = 81,
    seeds: Seeds = (0, 1, 2, 3),
) -> Swa:
    """Average the weights of SGD every few steps after it has come down (Izmailov et al. 2018).

    The first point is at step `begins`. Raises UsageError where there are fewer than three.
    """
    keep = np.arange(begins, steps + 1, every)
    if len(keep) < 3:
        raise UsageError(
            f"begins: leaves {len(keep)} points to average up to step {steps}; begin earlier, or "
            "average more often"
        )
    data = digits(samples=1797, test=0.3)
    problem, initial = initial_weights(data, seeds, hidden=hidden)
    sgd = optax.sgd(learning_rate)
    run = train(problem, sgd, starts=initial, steps=steps, keep=keep, batch=batch, seeds=seeds)
    count = np.arange(1, len(keep) + 1)[:, None]
    means = (np.cumsum(run.positions, axis=1, dtype=np.float64) / count).astype(np.float32)
    plane, share = pca(run.positions[0])
    path = plane.project(run.positions[0])
    reach = 1.15 * np.abs(path).max()
    axis = np.linspace(-reach, reach, resolution)
    return Swa(
        steps=keep,
        losses=run.losses,
        mean_losses=evaluate(problem.loss, means, problem.data),
        errors=1 - held_out_accuracy(problem, run.positions),
        mean_errors=1 - held_out_accuracy(problem, means),
        x=axis,
        y=axis,
        z=on_plane(problem.loss, plane, axis, axis, problem.data),
        path=path,
        means=plane.project(means[0]),
        share=share,
        positions=run.positions,
    )
