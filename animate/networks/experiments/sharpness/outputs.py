"""What a network says of some digits, as it was trained and while it is rescaled."""

# pyright: reportUnknownMemberType=false

from collections.abc import Callable
from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, View
from animate.figure.text.paragraph import balanced
from animate.networks.experiments.panels import ResultPanel, at_step, result_of
from animate.networks.experiments.sharpness.compute import Sharpness
from animate.networks.experiments.sharpness.valley import turn_at

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SAID = 0.2
"""The least share of the highest bar whose class is written over it."""
_LEADING = 1.3
"""The distance of baselines, in type sizes."""
_BARS = 3.6
"""The height for the bars and their names, in type sizes of notes."""
_BROAD = 0.74
"""The share of a column's width that its bars take."""
_WIDE, _NARROW = 0.85, 0.5
"""The width of a bar of the trained network and of one of the rescaled, as a share of its place."""
_APART = 0.7
"""The least distance between the names of two bars, in their type sizes."""


@dataclass(frozen=True, kw_only=True)
class Outputs(ResultPanel):
    """Of each class the held-out digit of which the network is least sure, and below each the
    probabilities of its classes, by the trained network (wide bars) and the rescaled one (narrow).

    All bars have one scale.
    """

    experiment = "sharpness"

    def height(self, view: View, width: float) -> float:
        result = result_of(view, Sharpness)
        note, lines = view.type("note"), _said(view, result, width)
        side = _side(view, width / len(result.pictures))
        return _LEADING * note * len(lines) + side + _BARS * note

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result_of(view, Sharpness)
        axes.set_axis_off()

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result, box = result_of(view, Sharpness), axes.get_window_extent()
        axes.set(xlim=(0, box.width), ylim=(0, box.height))
        note, column = view.type("note"), box.width / len(result.pictures)
        lines = _said(view, result, box.width)
        axes.text(
            box.width / 2, box.height, "\n".join(lines), fontsize=note, color=view.theme.ink,
            linespacing=_LEADING, horizontalalignment="center", verticalalignment="top",
        )  # fmt: skip
        top, side = box.height - _LEADING * note * len(lines), _side(view, column)
        middles = (np.arange(len(result.pictures)) + 0.5) * column
        _pictures(axes, view, middles, (top, side))
        show_bars = self._bars(axes, view, middles, top - side - 1.3 * note)

        def show(moment: Moment) -> None:
            show_bars(turn_at(view, moment))

        return Drawing(artists=axes.collections[-1:], show=show)

    def _bars(
        self, axes: "Axes", view: View, middles: np.ndarray, tall: float
    ) -> Callable[[float], None]:
        """Bars around `middles` [digit], the highest `tall` pixels; returns what moves them to the
        number of a factor."""
        from matplotlib.collections import PolyCollection

        result = result_of(view, Sharpness)
        steps, tall = np.arange(len(result.turns)), tall / float(result.outputs.max())
        count = result.outputs.shape[-1]
        step = _BROAD * (middles[1] - middles[0]) / count
        left = middles[:, None] + (np.arange(count) - count / 2) * step
        first = tall * result.outputs[0]
        middle = left + step / 2
        still = _corners(middle, _WIDE * step, first)
        trained = PolyCollection(list(still), facecolor=view.theme.ink, linewidth=0, zorder=3)
        bars = PolyCollection([], facecolor=view.colours[0], linewidth=0, zorder=4)
        axes.hlines(
            np.zeros(len(left)), left[:, 0], left[:, -1] + step, color=view.theme.muted,
            linewidth=view.line("hairline"), zorder=2,
        )  # fmt: skip
        for collection in (trained, bars):
            axes.add_collection(collection, autolim=False)
        _names(axes, view, middle, first)

        def show(turn: float) -> None:
            heights = tall * at_step(steps, result.outputs, turn)
            bars.set_verts(list(_corners(middle, _NARROW * step, heights)))

        return show


def _said(view: View, result: Sharpness, width: float) -> list[str]:
    """What the strip shows and the largest change of any example's loss, in lines; none where
    there is no room for it, since the finding says as much."""
    change = view.words.number(float(result.changes.max()), 1)
    lines = balanced(view, view.words("outputs and their change", change=change), "note", width)
    return lines if len(lines) == 1 else []


def _side(view: View, column: float) -> float:
    """The side of a digit's picture in a `column` so wide, in pixels."""
    return min(0.7 * column, 2.6 * view.type("note"))


def _corners(middle: np.ndarray, width: float, heights: np.ndarray) -> np.ndarray:
    """The corners [bar, 4, 2] of bars from zero up to `heights` [digit, class] about `middle`."""
    left, right = middle - width / 2, middle + width / 2
    x = np.stack([left, left, right, right], axis=-1)
    low = np.zeros_like(heights)
    y = np.stack([low, heights, heights, low], axis=-1)
    return np.stack([x, y], axis=-1).reshape(-1, 4, 2)


def _pictures(axes: "Axes", view: View, middles: np.ndarray, square: tuple[float, float]) -> None:
    """Every digit in a square over its place of `middles`, ink on paper: `square` is the upper edge
    and the side."""
    from matplotlib.colors import LinearSegmentedColormap

    images, (top, side) = result_of(view, Sharpness).pictures, square
    ink = LinearSegmentedColormap.from_list("ink", [view.theme.paper, view.theme.ink])
    pixels = isqrt(images.shape[1])
    limits = axes.axis()
    for image, middle in zip(images, middles.tolist(), strict=True):
        extent = (middle - side / 2, middle + side / 2, top - side, top)
        axes.imshow(image.reshape(pixels, -1), cmap=ink, vmin=0, vmax=1, extent=extent,
                    aspect="auto", zorder=2)  # fmt: skip
    axes.axis(limits)


def _names(axes: "Axes", view: View, middles: np.ndarray, heights: np.ndarray) -> None:
    """The class over the highest bar [digit, class] of every digit, and over others that are high
    and not beside one that has its name."""
    size = view.type("tick")
    for places, row in zip(middles, heights, strict=True):
        named = list[float]()
        for number in np.argsort(-row, kind="stable").tolist():
            place, height = float(places[number]), float(row[number])
            near = any(abs(place - other) < _APART * size for other in named)
            if near or height < _SAID * heights.max():
                continue
            named.append(place)
            axes.text(
                place, height + 0.2 * size, str(number), fontsize=size, color=view.theme.muted,
                horizontalalignment="center",
            )  # fmt: skip
