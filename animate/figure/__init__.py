"""The picture: cells laid out and drawn once, then frame after frame only what changes.

What panels and scenes need of it is named here; `compose`, `facets` and `player`, which lay out and
draw, are imported where something is drawn.
"""

from animate.figure.clock import Clock, Moment
from animate.figure.entry import PanelEntry
from animate.figure.grid import Grid
from animate.figure.noted import EventKind, Landmark, Noted
from animate.figure.panel import Drawing, Panel, Traits
from animate.figure.paths.swarm import Swarm
from animate.figure.paths.trails import Trails
from animate.figure.view import Key, Mark, View

__all__ = [
    "Clock",
    "Drawing",
    "EventKind",
    "Grid",
    "Key",
    "Landmark",
    "Mark",
    "Moment",
    "Noted",
    "Panel",
    "PanelEntry",
    "Swarm",
    "Trails",
    "Traits",
    "View",
]
