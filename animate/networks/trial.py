"""What a network of one's own takes, from its trace and from a short trial: a few points and steps
are computed, and timed."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from animate.networks.chunks import WORKING
from animate.networks.cloud import BLOCK
from animate.networks.cost import Cost
from animate.networks.problem import FlatProblem, Parameters
from animate.networks.rows import Rows
from animate.networks.sampling import along, tile_of
from animate.networks.traced import traced
from animate.networks.training import batches, stepping
from animate.simulate.libraries import Array, jax, jnp, optax

_STEPS = 10
"""Steps of the trial."""
_TRAINED = 6
"""Vectors of weights that a step holds: weights, gradient, update, and an optimizer's means."""
_PLANE = 6
"""Vectors of weights in float64 that a plane holds while it is made."""
_BLOCKS = 3
"""Copies of a block of coordinates while a plane is made."""
_FLOAT32, _FLOAT64 = 4, 8
_LIBRARIES = 60e6
"""Bytes of compiled code and of the libraries of networks."""
_GRADIENT, _EIGENVALUES, _PROBE = 3.0, 200.0, 1000.0
"""Losses that a gradient costs, the two eigenvalues of a Hessian by Lanczos, and one probe of all:
it makes as many products as Lanczos may, to the last."""


def memory_of(problem: FlatProblem, points: int) -> float:
    """Bytes that are held at once where a plane goes through so many `points` of paths.

    The examples twice, a step's vectors and intermediate arrays, and what a plane is made of;
    the paths themselves are on disk.
    """
    size, work = len(problem.start), traced(problem.loss, problem.start, problem.data)
    data = sum(np.asarray(leaf).nbytes for leaf in jax.tree.leaves((problem.data, problem.test)))
    step = _TRAINED * _FLOAT32 * size + min(_GRADIENT * work.memory, WORKING)
    block = _BLOCKS * min(BLOCK, _FLOAT64 * points * size)
    plane = _PLANE * _FLOAT64 * size + block + _BLOCKS * _FLOAT64 * points**2
    return 2.0 * data + max(step, plane) + _LIBRARIES


def disk_of(problem: FlatProblem, points: int) -> float:
    """Bytes of the paths on disk, of so many points together."""
    return float(_FLOAT32) * points * (len(problem.start) + 2)


def seconds_of_point(problem: FlatProblem) -> float:
    """Seconds of the loss over all the data at one point."""
    size, work = len(problem.start), traced(problem.loss, problem.start, problem.data)
    tile = tile_of(work, size).points

    written: list[float] = []
    along(
        Rows(None, 1, 2 * tile),
        problem.loss,
        lambda which: np.broadcast_to(problem.start, (len(which), size)),
        problem.data,
        lambda _: written.append(perf_counter()),
    )
    return (written[1] - written[0]) / tile  # the first tile is compiled too


def seconds_of_step(problem: FlatProblem, batch: int | None) -> float:
    """Seconds of a step of training with so many examples in a batch; None: all."""
    begin, update = stepping(problem, optax.adam(1e-9))
    table = np.zeros((0, 0), np.int32)
    if batch is not None and batch < problem.examples:
        table = batches(problem.examples, batch, _STEPS, 0)

    def steps(start: Array, table: Array, data: object) -> Parameters:
        return jax.lax.fori_loop(
            0, _STEPS, lambda step, carry: update(step, carry, table, data), begin(start)
        )[0]

    compiled, data = jax.jit(steps), jax.tree.map(jnp.asarray, problem.data)
    taken: list[float] = []
    for _ in range(2):
        begun = perf_counter()
        jax.block_until_ready(compiled(jnp.asarray(problem.start), table, data))
        taken.append(perf_counter() - begun)
    return taken[-1] / _STEPS


def cost_of(
    problem: FlatProblem,
    *,
    batch: int | None,
    steps: int,
    losses: float,
    gradients: float,
    eigenvalues: float,
    probes: float,
    points: int,
) -> Cost:
    """What it takes to train for so many `steps` in all, and to compute so many losses, gradients,
    pairs of eigenvalues and probes of their density over all the data; the plane goes through so
    many `points`."""
    whole = losses + _GRADIENT * gradients + _EIGENVALUES * eigenvalues + _PROBE * probes
    seconds = steps * seconds_of_step(problem, batch) + whole * seconds_of_point(problem)
    return Cost(memory_of(problem, points), seconds)
