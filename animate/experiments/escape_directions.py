"""Claim 3: the higher a critical point, the more directions lead down from it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.experiments.options import Positive, Samples, Seed, Steps, Units
from animate.lazy import lazy
from animate.networks.curvature import eigh
from animate.networks.data import read_digits

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
else:
    jax, jnp = lazy("jax"), lazy("jax.numpy")

_SOLVED = 1e-8


@dataclass(frozen=True)
class EscapeDirections:
    """Distinct critical points of a small network: `losses`, `index`, `gradient_norms`, `found`
    [point].

    `index` is the number of negative Hessian eigenvalues, out of `parameters`; `found` how many
    starts led there; `plateau` marks the points where the network ignores its input.
    `rank_correlation` is Spearman's over the points off the plateau. `spectra` [point, P] are the
    eigenvalues.
    """

    losses: np.ndarray
    index: np.ndarray
    gradient_norms: np.ndarray
    found: np.ndarray
    plateau: np.ndarray
    spectra: np.ndarray
    parameters: int
    rank_correlation: float
    facts: dict[str, Any]


def escape_directions(
    *,
    hidden: Units = 4,
    samples: Samples = 240,
    decay: Positive = 2e-3,
    paths: Units = 24,
    iterations: Steps = 100,
    seed: Seed = 0,
) -> EscapeDirections:
    """Critical points of a tanh network 4-h-3 on three digits, by Newton in a trust radius.

    The points are where |∇L| < 1e-8 (minimising |∇L|² instead ends at points that are none: Frye et
    al. 2021); index against loss as in Dauphin et al. 2014. L is the cross-entropy plus `decay`/2 ·
    |θ|².
    """
    with jax.enable_x64(True):
        inputs, targets = three_digits(samples, seed)
        size = hidden * (inputs.shape[1] + 1) + 3 * (hidden + 1)
        data = jnp.asarray(inputs), jnp.asarray(targets)

        def loss(vector: Any) -> Any:
            return network_loss(vector, *data, hidden, decay)

        begin = _begin(jax.vmap(jax.grad(loss)), size, paths, seed)
        look = _look(loss)
        points, norms = _newton(look, begin, iterations)
        solved = points[norms < _SOLVED]
        losses, gradients, hessians = (np.asarray(part) for part in look(solved))
    spectra = eigh(hessians)[0]
    index = (spectra < -1e-7).sum(axis=1)
    first, found = _distinct(losses, index)
    plateau = _ignores_input(solved[first], hidden, inputs.shape[1])
    losses, index, spectra = losses[first], index[first], spectra[first]
    correlation = spearman(losses[~plateau], index[~plateau])
    return EscapeDirections(
        losses=losses,
        index=index,
        gradient_norms=np.linalg.norm(gradients[first], axis=1),
        found=found,
        plateau=plateau,
        spectra=spectra,
        parameters=size,
        rank_correlation=correlation,
        facts={
            "spearman": correlation,
            "distinct": int((~plateau).sum()),
            "solved": len(solved),
            "starts": len(begin),
        },
    )


def three_digits(samples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Zeros, ones and twos on their first four principal components, each scaled to deviation 1."""
    pixels, labels = read_digits()
    chosen = np.flatnonzero(labels < 3)
    chosen = np.random.default_rng(seed).permutation(chosen)[:samples]
    centred = pixels[chosen] - pixels[chosen].mean(axis=0)
    scores = centred @ np.linalg.svd(centred, full_matrices=False)[2][:4].T
    return scores / scores.std(axis=0), labels[chosen]


def network_loss(vector: Any, inputs: Any, targets: Any, hidden: int, decay: float) -> Any:
    """Cross-entropy of tanh units plus decay/2 · |θ|²; `vector` holds W₁, b₁, W₂ [h, 3], b₂."""
    features = inputs.shape[1]
    ends = np.cumsum([features * hidden, hidden, 3 * hidden])
    first, bias, second, last = (
        vector[: ends[0]],
        vector[ends[0] : ends[1]],
        vector[ends[1] : ends[2]],
        vector[ends[2] :],
    )
    units = jnp.tanh(inputs @ first.reshape(features, hidden) + bias)
    logits = units @ second.reshape(hidden, 3) + last
    chosen = jnp.take_along_axis(jax.nn.log_softmax(logits), targets[:, None], axis=1)
    return -jnp.mean(chosen) + decay / 2 * jnp.sum(vector**2)


def _look(loss: Any) -> Any:
    """A compiled function: points [n, P] → losses [n], gradients [n, P], Hessians [n, P, P]."""

    def at(vector: Any) -> Any:
        return *jax.value_and_grad(loss)(vector), jax.hessian(loss)(vector)

    return jax.jit(lambda points: jax.lax.map(at, points))


def _begin(slope: Any, size: int, paths: int, seed: int) -> np.ndarray:
    """Starts [paths · 16, size]: points of `paths` gradient descents, each moved a little off its
    path.

    The points lie at steps 1 to 3000, evenly in their logarithm; `slope` gives gradients [n, size].
    """
    generator = np.random.default_rng(seed)
    steps = np.unique(np.round(np.geomspace(1, 3000, 16))).astype(int)
    counts = jnp.asarray(np.diff(steps, prepend=0))

    def interval(points: Any, count: Any) -> Any:
        points = jax.lax.fori_loop(0, count, lambda _, p: p - 0.5 * slope(p), points)
        return points, points

    first = jnp.asarray(generator.normal(size=(paths, size)))
    path = np.asarray(jax.jit(lambda p: jax.lax.scan(interval, p, counts)[1])(first))
    moved = path + generator.uniform(0.0, 0.5, (*path.shape[:2], 1)) * generator.normal(
        size=path.shape
    )
    return moved.reshape(-1, size)


def _newton(look: Any, points: np.ndarray, iterations: int) -> tuple[np.ndarray, np.ndarray]:
    """Newton's steps −H⁻¹g, no longer than a radius that grows while |g| falls, else shrinks.

    A step that would make |g| grow by half is not taken. Gives points and their |g|.
    """
    radius = np.full(len(points), 0.5)
    _, gradients, hessians = (np.asarray(part) for part in look(points))
    norms = np.linalg.norm(gradients, axis=1)
    for _ in range(iterations):
        step = _bounded_step(hessians, gradients, radius)
        trial = points + step
        _, new_gradients, new_hessians = (np.asarray(part) for part in look(trial))
        new_norms = np.linalg.norm(new_gradients, axis=1)
        better = new_norms < 1.5 * norms
        points = np.where(better[:, None], trial, points)
        gradients = np.where(better[:, None], new_gradients, gradients)
        hessians = np.where(better[:, None, None], new_hessians, hessians)
        norms = np.where(better, new_norms, norms)
        radius = np.where(better, np.minimum(1.5 * radius, 2.0), 0.5 * radius)
        if (norms < _SOLVED * 1e-3).all():
            break
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
