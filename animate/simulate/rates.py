"""`learning_rate: best`: all candidates of all optimizers in one call of the simulation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from animate._lazy import lazy
from animate.simulate.libraries import Array
from animate.simulate.numerics import lengths
from animate.simulate.simulation import Simulation
from animate.simulate.step import Loss, loss_at
from animate.simulate.terrain import Terrain, Window

jnp = lazy("jax.numpy")

LOWEST = 1e-5
HIGHEST = 1e1
CANDIDATES = 256
"""Rates that are tried from LOWEST to HIGHEST, in each extension, and again around the best."""
_EXTENSIONS = 5
"""How often the range may be extended, downwards or upwards."""
_WIDER = 1e6
"""The ratio of the ends of an extension."""
_SAME = 1e-12
"""Of the largest score: scores that differ by less are the same but for rounding."""
_SEEN = 1e-3
"""Of how far losses differ in the window: what is more is no rounding, however large they are."""
LONGEST_STEP = 0.1
"""Of the window's diagonal: a longer step could not be followed by the eye."""
STARTS = 16
"""Starts, the first ones of a swarm, from which a rate is judged."""


@dataclass(frozen=True)
class RateTable:
    """The candidates of one optimizer, ascending, and their mean clipped losses above `base`; inf:
    ruled out. `span` is how far losses differ in the window.

    >>> RateTable("SGD", np.array([0.01, 0.1, 1.0]), np.array([3.0, 2.0, np.inf])).best
    0.1
    """

    label: str
    rates: Float[np.ndarray, " candidate"]
    scores: Float[np.ndarray, " candidate"]
    span: float = np.inf
    base: float = 0.0

    @property
    def moves(self) -> bool:
        """Whether it makes any difference which of the allowed rates is taken."""
        scores = self.scores[np.isfinite(self.scores)]
        if not len(scores):
            return False
        rounding = min(_SAME * float(np.abs(scores).max()), _SEEN * self.span)
        return bool(np.ptp(scores) > rounding)

    @property
    def at_bound(self) -> bool:
        """Whether the best rate is an end of the range, so that one beyond may be better."""
        return self.moves and int(np.argmin(self.scores)) in (0, len(self.scores) - 1)

    @property
    def remark(self) -> str | None:
        """What is to be known of the best rate, if it is not the best of more around it."""
        tried = f"from {self.rates.min():g} to {self.rates.max():g}"
        if not self.moves and np.isinf(self.scores).any():
            return (
                f"{self.label}: no learning rate {tried} moves it and is allowed: the larger ones "
                "leave the surface, or make a step longer than a tenth of the window's diagonal"
            )
        if not self.moves:
            return f"{self.label}: no learning rate {tried} makes a difference: nothing moves"
        if self.at_bound:
            return (
                f"{self.label}: the best learning rate is {self.best:g}, an end of the range that "
                f"was tried, {tried}: beyond it may be a better one"
            )
        return None

    @property
    def best(self) -> float | None:
        """The rate with the lowest score, ties to the smaller; None if every one is ruled out."""
        k = int(np.argmin(self.scores))
        return float(self.rates[k]) if np.isfinite(self.scores[k]) else None


@dataclass(frozen=True)
class RateCost:
    """What a step costs, and whether it is allowed, on a window with losses from `low` to `high`.

    Losses are clipped to that range, so that a surface without a bottom has a best rate too. A rate
    is ruled out if a run with it leaves the finite numbers or makes a step inside the window longer
    than a tenth of its diagonal. Where the loss is a `relief` on a large constant, `base`, beside
    which rates could not be told apart, what a step costs is the relief's height alone.
    """

    window: Window
    low: float
    high: float
    relief: Loss | None = None
    base: float = 0.0

    @classmethod
    def on(cls, terrain: Terrain) -> "RateCost":
        """The cost of steps on that terrain."""
        ground = terrain.ground
        scale, relief = ground.scale("linear"), None if ground is terrain else ground.loss
        return cls(terrain.window, scale.low, scale.high, relief, terrain.raised)

    def __call__(self, before: Array, after: Array, heights: Array) -> tuple[Array, Array]:
        """The cost of being at `after` [..., axis], and whether the step there is allowed."""
        low, high = np.array(self.window).T
        reach = LONGEST_STEP * float(lengths(high - low))
        inside = ((low <= before) & (before <= high)).all(-1)
        long = inside & (jnp.linalg.norm(after - before, axis=-1) > reach)
        finite = jnp.isfinite(after).all(-1) & jnp.isfinite(heights)
        if self.relief is not None:
            heights = loss_at(self.relief, after)
        return jnp.clip(heights, self.low, self.high), finite & ~long


