"""Newton's method towards places without a slope, and what they are."""

# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from animate.simulate.kinks import kinks
from animate.simulate.numerics import lengths
from animate.simulate.terrain import Terrain
from animate.simulate.valleys import ALONG, ROUNDING, around, leads_down

Derivatives = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Places [n, axis] to the gradients [n, axis] and the Hessians [n, axis, axis] there."""

NEAR = 0.02
"""Of the window's diagonal: a run that ends so near a minimum has reached it."""
SPAN = 1e-4
"""Of the window's diagonal: from one height of a difference to the next."""
_STEPS = 12
"""Steps of the heights' rounding by which a second difference may be false."""
_WEAK = 1e-3
"""Along a direction that bends so many times less than the other it is looked whether the loss goes
down: there Newton's method may still be on its way."""


class Settled(NamedTuple):
    """Where Newton's method leads: the places [n, axis], the heights and slopes there [n], the
    Hessians' eigenvalues [n, axis], ascending, their axes [n, axis, axis], as columns, and the
    gradients along these [n, axis]."""

    places: Float[np.ndarray, "n axis"]
    heights: Float[np.ndarray, " n"]
    slopes: Float[np.ndarray, " n"]
    values: Float[np.ndarray, "n axis"]
    axes: Float[np.ndarray, "n axis axis"]
    along: Float[np.ndarray, "n axis"]


