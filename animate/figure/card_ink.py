"""How an end card is drawn: its rows one below the other, or close below the names."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np

from animate.figure.card import APART, Card, Row, row_width
from animate.figure.legend import Legend
from animate.figure.pen import Pen
from animate.figure.slots import Slots
from animate.figure.text.paragraph import fitted, wrapped
from animate.theme import TypeRole
from animate.theme.oklab import legible

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
_LOST = 1.6
"""The length of the line of a run that has diverged, in type sizes."""
_AXIS = 3.0
"""The least length of the axis, in type sizes."""


class Ink:
    """Draws one card with one pen."""

    def __init__(self, pen: Pen, legend: Legend, card: Card) -> None:
        self._pen, self._legend, self._card = pen, legend, card
        self._view, self._em = legend.view, legend.em
        self._note = legend.view.type("note")
        self._dot = min(legend.view.line("head"), 0.34 * self._em)

    def listed(self, slots: Slots, *, heading: str, lines: int, under: bool = False) -> bool:
        """A dot on a line of its own below each name, its loss beside it, or `under` it with an
        axis as long as there is room; the axis at the foot. False: no room."""
        em, note, card = self._em, self._note, self._card
        if slots.lowest is None:
            return False
        x, first, width = slots.places[0]
        below = self._below(width)
        foot = (1.75 + 1.25 * len(below)) * note
        least, most = (each * em + 1.15 * note * under for each in _PITCH)
        pitch = min((first + 0.8 * em - slots.lowest - foot) / lines, most)
        length = width - self._dot if under else self._length(width)
        if pitch < least or length < _AXIS * em:
            return False
        labels = self._labels(length, width)
        if under:
            labels = labels or []
            if any(self._wide(row.end, "note") > width for row in card.rows):
                return False
        if labels is None or not all(self._fits(width, row) for row in card.rows):
            return False
        if heading:
            rate = fitted(self._view, heading, "note", width)
            self._pen.text(x + width, slots.heading, rate, "note", "muted", "right")
        below_name = em * float(np.interp(pitch, (least, most), _LINE))
        for k, row in enumerate(card.rows):
            y = first - k * pitch
            self._pen.text(x, y, row.name, "legend", "ink")
            self._pen.text(x + width, y, row.note, "legend", "muted", "right")
            self._lollipop(x, y - below_name, length, row, self._dot, said=not under)
            if under:
                self._end(x, y - below_name - 1.3 * note, row, row.end, "left")
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
        if min(apart, default=_CLOSE * em) < _CLOSE * em:
            return False
        width = min(place[2] for place in places)
        rated = [row_width(self._legend, row, row.end, row.note) <= width for row in card.rows]
        whole = [row_width(self._legend, row, row.end) <= width for row in card.rows]
        if any(row_width(self._legend, row, row.brief) > width for row in card.rows):
            return False
        notes = max(self._wide(row.note, "legend") for row in card.rows) + APART * em
        notes = notes if all(rated) and any(row.note for row in card.rows) else 0.0
        rate = self._legend.rate
        for x in dict.fromkeys(place[0] for place in places):
            if notes and self._wide(card.what, "note") + self._wide(rate, "note") + em <= width:
                self._pen.text(x + width, slots.heading, rate, "note", "muted", "right")
                self._pen.text(x, slots.heading, card.what, "note", "muted")
            else:
                notes = 0.0
                lines = self._heading(width)
                lifts = reversed(_HEADING) if len(lines) == 2 else [0.0] * len(lines)
                for lift, what in zip(lifts, lines, strict=True):
                    y = slots.heading + lift * em
                    self._pen.text(x + width, y, what, "note", "muted", "right")
        for row, (x, y, _) in zip(card.rows, places, strict=False):
            end = row.end if all(whole) else row.brief
            self._pen.text(x, y, row.name, "legend", "ink")
            self._end(x + width - notes, y, row, end, "right")
            if notes:
                self._pen.text(x + width, y, row.note, "legend", "muted", "right")
            small = min(self._dot, _CLOSE_DOT * em)
            self._lollipop(x, y - _CLOSE_LINE * em, width - small, row, small, said=False)
        return True

    def _heading(self, width: float) -> list[str]:
        """What the axis shows, in two lines at most; else without its scale. Where every run has
        diverged it shows nothing."""
        lines = wrapped(self._view, self._card.what, "note", width)
        if len(lines) > 2:
            return [fitted(self._view, self._card.quantity, "note", width)]
        return [fitted(self._view, line, "note", width) for line in lines]

    def _wide(self, text: str, role: TypeRole) -> float:
        return self._legend.wide(text, role)

    def _length(self, width: float) -> float:
        """The longest axis with which every end has room after its dot."""
        gap = self._dot + 0.35 * self._em
        left = [(width - gap - self._wide(row.end, "note"), row.at) for row in self._card.rows]
        if any(room < _LOST * self._em * (at is None) for room, at in left):
            return 0.0
        return min([width - self._dot, *(room / at for room, at in left if at)])

    def _fits(self, width: float, row: Row) -> bool:
        """Whether the name and the note of a row have room."""
        room = width - (self._wide(row.note, "legend") + 0.6 * self._em) * bool(row.note)
        return self._wide(row.name, "legend") <= room

    def _lollipop(
        self, x: float, y: float, length: float, row: Row, dot: float, *, said: bool
    ) -> None:
        """The line from the lowest level to the dot, or some of a line if the run has diverged, and
        what is said after it."""
        at = x + (length * row.at if row.at is not None else _LOST * self._em)
        style = (0, row.dash) if row.dash else "solid"
        width = 0.8 * self._view.line("trail")
        looks = {"color": row.colour, "linewidth": width, "linestyle": style}
        alpha = 0.45 if row.at is not None else 1.0
        self._pen.line([x, at], [y, y], alpha=alpha, solid_capstyle="butt", **looks)
        if row.at is not None:
            size = 2 * dot * (1.3 if row.marker == "*" else 1.0)
            edge = {"markeredgecolor": self._view.theme.paper, "markeredgewidth": 0.6}
            self._pen.line(
                [at], [y], color=row.colour, marker=row.marker, markersize=size, zorder=3, **edge
            )
        if said:
            begin = at + dot * (row.at is not None) + 0.35 * self._em
            self._end(begin, y - 0.36 * self._note, row, row.end, "left")

    def _end(self, x: float, y: float, row: Row, end: str, align: Literal["left", "right"]) -> None:
        """Tell the end of a row, that of a run that has diverged in its colour, as its cross is."""
        text = self._pen.text(x, y, end, "note", "muted", align)
        if row.at is None:
            text.set_color(legible(row.colour, self._view.theme.paper, self._view.theme.ink))

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
