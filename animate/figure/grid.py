"""Grid: panels in rows, each row by itself, and how wide and high each is beside the others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Cell = TypeVar("Cell")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Grid(Generic[Cell]):
    """Rows of cells from top to bottom, each from left to right; a cell may be a grid itself.

    `widths` has for each row the ratio of its cells' widths, `heights` is that of the rows'
    heights; None leaves it to the layout. None in place of a cell leaves it empty. A `flowing` grid
    is one row that may as well stand as a column, or as several rows.
    """

    rows: "Sequence[Sequence[Cell | Grid[Cell] | None]]"
    widths: Sequence[Sequence[float] | None] = ()
    heights: Sequence[float] | None = None
    flowing: bool = False

    def width(self, row: int) -> Sequence[float] | None:
        """The ratio of the widths in a row."""
        return self.widths[row] if self.widths else None

    def cells(self) -> Iterator[Cell]:
        """Every cell, row by row, those of inner grids in their place."""
        for row in self.rows:
            for cell in row:
                if isinstance(cell, Grid):
                    yield from cell.cells()
                elif cell is not None:
                    yield cell

    def map(self, function: Callable[[Cell], "Other | Grid[Other]"]) -> "Grid[Other]":
        """The grid of what `function` makes of every cell."""

        def mapped(cell: "Cell | Grid[Cell] | None") -> "Other | Grid[Other] | None":
            if isinstance(cell, Grid):
                return cell.map(function)  # pyright: ignore[reportUnknownMemberType]  # isinstance forgets of what
            return None if cell is None else function(cell)

        rows = [[mapped(cell) for cell in row] for row in self.rows]
        return Grid(rows, self.widths, self.heights, self.flowing)

    def kept(self, chosen: Callable[[Cell], bool]) -> "Grid[Cell]":
        """The grid of the cells that are `chosen`, without the rows in which none is; what is empty
        in the others stays so."""

        def left(cell: "Cell | Grid[Cell] | None") -> "Cell | Grid[Cell] | None":
            if isinstance(cell, Grid):
                inner = cell.kept(chosen)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # isinstance forgets of what
                return inner if inner.rows else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # as above
            return cell if cell is not None and chosen(cell) else None

        rows = [[left(cell) for cell in row] for row in self.rows]
        some = [r for r, row in enumerate(rows) if any(cell is not None for cell in row)]
        stays = {
            r: [k for k, cell in enumerate(rows[r]) if cell is not None or self.rows[r][k] is None]
            for r in some
        }
        return Grid(
            [[rows[r][k] for k in stays[r]] for r in some],
            [[ratio[k] for k in stays[r]] if (ratio := self.width(r)) else None for r in some],
            [self.heights[r] for r in some] if self.heights else None,
            self.flowing,
        )

    def stacked(self) -> "Grid[Cell]":
        """The cells one below the other."""
        return self.abreast(1)

    def abreast(self, count: int) -> "Grid[Cell]":
        """The cells in rows of `count`; those that are left over have the last row for themselves.

        >>> Grid([[1, 2, 3]]).abreast(2).rows
        [[1, 2], [3]]
        """
        cells = [cell for row in self.rows for cell in row if cell is not None]
        rows = [cells[k : k + count] for k in range(0, len(cells), count)]
        return Grid(rows, flowing=self.flowing)

    @property
    def regular(self) -> bool:
        """Whether the columns can stand in line: rows of one length without ratios of their own."""
        return (
            len(self.rows) > 1
            and len({len(row) for row in self.rows}) == 1
            and len({self.width(r) for r in range(len(self.rows))}) == 1
        )
