"""Cells to a player: axes, places for everything, and what each panel draws."""

# pyright: reportUnknownMemberType=false

import warnings
from functools import lru_cache, partial
from operator import is_not
from typing import TYPE_CHECKING

from animate.errors import NoRoom, Remark
from animate.figure.cells import Cell
from animate.figure.facets import Facets
from animate.figure.grid import Grid
from animate.figure.layout import Layout
from animate.figure.legend import Legend
from animate.figure.player import Part, Player, Stage
from animate.figure.reading import Reading, reading
from animate.figure.seat import Seat
from animate.figure.settings import composing
from animate.figure.text.ticks import localise
from animate.figure.view import DPI, Key, Mark, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def compose(facets: Facets, *, title: str = "", legend: bool = True) -> Player:
    """Lay cells out on a figure of exactly `view.pixels` and draw what stands still.

    `legend`: say which optimizer has which colour. The cells of each act are laid out when it comes
    to them. Raises NoRoom where there is none for all of the cells, and UnfitScene, with the
    panel's place, where a panel has nothing to show.
    """
    acts, cells = facets.acts, list(facets.cells.cells())
    moves = facets.film is not None or any(cell.panel.traits.moves for cell in cells)
    with composing(facets.view):
        first = _stage(facets, title, legend=legend)
        tell = partial(_told, facets, first, title)
        if acts is None:
            return Player(lambda _: first, facets.view, tell, moves=moves)

        @lru_cache(1)
        def stage_of(number: int) -> Stage:
            with composing(facets.view):
                return _stage(acts(number), title, legend=legend) if number else first

        clock = facets.clock
        return Player(lambda frame: stage_of(clock.group_at(frame)), facets.view, tell, moves=moves)


def _told(facets: Facets, stage: Stage, title: str, count: int) -> Reading:
    """What a reader is told of the `count` frames."""
    whole = next(facets.cells.cells()).limits
    return reading(whole, facets.clock, title, count, facets.film, stage.seats)


def _stage(facets: Facets, title: str, *, legend: bool) -> Stage:
    """The cells on a figure of their own, drawn; of words only those that leave room for all."""
    grid, left_out = facets.cells, 0
    grid = grid.stacked() if grid.flowing and facets.view.tall else grid
    while True:
        try:
            stage = _drawn(facets, grid, title, legend=legend)
            break
        except NoRoom:
            words = [cell for cell in grid.cells() if cell.words]
            if not words or len(list(grid.cells())) == 1:
                raise
            grid, left_out = grid.kept(partial(is_not, words[-1])), left_out + 1
    if left_out:
        _tell_left_out(left_out, facets.view)
    return stage


def _tell_left_out(count: int, view: View) -> None:
    """Warn that the words of so many panels are not there."""
    width, height = view.pixels
    words = "a panel" if count == 1 else f"{count} panels"
    why = (
        f"the words of {words} have no room in a picture of {width} × {height} and are left out; "
        "say less, or enlarge style.size"
    )
    warnings.warn(why, Remark, stacklevel=2)


def _drawn(facets: Facets, grid: Grid[Cell], title: str, *, legend: bool) -> Stage:
    """The cells of that grid, laid out and drawn."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    view = facets.view
    width, height = view.pixels
    figure = Figure(((width + 1e-3) / DPI, (height + 1e-3) / DPI), DPI, facecolor=view.theme.paper)
    renderer = FigureCanvasAgg(figure).get_renderer()
    seats = grid.map(lambda cell: _seated(cell, figure.add_axes((0, 0, 1, 1)), view))
    cells = list(grid.cells())
    column = Legend(facets, _keys(cells), _marks(cells), shown=legend)
    beside = Layout(figure, seats, column, view, title).arrange()
    parts = [Part(each, facets.clock) for each in beside]
    for seat in seats.cells():
        drawing, focuses = seat.cell.draw(seat.axes), seat.cell.panel.traits.focuses
        parts.append(Part(drawing, seat.cell.clock, focuses))
    parts += [Part(seat.cell.head(seat.axes), seat.cell.clock) for seat in seats.cells()]
    card = view.timeline.holds and any(each.ended for each in beside)
    return Stage(figure, renderer, parts, list(seats.cells()), card=card)


def _seated(cell: Cell, axes: "Axes", view: View) -> Seat:
    """The cell on those axes, which it has dressed."""
    _plain(axes, view)
    cell.dress(axes)
    cell.head(axes)
    localise(axes, view.words)
    labels = axes.get_xlabel(), axes.get_ylabel()
    return Seat(cell, axes, labels, equal=axes.get_aspect() == 1.0)


def _keys(cells: list[Cell]) -> list[Key]:
    """The scales of the panels' colours, each once, in the order of the panels."""
    keys = [key for cell in cells for key in cell.colour_keys()]
    distinct = {(key.colours.tobytes(), key.scale, key.what): key for key in reversed(keys)}
    return list(reversed(distinct.values()))


def _marks(cells: list[Cell]) -> list[Mark]:
    """What the arrows mean, each once."""
    return list(dict.fromkeys(mark for cell in cells for mark in cell.panel.marks(cell.limits)))


def _plain(axes: "Axes", view: View) -> None:
    """Hairline spines and quiet ticks."""
    theme = view.theme
    axes.set_facecolor("none")
    axes.tick_params(
        labelsize=view.type("tick"),
        labelcolor=theme.muted,
        color=theme.faint,
        width=view.line("hairline"),
        length=0.35 * view.type("tick"),
        pad=0.3 * view.type("tick"),
    )
    axes.tick_params(
        which="minor", labelsize=view.type("tick"), labelcolor=theme.muted, color=theme.faint
    )
    for axis in (axes.xaxis, axes.yaxis):
        axis.get_offset_text().set(fontsize=view.type("tick"), color=theme.muted)
    for spine in axes.spines.values():
        spine.set_color(theme.faint)
        spine.set_linewidth(view.line("hairline"))
        spine.set_zorder(8)
    axes.xaxis.label.set(color=theme.muted, fontsize=view.type("label"))
    axes.yaxis.label.set(color=theme.muted, fontsize=view.type("label"))
