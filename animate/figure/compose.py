"""Panels to a stage: axes, places for everything, and what each panel draws."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from animate.figure.grid import Grid
from animate.figure.layout import arrange
from animate.figure.legend import Legend
from animate.figure.panel import Panel, View
from animate.figure.player import DPI, Player, looks
from animate.figure.split import Split, seated
from animate.figure.text.ticks import localise

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def compose(
    rows: Grid[Panel | Split] | Sequence[Sequence[Panel]],
    view: View,
    *,
    title: str = "",
    legend: bool = True,
    counter: bool = True,
) -> "Player":
    """Lay panels out on a figure of exactly `view.pixels` and draw what stands still.

    `legend`: say who is who; `counter`: and which step it is.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = view.pixels
    with looks(view):
        figure = Figure(
            ((width + 1e-3) / DPI, (height + 1e-3) / DPI), DPI, facecolor=view.theme.paper
        )
        renderer = FigureCanvasAgg(figure).get_renderer()
        grid = rows if isinstance(rows, Grid) else Grid(rows)
        grid = grid.stacked() if grid.flowing and view.tall else grid
        shape = _cell_shape(grid, view)
        seats = grid.map(lambda part: seated(part, figure, view, shape))
        for seat in seats.cells():
            _plain(seat.axes, view)
            seat.dress()
            seat.head(renderer)
            localise(seat.axes, view.words)
        panels = [seat.panel for seat in seats.cells()]
        key = next((key for panel in panels if (key := panel.key(view)) is not None), None)
        shared = any(seat.shared for seat in seats.cells())
        said = dict.fromkeys(mark for panel in panels for mark in panel.marks(view))
        marked = list(said) if legend else []
        entries = legend and shared
        column = Legend(figure, view, key, marked, entries=entries, counter=counter)
        caption = arrange(figure, renderer, seats, column, view, title)
        moving: list[Any] = [*column.moving(), *caption.moving()]
        for seat in seats.cells():
            moving += seat.panel.draw(seat.axes, seat.view)
        marks = [mark for seat in seats.cells() if (mark := seat.head(renderer)) is not None]
        moving += [mark.text for mark in marks]
        return Player(figure, renderer, view, [*panels, *marks, column], moving, [*panels, caption])


def _cell_shape(grid: Grid[Any], view: View) -> float:
    """Width over height of the grid's cells, about."""
    width, height = view.pixels
    return (width / max(len(row) for row in grid.rows)) / (height / len(grid.rows))


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
    for spine in axes.spines.values():
        spine.set_color(theme.faint)
        spine.set_linewidth(view.line("hairline"))
        spine.set_zorder(8)
    axes.xaxis.label.set(color=theme.muted, fontsize=view.type("label"))
    axes.yaxis.label.set(color=theme.muted, fontsize=view.type("label"))
