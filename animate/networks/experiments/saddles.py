"""Claim 1: gradient descent from small weights goes from saddle to saddle, and rests at each."""

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from annotated_types import Interval

from animate._lazy import lazy
from animate.networks.chance import stream
from animate.networks.curvature import eigh
from animate.networks.data import read_digits
from animate.networks.experiments.options import Kept, Positive, Seeds, Steps

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
else:
    jax, jnp = lazy("jax"), lazy("jax.numpy")


@dataclass(frozen=True)
class Saddles:
    """`losses`, `gradient_norms`, `escapes` (negative Hessian eigenvalues) are [seed, kept] at
    `steps`.

    `ladder_losses`, `ladder_index`, `ladder_rank` list every critical value; `rung_losses` and
    `rung_index` [rank] those of the leading components. `rest_steps` [seed, rank] is where the
    gradient is smallest among the steps nearest to a rung, `rest_distance` the loss there against
    the rung's, relative; `rest_index` counts the escape directions of the critical point that
    Newton's method finds from there, `rest_losses` is its loss. `path` [seed, kept, P], float32,
    and `critical_points` [seed, rank, P] are the weights themselves.
    """

    steps: np.ndarray
    losses: np.ndarray
    gradient_norms: np.ndarray
    escapes: np.ndarray
    ladder_losses: np.ndarray
    ladder_index: np.ndarray
    ladder_rank: np.ndarray
    rung_losses: np.ndarray
    rung_index: np.ndarray
    rest_steps: np.ndarray
    rest_distance: np.ndarray
    rest_losses: np.ndarray
    rest_index: np.ndarray
    path: np.ndarray
    critical_points: np.ndarray
    facts: dict[str, Any]


def saddles(
    *,
    hidden: Annotated[int, Interval(ge=1, le=16)] = 4,
    start: Positive = 1e-6,
    learning_rate: Positive = 0.2,
    steps: Steps = 3000,
    kept: Kept = 300,
    seeds: Seeds = (0, 1, 2, 3, 4),
) -> Saddles:
    """The staircase of a linear autoencoder on 4 × 4 digits, and the ladder of its exact saddles.

    L(W₁, W₂) = ½ tr((I − W₂W₁) Σ (I − W₂W₁)ᵀ) with Σ the covariance of the pixels. Its critical
    points are the subsets of at most `hidden` principal components (Baldi & Hornik 1989). An escape
    direction is an eigenvalue below −0.005 of the largest variance: a path near a saddle is not at
    it.
    """
    keep = np.round(np.linspace(0, steps, kept + 1)).astype(int)
    with jax.enable_x64(True):
        covariance = pooled_covariance()
        spectrum = np.linalg.eigvalsh(covariance)[::-1]
        table = np.array(ladder(spectrum, hidden))
        rungs = np.array([rung(spectrum, tuple(range(rank)), hidden) for rank in range(hidden + 1)])
        size = 2 * len(covariance) * hidden
        begins = np.stack([start * stream(seed, "start").normal(size=size) for seed in seeds])
        path, losses, norms, values = _descend(covariance, hidden, begins, learning_rate, keep)
        rests = _rests(losses, norms, rungs[:, 0])
        points = np.take_along_axis(path, rests[:, :, None], axis=1)
        critical_points, rest_losses, rest_index = _critical(
            covariance, hidden, points, 2e-3 * spectrum[0]
        )
    distance = np.abs(np.take_along_axis(losses, rests, axis=1) / rungs[:, 0] - 1)
    facts = {
        "rungs": rungs[:, 1].astype(int).tolist(),
        "rest_index": rest_index.tolist(),
        "rest_distance": distance.tolist(),
        "critical_values": len(table),
    }
    return Saddles(
        steps=keep,
        losses=losses,
        gradient_norms=norms,
        escapes=(values < -5e-3 * spectrum[0]).sum(axis=-1),
        ladder_losses=table[:, 0],
        ladder_index=table[:, 1].astype(int),
        ladder_rank=table[:, 2].astype(int),
        rung_losses=rungs[:, 0],
        rung_index=rungs[:, 1].astype(int),
        rest_steps=keep[rests],
        rest_distance=distance,
        rest_losses=rest_losses,
        rest_index=rest_index,
        path=path.astype(np.float32),
        critical_points=critical_points,
        facts=facts,
    )


def pooled_covariance() -> np.ndarray:
    """The covariance [16, 16] of the digits after averaging every 2 × 2 pixels."""
    pixels = read_digits()[0].reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)).reshape(-1, 16)
    return np.cov(pixels, rowvar=False, bias=True)


