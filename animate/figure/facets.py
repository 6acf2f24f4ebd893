"""Facets: the panels of a scene as a grid of cells, by optimizer, by value and by moment.

Cells of one kind that stand beside each other share limits and axes. By optimizer and by value they
are apart in place; in a film the values follow each other in time; at a moment the clock stands.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import Literal

from animate.figure.cells import Cell, Edges, Title
from animate.figure.clock import Clock
from animate.figure.entry import PanelEntry
from animate.figure.grid import Grid
from animate.figure.view import View

_ROOM = (0.75, 0.85)
"""About the shares of the picture's width and height that title and legend leave."""
_SHAPE = 1.2
"""The width over height that each panel of a split one should have."""

Entries = Grid[PanelEntry]


@dataclass(frozen=True)
class Values:
    """The values of a swept option, side by side or one after the other.

    `option` is what they are values of, `texts` how they are written, `titles` what stands above
    the cells of each. `groups` are the numbers of the optimizers visible with each value, and
    `before` the number that each optimizer had before the swept one, `optimizer`, number `place`,
    became several.
    """

    layout: Literal["grid", "film"]
    option: str
    optimizer: str
    place: int
    texts: tuple[str, ...]
    titles: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    before: tuple[int, ...]

    def view(self, whole: View, number: int) -> View:
        """The view of value `number`; the swept optimizer has its own name, and its rate where all
        of its rates are the same."""
        view = whole.select(self.groups[number])
        names, notes = list(view.names), list(view.notes)
        swept = [k for k, before in enumerate(self.before) if before == self.place]
        rates = {whole.notes[k] for k in swept}
        names[self.place] = self.optimizer
        notes[self.place] = notes[self.place] if len(rates) == 1 else ""
        return replace(view, names=tuple(names), notes=tuple(notes))

    def copies(self) -> list[tuple[int, ...]]:
        """For each optimizer before the sweep, the numbers of those that it became."""
        return [
            tuple(k for k, before in enumerate(self.before) if before == place)
            for place in range(max(self.before) + 1)
        ]


@dataclass(frozen=True)
class Film:
    """What the counter of a film shows: the `option`, and the text of its value at each frame."""

    option: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Facets:
    """Cells in a grid, the view and the clock of the legend, and what a film counts."""

    cells: Grid[Cell]
    view: View
    clock: Clock
    film: Film | None = None
    counter: bool = True


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
    """The cells of a moving picture."""
    clock = Clock(view.timeline, view.story)
    if values is None:
        cells = panels.map(lambda entry: _one_or_each(entry, panels, view, clock))
        return Facets(cells, view, clock)
    view = with_dashes(view, values)
    if values.layout == "grid":
        return _side_by_side(panels, view, clock, values)
    return _one_after_the_other(panels, view, clock, values)


def with_dashes(view: View, values: Values) -> View:
    """The view in which all that an optimizer became has that optimizer's dashes."""
    dashes = tuple(view.theme.dash(place) for place in values.before)
    return replace(view, theme=replace(view.theme, dashes=dashes))


def _one_or_each(entry: PanelEntry, panels: Entries, view: View, clock: Clock) -> Cell | Grid[Cell]:
    """A cell; of a panel that is split a grid of them, one for each optimizer."""
    if not entry.split:
        return Cell(entry, view, view, clock)
    return _by_optimizer(entry, view, clock, _cell_shape(panels, view), None)


def _by_optimizer(
    entry: PanelEntry, view: View, clock: Clock, shape: float, values: Values | None
) -> Grid[Cell]:
    """A grid of cells, one for each optimizer before a sweep, in a box of that `shape`."""
    copies = values.copies() if values else [(k,) for k in range(len(view.names))]
    columns = _columns(len(copies), shape)
    cells: list[Cell | None] = [
        Cell(
            entry,
            shown := view.select(numbers),
            view,
            clock.select(numbers),
            Title(_unswept(shown, k, values), "legend") if values else Title(optimizer=True),
            Edges(left=k % columns == 0, lowest=k + columns >= len(copies)),
        )
        for k, numbers in enumerate(copies)
    ]
    cells += [None] * (-len(cells) % columns)
    return Grid([cells[k : k + columns] for k in range(0, len(cells), columns)])


def _unswept(view: View, k: int, values: Values) -> str:
    """What optimizer number k is called whatever the value."""
    return values.optimizer if k == values.place else view.names[0]


