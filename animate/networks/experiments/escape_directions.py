"""Claim 3: the higher a critical point, the more directions lead down from it."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from animate._lazy import lazy
from animate.errors import UsageError
from animate.networks.chance import stream
from animate.networks.curvature import eigh
from animate.networks.data import read_digits
from animate.networks.experiments.options import Positive, Samples, Seeds, Steps, Units
from animate.networks.one_layer import derivatives, network_loss, parameters

if TYPE_CHECKING:
    import jax
else:
    jax = lazy("jax")

_SOLVED = 1e-8
_FLAT = -1e-7
_AT_ONCE = 32


@dataclass(frozen=True)
class EscapeDirections:
    """Distinct critical points of a small network: `losses`, `index`, `gradient_norms`, `found`
    [point].

    `draws` [point] says for which of the `seeds` (its own examples, its own searches) it was found.
    `index` is the number of negative Hessian eigenvalues, out of `parameters`; `found` how many
    starts led there; `plateau` marks the points where the network ignores its input.
    `rank_correlation` [seed] is Spearman's over the points off the plateau. `spectra` [point, P]
    are the eigenvalues, `points` [point, P] the weights, `inputs` [seed, n, 4] and `targets` [seed,
    n] the examples, `decay` the weight of |θ|²/2 in the loss.
    """

    losses: np.ndarray
    index: np.ndarray
    gradient_norms: np.ndarray
    found: np.ndarray
    plateau: np.ndarray
    draws: np.ndarray
    spectra: np.ndarray
    points: np.ndarray
    inputs: np.ndarray
    targets: np.ndarray
    seeds: np.ndarray
    rank_correlation: np.ndarray
    parameters: int
    decay: float
    facts: dict[str, Any]


def escape_directions(
    *,
    hidden: Units = 4,
    samples: Samples = 240,
    decay: Positive = 2e-3,
    paths: Units = 16,
    iterations: Steps = 100,
    seeds: Seeds = (0, 1, 2),
) -> EscapeDirections:
    """Critical points of a tanh network 4-h-3 on three digits, by Newton in a trust radius.

    The points are where |∇L| < 1e-8 (minimising |∇L|² instead ends at points that are none: Frye et
    al. 2021); index against loss as in Dauphin et al. 2014. L is the cross-entropy plus `decay`/2 ·
    |θ|².
    """
    size = parameters(4, hidden)
    with jax.enable_x64(True):
        shape = {"hidden": hidden, "decay": decay}
        look = _look(partial(derivatives, **shape))
        descend = _descent(partial(network_loss, **shape))
        examples = [three_digits(samples, seed) for seed in seeds]
        drawn = list(zip(seeds, examples, strict=True))
        begins = [_begin(descend, each, size, paths, seed) for seed, each in drawn]
        found = [
            _critical(partial(look, examples=each), begin, iterations)
            for begin, each in zip(begins, examples, strict=True)
        ]
    losses, norms, spectra, points, counts = (
        np.concatenate(part) for part in zip(*found, strict=True)
    )
    draws = np.repeat(np.arange(len(seeds)), [len(each[0]) for each in found])
    plateau, index = _ignores_input(points, hidden, 4), (spectra < _FLAT).sum(axis=1)
    chosen = [(draws == k) & ~plateau for k in range(len(seeds))]
    correlations = np.array([spearman(losses[one], index[one]) for one in chosen])
    return EscapeDirections(
        losses=losses,
        index=index,
        gradient_norms=norms,
        found=counts,
        plateau=plateau,
        draws=draws,
        spectra=spectra,
        points=points,
        inputs=np.stack([inputs for inputs, _ in examples]),
        targets=np.stack([targets for _, targets in examples]),
        seeds=np.array(seeds),
        rank_correlation=correlations,
        parameters=size,
        decay=decay,
        facts={
            "spearman": correlations.tolist(),
            "distinct": [int(one.sum()) for one in chosen],
            "solved": int(counts.sum()),
            "starts": sum(map(len, begins)),
        },
    )


def _critical(look: Any, begin: np.ndarray, iterations: int) -> tuple[np.ndarray, ...]:
    """What the searches from `begin` [n, P] find: losses, gradient norms, spectra, points, and how
    many led to each."""
    points, norms = _newton(look, begin, iterations)
    solved = points[norms < _SOLVED]
    if len(solved) == 0:
        raise UsageError("no search ended at a critical point; allow more paths or iterations")
    losses, gradients, hessians = look(solved)
    spectra = eigh(hessians)[0]
    first, counts = _distinct(losses, (spectra < _FLAT).sum(axis=1))
    norms = np.linalg.norm(gradients[first], axis=1)
    return losses[first], norms, spectra[first], solved[first], counts


def three_digits(samples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Zeros, ones and twos on their first four principal components, each scaled to deviation 1."""
    pixels, labels = read_digits()
    chosen = np.flatnonzero(labels < 3)
    chosen = stream(seed, "split").permutation(chosen)[:samples]
    centred = pixels[chosen] - pixels[chosen].mean(axis=0)
    scores = centred @ np.linalg.svd(centred, full_matrices=False)[2][:4].T
    return scores / scores.std(axis=0), labels[chosen]