def runs_of_search(starts: int) -> int:
    """How many runs of each optimizer a search computes at once, for a number of starts."""
    return CANDIDATES * min(starts, STARTS)


def search_rates(simulation: Simulation, wanted: Sequence[int], cost: RateCost) -> list[RateTable]:
    """Candidates from 1e-5 to 10 with the mean cost of their runs, refined once around the best.

    Where the best is an end of the range, none is allowed or nothing moves, the range is extended
    that way, by 6 decades at a time and 5 times at most: units are the surface's own.
    One table for each of the optimizers number `wanted`; the simulation has that `cost` and room
    for `runs_of_search`. Candidates have three significant digits: what a legend shows is what ran.
    """
    grids = [np.geomspace(LOWEST, HIGHEST, CANDIDATES)] * len(wanted)
    coarse = _extended(simulation, cost, wanted, _tables(simulation, cost, wanted, grids))
    fine = _tables(simulation, cost, wanted, [_around(table) for table in coarse])
    return [_merged(table, more) for table, more in zip(coarse, fine, strict=True)]


def _tables(
    simulation: Simulation, cost: RateCost, wanted: Sequence[int], grids: Sequence[np.ndarray]
) -> list[RateTable]:
    candidates = np.array([[float(f"{rate:.3g}") for rate in grid] for grid in grids])
    starts = min(len(simulation.starts), STARTS)
    rates = np.full((len(simulation.optimizers), CANDIDATES * starts), LOWEST)
    rates[list(wanted)] = np.repeat(candidates, starts, axis=1)
    costs = simulation.costs(rates, np.tile(np.arange(starts), CANDIDATES))[list(wanted)]
    scores = costs.reshape(len(wanted), CANDIDATES, starts).mean(-1)
    labels = [simulation.optimizers[k].label for k in wanted]
    return [
        RateTable(*each, cost.high - cost.low, cost.base)
        for each in zip(labels, candidates, scores, strict=True)
    ]


def _extended(
    simulation: Simulation, cost: RateCost, wanted: Sequence[int], tables: Sequence[RateTable]
) -> list[RateTable]:
    """The tables, each with candidates until the best is not the last or the first of them."""
    found = list(tables)
    for _ in range(_EXTENSIONS):
        beyond = {k: grid for k, each in enumerate(found) if (grid := _beyond(each)) is not None}
        if not beyond:
            break
        more = _tables(simulation, cost, [wanted[k] for k in beyond], list(beyond.values()))
        for k, table in zip(beyond, more, strict=True):
            found[k] = _merged(found[k], table)
    return found


def _beyond(table: RateTable) -> np.ndarray | None:
    """As many candidates again beyond an end of the table, if a better one may be there."""
    low, high = float(table.rates[0]), float(table.rates[-1])
    allowed = np.isfinite(table.scores)
    last = int(np.argmin(table.scores)) == len(table.rates) - 1
    if allowed[-1] and (last or not table.moves):
        return np.geomspace(high, high * _WIDER, CANDIDATES)
    if not allowed.any() or table.at_bound:
        return np.geomspace(low / _WIDER, low, CANDIDATES)
    return None


def _around(table: RateTable) -> np.ndarray:
    """As many candidates again, between the two neighbours of the best."""
    k, last = int(np.argmin(table.scores)), len(table.rates) - 1
    low, high = float(table.rates[max(k - 1, 0)]), float(table.rates[min(k + 1, last)])
    return np.geomspace(low, high, CANDIDATES)


def _merged(coarse: RateTable, fine: RateTable) -> RateTable:
    rates, first = np.unique(np.concatenate([coarse.rates, fine.rates]), return_index=True)
    return replace(coarse, rates=rates, scores=np.concatenate([coarse.scores, fine.scores])[first])
