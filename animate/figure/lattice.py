"""Small multiples that share their axes: equal boxes, close together, named at the edges only."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Rect = tuple[float, float, float, float]


def lattice(
    rows: Sequence[Sequence["Axes"]],
    grid: Rect,
    reach: Callable[["Axes", Rect], Rect],
    gap: float,
    stretch: float,
) -> list[list[Rect]]:
    """Boxes for the axes, a row a list, top row first: left, bottom, width, height in pixels.

    `reach(axes, cell)` is how far labels reach beyond the axes: left, bottom, right, top. Where the
    axes have an aspect their units may differ by the factor `stretch`.
    """
    left, bottom, width, height = grid
    across, down = len(rows[0]), len(rows)
    cell = (left, bottom, width / across, height / down)
    beyond = [[reach(axes, cell) for axes in row] for row in rows]
    title = max(each[3] for row in beyond for each in row)
    start = max(row[0][0] for row in beyond)
    below = max(each[1] for each in beyond[-1])
    end = max(row[-1][2] for row in beyond)
    wide = (width - start - end - gap * (across - 1)) / across
    high = (height - below - down * title - gap * (down - 1)) / down
    wide, high = _within(rows[0][0], wide, high, stretch)
    top = bottom + height
    return [
        [
            (
                left + start + column * (wide + gap),
                top - (row + 1) * (title + high) - row * gap,
                wide,
                high,
            )
            for column in range(across)
        ]
        for row in range(down)
    ]


def _within(axes: "Axes", wide: float, high: float, stretch: float) -> tuple[float, float]:
    """The largest box of the axes' aspect inside `wide` × `high`."""
    if axes.get_aspect() != 1.0:
        return wide, high
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    unit_x, unit_y = wide / (x1 - x0), high / (y1 - y0)
    most = stretch * min(unit_x, unit_y)
    return min(unit_x, most) * (x1 - x0), min(unit_y, most) * (y1 - y0)