@dataclass(frozen=True)
class Search:
    """How minima of `terrain` are looked for by its `derivatives`.

    An eigenvalue of at most `flat` times the largest at its place, or `least`, counts as none;
    `slope` is that of a place without one, at most; Newton's method takes `rounds` steps.
    """

    terrain: Terrain
    derivatives: Derivatives
    flat: float
    least: float
    slope: float
    rounds: int = 12

    @property
    def bends(self) -> bool:
        """Whether the loss differs anywhere: a constant has no minimum."""
        scale = self.terrain.scale("linear")
        return scale.low < scale.high

    def newton(self, places: Float[np.ndarray, "n axis"], across: int = 0) -> Settled:
        """Where Newton's method leads from `places`; no step is along a level direction, and the
        first `across` ones are along that which bends most alone, straight to a valley's floor."""
        with np.errstate(all="ignore"):
            for number in range(self.rounds):
                gradients, hessians = self.derivatives(places)
                values, axes = _eigen(hessians)
                curved = ~self._weak(values)
                if number < across:
                    curved &= np.abs(values) == np.abs(values).max(axis=-1, keepdims=True)
                along = np.einsum("nij,ni->nj", axes, gradients)
                steps = np.where(curved, along / np.where(curved, values, 1.0), 0.0)
                if number >= self.rounds / 3:  # where bends differ on both sides it would swing
                    steps = steps / 2
                later = places - np.einsum("nij,nj->ni", axes, steps)
                places = np.where(np.isfinite(later), later, places)
            gradients, hessians = self.derivatives(places)
            heights, (values, axes) = self.terrain.heights_at(places), _eigen(hessians)
            along = np.einsum("nij,ni->nj", axes, gradients)
            return Settled(places, heights, lengths(gradients), values, axes, along)

    def settled(self, places: Float[np.ndarray, "n axis"]) -> Settled:
        """Where Newton's method leads from `places`; from the edge of a flat floor, where the loss
        bends though there is nothing lower, from a step on to the floor. Where it leads to no
        minimum beside them, the kink that is nearer, if there is one."""
        with np.errstate(all="ignore"):
            here = self.terrain.heights_at(places)
            beside = places[:, None] + NEAR / 2 * self.terrain.diagonal * around(self.terrain)
            low = self.terrain.heights_at(beside) <= here[:, None]
            inwards = np.einsum("nk,nkd->nd", low, beside) / low.sum(axis=1)[:, None]
            edge = self._lowest(places, here) & low.any(axis=1)
        found = self.newton(np.where(edge[:, None], inwards, places))
        return self._with_kinks(found, places)

    def _with_kinks(self, found: Settled, places: Float[np.ndarray, "n axis"]) -> Settled:
        """What is `found` from `places`; where that has a slope, or is no minimum, or far away, the
        kinks that are nearer to these."""
        reach = NEAR * self.terrain.diagonal
        rests = self.still(found) | self.near(found)
        away = np.where(rests, lengths(found.places - places), np.inf)
        with np.errstate(invalid="ignore"):
            others = np.flatnonzero(~(away <= reach) | (found.values < 0).any(axis=-1))
        beside = kinks(self.terrain, places[others], reach)
        nearer = beside.known & ~(lengths(beside.places - places[others]) >= away[others])
        which, at = others[nearer], beside.places[nearer]
        if not len(which):
            return found
        places, heights, slopes, values, axes, along = (each.copy() for each in found)
        places[which], heights[which] = at, self.terrain.heights_at(at)
        slopes[which], along[which] = 0.0, 0.0
        values[which], axes[which] = beside.bends[nearer], np.eye(at.shape[1])
        return Settled(places, heights, slopes, values, axes, along)

    def level(self, found: Settled) -> Bool[np.ndarray, "n axis"]:
        """Which eigenvalues count as none: also those that rounding makes of equal heights."""
        rounding = _STEPS * np.spacing(np.abs(found.heights))
        bend = rounding / (SPAN * self.terrain.diagonal) ** 2
        return self._weak(found.values) | (np.abs(found.values) <= bend[:, None])

    def still(self, found: Settled) -> Bool[np.ndarray, " n"]:
        """Where there is no slope, but for that of rounding."""
        return found.slopes <= self._least_slope

    def near(self, found: Settled) -> Bool[np.ndarray, " n"]:
        """Which are no farther from a place without a slope than SPAN: where the curvature jumps,
        as at a grid's node, Newton's method swings about it."""
        bends = np.where(self.level(found), 0.0, np.abs(found.values))
        most = np.maximum(self._least_slope, SPAN * self.terrain.diagonal * bends)
        return np.asarray((np.abs(found.along) <= most).all(axis=-1))

    @property
    def _least_slope(self) -> float:
        scale = self.terrain.scale("linear")
        return max(self.slope, ROUNDING * (scale.high - scale.low) / self.terrain.diagonal)

    def _weak(self, values: np.ndarray) -> np.ndarray:
        size, scale = np.abs(values), self.terrain.scale("linear")
        rounding = ROUNDING * (scale.high - scale.low) / self.terrain.diagonal**2
        least = max(self.least, rounding)
        return size <= np.maximum(self.flat * size.max(axis=-1, keepdims=True), least)

    def minima(self, found: Settled) -> Bool[np.ndarray, " n"]:
        """Whether the loss goes down from none of the places, along level directions either; it
        does not from the lowest there is, where differences across a kink may bend down."""
        size = np.abs(found.values)
        level = self.level(found) | (size <= _WEAK * size.max(axis=-1, keepdims=True))
        with np.errstate(all="ignore"):
            here = found.heights
            lower = self._beside(found) < (here - ROUNDING * np.abs(here))[:, None]
            down = lower.all(axis=1).any(axis=0)
        return self._lowest(found.places, here) | ~((found.values < 0) & ~level | down).any(axis=-1)

    def tops(self, found: Settled) -> Bool[np.ndarray, " n"]:
        """Whether the loss goes up from none of the places: at an inflection it does, where what
        is left of the bends may be negative in every direction."""
        with np.errstate(all="ignore"):
            here = found.heights
            higher = self._beside(found) > (here + ROUNDING * np.abs(here))[:, None]
        return np.asarray(~higher.all(axis=1).any(axis=0).any(axis=-1))

    def troughs(self, places: Float[np.ndarray, "n axis"]) -> Bool[np.ndarray, " n"]:
        """From which of `places` the loss goes up on both sides of a line: a minimum there is none
        of a plateau, though it bends no more than that."""
        scale, ways = self.terrain.scale("linear"), around(self.terrain)
        beside = places[:, None] + ALONG[-1] * self.terrain.diagonal * ways
        with np.errstate(all="ignore"):
            least = self.terrain.heights_at(places) + ROUNDING * (scale.high - scale.low)
            up = self.terrain.heights_at(beside) > least[:, None]
        half = len(ways) // 2
        return np.asarray((up[:, :half] & up[:, half:]).any(axis=-1))

    def _beside(self, found: Settled) -> Float[np.ndarray, "side distance n axis"]:
        """The heights around each place, on both sides along the Hessian's axes."""
        axes = self.terrain.diagonal * np.swapaxes(found.axes, 1, 2)
        shares = np.concatenate([ALONG, -ALONG]).reshape(2, -1, 1, 1, 1)
        return self.terrain.heights_at(found.places[:, None] + shares * axes)

    def valleys(self, places: Float[np.ndarray, "n axis"]) -> Bool[np.ndarray, " n"]:
        """Which of `places` are on the floor of a valley that goes on down, not at its lowest."""
        with np.errstate(all="ignore"):
            lowest = self._lowest(places, self.terrain.heights_at(places))
            return leads_down(self.terrain, places) & ~lowest

    def _lowest(
        self, places: Float[np.ndarray, "n axis"], heights: Float[np.ndarray, " n"]
    ) -> Bool[np.ndarray, " n"]:
        """Which are the lowest in the window, but for rounding; beyond it all may be lower."""
        scale, beyond = self.terrain.scale("linear"), SPAN * self.terrain.diagonal
        low, high = np.array(self.terrain.window, float).T
        inside = ((low - beyond <= places) & (places <= high + beyond)).all(axis=-1)
        return inside & (heights <= scale.low + ROUNDING * (scale.high - scale.low))


def _eigen(hessians: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eigenvalues [n, axis], ascending, and axes; NaN where a Hessian is not finite."""
    known = np.asarray(np.isfinite(hessians).all((1, 2)))
    values, axes = np.linalg.eigh(
        np.where(known[:, None, None], hessians, np.eye(hessians.shape[-1]))
    )
    return np.where(known[:, None], values, np.nan), axes
