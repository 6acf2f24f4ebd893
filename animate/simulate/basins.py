"""Where runs end: the minima that they reach, and the basins from which each is reached.

A minimum is known to the surface, or found as a place where many runs come to rest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TypeVar

import numpy as np
from jaxtyping import Float, Int

from animate._lazy import lazy
from animate.simulate.batch import Batch, batches
from animate.simulate.compiled import compiled
from animate.simulate.libraries import Array
from animate.simulate.minima import Ends, ends_in
from animate.simulate.noise import Disturbance, Number
from animate.simulate.numerics import float64
from animate.simulate.simulation import trace
from animate.simulate.step import Loss, OptimizerRun, State
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories

jax, jnp = lazy("jax"), lazy("jax.numpy")

_SIDE = 24
"""Runs to a side of the grid that looks for unknown minima."""
_RUNS_AT_ONCE = 1 << 14
"""Runs that are computed at once: positions and states of no more are ever kept."""


Points = TypeVar("Points", np.ndarray, Array)


@dataclass(frozen=True)
class Basins:
    """For each optimizer the cells of a window, equal ones, the lowest row first.

    `which` is the number of the minimum in which a run from the cell's centre ends, −1 if in none;
    `steps` the step from which it stays near it. `longest` is the largest such step of all the
    optimizers of the scene, so that pictures of some of them can be compared. `valley`: there are
    equal minima on a line, which are none of the `minima`.
    """

    minima: Float[np.ndarray, "minimum 2"]
    which: Int[np.ndarray, "optimizer row column"]
    steps: Int[np.ndarray, "optimizer row column"]
    longest: int
    valley: bool = False

    def only(self, optimizers: Sequence[int]) -> "Basins":
        """Those of some of the optimizers."""
        chosen = list(optimizers)
        return replace(self, which=self.which[chosen], steps=self.steps[chosen])


def map_basins(
    terrain: Terrain,
    optimizers: Sequence[OptimizerRun],
    steps: int,
    side: int,
    *,
    noise: Disturbance | None = None,
    ends: Ends | None = None,
) -> Basins:
    """Where `steps` updates of every optimizer lead from the centres of `side` × `side` cells.

    The minima are those of `ends`, without them those that a coarse grid of runs comes to. `noise`
    is that of run number column + side · row.
    """
    if ends is None:
        ends = ends_in(coarse_paths(terrain, optimizers, steps, noise), terrain)
    minima = ends.minima
    starts = _centres(terrain, side)
    which = np.full((len(optimizers), len(starts)), -1)
    arrived = np.zeros_like(which)
    for batch in batches(optimizers) if len(minima) else ():
        rollout = compiled(_ArrivalRollout(terrain.loss, batch, noise, steps, minima, ends.reaches))
        for k in batch.members:
            which[k], arrived[k] = _arrivals(rollout, optimizers[k], starts)
    shape = (len(optimizers), side, side)
    longest = int(arrived[which >= 0].max(initial=1))
    valley = ends.floors > 0
    return Basins(minima, which.reshape(shape), arrived.reshape(shape), longest, valley)


def coarse_paths(
    terrain: Terrain, optimizers: Sequence[OptimizerRun], steps: int, noise: Disturbance | None
) -> Trajectories:
    """Runs from a coarse grid all over the window, from whose ends minima are looked for."""
    coarse = _centres(terrain, _SIDE)
    return trace(terrain.loss, optimizers, coarse, steps, noise=noise, records=1)


def _nearest(
    library: ModuleType, places: Points, minima: np.ndarray, reaches: np.ndarray
) -> Points:
    """The number of the nearest of the minima within whose reach is each of `places` [n, 2]; −1:
    none.

    `library` is NumPy or jax.numpy.
    """
    which, least = library.full(len(places), -1), library.full(len(places), np.inf)
    with np.errstate(over="ignore"):  # of a run that has diverged
        for k, (x, y, reach) in enumerate(np.column_stack([minima, reaches]).tolist()):
            distance = (places[:, 0] - x) ** 2 + (places[:, 1] - y) ** 2
            nearer = (distance < reach**2) & (distance < least)
            which = library.where(nearer, k, which)
            least = library.where(nearer, distance, least)
    return which


@dataclass(frozen=True, eq=False)
class _ArrivalRollout:
    """All runs of one member of a batch; only the minimum that each is near is kept.

    Paths are not, so that memory depends on neither their number nor their length.
    """

    loss: Loss
    batch: Batch
    noise: Disturbance | None
    steps: int
    minima: Float[np.ndarray, "minimum 2"]
    reaches: Float[np.ndarray, " minimum"]

    def __call__(
        self,
        rate: Float[Array, ""],
        value: Float[Array, ""],
        starts: Float[Array, "run 2"],
        runs: Int[Array, " run"],
    ) -> tuple[Int[Array, " run"], Int[Array, " run"]]:
        """The minimum that each run ends in, −1: none, and the step from which it stays there."""
        numbers = jnp.full((1, len(starts)), rate), value[None]
        init, step = self.batch.make_step(self.loss, self.noise, numbers, starts, runs)

        def advance(
            number: Number, carry: tuple[State, Array, Array]
        ) -> tuple[State, Array, Array]:
            state, which, since = carry
            state = step(number, state)
            now = _nearest(jnp, state.position, self.minima, self.reaches)
            return state, now, jnp.where(now == which, since, number + 1)

        which = _nearest(jnp, starts, self.minima, self.reaches)
        begin = init(), which, jnp.zeros(len(starts), int)
        _, which, since = jax.lax.fori_loop(0, self.steps, advance, begin)
        return which, since


def _arrivals(
    rollout: Callable[..., tuple[Array, Array]],
    optimizer: OptimizerRun,
    starts: Float[np.ndarray, "run 2"],
) -> Int[np.ndarray, "2 run"]:
    """What a compiled `_ArrivalRollout` finds of all runs of one optimizer, part by part."""
    count = min(_RUNS_AT_ONCE, len(starts))
    padded = np.pad(starts, ((0, -len(starts) % count), (0, 0)), mode="edge")
    rate = 0.0 if callable(optimizer.rate) else optimizer.rate
    found: list[np.ndarray] = []
    with float64():
        numbers = jnp.asarray(rate, float), jnp.asarray(optimizer.value or 0.0, float)
        for first in range(0, len(padded), count):
            part = jnp.asarray(padded[first : first + count])
            found.append(np.stack(rollout(*numbers, part, jnp.arange(first, first + count))))
    return np.concatenate(found, axis=1)[:, : len(starts)]


def _centres(terrain: Terrain, side: int) -> np.ndarray:
    """The centres of `side` × `side` equal cells of the window [cell, 2], the lowest row first."""
    x, y = np.meshgrid(*terrain.centres(side, side))
    return np.stack([x.ravel(), y.ravel()], axis=1)