def _look(derivatives: Any) -> Any:
    """(points [n, P], (inputs, targets)) → losses [n], gradients [n, P], Hessians [n, P, P];
    compiled once."""
    some = jax.jit(lambda p, examples: jax.lax.map(lambda v: derivatives(v, *examples), p))

    def look(points: np.ndarray, examples: Any) -> tuple[np.ndarray, ...]:
        padded = np.pad(points, ((0, -len(points) % _AT_ONCE), (0, 0)), mode="edge")
        parts = [some(part, examples) for part in padded.reshape(-1, _AT_ONCE, points.shape[1])]
        return tuple(np.concatenate(part)[: len(points)] for part in zip(*parts, strict=True))

    return look


def _descent(loss: Any) -> Any:
    """(points [n, P], examples, counts [k]) → the points [k, n, P] after so many steps each;
    compiled once."""
    slope = jax.vmap(lambda v, examples: jax.grad(loss)(v, *examples), in_axes=(0, None))

    def descend(points: Any, examples: Any, counts: Any) -> Any:
        def interval(points: Any, count: Any) -> Any:
            points = jax.lax.fori_loop(0, count, lambda _, p: p - 0.5 * slope(p, examples), points)
            return points, points

        return jax.lax.scan(interval, points, counts)[1]

    return jax.jit(descend)


def _begin(descend: Any, examples: Any, size: int, paths: int, seed: int) -> np.ndarray:
    """Starts [paths · 16, size]: points of `paths` gradient descents, each moved a little off its
    path.

    The points lie at steps 1 to 3000, evenly in their logarithm.
    """
    generator = stream(seed, "points")
    steps = np.unique(np.round(np.geomspace(1, 3000, 16))).astype(int)
    first = generator.normal(size=(paths, size))
    path = np.asarray(descend(first, examples, np.diff(steps, prepend=0)))
    reach = generator.uniform(0.0, 0.5, (*path.shape[:2], 1))
    return (path + reach * generator.normal(size=path.shape)).reshape(-1, size)


def _newton(look: Any, points: np.ndarray, iterations: int) -> tuple[np.ndarray, np.ndarray]:
    """Newton's steps −H⁻¹g, no longer than a radius that grows while |g| falls, else shrinks.

    A step that would make |g| grow by half is not taken; a point that is found rests. Gives points
    and their |g|.
    """
    points, radius = points.copy(), np.full(len(points), 0.5)
    _, gradients, hessians = look(points)
    norms = np.linalg.norm(gradients, axis=1)
    for _ in range(iterations):
        open_ = np.flatnonzero(norms >= _SOLVED * 1e-3)
        if len(open_) == 0:
            break
        trial = points[open_] + _bounded_step(hessians[open_], gradients[open_], radius[open_])
        _, new_gradients, new_hessians = look(trial)
        new_norms = np.linalg.norm(new_gradients, axis=1)
        better = new_norms < 1.5 * norms[open_]
        moved = open_[better]
        points[moved], norms[moved] = trial[better], new_norms[better]
        gradients[moved], hessians[moved] = new_gradients[better], new_hessians[better]
        radius[open_] = np.where(better, np.minimum(1.5 * radius[open_], 2.0), 0.5 * radius[open_])
    return points, norms


def _bounded_step(hessians: np.ndarray, gradients: np.ndarray, radius: np.ndarray) -> np.ndarray:
    values, vectors = eigh(hessians)
    safe = np.where(np.abs(values) < 1e-10, 1e-10, values)
    step = -np.einsum("nij,nj->ni", vectors, np.einsum("nij,ni->nj", vectors, gradients) / safe)
    length = np.linalg.norm(step, axis=1)
    return step * np.minimum(1.0, radius / np.maximum(length, 1e-300))[:, None]


def _distinct(losses: np.ndarray, index: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One of each group of equal loss and index (units may be swapped or mirrored), and the groups'
    sizes."""
    keys = np.stack([np.round(losses, 8), index], axis=1)
    _, first, found = np.unique(keys, axis=0, return_index=True, return_counts=True)
    return first, found


def _ignores_input(points: np.ndarray, hidden: int, features: int) -> np.ndarray:
    """Whether every unit has either no input weights or no output weights."""
    first = points[:, : features * hidden].reshape(-1, features, hidden)
    place = (features + 1) * hidden
    second = points[:, place : place + 3 * hidden].reshape(-1, hidden, 3)
    through = np.abs(first).max(axis=1) * np.abs(second).max(axis=2)
    return through.max(axis=1) < 1e-5


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    """The correlation of the ranks of `a` and `b`, ties at their mean rank (Spearman 1904)."""
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def _ranks(values: np.ndarray) -> np.ndarray:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]
