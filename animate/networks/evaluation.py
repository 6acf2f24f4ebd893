"""The loss at many points: on a plane or along a path, a few points at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.errors import UsageError
from animate.lazy import lazy
from animate.networks.planes import Plane
from animate.networks.problem import Batch, FlatProblem

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
else:
    jax, jnp = lazy("jax"), lazy("jax.numpy")

_AT_ONCE = 8


def evaluate(
    function: Callable[[Any, Batch], Any],
    points: np.ndarray,
    batch: Batch,
    *,
    at_once: int = _AT_ONCE,
) -> np.ndarray:
    """`function(point, batch)` at each of `points` [..., P] → [..., …], `at_once` points in
    memory."""
    data = jax.tree.map(jnp.asarray, batch)
    flat = jnp.asarray(points).reshape(-1, points.shape[-1])
    run = jax.jit(
        lambda flat: jax.lax.map(lambda point: function(point, data), flat, batch_size=at_once)
    )
    values = np.asarray(run(flat))
    return values.reshape(*points.shape[:-1], *values.shape[1:])


def held_out_accuracy(problem: FlatProblem, points: np.ndarray) -> np.ndarray:
    """The share of the held-out examples that `points` [..., P] get right → [...].

    Raises UsageError when the problem has no accuracy or no held-out examples.
    """
    if problem.accuracy is None or problem.test is None:
        raise UsageError("the accuracy needs a Problem with `accuracy` and `test`")
    return evaluate(problem.accuracy, points, problem.test)


def on_plane(
    function: Callable[[Any, Batch], Any],
    plane: Plane,
    x: np.ndarray,
    y: np.ndarray,
    batch: Batch,
    *,
    at_once: int = _AT_ONCE,
) -> np.ndarray:
    """`function` on the grid of `x` [nx] and `y` [ny] over the plane → [ny, nx].

    The points in the space of the weights are made inside the loop: never more than `at_once`
    exist.
    """
    origin, axes = (jnp.asarray(part, jnp.float32) for part in (plane.origin, plane.axes))
    data = jax.tree.map(jnp.asarray, batch)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)

    def at(coordinates: Any) -> Any:
        return function(origin + coordinates @ axes, data)

    run = jax.jit(lambda grid: jax.lax.map(at, grid, batch_size=at_once))
    values = run(jnp.asarray(grid, jnp.float32))
    return np.asarray(values).reshape(len(y), len(x))


def nonconvex(z: np.ndarray, dx: float, dy: float) -> np.ndarray:
    """Which inner points of a sampled surface `z` [ny, nx] bend down somewhere, bool [ny-2, nx-2].

    The 2 × 2 matrix of second differences at the grid's own spacing has a negative eigenvalue
    there. Differences see the kinks of piecewise linear networks, which derivatives do not.
    """
    z = np.asarray(z, np.float64)
    xx = (z[1:-1, 2:] - 2 * z[1:-1, 1:-1] + z[1:-1, :-2]) / dx**2
    yy = (z[2:, 1:-1] - 2 * z[1:-1, 1:-1] + z[:-2, 1:-1]) / dy**2
    xy = (z[2:, 2:] - z[2:, :-2] - z[:-2, 2:] + z[:-2, :-2]) / (4 * dx * dy)
    smallest = (xx + yy) / 2 - np.hypot((xx - yy) / 2, xy)
    # A float32 loss is off by some 1e-7 of itself; a second difference divides that by dx².
    around = np.lib.stride_tricks.sliding_window_view(np.abs(z), (3, 3)).max(axis=(2, 3))
    return smallest < -2e-6 * around / min(dx, dy) ** 2


def gradient_norms(problem: FlatProblem, points: np.ndarray) -> np.ndarray:
    """The length of the gradient over all the data at each of `points` [..., P] → [...]."""

    def norm(point: Any, batch: Batch) -> Any:
        return jnp.linalg.norm(jax.grad(problem.loss)(point, batch))

    return evaluate(norm, points, problem.data)
