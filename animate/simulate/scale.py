"""The scale that turns heights into colours and levels, and what it follows from."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

ScaleKind = Literal["auto", "linear", "log"]

_LOG_WHEN = 6.0
"""Heights have a log scale if their range is more than this times the median above the lowest."""
_DECADES = 7.0
"""Decades above the lowest point that a log scale spans at most."""


@dataclass(frozen=True)
class Scale:
    """Heights to the unit interval: t = (z − low)/(high − low), or with logs of z − low + offset.

    `offset` keeps the logarithm finite at the lowest point: below it heights are nearly alike.
    """

    log: bool
    low: float
    high: float
    offset: float = 0.0

    def unit(self, z: ArrayLike) -> Any:
        """t of the heights z, 0 at `low` and 1 at `high`; NaN where z is not finite.

        >>> Scale(log=False, low=2.0, high=6.0).unit(3.0)
        np.float64(0.25)
        >>> Scale(log=True, low=0.0, high=99.0, offset=1.0).unit([0.0, 9.0, 99.0])
        array([0. , 0.5, 1. ])
        """
        z = np.where(np.isfinite(z), z, np.nan)
        if self.high <= self.low:
            return np.where(np.isnan(z), np.nan, 0.5)
        share = (z - self.low) / (self.high - self.low)
        if not self.log:
            return share
        return np.log1p(np.maximum(share, 0.0) / self._knee) / np.log1p(1 / self._knee)

    def height(self, t: ArrayLike) -> Any:
        """The heights whose `unit` is t."""
        share = np.asarray(t, float)
        if self.log:
            share = self._knee * np.expm1(share * np.log1p(1 / self._knee))
        return self.low + share * (self.high - self.low)

    @property
    def log_above(self) -> bool:
        """Whether the logs are of heights above `low` that differ visibly from the heights."""
        return self.log and not 0 <= self.low <= self.offset

    @property
    def _knee(self) -> float:
        return self.offset / (self.high - self.low)


@dataclass(frozen=True)
class Heights:
    """What a scale follows from: the lowest height, the highest, and two between them."""

    low: float
    high: float
    percentile: float
    median: float

    @classmethod
    def of(cls, heights: np.ndarray, low: float, high: float) -> "Heights":
        """Those of finite `heights`, which the lowest may not be among; of none all are `low`.

        Of two heights alone the median is the higher one: no log tells them apart better.
        """
        first, middle = np.quantile(heights, [0.01, 0.5]) if len(heights) else (low, low)
        middle = middle if ((low < heights) & (heights < high)).any() else high
        return cls(low, high, float(first), float(middle))

    def scale(self, kind: ScaleKind) -> Scale:
        """The scale that follows from them; `auto` is log where their range needs it."""
        low, high = self.low, self.high
        if high <= low:
            return Scale(log=False, low=low, high=high)
        log = kind == "log" or (kind == "auto" and high - low > _LOG_WHEN * (self.median - low))
        offset = max(self.percentile - low, (high - low) * 10**-_DECADES)
        return Scale(log=bool(log), low=low, high=high, offset=offset)

    def beside(self, height: float, share: float) -> float:
        """What stands by that `share` of the scale above `height`; infinite where it is no log
        scale. Here its logs reach down to the lowest percentile, however many decades these are."""
        offset = self.percentile - self.low
        if offset <= 0 or not self.scale("auto").log:
            return np.inf
        above = max(height - self.low, 0.0) + offset
        return height + above * float(np.expm1(share * np.log1p((self.high - self.low) / offset)))

    def less(self, base: float) -> "Heights":
        """Those of a terrain that is lower by `base`."""
        return Heights(
            self.low - base, self.high - base, self.percentile - base, self.median - base
        )
