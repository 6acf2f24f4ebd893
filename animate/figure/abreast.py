"""How many panels of one kind stand side by side, about, before any of them is measured."""

from math import ceil

from animate.figure.entry import PanelEntry
from animate.figure.grid import Grid
from animate.figure.view import View

_ROOM = (0.75, 0.85)
"""About the shares of the picture's width and height that title and legend leave."""
_LABELS = (1.5, 5.0)
"""About the width and height that labels and gaps of a window take, in type sizes of labels."""
_SHAPE = 1.2
"""The width over height that each panel of a split one should have."""


def cell_shape(grid: Grid[PanelEntry], view: View) -> float:
    """Width over height of the grid's boxes, about."""
    grid = grid.stacked() if grid.flowing and view.tall else grid
    width, height = view.pixels
    return (width / max(len(row) for row in grid.rows)) / (height / len(grid.rows))


def columns_of(count: int, shape: float) -> int:
    """How many columns make `count` panels largest in a box of that shape."""

    def side(columns: int) -> float:
        return min(shape / columns / _SHAPE, 1 / ceil(count / columns))

    return max(range(1, count + 1), key=lambda columns: (side(columns), -columns))


def abreast(count: int, view: View) -> int:
    """How many side by side make `count` windows largest, with the fewest places left empty."""
    sides = [high - low for low, high in view.terrain.window]
    across, up = sides if len(sides) > 1 else (_SHAPE, 1.0)
    wide, high = (share * side for share, side in zip(_ROOM, view.pixels, strict=True))
    apart, between = (size * view.type("label") for size in _LABELS)

    def scale(columns: int) -> float:
        rows = ceil(count / columns)
        across_room, down_room = wide - columns * apart, high - rows * between
        return min(across_room / columns / across, down_room / rows / up)

    return max(
        range(1, count + 1), key=lambda columns: (scale(columns), -(-count % columns), columns)
    )
