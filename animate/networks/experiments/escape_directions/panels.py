"""Critical points by their losses and their descent directions, and the spectra of three."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, View
from animate.networks.experiments.escape_directions.compute import EscapeDirections
from animate.networks.experiments.panels import (
    ResultPanel,
    open_axes,
    relative_size,
    result_of,
    signed_powers,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path
    from matplotlib.text import Text

_FAR = 3.5
"""The length of a line from a name to its point that is too long, in type sizes."""
MOST_STROKES = 12
"""Strokes drawn below a point, whose ways down may be more."""
_PITCH = 1.2
"""The distance from stroke to stroke, in sizes of a head."""
_SHARE = 0.035
"""The same at most, as a share of the panel's height."""
_LINEAR = 1e-3
"""Of the largest eigenvalue: up to here the scale of eigenvalues is linear."""
_ABOVE = 60.0
"""Of the largest eigenvalue: what is over it on the log scale is for the names of the spectra."""
_MARKERS = "osD"
"""Of the three spectra, which a theme without colours does not tell apart else."""


@dataclass(frozen=True, kw_only=True)
class CriticalPoints(ResultPanel):
    """Critical points by their loss, the highest first: a dot each, and below it a stroke for each
    of its ways down, the directions in which the loss curves downwards; at most twelve are drawn.
    """

    experiment = "escape_directions"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result, words = result_of(view, EscapeDirections), view.words
        open_axes(axes, view)
        losses = result.losses[result.order]
        axes.set(xlim=(0.0, len(losses) + 1.0), yscale="log")
        axes.set(ylim=(losses.min() / 1.5, losses.max() * 1.5))
        axes.locator_params(axis="x", nbins=6, integer=True)
        more = result.index[result.order].max(initial=0) > MOST_STROKES
        strokes = words("at most drawn", number=MOST_STROKES) if more else words("strokes")
        axes.set_xlabel(strokes)
        axes.set_ylabel(words("log scale", what=words("loss")))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        from matplotlib.collections import PathCollection
        from matplotlib.transforms import IdentityTransform

        result, theme = result_of(view, EscapeDirections), view.theme
        order = result.order
        points = np.stack([1.0 + np.arange(len(order)), result.losses[order]], axis=1)
        colours = _colours(view, result)
        room, head = axes.get_window_extent(), view.line("head")
        pitch, beside = min(_PITCH * head, _SHARE * room.height), room.width / (len(order) + 1)
        strokes = PathCollection(
            [_strokes(int(index), pitch) for index in result.index[order]],
            offsets=points, offset_transform=axes.transData, facecolors="none", zorder=3,
            linewidths=min(0.4 * head, 0.6 * beside), capstyle="butt",
        )  # fmt: skip
        strokes.set_transform(IdentityTransform())
        axes.add_collection(strokes, autolim=False)
        dots = axes.scatter(
            [], [], s=min(1.3 * head, beside) ** 2, linewidths=view.line("casing") / 2,
            edgecolors=theme.casing, zorder=4,
        )  # fmt: skip
        named = _names(axes, view, points)

        def show(moment: Moment) -> None:
            shown = int(moment.step)
            for k, name in named.items():
                name.set_visible(k < shown)
            for collection in (dots, strokes):
                collection.set_offsets(points[:shown])
            strokes.set_edgecolor(colours[:shown])
            dots.set_facecolor(colours[:shown])

        return Drawing(artists=[strokes, dots, *named.values()], show=show)


@dataclass(frozen=True, kw_only=True)
class ThreeSpectra(ResultPanel):
    """All eigenvalues of the Hessian at the highest, a middle and the lowest critical point of the
    first draw, in order of size; each appears with its point, in that point's colour.

    The scale is symmetric log, linear up to a thousandth of the largest.
    """

    experiment = "escape_directions"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result, words = result_of(view, EscapeDirections), view.words
        open_axes(axes, view)
        spectra = result.spectra[result.three]
        largest = float(np.abs(spectra).max(initial=1e-6))
        near = largest * _LINEAR
        low, high = 1.6 * min(float(spectra.min(initial=0.0)), -near), _ABOVE * largest
        axes.set_yscale("symlog", linthresh=near)
        axes.set(xlim=(0.0, result.parameters + 1.0), ylim=(low, high))
        ticks = signed_powers(10 * near, low, 2 * largest)
        axes.set_yticks(ticks, [words.number(tick) for tick in ticks])
        axes.minorticks_off()
        axes.set_xlabel(words("eigenvalues by size"))
        axes.set_ylabel(words("symlog scale", what=words("eigenvalue of the Hessian")))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result, words, theme = result_of(view, EscapeDirections), view.words, view.theme
        axes.axhline(0.0, color=theme.muted, linewidth=view.line("hairline"), zorder=1)
        numbers = np.arange(1, result.parameters + 1)
        losses = words.numbers(result.losses[result.three].tolist(), 2)
        lines = [
            axes.plot(
                numbers, result.spectra[place], color=_colour(view, k), zorder=3,
                linewidth=view.line("hairline"), marker=_MARKERS[k],
                markersize=0.6 * view.line("head"),
                label=words("loss and descent", loss=losses[k], down=int(result.index[place])),
            )[0]
            for k, place in enumerate(result.three)
        ]  # fmt: skip
        size = view.type("note")
        legend = axes.legend(loc="upper left", fontsize=size, frameon=False, labelcolor="linecolor")
        legend.set_visible(relative_size(axes, legend)[0] < 0.8)
        ranks = _ranks(result)

        def show(moment: Moment) -> None:
            entries = zip(legend.legend_handles, legend.get_texts(), strict=True)
            for line, entry, rank in zip(lines, entries, ranks, strict=True):
                for artist in (line, *entry):
                    if artist is not None:
                        artist.set_visible(moment.step >= rank + 1)

        return Drawing(artists=[*lines, legend], show=show)


