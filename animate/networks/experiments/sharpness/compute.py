"""The largest Hessian eigenvalue after small and large batches, and under a rescaling of layers."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from animate.networks.curvature import extreme_eigenvectors, hessian_product
from animate.networks.curvature import sharpness as largest_eigenvalue
from animate.networks.data import Data, digits
from animate.networks.evaluation import evaluate, held_out_accuracy
from animate.networks.experiments.options import Factors, Layers, Pair, Positive, Seeds, Steps
from animate.networks.network import initial_weights
from animate.networks.planes import filter_normalized
from animate.networks.problem import Batch, FlatProblem
from animate.networks.slices import first_below
from animate.networks.training import Training, kept_steps, train
from animate.simulate.libraries import Array, jax, jnp, optax

KEPT = 400
"""Steps of each run at which its loss is compared with the target."""
PARTS = 6
"""Rescalings from one of the factors to the next that are computed, the next included."""
PLACES = 201
"""Points of a section through a minimum."""
_RISE = float(np.log(10))
"""The loss of guessing one of ten digits: so high a section's ends would be at a factor of 1, if it
were a parabola."""


@dataclass(frozen=True)
class Sharpness:
    """Networks trained with batches of the sizes `batches` [batch] from several seeds.

    `losses`, `eigenvalues` (the Hessian's largest) and `accuracies` (held-out) [batch, seed] are
    those where the loss first falls to the target, at `steps` [batch, seed], with the learning rate
    `rate`; `weights` [batch, seed, P] are the networks there, `other_eigenvalues` and
    `other_weights` the same with `other_rate`. `scaled_eigenvalues` and `filtered` [alpha] are
    those of the first network with its first layer multiplied by `alphas` and its second divided by
    them, `filtered` the mean curvature along filter-normalised directions.

    `turns` [turn] are the same factors with others in between. The loss of the network rescaled by
    them is `sections` [turn, place] at the distances `places` [place] along `direction` [P], the
    Hessian's sharpest at the last factor; `turn_eigenvalues` [turn] are the largest eigenvalues.
    `pictures` [class, pixel] are held-out digits, 0 blank and 1 ink, `outputs` [turn, class, class]
    the probabilities that it gives them, and `changes` [turn] the largest change of any example's
    loss.
    """

    batches: np.ndarray
    losses: np.ndarray
    steps: np.ndarray
    eigenvalues: np.ndarray
    accuracies: np.ndarray
    alphas: np.ndarray
    scaled_eigenvalues: np.ndarray
    filtered: np.ndarray
    turns: np.ndarray
    places: np.ndarray
    direction: np.ndarray
    sections: np.ndarray
    turn_eigenvalues: np.ndarray
    pictures: np.ndarray
    outputs: np.ndarray
    changes: np.ndarray
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
    turns = between(np.array(alphas))
    turned = np.stack([rescaled(problem, ends[0, 0], alpha) for alpha in turns])
    curves, scaled = largest_eigenvalue(problem, turned), turned[::PARTS]
    direction = extreme_eigenvectors(problem, turned[-1])[1][0].astype(np.float32)
    places = _places(problem, turned[0], direction)
    images = least_sure(problem, ends[0, 0], data)
    blank = np.concatenate([data.inputs, data.test_inputs]).min(axis=0)
    return Sharpness(
        batches=np.array(batches),
        losses=losses,
        steps=at,
        eigenvalues=eigenvalues,
        accuracies=held_out_accuracy(problem, ends),
        alphas=np.array(alphas),
        scaled_eigenvalues=curves[::PARTS],
        filtered=filtered_curvature(problem, scaled),
        turns=turns,
        places=places,
        direction=direction,
        sections=section(problem, turned, direction, places),
        turn_eigenvalues=curves,
        pictures=images - blank,
        outputs=probabilities(problem, turned, images, data.classes),
        changes=_changes(problem, turned),
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


def between(alphas: np.ndarray) -> np.ndarray:
    """`alphas` [n] with PARTS − 1 factors between two of them, evenly on a log scale."""
    steps = np.arange(PARTS * (len(alphas) - 1) + 1) / PARTS
    turns = np.exp(np.interp(steps, np.arange(len(alphas)), np.log(alphas)))
    turns[::PARTS] = alphas
    return turns


def _places(problem: FlatProblem, point: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Distances [PLACES] from `point` along `direction`, the closer the nearer to it."""
    bend = float(direction @ np.asarray(hessian_product(problem, problem.data)(point, direction)))
    even = np.linspace(-1.0, 1.0, PLACES)
    return np.sqrt(2 * _RISE / max(bend, 1e-3)) * even * np.abs(even)


def section(
    problem: FlatProblem, points: np.ndarray, direction: np.ndarray, places: np.ndarray
) -> np.ndarray:
    """The loss over all examples [n, place] at `places` from each of `points` [n, P]."""
    line = (places[:, None] * direction).astype(np.float32)
    return np.stack([evaluate(problem.loss, point + line, problem.data) for point in points])


def probabilities(
    problem: FlatProblem, points: np.ndarray, images: np.ndarray, classes: int
) -> np.ndarray:
    """What the networks `points` [n, P] give `images` [k, pixel] for each class, [n, k, classes].

    The loss of a single example is minus the logarithm of its class's probability.
    """

    def each(point: Array, batch: Batch) -> Array:
        def of_class(image: Array, number: Array) -> Array:
            return jnp.exp(-problem.loss(point, (image[None], number[None])))

        return jax.vmap(jax.vmap(of_class, (None, 0)), (0, None))(*batch)

    return evaluate(each, points, (images, np.arange(classes, dtype=np.int32)))


def least_sure(problem: FlatProblem, point: np.ndarray, data: Data) -> np.ndarray:
    """Of each class the held-out example [class, pixel] whose class is least sure."""
    given = probabilities(problem, point[None], data.test_inputs, data.classes)[0].max(axis=1)
    of_class = (np.flatnonzero(data.test_targets == number) for number in range(data.classes))
    return data.test_inputs[[members[given[members].argmin()] for members in of_class]]


def filtered_curvature(problem: FlatProblem, points: np.ndarray, count: int = 10) -> np.ndarray:
    """The mean of dᵀHd over `count` random filter-normalised directions d, [n] at `points`
    [n, P]."""
    product = hessian_product(problem, problem.data)

    def along(point: np.ndarray, seed: int) -> float:
        plane = filter_normalized(point, problem.shapes, filters=problem.filters, seed=seed)
        direction = plane.axes[0].astype(np.float32)
        return float(direction @ np.asarray(product(point, direction)))

    return np.array([np.mean([along(point, seed) for seed in range(count)]) for point in points])


def _changes(problem: FlatProblem, points: np.ndarray) -> np.ndarray:
    """The largest difference [n] of any single example's loss between `points` [n, P] and the
    first."""

    def each(point: Array, batch: Batch) -> Array:
        def alone(example: Batch) -> Array:
            return problem.loss(point, jax.tree.map(lambda leaf: leaf[None], example))

        return jax.vmap(alone)(batch)

    table = evaluate(each, points, problem.data)
    return np.abs(table - table[0]).max(axis=1)
