"""Whether the loss goes down along a valley, found by its heights alone.

On a floor that is a kink, or too narrow for the differences of a gradient, every place looks like a
minimum.
"""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, Float

from animate.simulate.terrain import Terrain

ALONG = np.array([3e-4, 1e-3, 3e-3, 1e-2])
"""Of the window's diagonal: how far is looked. At a minimum one of them is higher on each side."""
ROUNDING = 1e-12

_STEADY = 0.5
"""Of the rise that is in proportion to the distance: what is left of it right beside a kink, at
least. In a smooth minimum it is less than a third from one distance to the next."""

_TURNS = np.arange(8) * np.pi / 4
_AROUND: Mapping[int, np.ndarray] = {
    1: np.array([[1.0], [-1.0]]),
    2: np.stack([np.cos(_TURNS), np.sin(_TURNS)], axis=-1),
}
_ASIDE = 0.5
"""Of how far is looked: how far across the floor may be, from one of eight directions to a next."""
_POINTS = np.linspace(-1.0, 1.0, 33)
_CLOSER = 1.5 / 16
"""The next line across is so much shorter: 1.5 times the distance of points."""
_ROUNDS = 14


def around(terrain: Terrain) -> Float[np.ndarray, "direction axis"]:
    """Eight directions all around, or the two of one variable; the second half is opposite."""
    return _AROUND[terrain.variables]


def leads_down(terrain: Terrain, places: Float[np.ndarray, "n axis"]) -> Bool[np.ndarray, " n"]:
    """From which of `places` the loss goes down steadily along the floor of a valley.

    A place beside the floor, as Newton's method leaves it, goes down to the floor, not along it: so
    what is compared begins with the lowest loss across the place.
    """
    with np.errstate(all="ignore"):
        here = _lowest_across(
            terrain, places[:, None, None] + 0 * around(terrain), _ASIDE * ALONG[:1]
        )
        lowest = lowest_around(terrain, places)
        down = lowest < here - ROUNDING * np.abs(here)
    return np.asarray(down.all(axis=1).any(axis=-1))


def goes_level(terrain: Terrain, places: Float[np.ndarray, "n axis"]) -> Bool[np.ndarray, " n"]:
    """Which of `places` are kinks through which a valley goes on in two opposite directions without
    going up or down: no direction need have a curvature of 0 there."""
    level = is_kink(terrain, places)
    which = np.flatnonzero(level)
    if not len(which):
        return level
    scale, here = terrain.scale("linear"), terrain.heights_at(places[which])
    with np.errstate(all="ignore"):
        change = lowest_around(terrain, places[which]) - here[:, None, None]
        still = np.abs(change) <= ROUNDING * (scale.high - scale.low)
    along = np.asarray(still.all(axis=1))
    half = along.shape[1] // 2
    level[which] = (along[:, :half] & along[:, half:]).any(axis=-1)
    return level


def is_kink(
    terrain: Terrain, places: Float[np.ndarray, "n axis"], part: float = 1.0
) -> Bool[np.ndarray, " n"]:
    """From which of `places` the loss rises in some direction in proportion to the distance, right
    beside them or within a `part` of that."""
    away = part * terrain.diagonal * ALONG[:2, None, None] * around(terrain)
    with np.errstate(all="ignore"):
        here = terrain.heights_at(places)[:, None, None]
        rise = terrain.heights_at(places[:, None, None] + away) - here
        return np.asarray(steadily(rise).any(axis=-1))


def steadily(rise: Float[np.ndarray, "n distance direction"]) -> Bool[np.ndarray, "n direction"]:
    """Where a rise right beside a place goes on in proportion to the distance."""
    return np.asarray((rise[:, 0] > 0) & (rise[:, 0] >= _STEADY * ALONG[0] / ALONG[1] * rise[:, 1]))


def lowest_around(
    terrain: Terrain, places: Float[np.ndarray, "n axis"]
) -> Float[np.ndarray, "n distance direction"]:
    """The lowest losses on lines across all directions from `places`, at each distance of
    ALONG, found by ever shorter sections of the lines; NaN where it is none."""
    away = terrain.diagonal * ALONG[:, None, None]
    return _lowest_across(terrain, places[:, None, None] + away * around(terrain), _ASIDE * ALONG)


def _lowest_across(
    terrain: Terrain, middles: Float[np.ndarray, "n distance direction axis"], halves: np.ndarray
) -> Float[np.ndarray, "n distance direction"]:
    """The lowest losses on lines across all directions through `middles`, or where there is one
    variable those there; `halves` [distance] are the lengths of the lines' halves, of the window's
    diagonal."""
    if terrain.variables == 1:
        return terrain.heights_at(middles)
    across = around(terrain) @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    sections = terrain.diagonal * halves[:, None, None] * across
    with np.errstate(all="ignore"):
        for _ in range(_ROUNDS):
            points = middles[..., None, :] + _POINTS[:, None] * sections[..., None, :]
            heights = terrain.heights_at(points)
            where = np.where(np.isnan(heights), np.inf, heights).argmin(axis=-1)[..., None, None]
            middles = np.take_along_axis(points, where, axis=-2)[..., 0, :]
            sections = _CLOSER * sections
        return terrain.heights_at(middles)