def _colour(view: View, k: int) -> str:
    """Of the kth of the three points; the first colour is that of all others."""
    return view.theme.trails[(k + 1) % len(view.theme.trails)]


def _colours(view: View, result: EscapeDirections) -> list[str]:
    """One for each point in order: that of its spectrum, where it is one of the three."""
    order, places = result.order, list(result.three)
    return [
        _colour(view, places.index(place))
        if place in places
        else view.theme.muted
        if result.plateau[place]
        else view.colours[0]
        for place in order
    ]


def _strokes(count: int, pitch: float) -> "Path":
    """`count` strokes below a point, at most as many as are drawn, `pitch` pixels apart."""
    from matplotlib.path import Path

    tops = -pitch * (0.8 + np.arange(min(count, MOST_STROKES)))
    ends = np.stack([tops, tops - 0.55 * pitch], axis=1).ravel()
    codes = np.tile([Path.MOVETO, Path.LINETO], len(tops))
    return Path(np.stack([np.zeros_like(ends), ends], axis=1), codes)


def _names(axes: "Axes", view: View, points: np.ndarray) -> dict[int, "Text"]:
    """What the plateau is, and how many ways down each of the three has, by place in order.

    They stand above their `points` [point, 2] and all others below them, to the right or, with a
    line to the point, where the panel ends. Those without room are left out.
    """
    from matplotlib.text import Text

    result, words = result_of(view, EscapeDirections), view.words
    told = {int(k): words("plateau") for k in np.flatnonzero(result.plateau[result.order])}
    told |= {
        int(k): words("ways down of a point", count=int(result.index[result.order[k]]))
        for k in _ranks(result)
    }
    room, taken = axes.get_window_extent(), axes.transData.transform(points)[:, [0, 0, 1]]
    names = dict[int, "Text"]()
    for k in sorted(told, reverse=True):
        name = _name(axes, view, told[k], points[k], taken)
        name.get_window_extent()  # puts it in its place
        box = Text.get_window_extent(name)  # without its line
        far = box.y0 > axes.transData.transform(points[k])[1] + _FAR * view.type("note")
        if room.x0 < box.x0 and box.y1 < room.y1 and not far:
            names[k] = name
            taken = np.vstack([taken, (box.x0, box.x1, box.y1)])
        else:
            name.remove()
    return names


def _name(axes: "Axes", view: View, text: str, point: np.ndarray, taken: np.ndarray) -> "Text":
    """The `text` of a `point` [2], above all where it stands that is `taken` [each, 3]: from where
    to where, and up to which height, in pixels."""
    size, room = view.type("note"), axes.get_window_extent()
    x, y = axes.transData.transform(point).tolist()
    style = {"fontsize": size, "color": view.theme.ink, "zorder": 5}
    alone = axes.text(0, 0, text, **style)
    left = min(x + 0.6 * size, room.x1 - alone.get_window_extent().width)
    right = left + alone.get_window_extent().width
    alone.remove()
    aside = left < x
    first = left - size / 2 if aside else x - 0.5
    below = taken[(taken[:, 1] > first) & (taken[:, 0] < right), 2].max()
    line = {"arrowstyle": "-", "color": view.theme.muted, "relpos": (1, 0), "shrinkA": 0}
    line |= {"linewidth": view.line("hairline"), "shrinkB": 0.8 * view.line("head")}
    return axes.annotate(
        text, tuple(point), (right - x, below - y + (1.2 if aside else 0.5) * size),
        textcoords="offset points", horizontalalignment="right", verticalalignment="bottom",
        arrowprops=line if aside else None, **style,
    )  # fmt: skip


def _ranks(result: EscapeDirections) -> np.ndarray:
    """How many of the first draw's points are shown before each of the three."""
    return np.flatnonzero(np.isin(result.order, result.three))
