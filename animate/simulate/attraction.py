"""Where runs end: the minima that they find, and the basins from which each is reached."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, Int

from animate._lazy import lazy
from animate.simulate.basins import NEAR, Basins, basins
from animate.simulate.batch import Batch, crews
from animate.simulate.simulation import trace
from animate.simulate.step import Noise, OptimizerRun
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
else:
    jax, jnp = lazy("jax"), lazy("jax.numpy")

RESTING = 1e-3
"""Of the median gradient at the starts: who has less at the end has come to rest."""
_FLAT = 1e-6
"""Of the largest curvature: less is none."""
_SCOUTS = 24
"""Runs to a side that look for minima which nobody knew."""
_CHUNK = 1 << 14
"""Runs at once: no more than places and memories of so many are ever kept."""


def ends_in(
    paths: Trajectories, terrain: Terrain
) -> tuple[Float[np.ndarray, "minimum 2"], Int[np.ndarray, " run"]]:
    """The minima, known ones first, and the number of the one that each run of each optimizer,
    all in one row, ends in; −1: none. Who rests on a saddle or a top is in no minimum."""
    steepness = paths.gradient_norms
    typical = np.nanmedian(steepness[:, :, 0])
    last = steepness[:, :, -1].ravel()
    ends = paths.positions[:, :, -1].reshape(-1, 2)
    resting = np.nan_to_num(last, nan=np.inf) < RESTING * typical
    resting[resting] = ~_bends_down(terrain, ends[resting])
    return basins(ends, resting, terrain.minima, terrain.window)


def _bends_down(terrain: Terrain, places: np.ndarray) -> np.ndarray:
    """Whether the loss has a direction of negative curvature at each of `places` [n, 2]."""
    (a, b), (_, c) = np.moveaxis(terrain.hessians(places), 0, -1)
    mean, half = (a + c) / 2, np.hypot((a - c) / 2, b)
    return mean - half < -_FLAT * (np.abs(mean) + half)


def map_basins(
    terrain: Terrain,
    racers: Sequence[OptimizerRun],
    steps: int,
    side: int,
    *,
    noise: Noise | None = None,
) -> Basins:
    """Where `steps` updates of every racer lead from the centres of `side` × `side` cells.

    Minima that the terrain does not know are looked for by a coarse grid of runs first. `noise` is
    that of run number column + side · row.
    """
    scouts = trace(terrain.loss, racers, _centres(terrain, _SCOUTS), steps, noise=noise, records=1)
    minima = ends_in(scouts, terrain)[0]
    (left, right), (bottom, top) = terrain.window
    reach = NEAR * float(np.hypot(right - left, top - bottom))
    starts = _centres(terrain, side)
    which = np.full((len(racers), len(starts)), -1)
    arrived = np.zeros_like(which)
    for crew in crews(racers) if len(minima) else ():
        found = _arrivals(terrain.loss, crew, racers, starts, steps, minima, reach, noise)
        which[list(crew.members)], arrived[list(crew.members)] = found
    shape = (len(racers), side, side)
    longest = int(arrived[which >= 0].max(initial=1))
    return Basins(minima, which.reshape(shape), arrived.reshape(shape), longest)


def _arrivals(loss, crew: Batch, racers, starts, steps, minima, reach, noise):
    """For each member of the crew, [member, run]: the number of the minimum within `reach` of which
    each run ends, −1 for none; and the step from which it stays there.

    Paths are not kept, so that memory depends on neither their number nor their length; compiled
    once for all members.
    """
    chunk = min(_CHUNK, len(starts))
    padded = np.pad(starts, ((0, -len(starts) % chunk), (0, 0)), mode="edge")
    with jax.enable_x64(True):
        follow = jax.jit(partial(_follow, loss, crew, noise, steps, minima.tolist(), reach))
        found = []
        for k in crew.members:
            rate, value = racers[k].rate, racers[k].value
            numbers = (0.0 if callable(rate) else rate, value or 0.0)
            parts = [
                follow(
                    jnp.asarray(numbers, float),
                    jnp.arange(first, first + chunk),
                    jnp.asarray(padded[first : first + chunk]),
                )
                for first in range(0, len(padded), chunk)
            ]
            found.append(np.concatenate([np.stack(part) for part in parts], axis=1))
    return np.stack(found, axis=1)[..., : len(starts)]


def _follow(loss, crew: Batch, noise, steps, minima, reach, numbers, runs, starts):
    numbers = jnp.repeat(numbers[:, None], len(starts), axis=1)

    def nearest(places):
        which, least = jnp.full(len(places), -1), jnp.full(len(places), reach**2)
        for k, (x, y) in enumerate(minima):
            distance = (places[:, 0] - x) ** 2 + (places[:, 1] - y) ** 2
            which = jnp.where(distance < least, k, which)
            least = jnp.minimum(distance, least)
        return which

    begun, moved = crew.lanes(loss, noise, tuple(numbers), runs, starts)

    def advance(step, crowd):
        states, which, since = crowd
        states = moved(step, states)
        now = nearest(states[0])
        return states, now, jnp.where(now == which, since, step + 1)

    crowd = begun(), nearest(starts), jnp.zeros(len(starts), int)
    _, which, since = jax.lax.fori_loop(0, steps, advance, crowd)
    return which, since


def _centres(terrain: Terrain, side: int) -> np.ndarray:
    """The centres of `side` × `side` equal cells of the window [cell, 2], the lowest row first."""
    (left, right), (bottom, top) = terrain.window
    at = (np.arange(side) + 0.5) / side
    x, y = np.meshgrid(left + (right - left) * at, bottom + (top - bottom) * at)
    return np.stack([x.ravel(), y.ravel()], axis=1)
