"""What an end card says: its rows, its axis and the words below it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from animate.figure.heights import height_ticks
from animate.figure.hues import hues
from animate.figure.legend import Legend
from animate.figure.standings import DIGITS, axis_of, datum_of, ranked, shares
from animate.figure.view import Key
from animate.theme.value import Dash


@dataclass(frozen=True)
class Row:
    """One line: whose it is, where on the axis its dot is, from 0 to 1, or None, and what is said
    of it: at its `end`, and `briefly`."""

    name: str
    note: str
    colour: str
    marker: str
    dash: Dash
    at: float | None
    end: str
    brief: str


@dataclass(frozen=True)
class Card:
    """What is on it: the rows, the axis' ticks, what it shows, that without its scale, and what a
    star says."""

    rows: Sequence[Row]
    ticks: Sequence[tuple[float, str]]
    what: str
    quantity: str
    remark: str = ""


APART = 1.5
"""The distance from the losses to the rates beside them, in type sizes."""


TABLE_GAP = 2.0
"""The distance between the columns of a table, in type sizes."""


def row_width(legend: Legend, row: Row, end: str, note: str = "") -> float:
    """The width of a row with its end and note, side by side, in pixels."""
    words = legend.wide(row.name, "legend") + 0.7 * legend.em + legend.wide(end, "note")
    return words + (APART * legend.em + legend.wide(note, "legend")) * bool(note)


def whole(legend: Legend, card: Card, width: float) -> bool:
    """Whether `width` has room for every row with its end and note, side by side."""
    return all(row_width(legend, row, row.end, row.note) <= width for row in card.rows)


def table_columns(legend: Legend, card: Card, width: float) -> int:
    """The number of columns in which the rows stand as a table in `width`, alike in length."""
    gap, count = TABLE_GAP * legend.em, len(card.rows)
    widest = max(row_width(legend, row, row.end) for row in card.rows)
    lines = -(-count // max(int((width + gap) // (widest + gap)), 1))
    return -(-count // lines)


def card_of(legend: Legend) -> Card | None:
    """The card with which the clip ends, if there is room for it; None where it has none."""
    view = legend.view
    if not (view.card and legend.counted and legend.film is None and legend.names):
        return None
    return of_runs(legend) if view.arrivals else of_swarm(legend)


def of_runs(legend: Legend) -> Card:
    """The runs, by the loss at their end."""
    view, words = legend.view, legend.view.words
    standings = ranked(view)
    known = [each.loss for each in standings if each.lost is None]
    datum = datum_of(known, view.terrain, view.hollows)
    axis = axis_of(known, view.terrain, datum, view.hollows)
    what = words("height") if datum else words("loss")
    rows: list[Row] = []
    for each in standings:
        k, height = each.optimizer, each.loss - datum
        brief = words.number(height, DIGITS)
        end = brief
        if each.lost is not None:
            end = brief = words("lost", step=each.lost)
        elif each.arrived is not None:
            end = f"{brief}  {words('arrived', step=each.arrived)}"
        elif view.held_out:
            end = words("held out end", loss=brief, held=words.number(view.held_out[k], DIGITS))
        at = axis.unit(height) if each.lost is None else None
        looks = view.colours[k], view.theme.marker(k), view.theme.dash(k)
        rows.append(Row(legend.names[k], view.notes[k], *looks, at, end, brief))
    arrived = any(each.arrived is not None and each.lost is None for each in standings)
    remark = words("arrivals") if arrived else ""
    if axis.signed:
        ends = [words.number(each - datum, DIGITS) for each in (min(known), max(known))]
        ticks = list(zip((0.0, 1.0), ends, strict=True))
        return Card(rows, ticks, words("symlog scale", what=what), what, remark)
    if not known:
        return Card(rows, [], "", "", remark)
    at, labels = height_ticks(axis.scale, words, ends=True)
    ticks = list(zip(map(float, at), labels, strict=True))
    key = Key(np.zeros((2, 3)), axis.scale, what)
    return Card(rows, ticks, legend.key_words(key), what, remark)


def of_swarm(legend: Legend) -> Card:
    """The minima in which the runs of a swarm end, by their shares."""
    view, words = legend.view, legend.view.words
    assert view.ends is not None
    coloured = legend.minima_coloured
    colours = hues(view, view.ends.minima, view.ends.places)
    rows: list[Row] = []
    for each in shares(view):
        percent = words.share(each.share)
        colour, name = view.theme.muted, words("no minimum")
        marker = "o"
        if each.minimum is not None:
            floor = each.minimum - len(view.ends.minima)
            marker, name = "*", words("valley floor")
            if floor > 0:
                name = words("higher valley floor")
            colour = colours[each.minimum] if coloured else view.theme.minimum
            if floor < 0:
                at = view.ends.minima[each.minimum]
                name = words.place([float(f"{c:.3g}") + 0.0 for c in at])
        rows.append(Row(name, "", colour, marker, (), each.share, percent, percent))
    ticks = [(0.0, words.percent(0.0)), (1.0, words.percent(1.0))]
    return Card(rows, ticks, words("share of starts"), words("share of starts"))
