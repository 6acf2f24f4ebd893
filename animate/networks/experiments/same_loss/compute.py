"""Independent trainings of one network: how good their ends are, and how far apart."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from animate.networks.alignment import aligned
from animate.networks.data import digits
from animate.networks.evaluation import held_out_accuracy
from animate.networks.experiments import options
from animate.networks.network import initial_weights
from animate.networks.planes import pca, random_walk_share
from animate.networks.problem import FlatProblem
from animate.networks.training import kept_steps, train
from animate.simulate.libraries import optax


@dataclass(frozen=True)
class SameLoss:
    """`losses` and `accuracies` (held-out) [run, kept] at `steps` [kept].

    `distances` [run, run] are those between the ends, `aligned_distances` those with the hidden
    units of one network in the order in which it is nearest to the other, `start_distances` those
    between the starts, and `lengths` [run] those from a run's start to its end. On the way
    `travelled` [run, kept] are the distances from a run's own start, and `apart` [kept, 5] the
    least, the quartiles and the largest of those between every two runs at the same step. `paths`
    [run, kept, 2] are the runs on the plane of largest variance of all their points together,
    `plane_share` [2] its axes' shares of that variance. `path_share` [run] is the share that the
    best plane of each run alone holds,
    `walk_share` that of a random walk of as many points. `positions` float32 [run, kept, P] are the
    weights.
    """

    steps: np.ndarray
    losses: np.ndarray
    accuracies: np.ndarray
    distances: np.ndarray
    aligned_distances: np.ndarray
    start_distances: np.ndarray
    lengths: np.ndarray
    travelled: np.ndarray
    apart: np.ndarray
    paths: np.ndarray
    plane_share: np.ndarray
    path_share: np.ndarray
    walk_share: float
    positions: np.ndarray


def same_loss(
    *,
    runs: options.Several = 12,
    hidden: options.Layers = (32,),
    learning_rate: options.Positive = 0.1,
    batch: options.Samples = 64,
    steps: options.Steps = 2500,
    kept: options.Kept = 100,
    seed: options.Seed = 0,
) -> SameLoss:
    """Twelve runs from twelve starts on the digits: losses, accuracies, and how far apart they end.

    Li et al. 2018 measure the share of a path's variance in a plane; the control is that share for
    a random walk (Antognini & Sohl-Dickstein 2018). Another order of the hidden units is the
    same function: so distances are told with their order aligned too (Ainsworth et al. 2023).
    """
    from scipy.spatial.distance import pdist

    data = digits(samples=1797, test=0.3, seed=seed)
    seeds = range(seed, seed + runs)
    problem, initial = initial_weights(data, seeds, hidden=hidden)
    keep = kept_steps(steps, kept)
    trained = train(
        problem,
        optax.sgd(learning_rate),
        starts=initial,
        steps=steps,
        keep=keep,
        batch=batch,
        seeds=seeds,
    )
    positions = trained.positions
    ends = positions[:, -1]
    plane, share = pca(positions.reshape(-1, positions.shape[-1]))
    return SameLoss(
        steps=keep,
        losses=trained.losses,
        accuracies=held_out_accuracy(problem, positions),
        distances=np.linalg.norm(ends[:, None] - ends, axis=-1),
        aligned_distances=_aligned_distances(problem, ends),
        start_distances=np.linalg.norm(initial[:, None] - initial, axis=-1),
        lengths=np.linalg.norm(ends - initial, axis=-1),
        travelled=np.linalg.norm(positions - positions[:, :1], axis=-1),
        apart=np.array([_quartiles(pdist(each)) for each in np.moveaxis(positions, 1, 0)]),
        paths=plane.project(positions),
        plane_share=share,
        path_share=np.array([pca(path)[1].sum() for path in positions]),
        walk_share=float(random_walk_share(len(keep), positions.shape[-1]).sum()),
        positions=positions,
    )


def _aligned_distances(problem: FlatProblem, ends: np.ndarray) -> np.ndarray:
    """The distances [run, run] of the networks `ends` [run, P], the later one of each two aligned
    to the other."""
    result = np.zeros((len(ends), len(ends)))
    for one, other in combinations(range(len(ends)), 2):
        moved = ends[one] - aligned(problem, ends[one], ends[other])
        result[one, other] = result[other, one] = np.linalg.norm(moved)
    return result


def _quartiles(values: np.ndarray) -> np.ndarray:
    """The least, the quartiles and the largest [5] of `values` [n]."""
    return np.quantile(values, np.linspace(0, 1, 5))
