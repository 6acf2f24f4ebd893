"""Curvature of a network's loss without the whole Hessian: Hessian-vector products and Lanczos."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from animate.networks.chunks import chunk_of, in_chunks
from animate.networks.dependencies import require
from animate.networks.problem import Batch, FlatProblem
from animate.networks.random_streams import stream
from animate.simulate.libraries import Array, jax, jnp
from animate.simulate.numerics import float64

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

STEPS = 80
"""Products with the Hessian that Lanczos makes at most."""
_COLUMNS = 32
"""Columns of a Hessian that are made together: more no longer fit into the processor's cache."""
_PRODUCT = 4.0
"""A product with the Hessian holds as many times what the loss holds."""
_TOLERANCE = 1e-4
"""Error of an extreme eigenvalue, relative to the largest, at which Lanczos stops."""
_INVARIANT = 1e-12
"""What leads out of a Krylov space, relative to the operator, below which nothing does."""


def eigh(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eigenvalues [..., P], ascending, and eigenvectors [..., P, P] of small symmetric `matrices`.

    It uses one thread: a hundred rows are too few to share, and waiting threads made this eight
    times slower. Raises UsageError where threadpoolctl is not installed.
    """
    with _threads().limit(limits=1):
        values, vectors = np.linalg.eigh(matrices)
    return values, vectors


@cache
def _threads() -> ThreadpoolController:
    require("threadpoolctl", "a network")
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def spectra(problem: FlatProblem, points: np.ndarray) -> np.ndarray:
    """All eigenvalues [..., P], ascending, of the Hessian over all the data at `points` [..., P].

    Exact but for rounding, in float64: the Hessian is made column by column, forward over reverse
    (Pearlmutter 1994), a few columns at a time. Raises UsageError where threadpoolctl is not
    installed.
    """
    flat = np.reshape(points, (-1, points.shape[-1])).astype(np.float64)

    def hessian(at: Array, data: Batch) -> Array:
        def column(direction: Array) -> Array:
            return jax.jvp(lambda point: jax.grad(problem.loss)(point, data), (at,), (direction,))[
                1
            ]

        return jax.lax.map(column, jnp.eye(len(at)), batch_size=_COLUMNS)

    with float64(), _threads().limit(limits=1):
        compiled, data = jax.jit(hessian), in_float64(problem.data)
        values = [np.linalg.eigvalsh(compiled(point, data)) for point in flat]
    return np.stack(values).reshape(points.shape)


def in_float64(data: Batch) -> Batch:
    """`data` in double precision where it has real numbers."""

    def cast(leaf: np.ndarray) -> np.ndarray:
        leaf = np.asarray(leaf)
        return leaf.astype(np.float64) if np.issubdtype(leaf.dtype, np.floating) else leaf

    return jax.tree.map(cast, data)


def hessian_product(problem: FlatProblem, batch: Batch) -> Callable[..., Array]:
    """A compiled function (at [P], vector [P]) → Hessian · vector [P], forward over reverse
    (Pearlmutter 1994), over some examples of `batch` at a time where all do not fit into memory.

    Raises UsageError where they do not, and the loss is no mean over them.
    """
    data = jax.tree.map(jnp.asarray, batch)

    def over(pair: tuple[Array, Array], examples: Batch) -> Array:
        at, vector = pair
        return jax.jvp(lambda point: jax.grad(problem.loss)(point, examples), (at,), (vector,))[1]

    mean = in_chunks(over, chunk_of(problem.loss, problem.start, batch, _PRODUCT))
    return jax.jit(lambda at, vector: mean((at, vector), data))


@dataclass(frozen=True)
class Krylov:
    """An operator in a Krylov space: Ritz `values` [k], ascending, their `vectors` [k, k] by
    columns in the orthonormal `basis` [k, size], whose first vector is where it began."""

    values: np.ndarray
    vectors: np.ndarray
    basis: np.ndarray


def krylov(
    product: Callable[[np.ndarray], ArrayLike],
    start: np.ndarray,
    *,
    steps: int = STEPS,
    tolerance: float = 0.0,
) -> Krylov:
    """A symmetric operator in the space of `start` [size] and its images (Lanczos 1950).

    Each new vector is made orthogonal to all before it, twice. The iteration stops when both
    extreme values are known to `tolerance` times the largest, after `steps` products, or when the
    space is invariant.
    """
    basis = np.empty((min(steps, len(start)), len(start)))
    basis[0] = start / np.linalg.norm(start)
    diagonal: list[float] = []
    off_diagonal: list[float] = []
    while True:
        known = basis[: len(diagonal) + 1]
        image = np.asarray(product(known[-1]), np.float64)
        diagonal.append(float(known[-1] @ image))
        for _ in range(2):
            image = image - known.T @ (known @ image)
        norm = float(np.linalg.norm(image))
        invariant = norm <= _INVARIANT * np.abs([*diagonal, *off_diagonal]).max()
        last = invariant or len(known) == len(basis)
        if last or tolerance > 0:
            sides = np.diag(off_diagonal, 1) + np.diag(off_diagonal, -1)
            values, vectors = eigh(np.diag(diagonal) + sides)
            error = norm * np.abs(vectors[-1, [0, -1]]).max()
            if last or (len(known) > 1 and error <= tolerance * np.abs(values).max()):
                return Krylov(values, vectors, known)
        basis[len(known)] = image / norm
        off_diagonal.append(norm)


def lanczos(
    product: Callable[[np.ndarray], ArrayLike], size: int, *, steps: int = STEPS, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Ritz values [k], ascending, and vectors [k, size] of a symmetric operator, from a random
    vector; both extreme values are known to a ten-thousandth of the largest, or after `steps`."""
    start = stream(seed, "lanczos").normal(size=size)
    found = krylov(product, start, steps=steps, tolerance=_TOLERANCE)
    return found.values, found.vectors.T @ found.basis


def extreme_eigenvectors(
    problem: FlatProblem, at: np.ndarray, *, steps: int = STEPS, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """The largest and the smallest eigenvalue [2] of the Hessian at `at` [P], and unit eigenvectors
    [2, P]."""
    product = hessian_product(problem, problem.data)
    values, vectors = _ritz(product, at, steps, seed)
    return values[[-1, 0]], vectors[[-1, 0]]


def extreme_values(problem: FlatProblem) -> Callable[[np.ndarray], np.ndarray]:
    """A function from weights [P] to the largest and the smallest eigenvalue [2] of the Hessian of
    the loss over all the data there. Raises UsageError as `hessian_product`."""
    product = hessian_product(problem, problem.data)
    return lambda at: _ritz(product, at, STEPS, 0)[0][[-1, 0]]


def sharpness(problem: FlatProblem, points: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """The largest eigenvalue [n] of the Hessian over all the data at `points` [n, P]."""
    product = hessian_product(problem, problem.data)
    return np.array([_ritz(product, point, STEPS, seed)[0][-1] for point in points])


def _ritz(
    product: Callable[..., Array], at: np.ndarray, steps: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Ritz values and vectors of the Hessian at `at` [P]."""
    at = np.asarray(at)
    return lanczos(lambda v: product(at, v.astype(at.dtype)), len(at), steps=steps, seed=seed)
