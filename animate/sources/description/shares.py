"""In which minima the runs of swarms end, in words."""

from collections.abc import Callable, Sequence

import numpy as np
from jaxtyping import Float

from animate.figure import View
from animate.figure.standings import Portions, portions
from animate.simulate import Ends, ends_in
from animate.simulate.numerics import lengths
from animate.simulate.terrain import Terrain
from animate.sources.description.basins import basins
from animate.sources.description.ranks import are_local
from animate.text import Words

_MOST = 4
"""Minima of a swarm, and swarms, that are described."""
_FLOW, _PART = 2000, 10
"""Steps along the diagonal of the window, and the part of it that places are taken downhill."""
_FEW = 20
"""Fewer runs are counted, more are given in percent."""

Point = Callable[[np.ndarray], str]


def shares_told(view: View, names: Sequence[str], point: Point) -> list[str]:
    """For each optimizer, called by its name, the shares of its runs that end in each minimum, a
    `point`; the rest by what it is."""
    if view.noisy:
        return _by_basin(view, names, point)
    words, paths = view.words, view.trajectories
    found = view.ends or ends_in(paths, view.terrain)
    every = found.which, found.further, paths.lost, paths.off
    rows = (each.reshape(paths.ends.shape) for each in every)
    local = are_local([*map(tuple, found.minima)], view.terrain.ground, _descent(view))
    sentences: list[str] = []
    for name, which, further, lost, off in [*zip(names, *rows, strict=True)][:_MOST]:
        told = portions(which, further, lost & (which < 0), found.places, off)
        order = np.argsort(-told.places, kind="stable")
        parts = [
            _at(
                words, _share(words, float(told.places[k]), len(which)), int(k), found, point, local
            )
            for k in order[:_MOST]
            if told.places[k]
        ]
        if others := told.further + float(told.places[order[_MOST:]].sum()):
            parts.append(words("share in others", share=_share(words, others, len(which))))
        parts += _rest(words, told, len(which))
        sentences.append(words("shares", name=name, parts=", ".join(parts)))
    return sentences


def _by_basin(view: View, names: Sequence[str], point: Point) -> list[str]:
    """The shares of runs that noise keeps from coming to rest, by the basin in which each ends."""
    words, paths = view.words, view.trajectories
    ends, rows = paths.positions[:, :, -1], (paths.lost, paths.off)
    steepest = float(np.nanmax(paths.gradient_norms, initial=0.0))
    losses = paths.losses[np.isfinite(paths.losses)]
    places = _downhill(view.terrain, ends.reshape(-1, view.terrain.variables))
    below = basins(view.terrain, places, steepest, float(np.ptp(losses)))
    called = [point(np.array(each.at)) if each else None for each in below]
    minima: list[str] = sorted({each for each in called if each is not None})
    at = {name: each.at for name, each in zip(called, below, strict=True) if each and name}
    local = are_local([at[name] for name in minima], view.terrain.ground, _descent(view))
    which = np.array([minima.index(each) if each is not None else -1 for each in called])
    sentences: list[str] = []
    for name, own, gone, off in [*zip(names, which.reshape(paths.ends.shape), *rows, strict=True)][
        :_MOST
    ]:
        own = np.where(gone, -1, own)
        told = portions(own, np.zeros_like(gone), gone, len(minima), off)
        parts = [
            _in_basin(
                words, _share(words, float(told.places[k]), len(own)), minima[k], local=local[k]
            )
            for k in map(int, np.argsort(-told.places, kind="stable"))
            if told.places[k]
        ]
        parts += _rest(words, told, len(own))
        sentences.append(words("shares", name=name, parts=", ".join(parts)))
    return sentences


def _rest(words: Words, told: Portions, total: int) -> list[str]:
    """What share of runs ends elsewhere, diverges, and leaves the surface."""
    parts: list[str] = []
    if told.elsewhere:
        parts.append(words("share elsewhere", share=_share(words, told.elsewhere, total)))
    if told.lost:
        parts.append(words("share lost", share=_share(words, told.lost, total)))
    if told.strayed:
        parts.append(words("share strayed", share=_share(words, told.strayed, total)))
    return parts


def _downhill(terrain: Terrain, places: Float[np.ndarray, "n axis"]) -> Float[np.ndarray, "n axis"]:
    """A little further down the slope from each place, which takes it away from the edge of its
    basin, where cells are too coarse."""
    reach = terrain.diagonal / _FLOW
    for _ in range(_FLOW // _PART):
        with np.errstate(invalid="ignore", divide="ignore"):
            slopes = terrain.gradients(places)
            ways = slopes / lengths(slopes)[:, None]
        places = places - reach * np.where(np.isfinite(ways), ways, 0.0)
    return places


def _descent(view: View) -> float:
    """From the loss where runs usually begin to the lowest in the window."""
    starts = view.trajectories.losses[:, :, 0]
    return abs(float(np.nanmedian(starts)) - view.terrain.scale("linear").low)


def _in_basin(words: Words, share: str, place: str, *, local: bool) -> str:
    """What share of runs ends in the basin of a minimum."""
    if local:
        return words("share in local basin", share=share, place=place)
    return words("share in basin", share=share, place=place)


def _at(
    words: Words, share: str, number: int, found: Ends, point: Point, local: Sequence[bool]
) -> str:
    """What share of runs ends in the minimum of that number, which may be `local`, or on a floor
    beyond them."""
    if number < len(found.minima):
        place = point(found.minima[number])
        if local[number]:
            return words("share in local", share=share, place=place)
        return words("share in minimum", share=share, place=place)
    if number == len(found.minima):
        return words("share on floor", share=share)
    return words("share on higher floor", share=share)


def _share(words: Words, share: float, total: int) -> str:
    if total < _FEW:
        return words("out of", count=round(share * total), total=total)
    return words.share(share)
