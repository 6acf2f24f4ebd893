"""The contact sheet: every surface of the table in one picture, with its minima."""

# pyright: reportUnknownMemberType=false

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from animate import writers
from animate.figure import View
from animate.figure.graph import on_graph
from animate.figure.timeline import Timeline
from animate.figure.view import DPI
from animate.panels.contour import Contour
from animate.panels.curve import draw_graph
from animate.panels.swarms import mark_minima
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories
from animate.surfaces import SURFACES, built_in
from animate.theme import theme
from animate.writers import Written

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 8
"""Surfaces in a row."""
TILE = (190, 150)
"""Pixels of one surface, width and height."""
_GAP = 14
"""Pixels between two surfaces."""
_NAME = 24
"""Pixels above a surface for its name."""
_MARGIN = 26
"""Pixels around the sheet."""
_LINES = (260, 195)
"""The size in pixels of the picture from which line widths and sizes of stars are taken."""
_LEVELS = 18
"""Bands of colour."""

FORMATS = (".png", ".pdf", ".svg")


def contact_sheet(target: Path, look: str = "light") -> Written:
    """Draw every surface from above, its name over it, and write the sheet to `target`."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    names = sorted(SURFACES)
    rows = -(-len(names) // COLUMNS)
    width = 2 * _MARGIN + COLUMNS * TILE[0] + (COLUMNS - 1) * _GAP
    height = 2 * _MARGIN + rows * (TILE[1] + _NAME) + (rows - 1) * _GAP
    figure = Figure((width / DPI, height / DPI), DPI, facecolor=theme(look).paper)
    FigureCanvasAgg(figure)
    for k, name in enumerate(names):
        row, column = divmod(k, COLUMNS)
        left = _MARGIN + column * (TILE[0] + _GAP)
        top = height - _MARGIN - row * (TILE[1] + _NAME + _GAP) - _NAME
        _tile(figure, name, (left, top - TILE[1]), (width, height), look)
    return writers.write_by(lambda path: figure.savefig(path, format=target.suffix[1:]), target)


def _tile(
    figure: "Figure", name: str, corner: tuple[int, int], sheet: tuple[int, int], look: str
) -> None:
    """One surface with its lower left corner at `corner`, in pixels."""
    surface = built_in(name, {})
    view = _view(Terrain(surface.function, surface.window, surface.minima or ()), look)
    box = (*np.divide(corner, sheet), *np.divide(TILE, sheet))
    axes = figure.add_axes(box)
    if view.terrain.variables == 1:
        stars = _graph(axes, view)
    else:
        axes.set(xlim=surface.window[0], ylim=surface.window[1])
        stars = Contour(levels=_LEVELS).draw_ground(axes, view).marks
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(color=view.theme.faint, linewidth=view.line("hairline"), zorder=8)
    for each in stars:
        each.set_clip_on(False)  # some minima lie on the edge
    size = view.theme.type_size("label", (640, 480))
    axes.set_title(name, fontsize=size, color=view.theme.ink, loc="left", pad=0.4 * size)


def _graph(axes: "Axes", view: View) -> "list[Artist]":
    """A function of one variable; gives the stars at its minima."""
    plane = on_graph(view).terrain
    axes.set(xlim=plane.window[0], ylim=plane.window[1])
    draw_graph(axes, view)
    return [mark_minima(axes, view, np.array(plane.minima))]


def _view(terrain: Terrain, look: str) -> View:
    """A view of the terrain without any run."""
    nothing = np.empty((0, 0, 1))
    places = np.empty((0, 0, 1, terrain.variables))
    return View(
        terrain=terrain,
        trajectories=Trajectories(
            labels=(),
            rates=(),
            steps=np.zeros(1, int),
            positions=places,
            losses=nothing,
            gradients=places,
            ends=np.empty((0, 0), int),
        ),
        timeline=Timeline(1),
        theme=theme(look),
        pixels=_LINES,
        names=(),
        notes=(),
        colours=(),
        constants=(),
    )
