"""Round heights along a scale: the ticks of a relief's upright axis and of a key of colours."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import numpy as np

from animate.simulate.terrain import Scale
from animate.text import Words

_APART = 0.11
"""The least distance between two heights on a logarithmic scale, as a share of it."""


_ENOUGH = 4
"""From so many heights on the lowest is not told unless it is round."""
_WHOLE = 1e-9
_ASTRAY = 0.05
"""The greatest distance from a height to where its rounded number would stand."""
_FEW_DIGITS, _MOST_DIGITS = 5, 15
_NOTHING = 1e-12


def round_numbers(low: float, high: float, *, whole: bool = False) -> np.ndarray:
    """A few round numbers from `low` to `high`, only `whole` ones if that is asked for."""
    from matplotlib.ticker import MaxNLocator

    values = np.array(
        MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10], integer=whole).tick_values(low, high)
    )
    slack = 1e-9 * (high - low)
    values = values[(values >= low - slack) & (values <= high + slack)]
    values[abs(values) < slack] = 0.0
    return values


def height_ticks(
    scale: Scale, words: Words, *, ends: bool = False, whole: bool = False
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Places from 0 to 1 along the scale, and the heights there; on a logarithmic scale, about
    powers of ten over the lowest one, and it itself where it is round or hardly any others are.
    With `ends` a logarithmic scale has those of both of its ends; of what there are only `whole`
    numbers a linear one has no others."""
    if scale.high <= scale.low:
        return np.array([0.5]), written([scale.low], words)
    if not scale.log:
        values = round_numbers(scale.low, scale.high, whole=whole)
        return (values - scale.low) / (scale.high - scale.low), written(values, words)
    last = int(np.ceil(np.log10(scale.high - scale.low)))
    low = told_ends(scale)[0]
    heights = [low]
    for power in range(-12, last + 1):
        height = _near(scale.low, power)
        if scale.unit(height) - scale.unit(heights[-1]) > _APART and scale.unit(height) <= 1.0:
            heights.append(height)
    if ends and scale.unit(heights[-1]) < 1 - _WHOLE:
        heights.append(scale.high)
    elif not ends and len(heights) >= _ENOUGH and float(f"{low:.0e}") != low:
        heights = heights[1:]
    at = scale.unit(np.array(heights))
    digits = _digits(heights, scale, at)
    if ends:  # at the ends, and round where they stand
        heights = [_rounded(height, digits) for height in heights]
    return at, words.numbers(heights, digits=digits)


def ticks_between(
    heights: Sequence[float], scale: Scale, words: Words
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Places from 0 to 1 along the scale of heights between which colours change, and these heights
    as they are, if they have no more digits than a tick has room for."""
    at = scale.unit(np.array(heights))
    for digits in range(2, _FEW_DIGITS + 1):
        if np.allclose([_rounded(each, digits) for each in heights], heights, rtol=_WHOLE, atol=0):
            return at, words.numbers(heights, digits=digits)
    return at, words.numbers(heights, digits=_digits([*heights], scale, at))


def told_ends(scale: Scale) -> tuple[float, float]:
    """The ends of the scale, 0 for what is nothing beside the other one, or on logs beside what
    keeps these finite."""
    ends = scale.low, scale.high
    least = _NOTHING * (scale.offset if scale.log else max(map(abs, ends)))
    low, high = (each if abs(each) > least else 0.0 for each in ends)
    return low, high


def written(values: Iterable[float], words: Words) -> tuple[str, ...]:
    """The values of one axis, so that they can be told apart."""
    return words.numbers(values, digits=2)


def _digits(heights: list[float], scale: Scale, at: np.ndarray) -> int:
    """How many show each of the `heights` where it stands, `at` from 0 to 1."""
    for digits in range(2, _MOST_DIGITS):
        rounded = [_rounded(height, digits) for height in heights]
        if abs(scale.unit(rounded) - at).max() <= _ASTRAY:
            return digits
    return _MOST_DIGITS


def _rounded(height: float, digits: int) -> float:
    return float(f"{height:.{digits - 1}e}")


def _near(low: float, power: int) -> float:
    """The multiple of 10 to the `power` by the height that is so far above `low`."""
    share = Decimal(10) ** power
    return float(round((Decimal(low) + share) / share) * share)
