"""A hill between the viewer and a path, as every test of the relief has it."""

import numpy as np

from animate.figure import View
from animate.figure.timeline import Timeline
from animate.optimizers import OPTIMIZERS
from animate.panels.relief.model import ReliefArtist
from animate.simulate import OptimizerRun, trace
from animate.simulate.terrain import Terrain
from animate.theme import theme

STEPS = 40
PIXELS = (360, 300)


def view_of(function, window, start, rate=0.02, looks="light", frames=12, minima=()):
    optimizers = [OptimizerRun("sgd", OPTIMIZERS["sgd"].make, rate)]
    chosen = theme(looks)
    return View(
        terrain=Terrain(function, window, minima),
        trajectories=trace(function, optimizers, np.array([start]), STEPS),
        timeline=Timeline(STEPS, seconds=frames / 10, fps=10, hold=0),
        theme=chosen,
        pixels=PIXELS,
        names=("SGD",),
        notes=("",),
        colours=(chosen.trail(0),),
        constants=({},),
    )


def hill(x, y):
    """A ridge along x, and behind it, towards +y, a gentle slope down along x."""
    return 1.2 / (1.0 + 30.0 * y**2) - 0.25 * x


def ridge_view(**options):
    return view_of(hill, ((-1.0, 1.0), (-1.0, 1.0)), (-0.8, 0.45), rate=0.12, **options)


def model_of(stage):
    """The relief's artist on the first axes."""
    return artists(stage)[0]


def artists(stage):
    """The reliefs' artists, one an axes."""
    found = (axes.findobj(ReliefArtist) for axes in stage.figure.axes)
    return [each for some in found for each in some]
