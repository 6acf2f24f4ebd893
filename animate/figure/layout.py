"""Where everything stands, in whole pixels: panels in a grid, the legend beside or below them."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from animate.errors import NoRoom
from animate.figure.lattice import lattice
from animate.figure.legend import Legend
from animate.figure.panel import Panel, View
from animate.figure.paragraph import wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure

Rect = tuple[float, float, float, float]
"""Left, bottom, width, height in pixels, from the lower left corner of the picture."""

STRETCH = 1.3
"""Units may differ so much between the axes of one panel, rather than leave paper empty."""

_LABEL_SHARE = 0.75
"""Of its cell's height, that a vertical label may be long."""
_LEAST_HEIGHT = 8.0
"""Of a row of pictures, in type sizes."""

LEAST = 4
"""A panel with fewer pixels to a side is none."""

TALL = 1.1
"""A picture higher than so many times its width has its legend below."""


def arrange(
    figure: "Figure",
    renderer: "RendererAgg",
    rows: Sequence[Sequence["Axes"]],
    panels: Sequence[Sequence[Panel]],
    legend: Legend,
    view: View,
    title: str,
) -> None:
    """Give every axes its place, in whole pixels, and draw title and legend.

    Raises NoRoom where what panels say leaves no room for the others.
    """
    width, height = view.pixels
    pad = 1.15 * view.type("label")
    legend.measure(renderer)
    top = height - pad - (1.7 * view.type("title") if title else 0.0)
    if height > TALL * width:
        below = legend.height(width - 2 * pad)
        grid = (pad, pad + below + pad, width - 2 * pad, top - 2 * pad - below)
    else:
        beside = legend.width + 1.5 * pad if legend.width else 0.0
        grid = (pad, pad, width - 2 * pad - beside, top - pad)
    if all(panel.shares_axes for row in panels for panel in row):
        boxes = lattice(rows, grid, partial(_decorations, renderer=renderer), 0.9 * pad, STRETCH)
    else:
        boxes = [
            [_fit(axes, cell, renderer, view) for axes, cell in zip(row, cells, strict=True)]
            for row, cells in zip(rows, _cells(panels, grid, renderer, view), strict=True)
        ]
    _check_room([box for row in boxes for box in row], legend, view)
    if height <= TALL * width and len(rows) == len(rows[0]) == 1:
        boxes = [[_centred(boxes[0][0], rows[0][0], renderer, legend, pad, width)]]
    for row, row_boxes in zip(rows, boxes, strict=True):
        for axes, box in zip(row, row_boxes, strict=True):
            _place(axes, box, view)
    _place_legend(legend, boxes, grid, pad, view)
    above = grid[1] + grid[3] if len(rows[0]) > 1 else None
    _place_title(figure, rows[0][0], boxes[0][0], above, title, view)


def _check_room(boxes: Sequence[Rect], legend: Legend, view: View) -> None:
    """Raises NoRoom where a panel would be too small to see, or the legend leaves the picture."""
    width, height = view.pixels
    beside = height <= TALL * width
    top = max(bottom + high for _, bottom, _, high in boxes)
    if min(min(box[2:]) for box in boxes) < LEAST or (beside and legend.depth > top):
        panels = "the panel" if len(boxes) == 1 else f"{len(boxes)} panels"
        without = ", or set style.legend to false" if legend.entries else ""
        raise NoRoom(
            f"{width} × {height} pixels leave no room for {panels}"
            f"{' and the legend' if legend.entries else ''}; make the picture larger{without}"
        )


def _cells(
    rows: Sequence[Sequence[Panel]], grid: Rect, renderer: "RendererAgg", view: View
) -> list[list[Rect]]:
    """Cells of the grid, a row a list, top row first; equal, but for panels that know their height.

    A row of such panels alone takes the height that it needs; the other rows share what is left.
    """
    left, bottom, width, height = grid
    pad = 1.15 * view.type("label")
    gap = 1.2 * pad
    wide = [(width - 1.5 * pad * (len(row) - 1)) / len(row) for row in rows]
    known = [
        [panel.height(renderer, view, each) for panel in row]
        for row, each in zip(rows, wide, strict=True)
    ]
    fixed = [None if None in row else max(h for h in row if h is not None) for row in known]
    said = sum(each for each in fixed if each is not None)
    share = (height - gap * (len(rows) - 1) - said) / max(fixed.count(None), 1)
    if said and share < _LEAST_HEIGHT * view.type("label"):
        raise NoRoom(
            f"panels: their words leave no room in a picture of {view.pixels[0]} × "
            f"{view.pixels[1]}; say less, or enlarge style.size"
        )
    cells, top = [], bottom + height
    for row, each, high in zip(rows, wide, fixed, strict=True):
        tall = share if high is None else high
        step = each + 1.5 * pad
        cells.append([(left + c * step, top - tall, each, tall) for c in range(len(row))])
        top -= tall + gap
    return cells


