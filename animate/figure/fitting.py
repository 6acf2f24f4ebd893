"""How large the panels of a grid can be: what each needs, and the boxes that they get."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from animate.figure.grid import Grid
from animate.figure.need import Need, Spacing
from animate.figure.shares import Row, grown, heights, shared

Rect = tuple[float, float, float, float]
"""Left, bottom, width, height in pixels, from the lower left corner."""

_LEAST_SHARE = 0.36
"""The least share of a row's width for the panels of any shape beside one with a shape."""
_MORE = 0.1
"""The same for each of them beside the first."""
_HALF = 0.54
"""The same for those of any shape that want their height, as reliefs do."""
_MOST_SHARE = 0.66
"""The same for however many there are."""
_TALLEST = 1.25
"""The largest height over width of a panel of any shape."""
_NO_LIMIT = 1e6
"""A height that no picture has."""
_WIDEST = 1.9
"""The largest width over height of a panel of any shape beside one with a shape."""


Solved = Grid[tuple[Need, Rect]]


def solve(grid: Grid[Need], width: float, height: float, spacing: Spacing) -> Solved:
    """The box of each panel's axes, without labels, so that all fit into `width` × `height`.

    Pixels, from the lower left corner.
    """
    return (_columns if grid.regular else _rows)(grid, width, height, spacing)


def boxes(solved: Solved) -> Iterator[Rect]:
    """The boxes of all panels, row by row."""
    return (box for _, box in solved.cells())


def outline(solved: Solved) -> Rect:
    """The rectangle around everything, labels included."""
    sides = [
        (x - need.left, y - need.bottom, x + w + need.right, y + h + need.top)
        for need, (x, y, w, h) in solved.cells()
    ]
    left, bottom = (min(side[k] for side in sides) for k in (0, 1))
    right, top = (max(side[k] for side in sides) for k in (2, 3))
    return (left, bottom, right - left, top - bottom)


def _inner(cell: Need | Grid[Need] | None) -> Need:
    """What a cell needs around it; an inner grid's needs are met inside of it."""
    return cell if isinstance(cell, Need) else Need(0, 0, 0, 0)


def _columns(grid: Grid[Need], width: float, height: float, spacing: Spacing) -> Solved:
    """All axes of a column share their left and right edges, all of a row their heights."""
    gap = spacing.gap
    needs = [[_inner(cell) for cell in row] for row in grid.rows]
    columns = list(zip(*needs, strict=True))
    left = [max(need.left for need in column) for column in columns]
    right = [max(need.right for need in column) for column in columns]
    below = [max(need.bottom for need in row) for row in needs]
    above = [max(need.top for need in row) for row in needs]
    room = width - gap * (len(columns) - 1) - sum(left) - sum(right)
    wide = shared(room, grid.width(0) or (1.0,) * len(columns))
    full = [sum(each) for each in zip(left, wide, right, strict=True)]
    rows = [
        _wanted(row, each, wide, full, spacing, given=True)
        for row, each in zip(grid.rows, needs, strict=True)
    ]
    high = height - gap * (len(needs) - 1) - sum(below) - sum(above)
    tall = heights(high, rows, grid.heights, enough=spacing.enough)
    wide = [
        max(_width(need, wide[c], tall[r]) for r, need in enumerate(column) if grid.rows[r][c])
        for c, column in enumerate(columns)
    ]
    solved: list[list[tuple[Need, Rect] | Solved | None]] = []
    top = height
    for r, row in enumerate(grid.rows):
        x, y = 0.0, top - above[r] - tall[r]
        placed: list[tuple[Need, Rect] | Solved | None] = []
        for c, cell in enumerate(row):
            x += left[c]
            narrow = _width(needs[r][c], wide[c], tall[r])
            box = (x, y, narrow, tall[r])
            if isinstance(cell, Grid):  # what the labels of others in its column leave is its own
                box = (x - left[c], y, left[c] + wide[c] + right[c], tall[r])
            placed.append(_placed(cell, box, spacing))
            x += wide[c] + right[c] + gap
        solved.append(placed)
        top = y - below[r] - gap
    return Grid(solved)


def _wanted(
    cells: Sequence[Need | Grid[Need] | None],
    needs: Sequence[Need],
    wide: Sequence[float],
    full: Sequence[float],
    spacing: Spacing,
    *,
    given: bool,
) -> Row:
    """What a row wants of the height, its panels so wide, or about so wide unless that is given;
    an inner grid, which has labels of its own inside, has the `full` width."""
    words = [need.height(w) for need, w in zip(needs, wide, strict=True) if need.height]
    if len(words) == len(needs):
        return Row(fixed=max(words))
    inner = [(cell, w) for cell, w in zip(cells, full, strict=True) if isinstance(cell, Grid)]
    if len(inner) == len(cells) and all(need.shape for grid, _ in inner for need in grid.cells()):
        return Row(max(_tall(grid, w, spacing) for grid, w in inner), None)
    _, most = _row(cells, needs, wide, math.inf, given=given)
    if any(need.shape for need in needs):
        return Row(most, None)
    yields = all(need.yields for need in needs) and not any(isinstance(x, Grid) for x in cells)
    return Row(most, max(wide) if yields else math.inf)


def _tall(grid: Grid[Need], width: float, spacing: Spacing) -> float:
    """The most height that a grid of panels with shapes can use, labels included."""
    return outline(solve(grid, width, _NO_LIMIT, spacing.inner))[3]


def _width(need: Need, most: float, height: float) -> float:
    return min(most, height * need.shape * need.stretch) if need.shape else most


