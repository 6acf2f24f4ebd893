"""Bands and level lines, pixel by pixel."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

_LINE_STRENGTH = 0.28
"""Opacity of a level line."""
_DENSE = 0.17
"""Levels a pixel from which on lines fade."""
_TOO_DENSE = 0.5
"""Levels a pixel from which on no line is left."""
_FLAT = 1e-6
"""Levels a pixel up to which the ground is flat: its level may be a whole number all over an area,
which is no line."""
_ENOUGH = 12.0
"""Levels in view that show a shape."""
_FINEST = 20.0
"""The most times that the distance of levels is halved."""

_WHITE, _BLACK = 0.6, 0.9
"""How far a level line that faces the light turns white, and one that faces away black."""


def refinement(level: Float[np.ndarray, "row column"], levels: int) -> float:
    """The number of halvings of the distance of `levels` that make the shape of `level` visible.

    `level` is from 0 to 1. The number has a fraction, so that finer levels can fade in; it is 0
    where `levels` are enough.
    """
    known = level[np.isfinite(level)]
    span = levels * float(np.ptp(known)) if len(known) else 0.0
    enough = min(levels, _ENOUGH)
    return float(np.clip(np.log2(enough / span), 0.0, _FINEST)) if span > 0 else 0.0


def shade(
    level: Float[np.ndarray, "row column"],
    colours: Float[np.ndarray, "band 3"],
    ink: Float[np.ndarray, "3"] | None,
    width: float,
    missing: Float[np.ndarray, "3"],
    *,
    lit: bool = False,
) -> Float[np.ndarray, "row column 3"]:
    """Bands of `colours` between whole levels, and level lines of `ink`, `width` pixels wide.

    `level` counts from 0 to the number of bands; where it is NaN the colour `missing` shows. How
    much of a pixel a line covers follows from its distance: the level's distance to the nearest
    whole number over the length of its gradient. The edges of bands are smooth by the same measure.
    `lit`: lines are light where the ground rises away from the upper left, and dark where it falls,
    so that the map has depth and no colour is falsified (Tanaka, 1950). Rows are from below.
    """
    bands = len(colours)
    known = np.isfinite(level)
    filled = np.where(known, level, 0.0)
    slopes = [np.gradient(filled, axis=axis) for axis in (0, 1) if level.shape[axis] > 1]
    slope = np.sqrt(sum(each**2 for each in slopes))
    line = np.clip(np.round(filled), 1, bands - 1).astype(int)
    distance = (filled - line) / np.maximum(slope, _FLAT)
    above = np.clip(distance + 0.5, 0.0, 1.0)[..., None]
    picture = (1 - above) * colours[line - 1] + above * colours[np.minimum(line, bands - 1)]
    if ink is not None:
        covered = np.clip((width + 1) / 2 - np.abs(distance), 0.0, min(width, 1.0))
        covered *= slope >= _FLAT
        covered *= np.clip((_TOO_DENSE - slope) / (_TOO_DENSE - _DENSE), 0.0, 1.0)
        inks = _lit_by(slopes, ink) if lit and len(slopes) == 2 else ink
        picture += _LINE_STRENGTH * covered[..., None] * (inks - picture)
    return np.where(known[..., None], picture, missing)


def _lit_by(
    slopes: Sequence[Float[np.ndarray, "row column"]], ink: Float[np.ndarray, "3"]
) -> Float[np.ndarray, "row column 3"]:
    """The colour of a level line at every place, whose `slopes` are up the rows and along them."""
    up, along = slopes
    facing = (along - up) / np.maximum(np.sqrt(2.0 * (up**2 + along**2)), 1e-12)
    white, black = _WHITE * np.maximum(facing, 0.0), _BLACK * np.maximum(-facing, 0.0)
    return ink * (1.0 - white - black)[..., None] + white[..., None]
