"""How far a floor of equal minima reaches around one of them."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float
from numpy.lib.stride_tricks import sliding_window_view

from animate.simulate.numerics import lengths
from animate.simulate.search import NEAR, Search
from animate.simulate.terrain import Terrain

_ACROSS = 4
_RINGS = 8
"""Reaches around a place up to which its floor is looked for; one that goes on is a valley."""
_MOVES = 3
"""Times that the search moves to the middle of what it has found."""
_ASIDE = 0.75
"""Reaches by which a place on a floor is beside a point of the lattice, at most."""

_CHORD = np.linspace(-_RINGS, _RINGS, 40 * _RINGS + 1)


@dataclass(frozen=True)
class Extent:
    """Equal minima around `centre` [axis], up to `radius` from it; an `open` one goes on beyond."""

    centre: Float[np.ndarray, " axis"]
    radius: float
    open: bool


def extent_of(search: Search, place: Float[np.ndarray, " axis"], highest: float) -> Extent | None:
    """The floor of equal minima, of a loss up to `highest`, around the minimum at `place`;
    None where that stands alone.

    A lattice of points, one reach apart, is led to the floor; those that stay beside their
    points and are of one piece with `place` are on it.
    """
    reach = NEAR * search.terrain.diagonal
    found = None
    for _ in range(_MOVES):
        found = _explored(search, place, highest, reach) or found
        if found is None or not found.open:
            break
        place = found.centre
    if found is None or found.open:
        return found
    found = replace(found, centre=_centred(search.terrain, found.centre, highest, reach))
    middle = search.newton(found.centre[None])
    aside = float(lengths(middle.places[0] - found.centre))
    low = middle.heights[0] <= highest
    return found if low and aside <= reach / 2 else Extent(found.centre, found.radius, open=True)


def _centred(terrain: Terrain, centre: np.ndarray, highest: float, reach: float) -> np.ndarray:
    """The middle of the floor around `centre`, along each axis in turn, twice."""
    for axis in 2 * [*range(len(centre))]:
        along = np.tile(centre, (len(_CHORD), 1))
        along[:, axis] += reach * _CHORD
        with np.errstate(all="ignore"):
            off = np.flatnonzero(~(terrain.heights_at(along) <= highest))
        after = np.searchsorted(off, len(_CHORD) // 2)
        if 0 < after < len(off):
            centre = (along[off[after - 1]] + along[off[after]]) / 2
    return centre


def _explored(search: Search, place: np.ndarray, highest: float, reach: float) -> Extent | None:
    lattice = _lattice(len(place))
    points = (place + reach * lattice).reshape(-1, len(place))
    found = search.newton(points, _ACROSS)
    with np.errstate(all="ignore"):
        on = (
            (lengths(found.places - points) <= _ASIDE * reach)
            & (search.still(found) | search.near(found))
            & search.level(found).any(axis=-1)
            & (found.heights <= highest)
        ).reshape(lattice.shape[:-1])
    if not on[_middle(on)]:
        return None
    piece = _piece(on)
    there = found.places[piece.ravel()]
    if lengths(there - place).max() <= reach / 2:
        return None
    centre = (there.min(axis=0) + there.max(axis=0)) / 2
    radius = float(lengths(there - centre).max())
    edge = np.abs(lattice).max(axis=-1) == _RINGS
    return Extent(centre, radius, open=bool((piece & edge).any()))


def _lattice(axes: int) -> Float[np.ndarray, "*n axis"]:
    """The points of a lattice along so many axes, one apart, _RINGS to each side."""
    side = np.arange(-_RINGS, _RINGS + 1.0)
    return np.stack(np.meshgrid(*axes * [side], indexing="ij"), axis=-1)


def _middle(lattice: np.ndarray) -> tuple[int, ...]:
    """The number of the middle of a lattice, along each axis."""
    return (_RINGS,) * lattice.ndim


def _piece(on: Bool[np.ndarray, "*n"]) -> Bool[np.ndarray, "*n"]:
    """The points that are joined to the middle by neighbours, also across corners."""
    joined = np.zeros_like(on)
    joined[_middle(on)] = on[_middle(on)]
    cell, inner = (3,) * on.ndim, tuple(range(on.ndim, 2 * on.ndim))
    while True:
        beside = sliding_window_view(np.pad(joined, 1), cell).any(axis=inner) & on
        if (beside == joined).all():
            return joined
        joined = beside
