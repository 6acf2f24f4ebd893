"""Pictures as tests need them: panels without a scene, one panel alone, moments without a clock."""

from animate.figure import Grid, Moment, PanelEntry
from animate.figure.compose import compose
from animate.figure.facets import facet
from animate.panels import PANELS


def composed(panels, view, *, title="", legend=True):
    """The player of rows of panels, of a grid of them or of a scene's entries, that show `view`."""
    grid = panels if isinstance(panels, Grid) else Grid(panels)
    return compose(facet(grid.map(_entry), view), title=title, legend=legend)


def _entry(panel):
    if isinstance(panel, PanelEntry):
        return panel
    return PanelEntry("panel", panel, panel.traits.splits)


def drawn(panel, view, limits=None):
    """One panel on axes of a figure of its own, and what moves of it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure((view.pixels[0] / 72, view.pixels[1] / 72), 72)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    panel.dress(axes, view, limits or view)
    axes.set_aspect("auto")
    return axes, panel.draw(axes, view, limits or view)


def at(step, visible=None, frame=0):
    """The moment of a step."""
    return Moment(float(step), 0.0, frame, 0, visible)


def first_panel(scene):
    """The first panel that a scene names."""
    return next(scene.panels.cells()).panel


def of_result(name):
    """Whether a panel shows what an experiment or a network's training computed."""
    options = {"say": "x"} if name == "text" else {}
    of_races = {"inside", "heads", "basins", "minima", "rules", "losses"}
    of_races |= {"plane", "graph", "ground"}
    return bool(PANELS[name].make(**options).traits.needs - of_races)