def _rows(grid: Grid[Need], width: float, height: float, spacing: Spacing) -> Solved:
    """Every row by itself, its axes of one height; all rows begin at one edge."""
    gap = spacing.gap
    needs = [[_inner(cell) for cell in row] for row in grid.rows]
    needs = _aligned(needs)
    parts = [grid.width(r) or (1.0,) * len(row) for r, row in enumerate(needs)]
    wide = [shared(_room(row, width, gap), part) for row, part in zip(needs, parts, strict=True)]
    given = [grid.width(r) is not None for r in range(len(needs))]
    wanted = [
        _wanted(row, needs[r], wide[r], wide[r], spacing, given=given[r])
        for r, row in enumerate(grid.rows)
    ]
    decked = [max(need.bottom for need in row) + max(need.top for need in row) for row in needs]
    room = height - gap * (len(needs) - 1) - sum(decked)
    tall = heights(room, wanted, grid.heights, enough=spacing.enough)
    rows: list[list[tuple[Need, Rect] | Solved | None]] = []
    top = height
    for r, row in enumerate(grid.rows):
        each, high = wide[r], tall[r]
        if wanted[r].fixed is None:
            each, high = _row(row, needs[r], wide[r], tall[r], given=given[r])
        x, y = 0.0, top - max(need.top for need in needs[r]) - high
        placed: list[tuple[Need, Rect] | Solved | None] = []
        for cell, need, w in zip(row, needs[r], each, strict=True):
            x += need.left
            placed.append(_placed(cell, (x, y, w, high), spacing))
            x += w + need.right + gap
        rows.append(placed)
        top = y - max(need.bottom for need in needs[r]) - gap
    return Grid(rows)


def _aligned(needs: Sequence[list[Need]]) -> list[list[Need]]:
    """The rows with one room at their left, and those of equally many panels without a shape with
    the same room around each column."""
    first = max(row[0].left for row in needs)
    rows = [[replace(row[0], left=first), *row[1:]] for row in needs]
    free = [r for r, row in enumerate(rows) if not any(need.shape for need in row)]
    for count in {len(rows[r]) for r in free}:
        alike = [r for r in free if len(rows[r]) == count]
        columns = list(zip(*(rows[r] for r in alike), strict=True))
        left = [max(need.left for need in column) for column in columns]
        right = [max(need.right for need in column) for column in columns]
        for r in alike:
            rows[r] = [
                replace(need, left=left[c], right=right[c]) for c, need in enumerate(rows[r])
            ]
    return rows


def _room(needs: Sequence[Need], width: float, gap: float) -> float:
    return width - gap * (len(needs) - 1) - sum(need.left + need.right for need in needs)


def _row(
    cells: Sequence[Need | Grid[Need] | None],
    needs: Sequence[Need],
    wide: Sequence[float],
    most: float,
    *,
    given: bool,
) -> tuple[list[float], float]:
    """The widths of a row's axes and their common height, at most `most`.

    `wide` are the widths by the scene's ratio, or equal ones; they hold where the ratio is `given`
    or no panel has a shape of its own.
    """
    if not given and any(need.shape for need in needs):
        return _row_of_shapes(needs, sum(wide), most)
    tallest = [
        w / need.shape * need.stretch for w, need in zip(wide, needs, strict=True) if need.shape
    ]
    nested = any(isinstance(cell, Grid) for cell in cells)
    tall = min([most, *tallest] if tallest or nested else [most, _TALLEST * max(wide)])
    return [_width(need, w, tall) for need, w in zip(needs, wide, strict=True)], tall


def _row_of_shapes(needs: Sequence[Need], room: float, most: float) -> tuple[list[float], float]:
    """Widths and height as in `_row`, where the panels' shapes decide.

    All panels begin as narrow as they may be, in a row as high as that allows. What is left of the
    room then widens those with a shape until both axes have equal units, next those of any shape up
    to `_WIDEST`, last those with a shape again, as far as units may differ.
    """
    shaped = {k: need.shape for k, need in enumerate(needs) if need.shape is not None}
    stretch = [need.stretch for need in needs]
    free = [k for k in range(len(needs)) if k not in shaped]
    share = _LEAST_SHARE if all(needs[k].yields for k in free) else _HALF
    others = max(len(free) - 1, 0)
    least = min(share + _MORE * others, _MOST_SHARE) * room / (1 + others)
    narrowest = sum(shape / stretch[k] for k, shape in shaped.items())
    tall = max(min(most, (room - least * len(free)) / narrowest), 1.0)
    each = [tall * shaped[k] / stretch[k] if k in shaped else least for k in range(len(needs))]
    each = grown(each, {k: tall * shape for k, shape in shaped.items()}, room)
    each = grown(each, dict.fromkeys(free, tall * _WIDEST), room)
    each = grown(each, {k: tall * (shape * stretch[k]) for k, shape in shaped.items()}, room)
    return each, tall


def _placed(
    cell: Need | Grid[Need] | None, box: Rect, spacing: Spacing
) -> tuple[Need, Rect] | Solved | None:
    """The cell with its box; an inner grid with boxes inside of that."""
    if cell is None:
        return None
    if isinstance(cell, Need):
        return (cell, box)
    x, y, width, height = box
    inner = solve(cell, width, height, spacing.inner)
    return inner.map(lambda each: (each[0], moved(each[1], x, y)))


def moved(box: Rect, x: float, y: float) -> Rect:
    """The box moved by `x` to the right and by `y` up, in pixels."""
    return (box[0] + x, box[1] + y, box[2], box[3])
