"""Heights written on level lines, where no run and no other label is."""

# pyright: reportUnknownMemberType=false

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Float

from animate.figure import View
from animate.figure.text.paragraph import text_width
from animate.panels.levels import Bands
from animate.simulate.terrain import Terrain
from animate.theme import TypeRole

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

_ROLE: TypeRole = "note"
_GRID = 200
"""Cells to a side of the grid on which the lines are found."""
_CLEAR = 0.9
"""Heights of a label that are free around it, of runs and of other labels."""
_STRAIGHT = 0.96
"""The least distance of the ends of a label over the length of the line under it."""
_FAR, _UPRIGHT = 4.0, 2.0
"""Heights of a label beyond which more room is no better, and that an upright place is worth."""
_EVERY = 0.25
"""Label widths from one place that is tried to the next."""


class Place(NamedTuple):
    """Where a label may stand: its middle in pixels, its direction in degrees, how far it is from
    what runs there."""

    middle: Float[np.ndarray, "2"]
    turn: float
    free: float


def label_levels(
    axes: "Axes", view: View, bands: Bands, runs: Float[np.ndarray, "point 2"]
) -> "list[Text]":
    """A label on each of the lines that has room for one; `runs` are what must not be covered, in
    data coordinates."""
    from contourpy import contour_generator

    heights = bands.heights or ()
    found = contour_generator(*_sampled(view.terrain))
    size, ink = view.type(_ROLE), view.theme.ink
    colours = bands.colours(view.theme)
    taken = axes.transData.transform(runs[np.isfinite(runs).all(axis=-1)])
    texts: list[Text] = []
    for k, (height, words) in enumerate(zip(heights, view.words.numbers(heights, 3), strict=True)):
        wide = text_width(view, words, _ROLE)
        lines = [axes.transData.transform(np.asarray(line)) for line in found.lines(height)]
        places: list[Place] = [
            each for line in lines for each in _places(line, wide, size, taken, axes)
        ]
        if not places:
            continue
        best = max(places, key=partial(_worth, size=size))
        x, y = axes.transData.inverted().transform(best.middle)
        texts.append(
            axes.text(
                x,
                y,
                words,
                rotation=best.turn,
                fontsize=size,
                color=ink,
                alpha=0.85,
                ha="center",
                va="center",
                zorder=1.6,
                clip_on=True,
                bbox={"facecolor": (colours[k] + colours[k + 1]) / 2, "pad": 0.6, "linewidth": 0},
            )
        )
        taken = np.concatenate([taken, _covered(best, wide)])
    return texts


def _worth(place: Place, size: float) -> float:
    """The better the more room it has, as far as that matters, and the more it is upright."""
    return min(place.free, _FAR * size) - abs(place.turn) / 90 * _UPRIGHT * size


def _sampled(terrain: Terrain) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x, y and the heights on a grid; what is not finite is masked."""
    x, y, z = terrain.grid(_GRID, _GRID)
    return x, y, np.ma.masked_invalid(z)


def _places(
    line: Float[np.ndarray, "point 2"],
    wide: float,
    size: float,
    taken: Float[np.ndarray, "point 2"],
    axes: "Axes",
) -> Iterator[Place]:
    """The places on a line, in pixels, at which a label `wide` and `size` high has room."""
    along = np.concatenate([[0.0], np.hypot(*np.diff(line, axis=0).T).cumsum()])
    box, margin = axes.bbox, 0.5 * wide + size
    for at in np.arange(0.75 * wide, along[-1] - 0.75 * wide, _EVERY * wide + 1):
        ends = [_at(line, along, at + share * wide) for share in (-0.5, 0.5)]
        across = ends[1] - ends[0]
        middle = _at(line, along, at)
        inside = (
            box.x0 + margin < middle[0] < box.x1 - margin
            and box.y0 + margin < middle[1] < box.y1 - margin
        )
        if not inside or np.hypot(*across) < _STRAIGHT * wide:
            continue
        turn = float(np.degrees(np.arctan2(across[1], across[0])))
        free = _distance(ends[0], across, taken) if len(taken) else np.inf
        if free > (0.5 + _CLEAR) * size:
            yield Place(middle, (turn + 90) % 180 - 90, free)


def _at(line: np.ndarray, along: np.ndarray, place: float) -> Float[np.ndarray, "2"]:
    return np.array([np.interp(place, along, line[:, k]) for k in (0, 1)])


def _distance(start: np.ndarray, across: np.ndarray, points: np.ndarray) -> float:
    """The least distance of `points` from the segment that goes from `start` `across`."""
    share = np.clip((points - start) @ across / (across @ across), 0.0, 1.0)
    return float(np.hypot(*(points - start - share[:, None] * across).T).min())


def _covered(place: Place, wide: float) -> Float[np.ndarray, "5 2"]:
    """Points under a label."""
    turn = np.radians(place.turn)
    shares: Sequence[float] = (-0.5, -0.25, 0.0, 0.25, 0.5)
    direction = np.array([np.cos(turn), np.sin(turn)])
    return place.middle + wide * np.array(shares)[:, None] * direction