def _fit(axes: "Axes", cell: Rect, renderer: "RendererAgg", view: View) -> Rect:
    """The largest box of the axes, without its labels, that fits into the cell with them."""
    _wrap_label(axes, cell[3], renderer, view)
    left, bottom, right, top = _decorations(axes, cell, renderer)
    box = (cell[0] + left, cell[1] + bottom, cell[2] - left - right, cell[3] - bottom - top)
    if axes.get_aspect() != 1.0:
        return box
    x, y, wide, high = box
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    unit_x, unit_y = wide / (x1 - x0), high / (y1 - y0)
    most = STRETCH * min(unit_x, unit_y)
    fit_wide, fit_high = min(unit_x, most) * (x1 - x0), min(unit_y, most) * (y1 - y0)
    return (x + (wide - fit_wide) / 2, y + (high - fit_high) / 2, fit_wide, fit_high)


def _wrap_label(axes: "Axes", height: float, renderer: "RendererAgg", view: View) -> None:
    """Break a vertical label that would be longer than its axis."""
    room = _LABEL_SHARE * height
    axes.set_ylabel("\n".join(wrapped(renderer, view, axes.get_ylabel(), "label", room)))


def _decorations(axes: "Axes", cell: Rect, renderer: "RendererAgg") -> Rect:
    """How far ticks and labels reach beyond the axes: left, bottom, right, top, in pixels."""
    figure_box = axes.figure.bbox
    aspect = axes.get_aspect()
    axes.set_aspect("auto")
    axes.set_position(
        (
            cell[0] / figure_box.width,
            cell[1] / figure_box.height,
            max(cell[2], 1) / figure_box.width,
            max(cell[3], 1) / figure_box.height,
        )
    )
    whole, inner = axes.get_tightbbox(renderer), axes.get_window_extent(renderer)
    axes.set_aspect(aspect)
    if whole is None:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        inner.x0 - whole.x0,
        inner.y0 - whole.y0,
        max(whole.x1 - inner.x1, 0.0),
        max(whole.y1 - inner.y1, 0.0),
    )


def _centred(box, axes, renderer, legend, pad, width) -> Rect:
    """A single panel and the legend beside it, with equal margins left and right."""
    left = _decorations(axes, box, renderer)[0]
    total = left + box[2] + (1.5 * pad + legend.width if legend.width else 0.0)
    return (max((width - total) / 2, pad) + left, *box[1:])


def _place(axes: "Axes", box: Rect, view: View) -> None:
    width, height = view.pixels
    x0, y0 = round(box[0]), round(box[1])
    x1, y1 = max(round(box[0] + box[2]), x0 + 1), max(round(box[1] + box[3]), y0 + 1)
    axes.set_aspect("auto")
    axes.set_position((x0 / width, y0 / height, (x1 - x0) / width, (y1 - y0) / height))


def _place_legend(legend: Legend, boxes, grid: Rect, pad: float, view: View) -> None:
    width, height = view.pixels
    everything = [box for row in boxes for box in row]
    if height > TALL * width:
        legend.place_row(pad, width - 2 * pad, grid[1] - pad)
        return
    right = max(box[0] + box[2] for box in everything)
    top = max(box[1] + box[3] for box in everything)
    bottom = min(box[1] for box in everything)
    legend.place_column(right + 1.5 * pad, top, bottom)


def _place_title(figure, first: "Axes", box: Rect, above: float | None, title: str, view: View):
    """The title over the first panel, and over that panel's own title if it has one.

    Where there are panels beside the first it stands `above` all of them.
    """
    if title:
        own = 1.7 * view.type("label") if first.get_title("left") else 0.0
        top = box[1] + box[3] + own if above is None else above
        figure.text(
            round(box[0]) / view.pixels[0],
            (top + 0.6 * view.type("title")) / view.pixels[1],
            title,
            fontsize=view.type("title"),
            color=view.theme.ink,
        )
