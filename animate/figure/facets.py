"""Facets: the panels of a scene as a grid of cells, by optimizer, by value and by moment.

Cells of one kind that stand beside each other share limits and axes. By optimizer and by value they
are apart in place; in a film the values follow each other in time; at a moment the clock stands.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from animate.figure.abreast import abreast, cell_shape, columns_of
from animate.figure.cells import Cell, Edges, Title
from animate.figure.clock import Clock
from animate.figure.entry import PanelEntry
from animate.figure.grid import Grid
from animate.figure.values import Values
from animate.figure.view import View

Entries = Grid[PanelEntry]


@dataclass(frozen=True)
class Facets:
    """Cells in a grid, the view and the clock of the legend, and the values that a film counts.

    `acts`: a film whose values have a surface each shows other cells, in the same places, with each
    of them: those of the value number k are `acts(k)`.
    """

    cells: Grid[Cell]
    view: View
    clock: Clock
    film: Values | None = None
    counter: bool = True
    acts: "Callable[[int], Facets] | None" = None


@dataclass(frozen=True)
class Column:
    """What the cells of one column share."""

    title: str
    view: View
    clock: Clock


@dataclass(frozen=True)
class Row:
    """What the cells of one row share: a panel, and how it narrows the view of a column."""

    entry: PanelEntry
    narrow: Callable[[View, Clock], tuple[View, Clock]]
    name: str = ""


def facet(panels: Entries, view: View, values: Values | None = None) -> Facets:
    """The cells of a moving picture; in a film the values follow each other in the same cells."""
    if values is not None:
        view = with_dashes(view, values)
        if values.layout == "grid":
            return _side_by_side(panels, view, values)
    return _one_place(panels, view, values)


def _one_place(panels: Entries, whole: View, values: Values | None, number: int = 0) -> Facets:
    """The cells that show everything in one place, or in a film what they show with value `number`,
    where each of the values has a surface of its own."""
    clock, shape, film = clock_of(whole, values), cell_shape(panels, whole), values
    view = whole
    if values is not None and whole.grounds:
        (view, clock), film = _selected(values.groups[number], whole, clock), None

    def cell(entry: PanelEntry) -> Cell | Grid[Cell]:
        if not entry.split:
            return Cell(entry, view, whole, clock)
        cells = _by_optimizer(entry, (view, whole), clock, shape, film)
        first, *others = cells.cells()
        alone = values is not None and not any(values.before)
        return cells if others and not alone else first

    cells = panels.map(cell)
    if values is None:
        return Facets(cells, view, clock)
    named = values.view(whole, number)
    if all(entry.split for entry in panels.cells()):
        named = replace(named, names=(), notes=())
    acts = partial(_one_place, panels, whole, values) if whole.grounds else None
    return Facets(cells, named, clock, values, acts=acts)


def clock_of(view: View, film: Values | None = None) -> Clock:
    """The clock of all cells."""
    return Clock(view.timeline, view.story, tuple(map(frozenset, film.groups)) if film else ())


def with_dashes(view: View, values: Values) -> View:
    """The view in which all that an optimizer became has that optimizer's dashes."""
    return replace(view, theme=view.theme.of(values.before))


def _by_optimizer(
    entry: PanelEntry, views: tuple[View, View], clock: Clock, shape: float, values: Values | None
) -> Grid[Cell]:
    """A grid of cells, one for each optimizer before a sweep, in a box of that `shape`.

    `views` are the one that is shown and the one that the limits come from.
    """
    view, limits = views
    each = _optimizers(view, values)
    columns = columns_of(len(each), shape)
    cells: list[Cell | None] = [
        Cell(
            entry,
            view.select(numbers),
            limits,
            clock.select(numbers),
            Title(name, "legend") if values else Title(optimizer=True),
            Edges(left=k % columns == 0, lowest=k + columns >= len(each)),
        )
        for k, (numbers, name) in enumerate(each)
    ]
    cells += [None] * (-len(cells) % columns)
    return Grid([cells[k : k + columns] for k in range(0, len(cells), columns)])


