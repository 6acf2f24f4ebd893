"""`learning_rate: best`: every candidate of every optimizer in one call of the compiled race."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from animate._lazy import lazy
from animate.simulate.simulation import Simulation

if TYPE_CHECKING:
    import jax.numpy as jnp
else:
    jnp = lazy("jax.numpy")

LOWEST, HIGHEST = 1e-5, 1e1
CANDIDATES = 256
LONGEST_STEP = 0.1
"""Of the window's diagonal: a longer step could not be followed by the eye."""
STARTS = 16
"""A swarm's rate is judged by its first so many starts."""


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


@dataclass(frozen=True)
class RateCost:
    """What a step costs, and whether it is allowed, on a window with losses from `low` to `high`.

    Losses are clipped to that range, so that a surface without a bottom has a best rate too. A rate
    is out if its run leaves the finite numbers or makes a step inside the window longer than a
    tenth of its diagonal.
    """

    window: tuple[tuple[float, float], tuple[float, float]]
    low: float
    high: float

    def __call__(self, before: Any, after: Any, heights: Any) -> tuple[Any, Any]:
        """The cost of being at `after` [..., 2], and whether the step there is allowed."""
        low, high = np.array(self.window).T
        reach = LONGEST_STEP * float(np.hypot(*(high - low)))
        inside = ((low <= before) & (before <= high)).all(-1)
        long = inside & (jnp.linalg.norm(after - before, axis=-1) > reach)
        finite = jnp.isfinite(after).all(-1) & jnp.isfinite(heights)
        return jnp.clip(heights, self.low, self.high), finite & ~long


def lanes_of_search(starts: int) -> int:
    """How many lanes a race must have for its rates to be searched."""
    return CANDIDATES * min(starts, STARTS)


def search_rates(race: Simulation, wanted: Sequence[int]) -> list[RateTable]:
    """Candidates from 1e-5 to 10 with the mean cost of their runs, refined once around the best.

    Of the racers number `wanted`; `race` has a judge and `lanes_of_search`. Candidates have three
    significant digits: what a legend shows is exactly what ran.
    """
    grids = [np.geomspace(LOWEST, HIGHEST, CANDIDATES)] * len(wanted)
    coarse = _tables(race, wanted, grids)
    fine = _tables(race, wanted, [_around(table) for table in coarse])
    return [_merged(table, more) for table, more in zip(coarse, fine, strict=True)]


def _tables(
    race: Simulation, wanted: Sequence[int], grids: Sequence[np.ndarray]
) -> list[RateTable]:
    rates = np.array([[float(f"{rate:.3g}") for rate in grid] for grid in grids])
    runs = min(len(race.starts), STARTS)
    lanes = np.full((len(race.racers), CANDIDATES * runs), LOWEST)
    lanes[list(wanted)] = np.repeat(rates, runs, axis=1)
    costs = race.costs(lanes, np.tile(np.arange(runs), CANDIDATES))[list(wanted)]
    scores = costs.reshape(len(wanted), CANDIDATES, runs).mean(-1)
    return [
        RateTable(race.racers[k].label, rates[place], scores[place])
        for place, k in enumerate(wanted)
    ]


def _around(table: RateTable) -> np.ndarray:
    """As many candidates again, between the neighbours of the best."""
    k = int(np.argmin(table.scores))
    low, high = table.rates[max(k - 1, 0)], table.rates[min(k + 1, len(table.rates) - 1)]
    return np.geomspace(low, high, len(table.rates))


def _merged(coarse: RateTable, fine: RateTable) -> RateTable:
    rates, first = np.unique(np.concatenate([coarse.rates, fine.rates]), return_index=True)
    return replace(coarse, rates=rates, scores=np.concatenate([coarse.scores, fine.scores])[first])
