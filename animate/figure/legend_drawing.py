"""The legend, drawn where the layout has its place for it."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure.legend import KEY_HEIGHT, ROOMY, SWATCH, Legend
from animate.figure.legend_plans import Plan
from animate.figure.panel import Drawing
from animate.figure.paths.arrows import outline, patch
from animate.figure.ruler import draw_ruler
from animate.figure.text.paragraph import fitted
from animate.figure.view import Key, Mark
from animate.theme import TypeRole

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

_ROUNDING = 1e-6
"""Pixels by which the widest name may seem wider than the room that was made for it."""


def draw_column(
    figure: "Figure", legend: Legend, plan: Plan, left: float, top: float, bottom: float
) -> list[Drawing]:
    """Draw the legend as a column from `top` to `bottom`, counted from the lower edge."""
    pen = _Pen(figure, legend, plan)
    size = legend.view.type("label")
    moving = pen.counter(left, top - size)
    moving += pen.entries(left, top - size - 1.3 * ROOMY * legend.em + legend.lift)
    for number, key in enumerate(reversed(plan.keys)):
        place = bottom + number * (legend.key_height + legend.em)
        pen.colour_key(key, left, place, plan.key)
    return moving


def draw_rows(
    figure: "Figure", legend: Legend, plan: Plan, left: float, right: float, top: float
) -> list[Drawing]:
    """Draw the legend below the panels, entries in columns, the colours at the right."""
    pen = _Pen(figure, legend, plan)
    size = legend.view.type("label")
    moving = pen.counter(left, top - size)
    for number, key in enumerate(reversed(plan.keys), start=1):
        place = right - number * plan.key - (number - 1) * 2 * legend.em
        pen.colour_key(key, place, top - legend.key_height, plan.key)
    return moving + pen.entries(left, top - size - 1.9 * legend.em + legend.lift - plan.drop)


def _by_value(text: "Text", values: Sequence[str]) -> Drawing:
    """What shows, as `text`, the one of `values` that a film has come to."""
    return Drawing((), [text], lambda moment: text.set_text(values[moment.group]))


class _Pen:
    """Writes one legend onto one figure."""

    def __init__(self, figure: "Figure", legend: Legend, plan: Plan) -> None:
        self._figure, self._legend, self._plan = figure, legend, plan
        self._view, self._em = legend.view, legend.em

    def counter(self, left: float, y: float) -> list[Drawing]:
        """ "step 57 of 150": only the number is drawn anew, so it has a place of its own.

        In a film it is the value, "learning rate 0.013".
        """
        legend = self._legend
        if not legend.counter:
            return []
        unit, longest, total = legend.counts
        self._text(left, y, unit, "label", "muted")
        size = self._view.type("label")
        gap, word = 0.35 * size, legend.wide(unit, "label")
        if legend.film is not None:
            text = self._text(left + word + 2 * gap, y, "", "label", "ink", animated=True)
            return [_by_value(text, legend.values)]
        right = left + word + gap + legend.wide(longest, "label")
        text = self._text(right, y, "", "label", "ink", "right", animated=True)
        self._text(right + gap, y, total, "label", "muted")
        words = self._view.words
        count = Drawing((), [text], lambda moment: text.set_text(words.number(int(moment.step))))
        if not legend.ruled:
            return [count]
        return [count, draw_ruler(self._figure, self._view, left, y, legend.counter_width)]

    def entries(self, left: float, top: float) -> list[Drawing]:
        """A line for every optimizer and mark, the last one counting those without room."""
        plan, legend, moving = self._plan, self._legend, list[Drawing]()
        columns = -(-plan.shown // max(plan.rows, 1))
        starts = [left + sum(plan.entries[:c]) + c * plan.gap for c in range(columns)]
        rated = -(-len(legend.names) // max(plan.rows, 1)) if legend.rate else 0
        for start, entry in zip(starts[:rated], plan.entries, strict=False):
            rate = fitted(self._view, legend.rate, "note", entry)
            self._text(start + entry, top, rate, "note", "muted", "right")
        top -= ROOMY * self._em if legend.rate else 0.0
        hidden = legend.count - plan.shown
        for k in range(plan.shown):
            x, y = starts[k // plan.rows], top - (k % plan.rows) * plan.row
            if hidden and k == plan.shown - 1:
                more = self._view.words("and more", count=hidden + 1)
                self._text(x + SWATCH * self._em, y, more, "legend", "muted")
            elif k < len(legend.names):
                moving += self._optimizer(k, x, y, plan.entries[k // plan.rows])
            else:
                mark = legend.marks[k - len(legend.names)]
                self._mark(mark, x, y, plan.entries[k // plan.rows])
        return moving

    def colour_key(self, key: Key, left: float, bottom: float, width: float) -> None:
        """A strip of a panel's colours with the heights at its ends and what they are."""
        legend = self._legend
        size, height = self._view.type("note"), KEY_HEIGHT * self._em
        base = bottom + 1.5 * size
        x0, y0 = self._share(left, base)
        x1, y1 = self._share(left + width, base + height)
        axes = self._figure.add_axes((x0, y0, x1 - x0, y1 - y0))
        axes.imshow(key.strip[None], aspect="auto", interpolation="nearest")
        axes.set_axis_off()
        for at, begin, words in legend.key_ticks(key, width):
            self._tick(left + at, base)
            self._text(left + begin, bottom + 0.2 * size, words, "note", "muted")
        self._text(left, base + height + 0.45 * size, legend.key_words(key), "note", "muted")

    def _tick(self, x: float, y: float) -> None:
        """A short line down from (x, y) in pixels."""
        from matplotlib.lines import Line2D

        (x0, y0), (x1, y1) = self._share(x, y - 0.25 * self._view.type("note")), self._share(x, y)
        width = self._view.line("hairline")
        line = Line2D([x0, x1], [y0, y1], color=self._view.theme.muted, linewidth=width)
        self._figure.add_artist(line)

    def _optimizer(self, k: int, x: float, y: float, width: float) -> list[Drawing]:
        legend = self._legend
        self._swatch(k, x, y + 0.36 * self._em)
        room = width - legend.beside_names + _ROUNDING
        name = fitted(self._view, legend.names[k], "legend", room)
        drawn = self._text(x + SWATCH * self._em, y, name, "legend", "ink")
        if (wide := legend.wide(name, "legend")) > room:
            drawn.set_fontsize(self._em * room / wide)  # mathtext, which is never cut
        film = legend.film
        if film is not None and film.notes and k == film.place:
            rate = self._text(x + width, y, "", "legend", "muted", "right", animated=True)
            return [_by_value(rate, film.notes)]
        self._text(x + width, y, self._view.notes[k], "legend", "muted", "right")
        if k not in legend.lost:
            return []
        end, words = legend.lost[k]
        mark = self._text(x + width, y, words, "legend", "ink", "right", animated=True)
        mark.set_bbox({"facecolor": self._view.theme.paper, "edgecolor": "none", "pad": 1.0})
        return [Drawing((), [mark], lambda moment: mark.set_visible(moment.step >= end))]

    def _mark(self, mark: Mark, x: float, y: float, width: float) -> None:
        """An arrow or ring of a panel's, and what it means."""
        middle = y + 0.36 * self._em
        tail, tip = np.array([x, middle]), np.array([x + 1.6 * self._em, middle])
        if mark.shape == "ring":
            tip[0] -= 0.8 * self._em
        artist = patch(mark.shape, mark.colour, self._view)
        artist.set_xy(outline(mark.shape, tail, tip, self._view.line("arrow")))
        self._figure.add_artist(artist)
        self._text(x + SWATCH * self._em, y, mark.text, "legend", "ink")
        self._text(x + width, y, mark.note, "legend", "muted", "right")

    def _swatch(self, k: int, x: float, y: float) -> None:
        """A short trail with its head."""
        from matplotlib.lines import Line2D

        view = self._view
        dash = view.theme.dash(k)
        (x0, height), (x1, _) = self._share(x, y), self._share(x + 1.35 * self._em, y)
        line = Line2D(
            [x0, x1],
            [height, height],
            color=view.colours[k],
            linewidth=view.line("trail"),
            linestyle=(0, dash) if dash else "solid",
            marker=view.theme.marker(k),
            markevery=[1],
            markersize=2 * min(view.line("head"), 0.42 * self._em),
            solid_capstyle="round",
            transform=self._figure.transFigure,
        )
        self._figure.add_artist(line)

    def _text(
        self, x: float, y: float, text: str, role: TypeRole, ink: Literal["ink", "muted"],
        align: Literal["left", "right"] = "left", *, animated: bool = False,
    ) -> "Text":  # fmt: skip
        """Write `text` with its left or right end at (x, y) in pixels."""
        share_x, share_y = self._share(x, y)
        return self._figure.text(
            share_x,
            share_y,
            text,
            fontsize=self._view.type(role),
            color=getattr(self._view.theme, ink),
            horizontalalignment=align,
            animated=animated,
        )

    def _share(self, x: float, y: float) -> tuple[float, float]:
        """A place in pixels as shares of the figure's width and height."""
        return x / self._view.pixels[0], y / self._view.pixels[1]
