"""Critical points of a small network: their losses and their numbers of descent directions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from animate.errors import UsageError
from animate.networks.curvature import eigh
from animate.networks.data import read_digits
from animate.networks.experiments.options import Positive, Samples, Seeds, Steps, Units
from animate.networks.one_layer import derivatives, network_loss, parameters
from animate.networks.random_streams import stream
from animate.simulate.libraries import Array, jax
from animate.simulate.numerics import float64

STARTS_PER_PATH = 16
"""Searches that start from each gradient descent's path."""
_SOLVED = 1e-8
"""A critical point has a gradient shorter than this."""
_FLAT = -1e-7
"""Eigenvalues from this on do not count as negative."""
_CHUNK = 32
"""Points whose derivatives are computed together."""

_Examples = tuple[np.ndarray, np.ndarray]
_Derivatives = Callable[..., tuple[np.ndarray, ...]]
"""(points [n, P], examples) → losses [n], gradients [n, P], Hessians [n, P, P]."""


@dataclass(frozen=True)
class EscapeDirections:
    """The distinct critical points [point] of a small network with P `parameters`.

    `losses` and `gradient_norms` are those there, `index` is the number of negative Hessian
    eigenvalues and `found` the number of all the `searches` that ended there. `draws` [point] is
    the place in `seeds` of the seed that drew the examples and the searches. `plateau` marks the
    points where the network ignores its input; `rank_correlation` [seed] is Spearman's between
    loss and index over all others. `spectra` [point, P] are the eigenvalues, `points` [point, P]
    the weights, `inputs` [seed, n, 4] and `targets` [seed, n] the examples, `decay` the weight of
    |θ|²/2 in the loss.
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
    searches: int

    @property
    def order(self) -> np.ndarray:
        """The places [drawn] of the first draw's points, the highest loss first."""
        drawn = np.flatnonzero(self.draws == 0)
        return drawn[np.argsort(-self.losses[drawn])]

    @property
    def three(self) -> np.ndarray:
        """The places of the first draw's highest and lowest point off the plateau and, between
        them, of the one whose loss is nearest to the middle on a log scale; fewer if there are
        fewer."""
        off = self.order[~self.plateau[self.order]]
        heights = np.log(self.losses[off])
        middle = np.abs(heights - (heights.max() + heights.min()) / 2).argmin() if len(off) else 0
        return off[np.unique([0, middle, len(off) - 1])] if len(off) else off


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

    They are the points with |∇L| < 1e-8, where L is the cross-entropy plus `decay`/2 · |θ|²;
    minimising |∇L|² instead can end at points that are not critical (Frye et al. 2021). Index
    against loss as in Dauphin et al. 2014. Raises UsageError where no search ends at a critical
    point.
    """
    size = parameters(4, hidden)
    with float64():
        shape = {"hidden": hidden, "decay": decay}
        derivatives_at = _derivatives_at(partial(derivatives, **shape))
        descend = _descent(partial(network_loss, **shape))
        examples = [three_digits(samples, seed) for seed in seeds]
        drawn = list(zip(seeds, examples, strict=True))
        starts = [_starts(descend, each, size, paths, seed) for seed, each in drawn]
        found = [
            _search(partial(derivatives_at, examples=each), start, iterations)
            for start, each in zip(starts, examples, strict=True)
        ]
    losses, norms, spectra, points, counts = (
        np.concatenate(part) for part in zip(*found, strict=True)
    )
    draws = np.repeat(np.arange(len(seeds)), [len(each[0]) for each in found])
    plateau, index = _ignores_input(points, hidden, 4), (spectra < _FLAT).sum(axis=1)
    chosen = [(draws == k) & ~plateau for k in range(len(seeds))]
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
        rank_correlation=np.array([spearman(losses[one], index[one]) for one in chosen]),
        parameters=size,
        decay=decay,
        searches=sum(map(len, starts)),
    )


def _search(
    derivatives_at: _Derivatives, starts: np.ndarray, iterations: int
) -> tuple[np.ndarray, ...]:
    """The distinct critical points that the searches from `starts` [n, P] find.

    Their losses, gradient norms, spectra, weights, and the number of searches that ended at each.
    """
    points, norms = _newton(derivatives_at, starts, iterations)
    solved = points[norms < _SOLVED]
    if len(solved) == 0:
        raise UsageError("no search ended at a critical point; allow more paths or iterations")
    losses, gradients, hessians = derivatives_at(solved)
    spectra = eigh(hessians)[0]
    first, counts = _distinct(losses, (spectra < _FLAT).sum(axis=1))
    norms = np.linalg.norm(gradients[first], axis=1)
    return losses[first], norms, spectra[first], solved[first], counts


def three_digits(samples: int, seed: int) -> _Examples:
    """Zeros, ones and twos on their first four principal components, each scaled to deviation 1."""
    pixels, labels = read_digits()
    chosen = np.flatnonzero(labels < 3)
    chosen = stream(seed, "split").permutation(chosen)[:samples]
    centred = pixels[chosen] - pixels[chosen].mean(axis=0)
    scores = centred @ np.linalg.svd(centred, full_matrices=False)[2][:4].T
    return scores / scores.std(axis=0), labels[chosen]


def _derivatives_at(derivatives: Callable[..., tuple[Array, ...]]) -> _Derivatives:
    """The derivatives at any number of points, from those at one."""
    chunk = jax.jit(lambda p, examples: jax.lax.map(lambda v: derivatives(v, *examples), p))

    def derivatives_at(points: np.ndarray, examples: _Examples) -> tuple[np.ndarray, ...]:
        padded = np.pad(points, ((0, -len(points) % _CHUNK), (0, 0)), mode="edge")
        parts = [chunk(part, examples) for part in padded.reshape(-1, _CHUNK, points.shape[1])]
        return tuple(np.concatenate(part)[: len(points)] for part in zip(*parts, strict=True))

    return derivatives_at


def _descent(loss: Callable[..., Array]) -> Callable[..., Array]:
    """A function (points [n, P], examples, counts [k]) → points [k, n, P]: gradient descent, the
    points after each of the consecutive numbers of steps in `counts`."""
    slope = jax.vmap(lambda v, examples: jax.grad(loss)(v, *examples), in_axes=(0, None))

    def descend(points: Array, examples: tuple[Array, Array], counts: Array) -> Array:
        def interval(points: Array, count: Array) -> tuple[Array, Array]:
            points = jax.lax.fori_loop(0, count, lambda _, p: p - 0.5 * slope(p, examples), points)
            return points, points

        return jax.lax.scan(interval, points, counts)[1]

    return jax.jit(descend)


def _starts(
    descend: Callable[..., Array], examples: _Examples, size: int, paths: int, seed: int
) -> np.ndarray:
    """Starts [paths · STARTS_PER_PATH, size]: points of gradient descents, moved off their paths.

    The points lie at steps 1 to 3000, evenly spaced in the logarithm of the step.
    """
    generator = stream(seed, "points")
    steps = np.unique(np.round(np.geomspace(1, 3000, STARTS_PER_PATH))).astype(int)
    first = generator.normal(size=(paths, size))
    path = np.asarray(descend(first, examples, np.diff(steps, prepend=0)))
    reach = generator.uniform(0.0, 0.5, (*path.shape[:2], 1))
    return (path + reach * generator.normal(size=path.shape)).reshape(-1, size)


def _newton(
    derivatives_at: _Derivatives, points: np.ndarray, iterations: int
) -> tuple[np.ndarray, np.ndarray]:
    """Newton steps −H⁻¹g, no longer than a radius that grows while |g| falls and else shrinks.

    A step that would make |g| grow by half is rejected; a point that is solved stays. Returns the
    points [n, P] and their |g| [n].
    """
    points, radius = points.copy(), np.full(len(points), 0.5)
    _, gradients, hessians = derivatives_at(points)
    norms = np.linalg.norm(gradients, axis=1)
    for _ in range(iterations):
        moving = np.flatnonzero(norms >= _SOLVED * 1e-3)
        if len(moving) == 0:
            break
        trial = points[moving] + _bounded_step(hessians[moving], gradients[moving], radius[moving])
        _, new_gradients, new_hessians = derivatives_at(trial)
        new_norms = np.linalg.norm(new_gradients, axis=1)
        better = new_norms < 1.5 * norms[moving]
        moved = moving[better]
        points[moved], norms[moved] = trial[better], new_norms[better]
        gradients[moved], hessians[moved] = new_gradients[better], new_hessians[better]
        radius[moving] = np.where(
            better, np.minimum(1.5 * radius[moving], 2.0), 0.5 * radius[moving]
        )
    return points, norms


def _bounded_step(hessians: np.ndarray, gradients: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """−H⁻¹g [n, P], shortened to `radius` [n]; no eigenvalue is taken nearer to 0 than 1e-10."""
    values, vectors = eigh(hessians)
    safe = np.where(np.abs(values) < 1e-10, 1e-10, values)
    step = -np.einsum("nij,nj->ni", vectors, np.einsum("nij,ni->nj", vectors, gradients) / safe)
    length = np.linalg.norm(step, axis=1)
    return step * np.minimum(1.0, radius / np.maximum(length, 1e-300))[:, None]


def _distinct(losses: np.ndarray, index: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first point of each group of equal loss and index, as after a permutation or a change of
    sign of the units, and the groups' sizes."""
    keys = np.stack([np.round(losses, 8), index], axis=1)
    _, first, found = np.unique(keys, axis=0, return_index=True, return_counts=True)
    return first, found


def _ignores_input(points: np.ndarray, hidden: int, features: int) -> np.ndarray:
    """Whether each unit of a point has either no input weights or no output weights, bool [n]."""
    first = points[:, : features * hidden].reshape(-1, features, hidden)
    place = (features + 1) * hidden
    second = points[:, place : place + 3 * hidden].reshape(-1, hidden, 3)
    through = np.abs(first).max(axis=1) * np.abs(second).max(axis=2)
    return through.max(axis=1) < 1e-5


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    """The correlation of the ranks of `a` and `b`, ties at their mean rank (Spearman 1904)."""
    from scipy.stats import rankdata

    return float(np.corrcoef(rankdata(a), rankdata(b))[0, 1])
