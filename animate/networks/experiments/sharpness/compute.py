"""The largest Hessian eigenvalue after small and large batches, and under a rescaling of layers."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from animate.networks.curvature import hessian_product
from animate.networks.curvature import sharpness as largest_eigenvalue
from animate.networks.data import digits
from animate.networks.evaluation import evaluate, held_out_accuracy
from animate.networks.experiments.options import Factors, Layers, Pair, Positive, Seeds, Steps
from animate.networks.network import initial_weights
from animate.networks.planes import filter_normalized
from animate.networks.problem import Batch, FlatProblem
from animate.networks.slices import first_below
from animate.networks.training import Training, kept_steps, train
from animate.simulate.libraries import Array, jax, optax

KEPT = 400
"""Steps of each run at which its loss is compared with the target."""


@dataclass(frozen=True)
class Sharpness:
    """Networks trained with batches of the sizes `batches` [batch] from several seeds.

    `losses`, `eigenvalues` (the Hessian's largest) and `accuracies` (held-out) [batch, seed] are
    those where the loss first falls to the target, at `steps` [batch, seed], with the learning rate
    `rate`; `weights` [batch, seed, P] are the networks there, `other_eigenvalues` and
    `other_weights` the same with `other_rate`. `scaled_eigenvalues` and `filtered` [alpha] are
    those of the first network with its first layer multiplied by `alphas` and its second divided by
    them, `filtered` the mean curvature along filter-normalised directions; `output_change` is the
    largest change of any example's loss by that.
    """

    batches: np.ndarray
    losses: np.ndarray
    steps: np.ndarray
    eigenvalues: np.ndarray
    accuracies: np.ndarray
    alphas: np.ndarray
    scaled_eigenvalues: np.ndarray
    filtered: np.ndarray
    output_change: float
    weights: np.ndarray
    other_eigenvalues: np.ndarray
    other_weights: np.ndarray
    rate: float
    other_rate: float


def sharpness(
    *,
    batches: Pair = (16, 512),
    hidden: Layers = (32,),
    learning_rate: Positive = 1.0,
    other_rate: Positive = 0.1,
    target: Positive = 0.035,
    steps: Steps = 1000,
    seeds: Seeds = (0, 1, 2, 3),
    alphas: Factors = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0),
) -> Sharpness:
    """The largest Hessian eigenvalue after small and large batches, at equal loss.

    Keskar et al. 2017 find smaller eigenvalues after small batches. The control is another learning
    rate, with as many times more steps as it is smaller. The second part rescales two layers by α
    and 1/α, which leaves the outputs as they are and changes the eigenvalue (Dinh et al. 2017) but
    not the curvature along filter-normalised directions (Li et al. 2018). Raises UsageError when a
    run does not fall to `target`.
    """
    data = digits(samples=1797, test=0.3)
    problem, initial = initial_weights(data, seeds, hidden=hidden)

    def trained(rate: float) -> tuple[np.ndarray, ...]:
        longer = max(round(steps * learning_rate / rate), 1)
        train_by = partial(train, problem, optax.sgd(rate), starts=initial, seeds=seeds)
        keep = kept_steps(longer, KEPT)
        runs = [train_by(steps=longer, keep=keep, batch=batch) for batch in batches]
        parts = zip(*(_at_target(run, target) for run in runs), strict=True)
        return tuple(np.stack(part) for part in parts)

    ends, losses, at = trained(learning_rate)
    others, _, _ = trained(other_rate)
    eigenvalues, other_eigenvalues = (
        np.stack([largest_eigenvalue(problem, points) for points in networks])
        for networks in (ends, others)
    )
    scaled = np.stack([rescaled(problem, ends[0, 0], alpha) for alpha in alphas])
    return Sharpness(
        batches=np.array(batches),
        losses=losses,
        steps=at,
        eigenvalues=eigenvalues,
        accuracies=held_out_accuracy(problem, ends),
        alphas=np.array(alphas),
        scaled_eigenvalues=largest_eigenvalue(problem, scaled),
        filtered=filtered_curvature(problem, scaled),
        output_change=_output_change(problem, scaled),
        weights=ends,
        other_eigenvalues=other_eigenvalues,
        other_weights=others,
        rate=learning_rate,
        other_rate=other_rate,
    )


def _at_target(run: Training, target: float) -> tuple[np.ndarray, ...]:
    """Weights [seed, P], losses [seed] and steps [seed] where each run first falls to `target`."""
    where, row = first_below(run, target), np.arange(len(run.losses))
    return run.positions[row, where], run.losses[row, where], run.steps[where]


def rescaled(problem: FlatProblem, vector: np.ndarray, alpha: float) -> np.ndarray:
    """`vector` [P] with its first layer (weights, biases) multiplied by α and the weights of its
    second layer divided by α.

    A network whose activation is positively homogeneous (relu) then computes the same as before
    (Dinh et al. 2017).
    """
    sizes = [int(np.prod(shape)) for shape in problem.shapes]
    first = sizes[0] + sizes[1]
    result = np.array(vector)
    result[:first] *= alpha
    result[first : first + sizes[2]] /= alpha
    return result


def filtered_curvature(problem: FlatProblem, points: np.ndarray, count: int = 10) -> np.ndarray:
    """The mean of dᵀHd over `count` random filter-normalised directions d, [n] at `points`
    [n, P]."""
    product = hessian_product(problem, problem.data)

    def along(point: np.ndarray, seed: int) -> float:
        plane = filter_normalized(point, problem.shapes, filters=problem.filters, seed=seed)
        direction = plane.axes[0].astype(np.float32)
        return float(direction @ np.asarray(product(point, direction)))

    return np.array([np.mean([along(point, seed) for seed in range(count)]) for point in points])


def _output_change(problem: FlatProblem, points: np.ndarray) -> float:
    """The largest difference of any single example's loss between `points` [n, P] and the first."""

    def each(point: Array, batch: Batch) -> Array:
        def alone(example: Batch) -> Array:
            return problem.loss(point, jax.tree.map(lambda leaf: leaf[None], example))

        return jax.vmap(alone)(batch)

    table = evaluate(each, points, problem.data)
    return float(np.abs(table - table[0]).max())
