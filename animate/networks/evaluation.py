"""The loss at many points, on a plane or along a path, a few points at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from animate.errors import UsageError
from animate.networks.planes import Plane
from animate.networks.problem import Batch, FlatProblem, Measure
from animate.simulate.libraries import Array, jax, jnp

_AT_ONCE = 8
"""Points whose values are computed together."""
_COMPILED = 16
"""Compiled functions that are kept for later points, planes and examples."""


def evaluate(
    function: Measure,
    points: np.ndarray,
    batch: Batch,
    *,
    at_once: int = _AT_ONCE,
) -> np.ndarray:
    """The values [..., …] of `function(point, batch)` at `points` [..., P], `at_once` at a time."""
    flat = np.reshape(points, (-1, points.shape[-1]))
    values = np.asarray(_along(function, at_once)(flat, batch))
    return values.reshape(*points.shape[:-1], *values.shape[1:])


@lru_cache(_COMPILED)
def _along(function: Measure, at_once: int) -> Callable[[np.ndarray, Batch], Array]:
    """A function (points [n, P], batch) → `function` at each, compiled once for each shape."""

    def run(points: Array, batch: Batch) -> Array:
        return jax.lax.map(lambda point: function(point, batch), points, batch_size=at_once)

    return jax.jit(run)


def held_out_accuracy(problem: FlatProblem, points: np.ndarray) -> np.ndarray:
    """The share [...] of the held-out examples that the weights `points` [..., P] get right.

    Raises UsageError when the problem has no accuracy or no held-out examples.
    """
    if problem.test is None:
        raise UsageError("the accuracy needs a Problem with `accuracy` and `test`")
    return accuracy_of(problem, points, problem.test)


def accuracy_of(problem: FlatProblem, points: np.ndarray, batch: Batch) -> np.ndarray:
    """The share [...] of the examples in `batch` that the weights `points` [..., P] get right.

    Raises UsageError when the problem has no accuracy.
    """
    if problem.accuracy is None:
        raise UsageError("the accuracy needs a Problem with `accuracy` and `test`")
    return evaluate(problem.accuracy, points, batch)


def on_plane(
    function: Measure,
    plane: Plane,
    x: np.ndarray,
    y: np.ndarray,
    batch: Batch,
    *,
    at_once: int = _AT_ONCE,
) -> np.ndarray:
    """The values [ny, nx] of `function` on the grid of `x` [nx] and `y` [ny] on the plane.

    The points in the space of the weights are made inside the loop, `at_once` at a time.
    """
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    grid, *parts = (part.astype(np.float32) for part in (grid, plane.origin, plane.axes))
    values = evaluate(_on_plane(function), grid, (*parts, batch), at_once=at_once)
    return values.reshape(len(y), len(x))


@lru_cache(_COMPILED)
def _on_plane(function: Measure) -> Measure:
    """`function` of coordinates [2] and of (origin [P], axes [2, P], batch)."""
    return lambda at, plane: function(plane[0] + at @ plane[1], plane[2])


def nonconvex(z: np.ndarray, dx: float, dy: float) -> np.ndarray:
    """Which inner points of a sampled surface `z` [ny, nx] bend down along some direction, bool
    [ny-2, nx-2]."""
    return least_bend(z, dx, dy) < 0


def least_bend(z: np.ndarray, dx: float, dy: float) -> np.ndarray:
    """How inner points of a sampled surface `z` [ny, nx] bend where they bend up least, from −1 up
    [ny-2, nx-2]: below 0 they bend down there.

    The smaller eigenvalue of the 2 × 2 matrix of second differences at the grid's own spacing, plus
    what rounding may make of it, over the larger size of both. Differences see the kinks of
    piecewise linear networks, which derivatives do not.
    """
    z = np.asarray(z, np.float64)
    xx = (z[1:-1, 2:] - 2 * z[1:-1, 1:-1] + z[1:-1, :-2]) / dx**2
    yy = (z[2:, 1:-1] - 2 * z[1:-1, 1:-1] + z[:-2, 1:-1]) / dy**2
    xy = (z[2:, 2:] - z[2:, :-2] - z[:-2, 2:] + z[:-2, :-2]) / (4 * dx * dy)
    middle, half = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    # A float32 loss has a relative error of some 1e-7; a second difference divides it by dx².
    around = np.lib.stride_tricks.sliding_window_view(np.abs(z), (3, 3)).max(axis=(2, 3))
    rounding = 2e-6 * around / min(dx, dy) ** 2
    return (middle - half + rounding) / np.maximum(np.abs(middle) + half, 1e-300)


def gradient_norms(
    problem: FlatProblem, points: np.ndarray, batch: Batch | None = None
) -> np.ndarray:
    """The length [...] of the loss's gradient at `points` [..., P], over `batch`, else all data."""
    data = problem.data if batch is None else batch
    return evaluate(_gradient_norm(problem.loss), points, data)


@lru_cache(_COMPILED)
def _gradient_norm(loss: Measure) -> Measure:
    return lambda point, batch: jnp.linalg.norm(jax.grad(loss)(point, batch))