def _optimizers(view: View, values: Values | None) -> list[tuple[tuple[int, ...], str]]:
    """The numbers that belong to each optimizer before a sweep, and its name."""
    return values.optimizers(view) if values else [((k,), n) for k, n in enumerate(view.names)]


def _side_by_side(panels: Entries, view: View, values: Values) -> Facets:
    """Small multiples: a column for each value, and a row for each kind of panel.

    One kind of panel alone fills a grid row by row.
    """
    clock, (moving, words) = clock_of(view), by_words(panels)
    columns = [Column(title, values.view(view, k), clock) for k, title in enumerate(values.titles)]
    named = columns[0].view
    rows = list(rows_of(moving, named))
    across = abreast(len(columns), view) if len(rows) == 1 else len(columns)
    cells = in_blocks(rows, columns, view, across)
    return Facets(
        above_words(cells, [Cell(each, named, view, clock) for each in words]), named, clock
    )


def by_words(panels: Entries) -> tuple[list[PanelEntry], list[PanelEntry]]:
    """The panels that move, and those of words only, which stand below all others, once."""
    entries = list(panels.cells())
    words = [entry for entry in entries if entry.panel.traits.words]
    return [entry for entry in entries if not entry.panel.traits.words], words


def above_words(cells: list[list[Cell | None]], words: Sequence[Cell]) -> Grid[Cell]:
    """The rows of cells, and below all of them what is words only."""
    whole = Grid(cells)
    if not words:
        return whole
    return Grid([*([[whole]] if cells else []), *[[each] for each in words]])


def rows_of(entries: Sequence[PanelEntry], view: View, film: Values | None = None) -> Iterator[Row]:
    """A row for every panel; of one that is split, one for every optimizer, with its name."""
    for entry in entries:
        if not entry.split:
            yield Row(entry, lambda view, clock: (view, clock))
            continue
        for numbers, name in _optimizers(view, film):
            yield Row(entry, partial(_selected, numbers), name)


def _selected(numbers: tuple[int, ...], view: View, clock: Clock) -> tuple[View, Clock]:
    return view.select(numbers), clock.select(numbers)


def in_blocks(
    rows: Sequence[Row],
    columns: Sequence[Column],
    whole: View,
    across: int,
    *,
    apart: bool = False,
    foot: Callable[[Sequence[Column]], list[list[Cell | None]]] = lambda _: [],
) -> list[list[Cell | None]]:
    """A cell for every row and column, in blocks of at most `across` columns below each other.

    Their axes have room for all that `whole` has. `apart`: the cells show different windows, so
    that each needs its own labels. `foot` makes further rows for the columns of a block.
    """
    cells: list[list[Cell | None]] = []
    for first in range(0, len(columns), across):
        block = columns[first : first + across]
        below = len(columns) - (first + across)
        lines = [*_matrix(rows, block, whole, below, apart), *foot(block)]
        cells += ([*line, *[None] * (across - len(line))] for line in lines)
    return cells


def _matrix(
    rows: Sequence[Row], columns: Sequence[Column], whole: View, below: int, apart: bool
) -> Iterator[list[Cell]]:
    """The rows of one block, beneath which stand further cells in the first `below` columns."""
    for number, row in enumerate(rows):
        continued = number + 1 < len(rows) and rows[number + 1].entry is row.entry
        narrowed = [row.narrow(column.view, column.clock) for column in columns]
        yield [
            Cell(
                row.entry,
                view,
                whole,
                clock,
                Title(columns[place].title if number == 0 else ""),
                Edges(
                    left=apart or place == 0,
                    lowest=apart or not (continued or (len(rows) == 1 and place < below)),
                ),
                row.name if place == 0 else "",
                close=True,
            )
            for place, (view, clock) in enumerate(narrowed)
        ]
