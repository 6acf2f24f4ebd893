"""Minima that are one: those of a flat floor count once, those of a valley's floor as the floor."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from animate.simulate.extent import extent_of
from animate.simulate.numerics import lengths
from animate.simulate.search import NEAR, Search
from animate.simulate.terrain import Terrain

_GAP = 5
"""Reaches from one minimum of a valley to the next, at most."""


class Floor(NamedTuple):
    """The floor of a valley of equal minima, of losses from `low` to `highest`, and some of these
    [minimum, axis]."""

    low: float
    highest: float
    minima: Float[np.ndarray, "minimum axis"]


class Minima(NamedTuple):
    """Minima [minimum, axis], and the reach of each [minimum]."""

    places: Float[np.ndarray, "minimum axis"]
    reaches: Float[np.ndarray, " minimum"]


def floors_of(
    minima: np.ndarray, flat: list[int], search: Search, start: float
) -> tuple[Minima, list[Floor]]:
    """The minima, where the `flat` ones that are one floor count once, and the floors of valleys,
    whose minima are none of those.

    Equal are those whose losses differ by no more than the terrain says of the way down from the
    loss `start`. Those of a valley stand _GAP reaches from another at most, or on a floor that goes
    on; a floor that bends too much across to be followed is one where others stand so near.
    """
    terrain, reach = search.terrain, reach_of(search.terrain)
    kept = Minima(minima.copy(), np.full(len(minima), reach))
    losses = terrain.heights_at(minima)
    left: list[int] = sorted(flat, key=lambda k: float(losses[k]))
    floors: list[Floor] = []
    descent = abs(start - float(losses[left[0]])) if left else 0.0
    while left:
        low = float(losses[left[0]])
        highest = terrain.highest_equal(low, descent)
        equal = [k for k in left if losses[k] <= highest]
        left = left[len(equal) :]
        valley = _valley(minima, equal, kept, search, highest)
        if valley:
            floors.append(Floor(low, highest, minima[valley]))
            kept.places[valley] = np.nan
    others = np.flatnonzero(np.isfinite(kept.places).all(axis=-1))
    _, first = np.unique(kept.places[others], axis=0, return_index=True)
    chosen = others[np.sort(first)]
    return Minima(kept.places[chosen], kept.reaches[chosen]), floors


def _valley(
    minima: np.ndarray, equal: list[int], kept: Minima, search: Search, highest: float
) -> list[int]:
    """Those of the `equal` minima, up to the loss `highest`, that are on the floor of a valley; of
    `kept` those on a floor that ends become its middle."""
    terrain, reach = search.terrain, reach_of(search.terrain)
    valley: set[int] = set()
    for k in equal:
        if k in valley or not (kept.places[k] == minima[k]).all():
            continue
        floor = extent_of(search, minima[k], highest)
        beside = _joined(minima, equal, reach)
        if floor.open if floor else k in beside:
            valley |= {k, *beside}
        elif floor is not None:
            around = floor.radius + reach
            away = lengths(minima - floor.centre)
            same = (away < around) & (terrain.heights_at(minima) <= highest)
            kept.places[same], kept.reaches[same] = floor.centre, around
    return sorted(valley)


def _joined(minima: np.ndarray, equal: list[int], reach: float) -> list[int]:
    """Those of the `equal` minima that stand _GAP reaches from another at most."""
    apart = lengths(minima[equal][:, None] - minima[equal])
    np.fill_diagonal(apart, np.inf)
    near = apart.min(axis=0) <= _GAP * reach
    return [k for k, joined in zip(equal, near, strict=True) if joined]


def reach_of(terrain: Terrain) -> float:
    """How far from a minimum a run that has reached it may be."""
    return NEAR * terrain.diagonal


def near(places: np.ndarray, minima: np.ndarray, reaches: float | np.ndarray) -> np.ndarray:
    """The number of the nearest of the minima within whose reach is each of `places` [n, axis]; −1:
    none."""
    which, least = np.full(len(places), -1), np.full(len(places), np.inf)
    with np.errstate(over="ignore", invalid="ignore"):  # of a run that has diverged
        for k, (minimum, reach) in enumerate(zip(minima, reaches + 0 * minima[:, 0], strict=True)):
            distance = ((places - minimum) ** 2).sum(-1)
            nearer = (distance < reach**2) & (distance < least)
            which, least = np.where(nearer, k, which), np.where(nearer, distance, least)
    return which
