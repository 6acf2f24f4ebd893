"""Numbers at many points in the space of the weights, a tile of points at a time, written as they
come.

A tile has the same size and place whenever it is computed: so the numbers are the same, bit by bit,
in one go and after a run was killed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from animate.networks.chunks import chunk_of, gradient_in_chunks, in_chunks
from animate.networks.curvature import extreme_values
from animate.networks.planes import Plane
from animate.networks.problem import Batch, FlatProblem, Measure
from animate.networks.rows import Rows
from animate.networks.traced import Traced, traced
from animate.simulate.libraries import Array, jax, jnp

_OPERATIONS = 1e10
"""Floating-point operations of a tile: about a second."""
_TILE = 1024
"""Points of a tile at most."""
_CACHED = 1e6
"""Bytes of the intermediate arrays of the points that are computed side by side: larger ones leave
the processor's cache, and are faster one by one."""
_SIDE_BY_SIDE = 8
_POINTS = 64e6
"""Bytes of the weights of a tile."""
_FLOAT32 = 4
_BACKWARDS = 3.0
"""A gradient costs as much as three losses."""

Take = Callable[[np.ndarray], np.ndarray]
"""From the numbers [n] of some points to them [n, d], float32."""
Told = Callable[[int], None]
"""Is told how many points are done."""


@dataclass(frozen=True)
class Tile:
    """So many `points` are computed before they are written, `at_once` of them side by side."""

    points: int
    at_once: int


def on_plane(
    rows: Rows,
    function: Measure,
    plane: Plane,
    grid: tuple[np.ndarray, np.ndarray],
    batch: Batch,
    told: Told,
) -> np.ndarray:
    """The means [ny, nx] of `function` over `batch` on the plane, at x [nx] and y [ny].

    Raises UsageError as `chunk_of` does.
    """
    x, y = grid
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2).astype(np.float32)
    parts = plane.origin.astype(np.float32), plane.axes.astype(np.float32)
    mean = in_chunks(function, chunk_of(function, parts[0], batch))

    def on_axes(at: Array, given: Batch) -> Array:
        origin, axes, examples = given
        return mean(origin + at @ axes, examples)

    tile = tile_of(traced(function, parts[0], batch))
    values = _filled(rows, on_axes, places.__getitem__, (*parts, batch), tile, told)
    return values.reshape(len(y), len(x))


def along(rows: Rows, function: Measure, take: Take, batch: Batch, told: Told) -> np.ndarray:
    """The means [wanted] of `function` over `batch` at the weights that `take` gives.

    Raises UsageError as `chunk_of` does.
    """
    if rows.whole:
        return rows.read()[:, 0]
    point = take(np.zeros(1, int))[0]
    mean = in_chunks(function, chunk_of(function, point, batch))
    tile = tile_of(traced(function, point, batch), len(point))
    return _filled(rows, mean, take, batch, tile, told)


def gradient_norms(rows: Rows, problem: FlatProblem, take: Take, told: Told) -> np.ndarray:
    """The lengths [wanted] of the gradient of the loss over all the data, point by point: side by
    side, convolutions whose kernels differ take many times as long. Raises as `along`."""
    if rows.whole:
        return rows.read()[:, 0]
    point = take(np.zeros(1, int))[0]
    gradient = gradient_in_chunks(problem.loss, point, problem.data)

    def norm(at: Array, batch: Batch) -> Array:
        return jnp.linalg.norm(gradient(at, batch))

    tile = tile_of(traced(problem.loss, point, problem.data), len(point), _BACKWARDS)
    return _filled(rows, norm, take, problem.data, Tile(tile.points, 1), told)


def curvatures(rows: Rows, problem: FlatProblem, take: Take, told: Told) -> np.ndarray:
    """The largest and the smallest eigenvalue [wanted, 2] of the Hessian of the loss over all the
    data, by Lanczos. Raises as `along`."""
    if not rows.whole:
        values = extreme_values(problem)
        while not rows.whole:
            rows.append(values(take(np.array([rows.count]))[0])[None])
            told(rows.count)
    return rows.read()


def tile_of(work: Traced, weights: int = 0, times: float = 1.0) -> Tile:
    """The tile of a function that takes `times` that much at a point of so many weights."""
    at_once = int(np.clip(_CACHED / max(work.memory, 1.0), 1, _SIDE_BY_SIDE))
    points = int(np.clip(_OPERATIONS / max(times * work.operations, 1.0), 1, _TILE))
    if weights:
        points = min(points, max(1, int(_POINTS / (_FLOAT32 * weights))))
    return Tile(max(points // at_once, 1) * at_once, at_once)


def _filled(
    rows: Rows, function: Measure, take: Take, given: Batch, tile: Tile, told: Told
) -> np.ndarray:
    """All values [wanted] of `function` at the points, read or computed."""
    if rows.whole:
        return rows.read()[:, 0]

    def values(points: Array, given: Batch) -> Array:
        def one(point: Array) -> Array:
            return function(point, given)

        if tile.at_once == 1:
            return jax.lax.map(one, points)
        return jax.lax.map(one, points, batch_size=tile.at_once)

    compiled, given = jax.jit(values), jax.tree.map(jnp.asarray, given)
    while not rows.whole:
        left = min(tile.points, rows.wanted - rows.count)
        numbers = np.minimum(np.arange(rows.count, rows.count + tile.points), rows.wanted - 1)
        rows.append(np.asarray(compiled(take(numbers), given))[:left, None])
        told(rows.count)
    return rows.read()[:, 0]
