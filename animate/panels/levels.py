"""The levels of a contour: how many, or which heights, and the bands of colour between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10

import numpy as np
from jaxtyping import Float

from animate.errors import UsageError
from animate.simulate.terrain import Scale
from animate.theme import Theme

_FINE = 256
"""Colours of a scale whose bands are not alike."""
_ROUND = 10
"""Round heights that are labelled, about."""
_MANTISSAS = (1.0, 2.0, 5.0)
"""Of round heights on a log scale."""


@dataclass(frozen=True)
class Bands:
    """Bands of colour between heights, on a scale.

    `heights` are those of the lines, in order; None: `count` bands of equal width.
    """

    scale: Scale
    count: int
    heights: tuple[float, ...] | None = None

    @cached_property
    def edges(self) -> Float[np.ndarray, " edge"]:
        """Where the bands begin and end, from 0, the lowest height of the scale, to 1."""
        if self.heights is None:
            return np.linspace(0.0, 1.0, self.count + 1)
        return np.concatenate([[0.0], self.scale.unit(np.array(self.heights)), [1.0]])

    def level(self, unit: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
        """The heights of the scale, from 0 to 1, in bands: a whole number at every line."""
        if self.heights is None:
            return unit * self.count
        return np.interp(unit, self.edges, np.arange(len(self.edges), dtype=float))

    def colours(self, theme: Theme) -> Float[np.ndarray, "band 3"]:
        """The colour of each band: that of the height in its middle."""
        if self.heights is None:
            return theme.terrain_colours(self.count)
        middles = (self.edges[1:] + self.edges[:-1]) / 2
        return theme.terrain_colours(_FINE)[np.round(middles * (_FINE - 1)).astype(int)]

    def key(self, theme: Theme) -> Float[np.ndarray, "colour 3"]:
        """The colours from the lowest height up, each as long as its band."""
        if self.heights is None:
            return self.colours(theme)
        places = (np.arange(_FINE) + 0.5) / _FINE
        band = np.searchsorted(self.edges[1:-1], places)
        return self.colours(theme)[band]


def bands_of(scale: Scale, levels: int | Sequence[float], *, labelled: bool) -> Bands:
    """The bands that a panel's `levels` say; of a number of `labelled` ones at round heights.

    Raises UsageError where no height that is asked for lies between the lowest and the highest.
    """
    if isinstance(levels, int):
        found = round_heights(scale, min(levels, _ROUND)) if labelled else []
        return Bands(scale, len(found) + 1, tuple(found)) if found else Bands(scale, levels)
    inside = _between(scale, levels)
    if not inside:
        raise UsageError(
            f"none of the levels is between the lowest loss in the window, {scale.low:.4g}, and "
            f"the highest, {scale.high:.4g}"
        )
    return Bands(scale, len(inside) + 1, tuple(inside))


def round_heights(scale: Scale, count: int) -> list[float]:
    """About `count` round numbers between the ends of the scale, in order; none if it is level."""
    from matplotlib.ticker import MaxNLocator

    if scale.high <= scale.low:
        return []
    if not scale.log or scale.low < 0:
        return _between(
            scale, list(MaxNLocator(count, steps=[1, 2, 5, 10]).tick_values(scale.low, scale.high))
        )
    least = floor(log10(max(scale.low, scale.offset)))
    powers = [10.0**power for power in range(least, ceil(log10(scale.high)) + 1)]
    fine = _between(scale, [share * power for power in powers for share in _MANTISSAS])
    return fine if len(fine) <= 1.5 * count else _between(scale, powers)


def _between(scale: Scale, heights: Sequence[float]) -> list[float]:
    return [float(each) for each in heights if scale.low < each < scale.high]
