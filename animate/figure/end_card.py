"""The end card: while the clip holds, the legend's entries are a ranking by the loss at the end.

It has the room of the entries, and of a column all that is free below them, so that nothing else
moves. Of a swarm it stands below the entry: the shares of the runs that end in each minimum.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from animate.figure.card import TABLE_GAP, Card, card_of, table_columns
from animate.figure.card_ink import Ink
from animate.figure.legend import ROOMY, Legend
from animate.figure.panel import Drawing
from animate.figure.pen import Pen
from animate.figure.slots import Slots

if TYPE_CHECKING:
    from matplotlib.artist import Artist

CARD = "end card"
"""The gid of everything on it."""


def draw_card(
    pen: Pen, entries: "Sequence[Artist]", legend: Legend, slots: Slots
) -> Drawing | None:
    """Draw it, unseen until the clip holds; None where there is none, or no room for it.

    A ranking stands in the place of the `entries` that `pen` has drawn.
    """
    card, before = card_of(legend), len(pen.drawn)
    if card is None:
        return None
    swarm = not legend.view.arrivals
    ink = Ink(pen, legend, card)
    if swarm:
        x, y, width = slots.places[-1]
        column = replace(slots, places=[(x, y - ROOMY * legend.em, width)])
        drawn = ink.listed(column, heading="", lines=len(card.rows))
        table = _table(legend, card, slots)
        drawn = drawn or (table is not None and ink.close(table))
    else:
        rate, lines = legend.rate, len(card.rows)
        drawn = (
            ink.listed(slots, heading=rate, lines=lines)
            or ink.listed(slots, heading=rate, lines=lines, under=True)
            or (bool(rate) and ink.close(slots))
        )
    if not drawn:
        return None
    return _turning(pen.drawn[before:], [] if swarm else entries)


def _table(legend: Legend, card: Card, slots: Slots) -> Slots | None:
    """The places of the rows as a table below the last entry, and its heading's line; None where
    they would reach too far down."""
    x, y, width = slots.places[-1]
    across, gap, pitch = slots.across or width, TABLE_GAP * legend.em, ROOMY * legend.em
    columns = table_columns(legend, card, across)
    lines, wide = -(-len(card.rows) // columns), (across + gap) / columns - gap
    if slots.lowest is None or y - (1 + lines) * pitch < slots.lowest:
        return None
    places = [
        (x + (k // lines) * (wide + gap), y - (2 + k % lines) * pitch, wide)
        for k in range(len(card.rows))
    ]
    return replace(slots, places=places, heading=y - pitch)


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
    return Drawing(show=lambda moment: turn(over=moment.over), during=entries, ended=card)