def _one_after_the_other(panels: Entries, view: View, clock: Clock, values: Values) -> Facets:
    """A film: the values follow each other in the same cells."""
    clock = replace(clock, groups=tuple(map(frozenset, values.groups)))
    shape = _cell_shape(panels, view)

    def cell(entry: PanelEntry) -> Cell | Grid[Cell]:
        if not entry.split:
            return Cell(entry, view, view, clock)
        cells = _by_optimizer(entry, view, clock, shape, values)
        return cells if len(view.names) > len(values.texts) else next(cells.cells())

    spoken = values.view(view, 0)
    if all(entry.split for entry in panels.cells()):
        spoken = replace(spoken, names=(), notes=())
    return Facets(panels.map(cell), spoken, clock, Film(values.option, values.texts))


def _side_by_side(panels: Entries, view: View, clock: Clock, values: Values) -> Facets:
    """Small multiples: a column for each value, and a row for each kind of panel.

    One kind of panel alone fills a grid row by row. What is words only stands below, once.
    """
    entries = list(panels.cells())
    columns = [Column(title, values.view(view, k), clock) for k, title in enumerate(values.titles)]
    rows = list(rows_of([each for each in entries if not each.panel.traits.words], columns[0].view))
    across = _across(len(columns), view) if len(rows) == 1 else len(columns)
    cells: list[list[Cell | None]] = []
    for number, block in enumerate(in_blocks(columns, across)):
        lines = matrix(rows, block, view, below=len(columns) - across * (number + 1))
        cells += ([*line, *[None] * (across - len(line))] for line in lines)
    words = [
        Cell(entry, columns[0].view, view, clock) for entry in entries if entry.panel.traits.words
    ]
    return Facets(with_words(cells, words), columns[0].view, clock)


def with_words(cells: list[list[Cell | None]], words: Sequence[Cell]) -> Grid[Cell]:
    """The rows of cells, and below all of them what is words only."""
    whole = Grid(cells)
    if not words:
        return whole
    return Grid([*([[whole]] if cells else []), *[[each] for each in words]])


def rows_of(entries: Sequence[PanelEntry], view: View, film: Values | None = None) -> Iterator[Row]:
    """A row for every panel; of one that is split, one for every optimizer, with its name."""
    copies = film.copies() if film else [(k,) for k in range(len(view.names))]
    for entry in entries:
        if not entry.split:
            yield Row(entry, lambda view, clock: (view, clock))
            continue
        for k, numbers in enumerate(copies):
            name = _unswept(view.select(numbers), k, film) if film else view.names[k]
            yield Row(entry, partial(_selected, numbers), name)


def _selected(numbers: tuple[int, ...], view: View, clock: Clock) -> tuple[View, Clock]:
    return view.select(numbers), clock.select(numbers)


def in_blocks(columns: Sequence[Column], across: int) -> list[Sequence[Column]]:
    """The columns in groups of at most `across`."""
    return [columns[first : first + across] for first in range(0, len(columns), across)]


def matrix(
    rows: Sequence[Row],
    columns: Sequence[Column],
    whole: View,
    *,
    below: int,
    apart: bool = False,
) -> list[list[Cell | None]]:
    """A cell for every row and column, on axes with room for all that `whole` has.

    Beneath the block stand further cells in as many columns as `below` says. `apart`: the cells
    show different windows, so that each needs its own labels.
    """
    made: list[list[Cell | None]] = []
    for number, row in enumerate(rows):
        continued = number + 1 < len(rows) and rows[number + 1].entry is row.entry
        line: list[Cell | None] = []
        for place, column in enumerate(columns):
            view, clock = row.narrow(column.view, column.clock)
            lowest = not (continued or (len(rows) == 1 and place < below))
            line.append(
                Cell(
                    row.entry,
                    view,
                    whole,
                    clock,
                    Title(column.title if number == 0 else ""),
                    Edges(left=apart or place == 0, lowest=apart or lowest),
                    row.name if place == 0 else "",
                    close=True,
                )
            )
        made.append(line)
    return made


def _cell_shape(grid: Entries, view: View) -> float:
    """Width over height of the grid's boxes, about."""
    grid = grid.stacked() if grid.flowing and view.tall else grid
    width, height = view.pixels
    return (width / max(len(row) for row in grid.rows)) / (height / len(grid.rows))


def _columns(count: int, shape: float) -> int:
    """How many columns make `count` panels largest in a box of that shape."""

    def side(columns: int) -> float:
        return min(shape / columns / _SHAPE, 1 / ceil(count / columns))

    return max(range(1, count + 1), key=lambda columns: (side(columns), -columns))


def _across(count: int, view: View) -> int:
    """How many side by side make `count` windows largest."""
    (left, right), (bottom, top) = view.terrain.window
    wide, high = (share * side for share, side in zip(_ROOM, view.pixels, strict=True))

    def scale(across: int) -> float:
        return min(wide / across / (right - left), high / ceil(count / across) / (top - bottom))

    return max(range(1, count + 1), key=lambda across: (scale(across), across))
