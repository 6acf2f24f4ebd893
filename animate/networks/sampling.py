"""Numbers at many points in the space of the weights, a tile of points at a time, written as they
come.

A tile has the same size and place whenever it is computed: so the numbers are the same, bit by bit,
in one go and after a run was killed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from animate.networks.chunks import chunk_of, gradient_in_chunks, in_chunks
from animate.networks.curvature import extreme_values, hessian_product
from animate.networks.planes import Plane
from animate.networks.problem import Batch, FlatProblem, Measure
from animate.networks.rows import Rows
from animate.networks.spectra import quadrature
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
Compute = Callable[[Iterator[np.ndarray]], Iterable[np.ndarray]]
"""From tiles of points [n, d] to the values [n] of each, in their order."""


@dataclass(frozen=True)
class Tile:
    """So many `points` are computed before they are written, `at_once` of them side by side."""

    points: int
    at_once: int


@dataclass(frozen=True)
class PlaneTiles:
    """How the mean of a function is computed at places [n, 2] on the plane of `origin` [P] and
    `axes` [2, P], float32: over so many examples at once, by the `tile`."""

    origin: np.ndarray
    axes: np.ndarray
    chunk: int
    tile: Tile

    def compute(self, function: Measure, batch: Batch) -> Compute:
        """What computes the means of `function` over `batch` in this process."""
        mean = in_chunks(function, self.chunk)

        def on_axes(at: Array, given: Batch) -> Array:
            origin, axes, examples = given
            return mean(origin + at @ axes, examples)

        return _here(on_axes, (self.origin, self.axes, batch), self.tile)


def on_plane(
    rows: Rows,
    function: Measure,
    plane: Plane,
    grid: tuple[np.ndarray, np.ndarray],
    batch: Batch,
    told: Told,
    elsewhere: Callable[[PlaneTiles], Compute] | None = None,
) -> np.ndarray:
    """The means [ny, nx] of `function` over `batch` on the plane, at x [nx] and y [ny].

    `elsewhere` is what computes tiles in other processes. Raises UsageError as `chunk_of` does.
    """
    x, y = grid
    if not rows.whole:
        places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2).astype(np.float32)
        origin, axes = plane.origin.astype(np.float32), plane.axes.astype(np.float32)
        chunk, tile = chunk_of(function, origin, batch), tile_of(traced(function, origin, batch))
        tiles = PlaneTiles(origin, axes, chunk, tile)
        compute = elsewhere(tiles) if elsewhere else tiles.compute(function, batch)
        _fill(rows, places.__getitem__, tile, told, compute)
    return rows.read()[:, 0].reshape(len(y), len(x))


def along(rows: Rows, function: Measure, take: Take, batch: Batch, told: Told) -> np.ndarray:
    """The means [wanted] of `function` over `batch` at the weights that `take` gives.

    Raises UsageError as `chunk_of` does.
    """
    if rows.whole:
        return rows.read()[:, 0]
    point = take(np.zeros(1, int))[0]
    mean = in_chunks(function, chunk_of(function, point, batch))
    tile = tile_of(traced(function, point, batch), len(point))
    _fill(rows, take, tile, told, _here(mean, batch, tile))
    return rows.read()[:, 0]


def gradient_norms(rows: Rows, problem: FlatProblem, take: Take, told: Told) -> np.ndarray:
    """The lengths [wanted] of the gradient of the loss over all the data, point by point: side by
    side, convolutions whose kernels differ take many times as long. Raises as `along`."""
    if rows.whole:
        return rows.read()[:, 0]
    point = take(np.zeros(1, int))[0]
    gradient = gradient_in_chunks(problem.loss, point, problem.data)

    def norm(at: Array, batch: Batch) -> Array:
        return jnp.linalg.norm(gradient(at, batch))

    tile = Tile(
        tile_of(traced(problem.loss, point, problem.data), len(point), _BACKWARDS).points, 1
    )
    _fill(rows, take, tile, told, _here(norm, problem.data, tile))
    return rows.read()[:, 0]


def curvatures(rows: Rows, problem: FlatProblem, take: Take, told: Told) -> np.ndarray:
    """The largest and the smallest eigenvalue [wanted, 2] of the Hessian of the loss over all the
    data, by Lanczos. Raises as `along`."""
    if not rows.whole:
        values = extreme_values(problem)
        while not rows.whole:
            rows.append(values(take(np.array([rows.count]))[0])[None])
            told(rows.count)
    return rows.read()


def quadratures(
    rows: Rows, problem: FlatProblem, take: Take, probes: np.ndarray, told: Told
) -> np.ndarray:
    """Nodes and weights [wanted / m, m, 2, k] of the density of the Hessian's eigenvalues, of the
    loss over all the data, for each point by each of the `probes` [m, P]. Raises as `along`."""
    if not rows.whole:
        product = hessian_product(problem, problem.data)
        while not rows.whole:
            point, probe = divmod(rows.count, len(probes))
            at = take(np.array([point]))[0]
            found = quadrature(lambda v, at=at: product(at, v.astype(at.dtype)), probes[probe])
            rows.append(found.reshape(1, -1))
            told(rows.count)
    return rows.read().reshape(-1, len(probes), 2, rows.width // 2)


def tile_of(work: Traced, weights: int = 0, times: float = 1.0) -> Tile:
    """The tile of a function that takes `times` that much at a point of so many weights."""
    at_once = int(np.clip(_CACHED / max(work.memory, 1.0), 1, _SIDE_BY_SIDE))
    points = int(np.clip(_OPERATIONS / max(times * work.operations, 1.0), 1, _TILE))
    if weights:
        points = min(points, max(1, int(_POINTS / (_FLOAT32 * weights))))
    return Tile(max(points // at_once, 1) * at_once, at_once)


def _fill(rows: Rows, take: Take, tile: Tile, told: Told, compute: Compute) -> None:
    """Write the values at all points that are not there yet."""
    firsts = range(rows.count, rows.wanted, tile.points)
    last = rows.wanted - 1
    tiles = (take(np.minimum(np.arange(k, k + tile.points), last)) for k in firsts)
    for values in compute(tiles):
        rows.append(values[: rows.wanted - rows.count, None])
        told(rows.count)


def _here(function: Measure, given: Batch, tile: Tile) -> Compute:
    """What computes `function` at points, a tile of them at once, in this process."""

    def values(points: Array, given: Batch) -> Array:
        def one(point: Array) -> Array:
            return function(point, given)

        if tile.at_once == 1:
            return jax.lax.map(one, points)
        return jax.lax.map(one, points, batch_size=tile.at_once)

    compiled, given = jax.jit(values), jax.tree.map(jnp.asarray, given)
    return lambda tiles: (np.asarray(compiled(points, given)) for points in tiles)
