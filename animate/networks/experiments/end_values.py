"""The values at both ends of lines between networks, where they lie on none of them."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import View

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.typing import ColorType as Color

_LEADING = 1.25
"""From one value to the next one, in sizes of the type."""
_BESIDE = 0.6
"""From an end of the lines to its values, beyond a head that stands there, in sizes of the type."""
_CLEAR = 0.3
"""From values to the nearest curve, in sizes of the type."""
_FARTHEST = 0.4
"""From an end to its values at most, as a share of the height of the axes: farther away they would
seem to be somewhere else."""
_HIGH = 0.7
"""Of the height of a wall: where its name stands beside it."""
_NEAR = 1.2
"""Sizes of the type: no line leads to a value that is as near to the height of its end."""
_SHORT = 0.8
"""How far towards its value the line from an end goes, across."""
_FINE = 400
"""Places of a curve in pixels at which it might touch words."""


def name_ends(
    axes: "Axes",
    view: View,
    curves: Sequence[np.ndarray],
    values: np.ndarray,
    shares: np.ndarray,
) -> "tuple[list[Artist], list[Artist]]":
    """The `values` [line, share] at the first and at the last of the `shares`, each value once, one
    below the other: as near to the ends as they touch none of the `curves`, each [line, share], the
    first of them at these values; a hairline leads to those that are farther away. Those that have
    no such place are left out. The axes are as wide and high as they will be."""
    drawn = np.concatenate([_in_pixels(axes, curve, shares) for curve in curves])
    first, last = (
        _named(axes, view, (values[:, side], curves[0][:, side]), place, drawn)
        for side, place in ((0, 0), (-1, 1))
    )
    return first, last


def name_before(axes: "Axes", view: View, curves: Sequence[np.ndarray], shares: np.ndarray) -> None:
    """Say beside the highest of the last of the `curves`, each [line, share], that it is the one
    before alignment: on a side where the words touch none, in two lines if need be, else
    nowhere."""
    line = np.nan_to_num(curves[-1][int(np.nanmax(curves[-1], axis=1).argmax())])
    high = np.flatnonzero(line >= _HIGH * line.max() + (1 - _HIGH) * line.min())
    drawn = np.concatenate([_in_pixels(axes, curve, shares) for curve in curves])
    name, whole = view.words("curve before alignment"), axes.bbox
    sides = (high[-1], "left", 1), (high[0], "right", -1)
    for words, (place, align, way) in product((name, name.replace(" ", "\n")), sides):
        text = axes.annotate(
            words, (shares[place], line[place]),
            (way * _BESIDE * view.type("note"), 0), textcoords="offset pixels",
            fontsize=view.type("note"), color=view.theme.muted, horizontalalignment=align,
            verticalalignment="center", zorder=5, gid="before",
        )  # fmt: skip
        box = text.get_window_extent()
        touched = any(box.contains(*point) for point in drawn.tolist())
        if whole.x0 <= box.x0 and box.x1 <= whole.x1 and not touched:
            return
        text.remove()


def _in_pixels(axes: "Axes", curve: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Points [n, 2] of the lines of a `curve` [line, share], close to each other."""
    fine = np.linspace(shares[0], shares[-1], _FINE)
    lines = [np.stack([shares, line], axis=1) for line in curve]
    known = [axes.transData.transform(line[np.isfinite(line[:, 1])]) for line in lines]
    columns = axes.transData.transform(np.stack([fine, np.full(_FINE, curve[0, 0])], axis=1))[:, 0]
    rows = [np.interp(columns, line[:, 0], line[:, 1]) for line in known if len(line)]
    return np.concatenate(
        [np.stack([columns, each], axis=1) for each in rows] or [np.zeros((0, 2))]
    )


def _named(
    axes: "Axes",
    view: View,
    ends: tuple[np.ndarray, np.ndarray],
    place: int,
    drawn: np.ndarray,
) -> "list[Artist]":
    """The values of an end [line], and where they are drawn [line], at the share `place`."""
    size, named = view.type("note"), dict[str, tuple[float, str]]()
    values, levels = (each.tolist() for each in ends)
    for value, level, colour in zip(values, levels, view.colours, strict=False):
        text = view.words.number(value, 3)
        named[text] = level, view.theme.ink if text in named else colour
    ordered = sorted(named.items(), key=lambda each: -each[1][0])
    away = (1 - 2 * place) * (_BESIDE * size + view.line("head"))
    texts = [
        axes.annotate(
            text, (place, value), (away, 0), textcoords="offset pixels", fontsize=size,
            color=colour, horizontalalignment="right" if place else "left",
            verticalalignment="center", zorder=5, gid="end",
        )
        for text, (value, colour) in ordered
    ]  # fmt: skip
    heights = [float(axes.transData.transform((place, each[0]))[1]) for each in named.values()]
    heights = [height for height in heights if np.isfinite(height)]
    boxes = [text.get_window_extent() for text in texts]
    tall, clear = _LEADING * size * len(texts), _CLEAR * size
    left, right = min(each.x0 for each in boxes) - clear, max(each.x1 for each in boxes) + clear
    rows = drawn[(drawn[:, 0] > left) & (drawn[:, 0] < right), 1]
    middle = _nearest_free(rows, (axes.bbox.y0, axes.bbox.y1), tall, clear, float(np.mean(heights)))
    leaders = list["Artist"]()
    for number, (text, (_, (value, _))) in enumerate(zip(texts, ordered, strict=True)):
        if middle is None:
            text.remove()
            continue
        x, y = axes.transData.transform((place, value)).tolist()
        up = middle + tall / 2 - (number + 0.5) * _LEADING * size - y
        text.set_position((away, up))
        if abs(up) > _NEAR * size:
            short = away * _SHORT, up - np.sign(up) * size / 2
            leaders += _leader(axes, view, (x, y), short, text.get_color())
    return [*texts, *leaders] if middle is not None else []


def _leader(
    axes: "Axes", view: View, end: tuple[float, float], away: tuple[float, float], colour: "Color"
) -> "list[Line2D]":
    """A hairline from an end of a line, in pixels, so far towards its value."""
    to = axes.transData.inverted()
    points = np.array([to.transform(end), to.transform(np.add(end, away))])
    return axes.plot(*points.T, color=colour, linewidth=view.line("hairline"), zorder=4)


def _nearest_free(
    rows: np.ndarray, within: tuple[float, float], tall: float, clear: float, wanted: float
) -> float | None:
    """The middle nearest to `wanted` of a block so `tall` that keeps `clear` of the curves, which
    lie in these `rows`; None where there is no such place nearby."""
    low, high = within[0] + tall / 2 + clear, within[1] - tall / 2
    places = np.arange(low, high, max(clear / 2, 1.0))
    apart = np.abs(places[:, None] - rows).min(axis=1, initial=np.inf)
    near = np.abs(places - wanted) < _FARTHEST * (within[1] - within[0])
    free = places[near & (apart > tall / 2 + clear)]
    return float(free[np.abs(free - wanted).argmin()]) if len(free) else None
