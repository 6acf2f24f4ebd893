"""In which minima the runs of swarms end, in words."""

from collections.abc import Callable, Sequence

import numpy as np

from animate.figure import View
from animate.figure.standings import portions
from animate.simulate import Ends, ends_in
from animate.text import Words

_MOST = 4
"""Minima of a swarm, and swarms, that are described."""
_FEW = 20
"""Fewer runs are counted, more are given in percent."""

Point = Callable[[np.ndarray], str]


def shares_told(view: View, names: Sequence[str], point: Point) -> list[str]:
    """For each optimizer, called by its name, the shares of its runs that end in each minimum, a
    `point`; the rest by what it is."""
    words, paths = view.words, view.trajectories
    found = view.ends or ends_in(paths, view.terrain)
    rows = (each.reshape(paths.ends.shape) for each in (found.which, found.further, paths.lost))
    sentences: list[str] = []
    for name, which, further, lost in [*zip(names, *rows, strict=True)][:_MOST]:
        told = portions(which, further, lost & (which < 0), found.places)
        order = np.argsort(-told.places, kind="stable")
        parts = [
            _at(words, _share(words, float(told.places[k]), len(which)), int(k), found, point)
            for k in order[:_MOST]
            if told.places[k]
        ]
        if others := told.further + float(told.places[order[_MOST:]].sum()):
            parts.append(words("share in others", share=_share(words, others, len(which))))
        if told.elsewhere:
            share = _share(words, told.elsewhere, len(which))
            parts.append(words("share elsewhere", share=share))
        if told.lost:
            parts.append(words("share lost", share=_share(words, told.lost, len(which))))
        sentences.append(words("shares", name=name, parts=", ".join(parts)))
    return sentences


def _at(words: Words, share: str, number: int, found: Ends, point: Point) -> str:
    """What share of runs ends in the minimum of that number, or on a floor beyond them."""
    if number < len(found.minima):
        return words("share in minimum", share=share, place=point(found.minima[number]))
    if number == len(found.minima):
        return words("share on floor", share=share)
    return words("share on higher floor", share=share)


def _share(words: Words, share: float, total: int) -> str:
    if total < _FEW:
        return words("out of", count=round(share * total), total=total)
    return words.share(share)
