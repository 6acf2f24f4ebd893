"""The picture: cells laid out and drawn once, then frame after frame only what changes."""

from animate.figure.cells import Cell, PanelEntry
from animate.figure.clock import Clock, Moment
from animate.figure.compose import compose
from animate.figure.facets import Values, facet
from animate.figure.grid import Grid
from animate.figure.panel import Drawing, Panel, Traits
from animate.figure.paths.swarm import Swarm
from animate.figure.paths.trails import Trails
from animate.figure.player import Player
from animate.figure.view import Key, Mark, View

__all__ = [
    "Cell",
    "Clock",
    "Drawing",
    "Grid",
    "Key",
    "Mark",
    "Moment",
    "Panel",
    "PanelEntry",
    "Player",
    "Swarm",
    "Trails",
    "Traits",
    "Values",
    "View",
    "compose",
    "facet",
]
