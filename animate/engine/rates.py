"""`learning_rate: best`: every candidate of every optimizer in one compiled call."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from animate.engine.race import Loss, Noise, Racer, mover
from animate.lazy import lazy

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
else:
    jax, jnp = lazy("jax"), lazy("jax.numpy")

LOWEST, HIGHEST = 1e-5, 1e1
CANDIDATES = 256
LONGEST_STEP = 0.1
"""Of the window's diagonal: a longer step could not be followed by the eye."""
STARTS = 16
"""A swarm's rate is judged by its first so many starts."""
_RANGE_GRID = 129


@dataclass(frozen=True)
class RateTable:
    """The candidates of one optimizer, ascending, and their mean clipped losses; inf: ruled out."""

    label: str
    rates: Float[np.ndarray, " candidate"]
    scores: Float[np.ndarray, " candidate"]

    @property
    def best(self) -> float | None:
        """The rate with the lowest score, ties to the smaller; None if every one is ruled out."""
        k = int(np.argmin(self.scores))
        return float(self.rates[k]) if np.isfinite(self.scores[k]) else None


def search_rates(
    loss: Loss,
    racers: Sequence[Racer],
    starts: Float[np.ndarray, "run 2"],
    steps: int,
    window: tuple[tuple[float, float], tuple[float, float]],
    *,
    noise: Noise | None = None,
) -> list[RateTable]:
    """Candidates from 1e-5 to 10 with the mean loss of their runs, refined once around the best.

    Losses are clipped to their range on the window, so that a surface without a bottom has a best
    rate too. A rate is out if its run leaves the finite numbers or makes a step inside the window
    longer than a tenth of its diagonal. Candidates have three significant digits: what a legend
    shows is exactly what ran.
    """
    grids = [np.geomspace(LOWEST, HIGHEST, CANDIDATES)] * len(racers)
    with jax.enable_x64(True):
        judge = jax.jit(partial(_judge, loss, tuple(racers), noise, steps, window))
        places = jnp.asarray(starts[:STARTS], jnp.float64)
        tables = _tables(racers, grids, judge, places)
        grids = [_around(table) for table in tables]
        finer = _tables(racers, grids, judge, places)
    return [_merged(table, fine) for table, fine in zip(tables, finer, strict=True)]


def _tables(racers, grids, judge, places):
    rates = np.array([[float(f"{rate:.3g}") for rate in grid] for grid in grids])
    scores = np.asarray(judge(jnp.asarray(rates), places))
    return [RateTable(racer.label, rates[k], scores[k]) for k, racer in enumerate(racers)]


def _around(table: RateTable) -> np.ndarray:
    """As many candidates again, between the neighbours of the best."""
    k = int(np.argmin(table.scores))
    low, high = table.rates[max(k - 1, 0)], table.rates[min(k + 1, len(table.rates) - 1)]
    return np.geomspace(low, high, len(table.rates))


def _merged(coarse: RateTable, fine: RateTable) -> RateTable:
    rates, first = np.unique(np.concatenate([coarse.rates, fine.rates]), return_index=True)
    return replace(coarse, rates=rates, scores=np.concatenate([coarse.scores, fine.scores])[first])


def _judge(loss, racers, noise, steps, window, rates, starts):
    """Mean clipped loss [racer, candidate] over steps and starts; inf where a rule is broken."""
    (left, right), (bottom, top) = window
    x, y = jnp.meshgrid(
        jnp.linspace(left, right, _RANGE_GRID), jnp.linspace(bottom, top, _RANGE_GRID)
    )
    values = jnp.broadcast_to(loss(x, y), x.shape)
    low = jnp.min(values, where=jnp.isfinite(values), initial=jnp.inf)
    high = jnp.max(values, where=jnp.isfinite(values), initial=-jnp.inf)
    reach = LONGEST_STEP * jnp.hypot(right - left, top - bottom)
    runs = jnp.arange(len(starts))

    def clipped(place):
        return jnp.clip(loss(place[0], place[1]), low, high)

    def inside(place):
        return (left <= place[0]) & (place[0] <= right) & (bottom <= place[1]) & (place[1] <= top)

    def follow(racer, step, rate, run, entry):
        state, total, fit = entry
        after = mover(loss, racer, rate, noise)[1](run, step, state)
        long = inside(state[0]) & (jnp.linalg.norm(after[0] - state[0]) > reach)
        there = jnp.asarray(after[0])
        fit &= ~long & jnp.isfinite(there).all() & jnp.isfinite(loss(there[0], there[1]))
        return after, total + clipped(after[0]), fit

    def advance(crowd, step):
        return [
            jax.vmap(
                jax.vmap(partial(follow, racer, step), in_axes=(None, 0, 0)), in_axes=(0, None, 0)
            )(rates[k], runs, entries)
            for k, (racer, entries) in enumerate(zip(racers, crowd, strict=True))
        ], None

    def begin(racer, rate, start):
        return mover(loss, racer, rate, noise)[0](start), clipped(start), jnp.isfinite(loss(*start))

    crowd = [
        jax.vmap(jax.vmap(partial(begin, racer), in_axes=(None, 0)), in_axes=(0, None))(
            rates[k], starts
        )
        for k, racer in enumerate(racers)
    ]
    crowd, _ = jax.lax.scan(advance, crowd, jnp.arange(steps))
    return jnp.stack(
        [jnp.where(fit.all(-1), total.mean(-1) / (steps + 1), jnp.inf) for _, total, fit in crowd]
    )
