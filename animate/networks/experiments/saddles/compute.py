"""Gradient descent of a linear autoencoder from small weights, and its exact critical points."""

from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Annotated

import numpy as np
from annotated_types import Interval

from animate.networks.curvature import eigh
from animate.networks.data import pooled, read_digits
from animate.networks.experiments.options import Kept, Positive, Seeds, Steps
from animate.networks.random_streams import stream
from animate.simulate.libraries import Array, jax, jnp
from animate.simulate.numerics import float64


@dataclass(frozen=True)
class Saddles:
    """The runs [seed, kept] at `steps` [kept], and the critical points that they pass.

    `losses` and `gradient_norms` are those on the way, `escapes` the number of negative Hessian
    eigenvalues. `ladder_losses`, `ladder_index`, `ladder_rank` [point] list all critical points;
    `rung_losses` and `rung_index` [rank] those of the leading principal components. `rest_steps`
    [seed, rank] is the step of smallest gradient among those whose loss is nearest to a rung's,
    and `rest_distance` the relative difference of the losses there. From there Newton's method
    finds `critical_points` [seed, rank, P] with `rest_losses` and `rest_index`. `path` float32
    [seed, kept, P] are the weights on the way.
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
    points are the subsets of at most `hidden` principal components (Baldi & Hornik 1989). On a path
    an eigenvalue counts as negative below −0.005 of the largest variance, since the path is near a
    saddle and not at it.
    """
    keep = np.round(np.linspace(0, steps, kept + 1)).astype(int)
    with float64():
        covariance = pooled_covariance()
        spectrum = np.linalg.eigvalsh(covariance)[::-1]
        table = np.array(ladder(spectrum, hidden))
        rungs = np.array([rung(spectrum, tuple(range(rank)), hidden) for rank in range(hidden + 1)])
        size = 2 * len(covariance) * hidden
        starts = np.stack([start * stream(seed, "start").normal(size=size) for seed in seeds])
        path, losses, norms, values = _descend(covariance, hidden, starts, learning_rate, keep)
        rests = _rests(losses, norms, rungs[:, 0])
        points = np.take_along_axis(path, rests[:, :, None], axis=1)
        critical_points, rest_losses, rest_index = _newton(
            covariance, hidden, points, 2e-3 * spectrum[0]
        )
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
        rest_distance=np.abs(np.take_along_axis(losses, rests, axis=1) / rungs[:, 0] - 1),
        rest_losses=rest_losses,
        rest_index=rest_index,
        path=path.astype(np.float32),
        critical_points=critical_points,
    )


def pooled_covariance() -> np.ndarray:
    """The covariance [16, 16] of the digits after averaging every 2 × 2 pixels."""
    return np.cov(pooled(read_digits()[0]), rowvar=False, bias=True)


def rung(spectrum: np.ndarray, chosen: tuple[int, ...], hidden: int) -> tuple[float, int]:
    """Loss and index of the critical point that keeps the `chosen` components of `spectrum` [d].

    The loss is half of the variance left out. The index counts the descent directions: each unused
    unit may take up each component left out, and each chosen component may be exchanged for a
    larger one left out (Baldi & Hornik 1989).
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


def autoencoder_loss(vector: Array, covariance: Array, hidden: int) -> Array:
    """½ tr((I − W₂W₁) Σ (I − W₂W₁)ᵀ); `vector` holds W₁ [hidden, d], then W₂ [d, hidden]."""
    size = covariance.shape[0]
    first, second = vector[: hidden * size], vector[hidden * size :]
    rest = jnp.eye(size) - second.reshape(size, hidden) @ first.reshape(hidden, size)
    return jnp.trace(rest @ covariance @ rest.T) / 2


def _descend(
    covariance: np.ndarray, hidden: int, starts: np.ndarray, rate: float, keep: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Gradient descent from `starts` [seed, P]: weights, losses, gradient norms and Hessian
    eigenvalues at the steps `keep`, each [seed, kept, …]."""
    loss = partial(autoencoder_loss, covariance=jnp.asarray(covariance), hidden=hidden)

    def interval(vector: Array, count: Array) -> tuple[Array, Array]:
        vector = jax.lax.fori_loop(0, count, lambda _, v: v - rate * jax.grad(loss)(v), vector)
        return vector, vector

    def measured(vector: Array) -> tuple[Array, Array, Array]:
        return loss(vector), jnp.linalg.norm(jax.grad(loss)(vector)), jax.hessian(loss)(vector)

    counts = jnp.asarray(np.diff(keep, prepend=0))
    path = jax.jit(jax.vmap(lambda start: jax.lax.scan(interval, start, counts)[1]))(starts)
    shape = path.shape[:2]
    parts = jax.jit(lambda p: jax.lax.map(measured, p))(path.reshape(-1, path.shape[-1]))
    losses, norms, hessians = (np.asarray(part) for part in parts)
    values = eigh(hessians)[0].reshape(*shape, -1)
    return np.asarray(path), losses.reshape(shape), norms.reshape(shape), values


def _rests(losses: np.ndarray, norms: np.ndarray, rungs: np.ndarray) -> np.ndarray:
    """For each rung the kept step [seed, rung] of smallest gradient among those whose loss is
    nearest to that rung's."""
    nearest = np.abs(losses[:, :, None] - rungs).argmin(axis=2)
    among = np.where(nearest[:, :, None] == np.arange(len(rungs)), norms[:, :, None], np.inf)
    return among.argmin(axis=1)


def _newton(
    covariance: np.ndarray, hidden: int, points: np.ndarray, flat: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The critical points that Newton's method finds from `points` [seed, rung, P], their losses
    and their indices [seed, rung].

    It takes no step in directions whose curvature is below `flat`: they lie along the family of
    equal critical points.
    """
    loss = partial(autoencoder_loss, covariance=jnp.asarray(covariance), hidden=hidden)

    def at(vector: Array) -> tuple[Array, Array, Array]:
        return loss(vector), jax.grad(loss)(vector), jax.hessian(loss)(vector)

    derivatives = jax.jit(lambda vectors: jax.lax.map(at, vectors))
    vectors = points.reshape(-1, points.shape[-1])
    while True:
        losses, gradients, hessians = (np.asarray(part) for part in derivatives(vectors))
        values, axes = eigh(hessians)
        if np.linalg.norm(gradients, axis=1).max() < 1e-12:
            index = (values < -flat).sum(axis=1)
            shape = points.shape[:2]
            return vectors.reshape(points.shape), losses.reshape(shape), index.reshape(shape)
        curved = np.abs(values) > flat
        inverse = np.where(curved, 1 / np.where(curved, values, 1.0), 0.0)
        along = inverse * np.einsum("nij,ni->nj", axes, gradients)
        vectors = vectors - np.einsum("nij,nj->ni", axes, along)
