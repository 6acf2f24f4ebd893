"""The legend inside of a map, in a corner to which no run comes."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from animate.figure.card import of_runs, row_width
from animate.figure.free import PLATE, free_room
from animate.figure.legend import Legend
from animate.figure.legend_drawing import draw_column, draw_counter, draw_rows
from animate.figure.legend_plans import Plan, below, beside
from animate.figure.panel import Drawing
from animate.figure.seat import Seat

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TALLEST, _WIDEST = (0.4, 0.75), (0.85, 0.7, 0.55, 0.4)
"""The most that a column takes of the map's width and height, and the shares of its width that rows
of entries are tried with."""
_AREA = 0.22
"""The most that it takes of the map's area."""
_HIGH = 0.6
"""The most that rows take of its height."""
_PAD, _GAP = 0.6, 0.4
"""Paper around it, and its distance from the edge of the map, in type sizes."""
_ROUNDING = 1e-6
"""Pixels by which an entry may seem wider than the room that was made for it."""
_ABOVE_MAP, _ON_LINE = 1.5, 0.22
"""How high the counter's line is above the map, or above the foot of the x-axis' name, in type
sizes."""
_OPAQUE = 0.86
"""How opaque the paper under it is."""
_ABOVE = 0.5
"""The zorder of the paper: above panels, below all that is written on it."""


@dataclass(frozen=True, eq=False)
class Inset:
    """A legend's `plan` with its paper, its lower left corner `at` a place of the map in pixels;
    the right end of its counter's line, unless that stands on the paper too."""

    legend: Legend
    plan: Plan
    at: tuple[float, float]
    counter: tuple[float, float] | None

    def draw(self, figure: "Figure") -> list[Drawing]:
        """Draw it; what moves of it."""
        from matplotlib.patches import Rectangle

        view, plan, pad = self.legend.view, self.plan, _PAD * self.legend.em
        (x, y), (width, height) = self.at, view.pixels
        if plan.width and plan.height:  # with names at the heads the counter may be all
            size = (plan.width + 2 * pad) / width, (plan.height + 2 * pad) / height
            plate = Rectangle(
                (x / width, y / height), *size, transform=figure.transFigure,
                facecolor=view.theme.paper, alpha=_OPAQUE, edgecolor="none", zorder=_ABOVE,
                gid=PLATE,
            )  # fmt: skip
            figure.add_artist(plate)
        left, foot = x + pad, y + pad
        top, legend = foot + plan.height, self.legend
        moving = list[Drawing]()
        if self.counter:
            legend = legend.uncounted()
            moving = draw_counter(figure, self.legend, *self.counter)
        if plan.beside:
            return moving + draw_column(figure, legend, plan, left, top, foot)
        return moving + draw_rows(figure, legend, plan, left, left + plan.width, top)


def may_be_inside(legend: Legend, seats: list[Seat]) -> Seat | None:
    """The only map of a picture in which the legend may stand: one that shows a single window, and
    no arrows. A relief is none: where it is free is not known from the places of its runs."""
    maps = [seat for seat in seats if seat.cell.panel.traits.heads]
    if len(maps) != 1 or legend.marks or legend.film is not None or legend.view.swarm:
        return None
    (seat,) = maps
    flat = seat.cell.panel.traits.notes == "map" and not seat.cell.clock.windows()
    return seat if flat and (legend.names or legend.view.direct) else None


def inset(whole: Legend, seat: Seat, above: float) -> Inset | None:
    """Where it stands on the axes as they are placed now, the room `above` them being free for the
    counter; None: nowhere is free."""
    box, em, counter = seat.axes.bbox, whole.em, _counter_at(whole, seat, above)
    legend = whole.uncounted() if counter else whole
    plans = [beside(legend, _TALLEST[0] * box.width, _TALLEST[1] * box.height)]
    plans += [below(legend, share * box.width, _HIGH * box.height) for share in _WIDEST]
    plans = [_carded(legend, plan) for plan in plans]
    room = free_room(seat.axes, seat.cell.view)
    for plan in sorted(plans, key=lambda plan: plan.width * plan.height):
        if not _whole(legend, plan):
            continue
        wide, high = (side + 2 * _PAD * em for side in (plan.width, plan.height))
        if wide * high > _AREA * box.width * box.height:
            continue
        if (corner := room.at_edge((wide, high), _GAP * em)) is not None:
            return Inset(whole, plan, corner, counter)
    return None


def _counter_at(legend: Legend, seat: Seat, above: float) -> tuple[float, float] | None:
    """The right end of the counter's line: above the map, or else beside the name of its x-axis, if
    it has room there."""
    box, size = seat.axes.bbox, legend.view.type("label")
    needed = legend.counter_width + size
    if above >= needed:
        return box.x1, box.y1 + _ABOVE_MAP * size
    seat.axes.get_tightbbox()  # which puts the name in its place
    name = seat.axes.xaxis.label.get_window_extent()
    if seat.axes.get_xlabel() and box.x1 - name.x1 >= needed:
        return box.x1, name.y0 + _ON_LINE * size
    return None


def _whole(legend: Legend, plan: Plan) -> bool:
    """Whether all entries and keys are there, no name of them cut or set smaller."""
    if plan.shown < legend.count or len(plan.keys) < len(legend.keys):
        return False
    columns = (plan.entries[k // plan.rows] for k in range(plan.shown))
    return all(
        entry + _ROUNDING >= width
        for entry, width in zip(columns, legend.entry_widths, strict=True)
    )


def _carded(legend: Legend, plan: Plan) -> Plan:
    """With columns as wide as the rows of an end card, whether or not there is one: without it
    the picture is the same until then."""
    if not (legend.view.arrivals and legend.names):
        return plan
    row = max(row_width(legend, row, row.end) for row in of_runs(legend).rows)
    entries = [max(entry, row) for entry in plan.entries]
    wide = max(plan.width, plan.width + sum(entries) - sum(plan.entries) * bool(entries))
    return replace(plan, width=wide, entries=entries)
