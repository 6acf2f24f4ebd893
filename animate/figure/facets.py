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
    became several. `notes` are the learning rates of the swept one, where they differ from value to
    value and are not themselves the values.
    """

    layout: Literal["grid", "film"]
    option: str
    optimizer: str
    place: int
    texts: tuple[str, ...]
    notes: tuple[str, ...]
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

    def optimizers(self, view: View) -> list[tuple[tuple[int, ...], str]]:
        """For each optimizer before the sweep, the numbers of those that it became, and its name
        whatever the value."""
        copies = [
            tuple(k for k, before in enumerate(self.before) if before == place)
            for place in range(max(self.before) + 1)
        ]
        return [
            (numbers, self.optimizer if place == self.place else view.names[numbers[0]])
            for place, numbers in enumerate(copies)
        ]


@dataclass(frozen=True)
class Facets:
    """Cells in a grid, the view and the clock of the legend, and the values that a film counts."""

    cells: Grid[Cell]
    view: View
    clock: Clock
    film: Values | None = None
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
    """The cells of a moving picture; in a film the values follow each other in the same cells."""
    if values is not None:
        view = with_dashes(view, values)
        if values.layout == "grid":
            return _side_by_side(panels, view, values)
    clock, shape = clock_of(view, values), _cell_shape(panels, view)

    def cell(entry: PanelEntry) -> Cell | Grid[Cell]:
        if not entry.split:
            return Cell(entry, view, view, clock)
        cells = _by_optimizer(entry, view, clock, shape, values)
        alone = values is not None and len(view.names) == len(values.texts)
        return next(cells.cells()) if alone else cells

    cells = panels.map(cell)
    if values is None:
        return Facets(cells, view, clock)
    named = values.view(view, 0)
    if all(entry.split for entry in panels.cells()):
        named = replace(named, names=(), notes=())
    return Facets(cells, named, clock, values)


def clock_of(view: View, film: Values | None = None) -> Clock:
    """The clock of all cells."""
    return Clock(view.timeline, view.story, tuple(map(frozenset, film.groups)) if film else ())


def with_dashes(view: View, values: Values) -> View:
    """The view in which all that an optimizer became has that optimizer's dashes."""
    return replace(view, theme=view.theme.of(values.before))


def _by_optimizer(
    entry: PanelEntry, view: View, clock: Clock, shape: float, values: Values | None
) -> Grid[Cell]:
    """A grid of cells, one for each optimizer before a sweep, in a box of that `shape`."""
    each = _optimizers(view, values)
    columns = _columns(len(each), shape)
    cells: list[Cell | None] = [
        Cell(
            entry,
            view.select(numbers),
            view,
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
    across = _across(len(columns), view) if len(rows) == 1 else len(columns)
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
