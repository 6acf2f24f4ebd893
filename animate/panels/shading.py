"""Bands and level lines, pixel by pixel."""

import numpy as np
from jaxtyping import Float

_LINE_STRENGTH = 0.28
"""Opacity of a level line."""
_DENSE = 0.17
"""Levels a pixel from which on lines fade."""
_TOO_DENSE = 0.5
"""Levels a pixel from which on no line is left."""
_ENOUGH = 12.0
"""Levels in view that show a shape."""
_FINEST = 20.0
"""The most times that the distance of levels is halved."""

_RELIEF = 0.5
"""The height of what is shaded, in shorter sides of the picture."""
_STRENGTH = 0.06
"""The largest part of the way to white or black that shading goes."""


def refinement(level: Float[np.ndarray, "row column"], levels: int) -> float:
    """The number of halvings of the distance of `levels` that make the shape of `level` visible.

    `level` is from 0 to 1. The number has a fraction, so that finer levels can fade in; it is 0
    where `levels` are enough.
    """
    seen, enough = levels * span(level), min(levels, _ENOUGH)
    return float(np.clip(np.log2(enough / seen), 0.0, _FINEST)) if seen > 0 else 0.0


def span(level: Float[np.ndarray, "row column"]) -> float:
    """The distance from the lowest of what is finite to the highest."""
    known = level[np.isfinite(level)]
    return float(np.ptp(known)) if len(known) else 0.0


def shade(
    level: Float[np.ndarray, "row column"],
    colours: Float[np.ndarray, "band 3"],
    ink: Float[np.ndarray, "3"] | None,
    width: float,
    missing: Float[np.ndarray, "3"],
) -> Float[np.ndarray, "row column 3"]:
    """Bands of `colours` between whole levels, and level lines of `ink`, `width` pixels wide.

    `level` counts from 0 to the number of bands; where it is NaN the colour `missing` shows. How
    much of a pixel a line covers follows from its distance: the level's distance to the nearest
    whole number over the length of its gradient. The edges of bands are smooth by the same measure.
    """
    bands = len(colours)
    known = np.isfinite(level)
    filled = np.where(known, level, 0.0)
    slopes = [np.gradient(filled, axis=axis) for axis in (0, 1) if level.shape[axis] > 1]
    slope = np.maximum(np.sqrt(sum(each**2 for each in slopes)), 1e-12)
    line = np.clip(np.round(filled), 1, bands - 1).astype(int)
    distance = (filled - line) / slope
    above = np.clip(distance + 0.5, 0.0, 1.0)[..., None]
    picture = (1 - above) * colours[line - 1] + above * colours[np.minimum(line, bands - 1)]
    if ink is not None:
        covered = np.clip((width + 1) / 2 - np.abs(distance), 0.0, min(width, 1.0))
        covered *= np.clip((_TOO_DENSE - slope) / (_TOO_DENSE - _DENSE), 0.0, 1.0)
        picture += _LINE_STRENGTH * covered[..., None] * (ink - picture)
    return np.where(known[..., None], picture, missing)


def hillshade(
    unit: Float[np.ndarray, "row column"], seen: float, side: float
) -> Float[np.ndarray, "row column 1"]:
    """How much lighter, above 0, or darker each place is under a light from the upper left.

    `unit` are heights of a scale from 0 to 1, rows from below. What is `seen` of them, from the
    lowest to the highest, rises by _RELIEF of the picture's `side` in pixels. Where a height is not
    finite it is 0.
    """
    known = np.isfinite(unit)
    high = _RELIEF * side / seen if seen > 0 else 0.0
    up, along = np.gradient(high * np.where(known, unit, 0.0))
    lit = (along - up) / np.sqrt(2.0 * (1.0 + along**2 + up**2))
    return np.where(known, _STRENGTH * lit, 0.0)[..., None]
