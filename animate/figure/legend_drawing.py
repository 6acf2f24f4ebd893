"""The legend, drawn where the layout has its place for it."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from animate.figure.clock import Moment
from animate.figure.end_card import draw_card
from animate.figure.legend import KEY_HEIGHT, ROOMY, SWATCH, Legend
from animate.figure.legend_plans import NOTHING, Plan
from animate.figure.panel import Drawing
from animate.figure.paths.arrows import outline, patch
from animate.figure.pen import Pen
from animate.figure.ruler import draw_ruler
from animate.figure.settings import composing
from animate.figure.slots import Slots
from animate.figure.text.paragraph import fitted
from animate.figure.view import Key, Mark

if TYPE_CHECKING:
    from matplotlib.artist import Artist
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
    lowest = bottom + len(plan.keys) * (legend.key_height + legend.em)
    moving += pen.entries(left, top - size - 1.3 * ROOMY * legend.em + legend.lift, lowest)
    for number, key in enumerate(reversed(plan.keys)):
        place = bottom + number * (legend.key_height + legend.em)
        moving += pen.colour_key(key, left, place, plan.key)
    return moving


def draw_counter(figure: "Figure", legend: Legend, right: float, y: float) -> list[Drawing]:
    """Draw the counter alone, its right end at (`right`, `y`)."""
    return _Pen(figure, legend, NOTHING).counter(right - legend.counter_width, y)


def draw_rows(
    figure: "Figure", legend: Legend, plan: Plan, left: float, right: float, top: float
) -> list[Drawing]:
    """Draw the legend below the panels, entries in columns, the colours at the right, or
    above the entries, where they begin as these do if there is no counter."""
    pen = _Pen(figure, legend, plan)
    size = legend.view.type("label")
    moving = pen.counter(left, top - size)
    begin = right + 2 * legend.em - plan.strips * (plan.key + 2 * legend.em)
    if plan.drop and not legend.counter:
        begin = left  # the line above the entries is theirs alone
    for number, key in enumerate(plan.keys):
        row, column = divmod(number, plan.strips)
        place = begin + column * (plan.key + 2 * legend.em)
        foot = top - legend.key_height - row * (legend.key_height + legend.em)
        moving += pen.colour_key(key, place, foot, plan.key)
    strips = 0.0 if plan.drop else plan.strips * (plan.key + 2 * legend.em)
    first = top - size - 1.9 * legend.em + legend.lift - plan.drop
    lowest = top - plan.height if len(plan.entries) == 1 else None
    return moving + pen.entries(left, first, lowest, across=right - left - strips)


def _by_value(text: "Text", values: Sequence[str]) -> Drawing:
    """What shows, as `text`, the one of `values` that a film has come to."""
    return Drawing((), [text], lambda moment: text.set_text(values[moment.group]))


class _Pen(Pen):
    """Writes one legend onto one figure."""

    def __init__(self, figure: "Figure", legend: Legend, plan: Plan) -> None:
        super().__init__(figure, legend.view)
        self._legend, self._plan, self._em = legend, plan, legend.em
        self.card: Drawing | None = None

    def counter(self, left: float, y: float) -> list[Drawing]:
        """ "step 57 of 150": only the number is drawn anew, so it has a place of its own.

        In a film it is the value, "learning rate 0.013".
        """
        legend = self._legend
        if not legend.counter:
            return []
        unit, longest, total = legend.counts
        self.text(left, y, unit, "label", "muted")
        size = self._view.type("label")
        gap, word = 0.35 * size, legend.wide(unit, "label")
        if legend.film is not None:
            text = self.text(left + word + 2 * gap, y, "", "label", "ink", animated=True)
            return [_by_value(text, legend.values)]
        right = left + word + gap + legend.wide(longest, "label")
        number = self.digits(right, y, "label", "ink")
        self.text(right + gap, y, total, "label", "muted")
        words = self._view.words
        count = Drawing((), [number], lambda moment: number.show(words.number(int(moment.step))))
        if not legend.ruled:
            return [count]
        return [count, draw_ruler(self._figure, self._view, left, y, legend.counter_width)]

    def entries(
        self, left: float, top: float, lowest: float | None = None, across: float = 0.0
    ) -> list[Drawing]:
        """A line for every optimizer and mark, the last one counting those without room; a single
        column may be a card that reaches down to `lowest` at the end, several one `across`."""
        plan, legend, moving = self._plan, self._legend, list[Drawing]()
        heading, begun = top, len(self.drawn)
        named = begun
        columns = -(-plan.shown // max(plan.rows, 1))
        starts = [left + sum(plan.entries[:c]) + c * plan.gap for c in range(columns)]
        rated = -(-len(legend.names) // max(plan.rows, 1)) if legend.rate else 0
        for start, entry in zip(starts[:rated], plan.entries, strict=False):
            rate = fitted(self._view, legend.rate, "note", entry)
            self.text(start + entry, top, rate, "note", "muted", "right")
        top -= ROOMY * self._em if legend.rate else 0.0
        hidden = legend.count - plan.shown
        places: list[tuple[float, float, float]] = []
        for k in range(plan.shown):
            x, y = starts[k // plan.rows], top - (k % plan.rows) * plan.row
            places.append((x, y, plan.entries[k // plan.rows]))
            if hidden and k == plan.shown - 1:
                more = self._view.words("and more", count=hidden + 1)
                self.text(x + SWATCH * self._em, y, more, "legend", "muted")
            elif k < len(legend.names):
                moving += self._optimizer(k, x, y, plan.entries[k // plan.rows])
                named = len(self.drawn)
            else:
                mark = legend.marks[k - len(legend.names)]
                self._mark(mark, x, y, plan.entries[k // plan.rows])
        if not hidden:
            free = lowest if columns == 1 and not legend.marks else None
            slots = Slots(places[: len(legend.names)], heading, free, across)
            entries = [each for each in self.drawn[begun:named] if not each.get_animated()]
            self.card = draw_card(self, entries, legend, slots)
        return moving + ([self.card] if self.card else [])

    def colour_key(self, key: Key, left: float, bottom: float, width: float) -> list[Drawing]:
        """A strip of a panel's colours with heights and what they are, which follow a story."""
        legend = self._legend
        size, height = self._view.type("note"), KEY_HEIGHT * self._em
        base = bottom + 1.5 * size
        x0, y0 = self.share(left, base)
        x1, y1 = self.share(left + width, base + height)
        axes = self._figure.add_axes((x0, y0, x1 - x0, y1 - y0), zorder=1)
        axes.imshow(key.strip[None], aspect="auto", interpolation="nearest")
        axes.set_axis_off()
        above = base + height + 0.45 * size
        if key.apart:
            colour, words = key.apart
            self.text(left + width, above, words, "note", "muted", "right")
            self._square(left + width - legend.wide(words, "note") - 0.9 * size, above, colour)
        written, scale = self._scaled(key, left, bottom, width), key.scale

        def show(moment: Moment) -> None:
            nonlocal written, scale
            seen = key.at(moment.window)
            if seen.scale == scale:
                return
            for each in written:
                each.remove()
            with composing(self._view):
                written, scale = self._scaled(seen, left, bottom, width), seen.scale

        return [Drawing(show=show)] if key.within else []

    def _scaled(self, key: Key, left: float, bottom: float, width: float) -> "list[Artist]":
        """The heights below a strip of colours, and above it what they are."""
        legend, begun, size = self._legend, len(self.drawn), self._view.type("note")
        base = bottom + 1.5 * size
        for at, begin, words in legend.key_ticks(key, width):
            self.tick(left + at, base)
            self.text(left + begin, bottom + 0.2 * size, words, "note", "muted")
        above = base + KEY_HEIGHT * self._em + 0.45 * size
        self.text(left, above, legend.key_words(key), "note", "muted")
        written = self.drawn[begun:]
        del self.drawn[begun:]
        return written

    def _square(self, x: float, y: float, colour: np.ndarray) -> None:
        """A square of that colour before words at (x, y), with an edge, since it may be pale."""
        size, edge = self._view.type("note"), self._view.theme.muted
        looks = {"markersize": 0.75 * size, "markeredgewidth": self._view.line("hairline")}
        middle = [x + 0.2 * size], [y + 0.33 * size]
        self.line(*middle, marker="s", color=colour, markeredgecolor=edge, **looks)

    def _optimizer(self, k: int, x: float, y: float, width: float) -> list[Drawing]:
        legend = self._legend
        self._swatch(k, x, y + 0.36 * self._em)
        room = width - legend.beside_names + _ROUNDING
        name = fitted(self._view, legend.names[k], "legend", room)
        drawn = self.text(x + SWATCH * self._em, y, name, "legend", "ink")
        if (wide := legend.wide(name, "legend")) > room:
            drawn.set_fontsize(self._em * room / wide)  # mathtext, which is never cut
        film = legend.film
        if film is not None and film.notes and k == film.place:
            rate = self.text(x + width, y, "", "legend", "muted", "right", animated=True)
            return [_by_value(rate, film.notes)]
        self.text(x + width, y, self._view.notes[k], "legend", "muted", "right")
        if k not in legend.lost:
            return []
        end, words = legend.lost[k]
        mark = self.text(x + width, y, words, "legend", "ink", "right", animated=True)
        mark.set_bbox({"facecolor": self._view.theme.paper, "edgecolor": "none", "pad": 1.0})
        return [
            Drawing(
                (), [mark], lambda moment: mark.set_visible(moment.step >= end and not moment.over)
            )
        ]

    def _mark(self, mark: Mark, x: float, y: float, width: float) -> None:
        """An arrow or ring of a panel's, and what it means."""
        middle = y + 0.36 * self._em
        tail, tip = np.array([x, middle]), np.array([x + 1.6 * self._em, middle])
        if mark.shape == "ring":
            tip[0] -= 0.8 * self._em
        artist = patch(mark.shape, mark.colour, self._view)
        artist.set_xy(outline(mark.shape, tail, tip, self._view.line("arrow")))
        self._figure.add_artist(artist)
        self.text(x + SWATCH * self._em, y, mark.text, "legend", "ink")
        self.text(x + width, y, mark.note, "legend", "muted", "right")

    def _swatch(self, k: int, x: float, y: float) -> None:
        """A short trail with its head."""
        view = self._view
        dash = view.theme.dash(k)
        self.line(
            [x, x + 1.35 * self._em],
            [y, y],
            color=view.colours[k],
            linewidth=view.line("trail"),
            linestyle=(0, dash) if dash else "solid",
            marker=view.theme.marker(k),
            markevery=[1],
            markersize=2 * min(view.line("head"), 0.42 * self._em),
            solid_capstyle="round",
        )
