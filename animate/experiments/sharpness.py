"""Claim 6: small batches end flatter; what that is worth; and how a rescaling fools the measure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.experiments.options import Factors, Layers, Pair, Positive, Seeds, Steps
from animate.experiments.slices import first_below
from animate.lazy import lazy
from animate.networks.curvature import hessian_product
from animate.networks.curvature import sharpness as largest_eigenvalue
from animate.networks.data import digits
from animate.networks.evaluation import evaluate, held_out_accuracy
from animate.networks.network import starts
from animate.networks.planes import filter_normalized
from animate.networks.problem import FlatProblem
from animate.networks.training import shown_steps, train

if TYPE_CHECKING:
    import jax
    import optax
else:
    jax, optax = lazy("jax"), lazy("optax")


@dataclass(frozen=True)
class Sharpness:
    """`eigenvalues` (the Hessian's largest), `accuracies` (held-out) and `losses` are [batch,
    seed].

    All of them where the loss first falls to `target`, at `steps` [batch, seed]. For the first run,
    `scaled_eigenvalues` and `filtered` [alpha] are after its first layer was multiplied by `alphas`
    and its second divided; `output_change` is the largest change of any output by that.
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
    facts: dict[str, Any]


def sharpness(
    *,
    batches: Pair = (16, 512),
    hidden: Layers = (32,),
    learning_rate: Positive = 1.0,
    target: Positive = 0.035,
    steps: Steps = 1000,
    seeds: Seeds = (0, 1, 2, 3),
    alphas: Factors = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0),
) -> Sharpness:
    """The largest Hessian eigenvalue after small and large batches, at equal loss.

    That small batches end flatter is from Keskar et al. 2017. Beside it what a rescaling of two
    layers by α does to it, with the same outputs (Dinh et al. 2017), and to the mean curvature
    along filter-normalised directions (Li et al. 2018). Raises UsageError when a run does not fall
    to `target`.
    """
    data = digits(samples=1797, test=0.3)
    problem, begins = starts(data, seeds, hidden=hidden)
    keep = shown_steps(steps, 400)
    descent = optax.sgd(learning_rate)
    runs = [
        train(problem, descent, starts=begins, steps=steps, keep=keep, batch=batch, seeds=seeds)
        for batch in batches
    ]
    where = np.stack([first_below(run, target) for run in runs])
    row = np.arange(len(seeds))
    ends = np.stack([run.positions[row, at] for run, at in zip(runs, where, strict=True)])
    eigenvalues = np.stack([largest_eigenvalue(problem, points) for points in ends])
    accuracies = held_out_accuracy(problem, ends)
    scaled = np.stack([rescaled(problem, ends[0, 0], alpha) for alpha in alphas])
    change = _output_change(problem, scaled)
    return Sharpness(
        batches=np.array(batches),
        losses=np.stack([run.losses[row, at] for run, at in zip(runs, where, strict=True)]),
        steps=keep[where],
        eigenvalues=eigenvalues,
        accuracies=accuracies,
        alphas=np.array(alphas),
        scaled_eigenvalues=largest_eigenvalue(problem, scaled),
        filtered=filtered_curvature(problem, scaled),
        output_change=change,
        facts={
            "flatter": int((eigenvalues[0] < eigenvalues[1]).sum()),
            "better": int((accuracies[0] > accuracies[1]).sum()),
            "seeds": len(seeds),
            "output_change": change,
        },
    )


def rescaled(problem: FlatProblem, vector: np.ndarray, alpha: float) -> np.ndarray:
    """`vector` with its first layer (weights, biases) times α and its second layer's weights by
    1/α.

    A network whose activation is positively homogeneous (relu) computes the same as before.
    """
    sizes = [int(np.prod(shape)) for shape in problem.shapes]
    first = sizes[0] + sizes[1]
    result = np.array(vector)
    result[:first] *= alpha
    result[first : first + sizes[2]] /= alpha
    return result


def filtered_curvature(problem: FlatProblem, points: np.ndarray, count: int = 10) -> np.ndarray:
    """The mean of dᵀHd over `count` random filter-normalised directions d at each of `points` [n,
    P]."""
    product = hessian_product(problem, problem.data)

    def along(point: np.ndarray, seed: int) -> float:
        plane = filter_normalized(point, problem.shapes, filters=problem.filters, seed=seed)
        direction = plane.axes[0].astype(np.float32)
        return float(direction @ np.asarray(product(point, direction)))

    return np.array([np.mean([along(point, seed) for seed in range(count)]) for point in points])


def _output_change(problem: FlatProblem, points: np.ndarray) -> float:
    """The largest difference of any single example's loss between `points` [n, P] and the first."""

    def each(point: Any, batch: Any) -> Any:
        def alone(example: Any) -> Any:
            return problem.loss(point, jax.tree.map(lambda leaf: leaf[None], example))

        return jax.vmap(alone)(batch)

    table = evaluate(each, points, problem.data)
    return float(np.abs(table - table[0]).max())
