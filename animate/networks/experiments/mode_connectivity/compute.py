"""A curve of low loss between two trained networks, and the straight line between them."""

from dataclasses import dataclass

import numpy as np

from animate.networks.alignment import aligned
from animate.networks.curves import Joined, Kind, join
from animate.networks.data import digits
from animate.networks.evaluation import evaluate, held_out_accuracy
from animate.networks.experiments import options
from animate.networks.network import initial_weights
from animate.networks.problem import FlatProblem
from animate.networks.training import kept_steps, train
from animate.simulate.libraries import optax


@dataclass(frozen=True)
class ModeConnectivity(Joined):
    """Curves between pairs of minima; `minima` [pair, 2, P] are the weights of these.

    `aligned_losses` and `aligned_accuracies` (held-out) [pair, t] are those along the straight line
    at `t`, once the hidden units of the second network stand in the order in which its weights are
    most like the first one's.
    """

    minima: np.ndarray
    aligned_losses: np.ndarray
    aligned_accuracies: np.ndarray


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
    (Garipov et al. 2018; Draxler et al. 2018).

    The control is the straight line to the second network with its hidden units in another order,
    which computes the same (Ainsworth et al. 2023).
    """
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
    lines = _aligned_lines(problem, minima, made.t)
    return ModeConnectivity(
        **vars(made),
        minima=minima,
        aligned_losses=evaluate(problem.loss, lines, problem.data),
        aligned_accuracies=held_out_accuracy(problem, lines),
    )


def _aligned_lines(problem: FlatProblem, minima: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The points [pair, t, P] at `t` of the straight lines between the networks of each pair, the
    second one with its hidden units in the order of the first one's."""
    share = t[:, None].astype(np.float32)
    pairs = ((first, aligned(problem, first, second)) for first, second in minima)
    return np.stack([(1 - share) * first + share * second for first, second in pairs])
