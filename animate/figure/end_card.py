"""The end card: while the clip holds, the legend's entries are a ranking by the loss at the end.

It has the room of the entries, and of a column all that is free below them, so that nothing else
moves. Of a swarm it stands below the entry: the shares of the runs that end in each minimum.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from animate.figure.card import of_runs, of_swarm
from animate.figure.card_ink import Ink
from animate.figure.legend import ROOMY, Legend
from animate.figure.panel import Drawing
from animate.figure.pen import Pen
from animate.figure.slots import Slots

if TYPE_CHECKING:
    from matplotlib.artist import Artist

CARD = "end card"
"""The gid of everything on it."""


def has_card(legend: Legend) -> bool:
    """Whether the clip ends with one, if there is room."""
    view = legend.view
    return view.card and legend.counted and legend.film is None and bool(legend.names)


def draw_card(
    pen: Pen, entries: "Sequence[Artist]", legend: Legend, slots: Slots
) -> Drawing | None:
    """Draw it, unseen until the clip holds; None where there is no room for it.

    A ranking stands in the place of the `entries` that `pen` has drawn.
    """
    before, view = len(pen.drawn), legend.view
    swarm = not view.arrivals
    card = of_swarm(legend) if swarm else of_runs(legend)
    ink = Ink(pen, legend, card)
    if swarm:
        x, y, width = slots.places[-1]
        slots = replace(slots, places=[(x, y - ROOMY * legend.em, width)])
        drawn = ink.listed(slots, heading="", lines=len(card.rows))
    else:
        rate, lines = legend.rate, len(card.rows)
        drawn = (
            ink.listed(slots, heading=rate, lines=lines)
            or ink.listed(slots, heading=rate, lines=lines, under=True)
            or ink.close(slots)
        )
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
