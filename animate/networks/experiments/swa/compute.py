"""Stochastic weight averaging: the mean of the weights along a run of SGD, and the run's end."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from animate.networks.data import digits
from animate.networks.evaluation import evaluate, held_out_accuracy, on_plane
from animate.networks.experiments.options import Layers, Positive, Resolution, Samples, Seeds, Steps
from animate.networks.network import initial_weights
from animate.networks.planes import pca
from animate.networks.training import train
from animate.simulate.libraries import optax


@dataclass(frozen=True)
class Swa:
    """SGD at a constant rate, the running mean of its weights, and the control: the same run whose
    rate is annealed instead, at `steps` [kept].

    `losses`, `mean_losses` and `annealed_losses` [seed, kept] are over all the training data,
    `errors`, `mean_errors` and `annealed_errors` [seed, kept] shares of the held-out examples. `x`
    [nx], `y` [ny], `z` [ny, nx] are the training loss on the plane of largest variance of the first
    seed's path at the constant rate, whose axes hold the shares `share` [2] of that variance;
    `path`, `means` and `annealed_path` [kept, 2] are that seed's weights on the plane. `positions`
    and `annealed_positions` float32 [seed, kept, P] are the weights.
    """

    steps: np.ndarray
    losses: np.ndarray
    mean_losses: np.ndarray
    annealed_losses: np.ndarray
    errors: np.ndarray
    mean_errors: np.ndarray
    annealed_errors: np.ndarray
    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    path: np.ndarray
    means: np.ndarray
    annealed_path: np.ndarray
    share: np.ndarray
    positions: np.ndarray
    annealed_positions: np.ndarray


def unfit(*, begins: int, steps: int, every: int, **_: object) -> tuple[str, str] | None:
    """The option that leaves fewer than three points to average, and why it does; None: enough."""
    points = max(steps - begins, -1) // every + 1
    if points >= 3:
        return None
    are = "1 point is" if points == 1 else f"{points} points are"
    return "begins", (
        f"{are} too few to average up to step {steps}; begin earlier, or average more often"
    )


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

    The first point is at step `begins`. The control has the same start, batches and number of
    steps, and its rate falls to zero from that step on, by half a cosine. `unfit` says
    which options leave too few points.
    """
    keep = np.arange(begins, steps + 1, every)
    data = digits(samples=1797, test=0.3)
    problem, initial = initial_weights(data, seeds, hidden=hidden)
    descend = partial(train, problem, starts=initial, steps=steps, batch=batch, seeds=seeds)
    run = descend(optax.sgd(learning_rate), keep=keep)
    annealed = descend(optax.sgd(annealing(learning_rate, begins, steps)), keep=keep)
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
        annealed_losses=annealed.losses,
        errors=1 - held_out_accuracy(problem, run.positions),
        mean_errors=1 - held_out_accuracy(problem, means),
        annealed_errors=1 - held_out_accuracy(problem, annealed.positions),
        x=axis,
        y=axis,
        z=on_plane(problem.loss, plane, axis, axis, problem.data),
        path=path,
        means=plane.project(means[0]),
        annealed_path=plane.project(annealed.positions[0]),
        share=share,
        positions=run.positions,
        annealed_positions=annealed.positions,
    )


def annealing(rate: float, begins: int, steps: int) -> optax.Schedule:
    """`rate` up to the step `begins`, then half a cosine down to zero at `steps` (Loshchilov &
    Hutter 2017, without restarts)."""
    falling = optax.cosine_decay_schedule(rate, steps - begins)
    return optax.join_schedules([optax.constant_schedule(rate), falling], [begins])