def rung(spectrum: np.ndarray, chosen: tuple[int, ...], hidden: int) -> tuple[float, int]:
    """Loss and index of the critical point that keeps the `chosen` components of `spectrum` [d].

    The loss is half of what is left out. Directions of escape: every unused unit may take up every
    component left out, and every chosen component may be exchanged for a larger one left out.
    """
    left = [i for i in range(len(spectrum)) if i not in chosen]
    exchanges = sum(spectrum[j] > spectrum[i] for i in chosen for j in left)
    index = (hidden - len(chosen)) * len(left) + exchanges
    return float(spectrum[left].sum() / 2), int(index)


def ladder(spectrum: np.ndarray, hidden: int) -> list[tuple[float, int, int]]:
    """(loss, index, rank) of every critical point of rank 0 to `hidden`, one for each subset."""
    return [
        (*rung(spectrum, chosen, hidden), rank)
        for rank in range(hidden + 1)
        for chosen in combinations(range(len(spectrum)), rank)
    ]


def autoencoder_loss(vector: Any, covariance: Any, hidden: int) -> Any:
    """½ tr((I − W₂W₁) Σ (I − W₂W₁)ᵀ); `vector` holds W₁ [hidden, d], then W₂ [d, hidden]."""
    size = covariance.shape[0]
    first, second = vector[: hidden * size], vector[hidden * size :]
    rest = jnp.eye(size) - second.reshape(size, hidden) @ first.reshape(hidden, size)
    return jnp.trace(rest @ covariance @ rest.T) / 2


def _descend(
    covariance: np.ndarray, hidden: int, begins: np.ndarray, rate: float, keep: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Gradient descent: points, losses, gradient norms and Hessian eigenvalues, each [seed, kept,
    …]."""
    sigma = jnp.asarray(covariance)

    def loss(vector: Any) -> Any:
        return autoencoder_loss(vector, sigma, hidden)

    def interval(vector: Any, count: Any) -> Any:
        vector = jax.lax.fori_loop(0, count, lambda _, v: v - rate * jax.grad(loss)(v), vector)
        return vector, vector

    def look(vector: Any) -> Any:
        return loss(vector), jnp.linalg.norm(jax.grad(loss)(vector)), jax.hessian(loss)(vector)

    counts = jnp.asarray(np.diff(keep, prepend=0))
    path = jax.jit(jax.vmap(lambda begin: jax.lax.scan(interval, begin, counts)[1]))(begins)
    shape = path.shape[:2]
    seen = jax.jit(lambda p: jax.lax.map(look, p))(path.reshape(-1, path.shape[-1]))
    losses, norms, hessians = (np.asarray(part) for part in seen)
    values = eigh(hessians)[0].reshape(*shape, -1)
    return np.asarray(path), losses.reshape(shape), norms.reshape(shape), values


def _rests(losses: np.ndarray, norms: np.ndarray, rungs: np.ndarray) -> np.ndarray:
    """The kept step [seed, rung] of smallest gradient among those whose loss is nearest to each
    rung."""
    nearest = np.abs(losses[:, :, None] - rungs).argmin(axis=2)
    among = np.where(nearest[:, :, None] == np.arange(len(rungs)), norms[:, :, None], np.inf)
    return among.argmin(axis=1)


def _critical(
    covariance: np.ndarray, hidden: int, points: np.ndarray, flat: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The critical point that Newton's method finds from each of `points` [seed, rung, P], its
    loss and its index.

    Directions whose curvature is below `flat` lie along the family of equal critical points; no
    step is made in them.
    """
    sigma = jnp.asarray(covariance)

    def loss(vector: Any) -> Any:
        return autoencoder_loss(vector, sigma, hidden)

    def at(vector: Any) -> Any:
        return loss(vector), jax.grad(loss)(vector), jax.hessian(loss)(vector)

    look = jax.jit(lambda vectors: jax.lax.map(at, vectors))
    vectors = points.reshape(-1, points.shape[-1])
    while True:
        losses, gradients, hessians = (np.asarray(part) for part in look(vectors))
        values, axes = eigh(hessians)
        if np.linalg.norm(gradients, axis=1).max() < 1e-12:
            index = (values < -flat).sum(axis=1)
            shape = points.shape[:2]
            return vectors.reshape(points.shape), losses.reshape(shape), index.reshape(shape)
        curved = np.abs(values) > flat
        inverse = np.where(curved, 1 / np.where(curved, values, 1.0), 0.0)
        along = inverse * np.einsum("nij,ni->nj", axes, gradients)
        vectors = vectors - np.einsum("nij,nj->ni", axes, along)
