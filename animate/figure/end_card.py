"""The end card: while the clip holds, the legend's entries are a ranking by the loss at the end.

It has the room of the entries, and of a column all that is free below them, so that nothing else
moves. Of a swarm it stands below the entry: the shares of the runs that end in each minimum.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from animate.figure.card import Card, Row, of_runs, of_swarm
from animate.figure.legend import ROOMY, Legend
from animate.figure.panel import Drawing
from animate.figure.pen import Pen
from animate.figure.slots import Slots
from animate.figure.text.paragraph import fitted, wrapped
from animate.theme import TypeRole

if TYPE_CHECKING:
    from matplotlib.artist import Artist

CARD = "end card"
"""The gid of everything on it."""
_PITCH = (2.3, 2.9)
"""The least and the greatest distance from one name to the next, with a line of dots below each, in
type sizes."""
_CLOSE = 1.45
"""The least distance where the dots are close below the names, in type sizes."""
_LINE, _CLOSE_LINE = (0.72, 0.9), 0.34
"""How far below a name's line its dot is, in type sizes, at either pitch, and close below: nearer
to its own name than to the next one."""
_HEADING = (-0.5, 0.45)
"""How much higher than one line the lower and the upper of two lines of a heading stand, in type
sizes."""
_CLOSE_DOT = 0.2
"""The greatest radius of a dot close below a name, in type sizes."""
_AXIS = 3.0
"""The least length of the axis, in type sizes."""
_APART = 1.5
"""The distance from the losses to the rates beside them, in type sizes."""


def has_card(legend: Legend) -> bool:
    """Whether the clip ends with one, if there is room."""
    view = legend.view
    return view.card and legend.counter and legend.film is None and bool(legend.names)


def draw_card(
    pen: Pen, entries: "Sequence[Artist]", legend: Legend, slots: Slots
) -> Drawing | None:
    """Draw it, unseen until the clip holds; None where there is no room for it.

    A ranking stands in the place of the `entries` that `pen` has drawn.
    """
    before, view = len(pen.drawn), legend.view
    swarm = not view.arrivals
    card = of_swarm(legend) if swarm else of_runs(legend)
    ink = _Ink(pen, legend, card)
    if swarm:
        x, y, width = slots.places[-1]
        slots = replace(slots, places=[(x, y - ROOMY * legend.em, width)])
        drawn = ink.listed(slots, heading="", lines=len(card.rows))
    else:
        drawn = ink.listed(slots, heading=legend.rate, lines=len(card.rows)) or ink.close(slots)
    if not drawn:
        return None
    return _turning(pen.drawn[before:], [] if swarm else entries)


def _turning(card: "Sequence[Artist]", entries: "Sequence[Artist]") -> Drawing:
    """What shows the card where the movement is over, and the entries before."""

    def turn(over: bool) -> None:
        for artist in card:
            artist.set_visible(over)
        for artist in entries:
            artist.set_visible(not over)

    for artist in card:
        artist.set_gid(CARD)
    turn(over=False)
    return Drawing(show=lambda moment: turn(over=moment.over), ending=True)


class _Ink:
    """Draws one card with one pen."""

    def __init__(self, pen: Pen, legend: Legend, card: Card) -> None:
        self._pen, self._legend, self._card = pen, legend, card
        self._view, self._em = legend.view, legend.em
        self._note = legend.view.type("note")
        self._dot = min(legend.view.line("head"), 0.34 * self._em)

    def listed(self, slots: Slots, *, heading: str, lines: int) -> bool:
        """A dot on a line of its own below each name, the axis at the foot; False: no room."""
        em, note, card = self._em, self._note, self._card
        if slots.lowest is None:
            return False
        x, first, width = slots.places[0]
        below = self._below(width)
        foot = (1.75 + 1.25 * len(below)) * note
        pitch = min((first + 0.8 * em - slots.lowest - foot) / lines, _PITCH[1] * em)
        length = self._length(width)
        if pitch < _PITCH[0] * em or length < _AXIS * em:
            return False
        labels = self._labels(length, width)
        if labels is None or not all(self._fits(width, row) for row in card.rows):
            return False
        if heading:
            rate = fitted(self._view, heading, "note", width)
            self._pen.text(x + width, slots.heading, rate, "note", "muted", "right")
        below_name = em * float(np.interp(pitch / em, _PITCH, _LINE))
        for k, row in enumerate(card.rows):
            y = first - k * pitch
            self._pen.text(x, y, row.name, "legend", "ink")
            self._pen.text(x + width, y, row.note, "legend", "muted", "right")
            self._lollipop(x, y - below_name, length, row, self._dot, said=True)
        y = first - lines * pitch + 0.5 * em
        if labels:
            self._axis(x, y, length, labels)
        for k, words in enumerate(below):
            self._pen.text(x, y - (2.4 + 1.25 * k) * note, words, "note", "muted")
        return True

    def _below(self, width: float) -> list[str]:
        """What stands below the axis: its name, and what a star says."""
        words = [self._card.what, self._card.remark]
        return [each for text in words if text for each in wrapped(self._view, text, "note", width)]

    def close(self, slots: Slots) -> bool:
        """A dot close below each name, the loss beside it, and the rates where they have room too;
        False: no room."""
        em, card = self._em, self._card
        places = slots.widened(self._em)
        apart = [a[1] - b[1] for a, b in pairwise(places) if a[1] > b[1]]
        if not self._legend.rate or min(apart, default=_CLOSE * em) < _CLOSE * em:
            return False
        width = min(place[2] for place in places)
        rated = [self._beside(row, row.end, row.note) <= width for row in card.rows]
        whole = [self._beside(row, row.end, "") <= width for row in card.rows]
        if any(self._beside(row, row.brief, "") > width for row in card.rows):
            return False
        notes = max(self._wide(row.note, "legend") for row in card.rows) + _APART * em
        notes = notes if all(rated) else 0.0
        rate = self._legend.rate
        for x in dict.fromkeys(place[0] for place in places):
            if notes and self._wide(card.what, "note") + self._wide(rate, "note") + em <= width:
                self._pen.text(x + width, slots.heading, rate, "note", "muted", "right")
                self._pen.text(x, slots.heading, card.what, "note", "muted")
            else:
                notes = 0.0
                lines = self._heading(width)
                lifts = reversed(_HEADING) if len(lines) == 2 else (0.0,)
                for lift, what in zip(lifts, lines, strict=True):
                    y = slots.heading + lift * em
                    self._pen.text(x + width, y, what, "note", "muted", "right")
        for row, (x, y, _) in zip(card.rows, places, strict=False):
            end = row.end if all(whole) else row.brief
            self._pen.text(x, y, row.name, "legend", "ink")
            self._pen.text(x + width - notes, y, end, "note", "muted", "right")
            if notes:
                self._pen.text(x + width, y, row.note, "legend", "muted", "right")
            small = min(self._dot, _CLOSE_DOT * em)
            self._lollipop(x, y - _CLOSE_LINE * em, width - small, row, small, said=False)
        return True

    def _heading(self, width: float) -> list[str]:
        """What the axis shows, in two lines at most; else without its scale."""
        lines = wrapped(self._view, self._card.what, "note", width)
        if len(lines) > 2:
            return [fitted(self._view, self._card.quantity, "note", width)]
        return [fitted(self._view, line, "note", width) for line in lines]

    def _beside(self, row: Row, end: str, note: str) -> float:
        """The width of a row with its end and note."""
        words = self._wide(row.name, "legend") + 0.7 * self._em + self._wide(end, "note")
        return words + (_APART * self._em + self._wide(note, "legend")) * bool(note)

    def _wide(self, text: str, role: TypeRole) -> float:
        return self._legend.wide(text, role)

    def _length(self, width: float) -> float:
        """The longest axis with which every end has room after its dot."""
        gap = self._dot + 0.35 * self._em
        left = [(width - gap - self._wide(row.end, "note"), row.at) for row in self._card.rows]
        if any(room < 0 for room, _ in left):
            return 0.0
        return min([width - self._dot, *(room / at for room, at in left if at)])

    def _fits(self, width: float, row: Row) -> bool:
        """Whether the name and the note of a row have room."""
        room = width - (self._wide(row.note, "legend") + 0.6 * self._em) * bool(row.note)
        return self._wide(row.name, "legend") <= room

    def _lollipop(
        self, x: float, y: float, length: float, row: Row, dot: float, *, said: bool
    ) -> None:
        """The line from the lowest level to the dot, and what is said after it."""
        at = x + length * (row.at or 0.0)
        if row.at is not None:
            style = (0, row.dash) if row.dash else "solid"
            width = 0.8 * self._view.line("trail")
            looks = {"color": row.colour, "linewidth": width, "linestyle": style}
            self._pen.line([x, at], [y, y], alpha=0.45, solid_capstyle="butt", **looks)
            size = 2 * dot * (1.3 if row.marker == "*" else 1.0)
            edge = {"markeredgecolor": self._view.theme.paper, "markeredgewidth": 0.6}
            self._pen.line(
                [at], [y], color=row.colour, marker=row.marker, markersize=size, zorder=3, **edge
            )
        if said:
            begin = at + (dot + 0.35 * self._em) * (row.at is not None)
            self._pen.text(begin, y - 0.36 * self._note, row.end, "note", "muted")

    def _axis(
        self, x: float, y: float, length: float, labels: Sequence[tuple[float, float, str]]
    ) -> None:
        """The axis with the heights along it."""
        looks = {"color": self._view.theme.muted, "linewidth": self._view.line("hairline")}
        self._pen.line([x, x + length], [y, y], **looks)
        for at, begin, label in labels:
            self._pen.tick(x + at, y)
            self._pen.text(x + begin, y - 1.15 * self._note, label, "note", "muted")

    def _labels(self, length: float, width: float) -> list[tuple[float, float, str]] | None:
        """Ticks from the left end of the axis: where they are, where their words begin, and these;
        evenly as many as have room, those of both ends always; None: these have none."""
        ticks = self._card.ticks
        placed: list[tuple[float, float, float, str]] = []
        for t, label in ticks:
            wide = self._wide(label, "note")
            begin = min(max(t * length - wide / 2, 0.0), width - wide)
            placed.append((t * length, begin, begin + wide, label))
        for every in range(1, len(ticks) + 1):
            some = [*placed[:1], *reversed(placed[:0:-every])]
            if all(b[1] - a[2] >= 0.5 * self._note for a, b in pairwise(some)):
                return [(at, begin, label) for at, begin, _, label in some]
        return None if ticks else []
