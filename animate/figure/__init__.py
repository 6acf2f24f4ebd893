"""The picture: panels laid out and drawn once, then frame after frame only what changes."""

from animate.figure.compose import compose
from animate.figure.grid import Grid
from animate.figure.panel import Panel, View
from animate.figure.paths.swarm import Swarm
from animate.figure.paths.trails import Trails
from animate.figure.player import Player
from animate.figure.reel import trails
from animate.figure.split import Split

__all__ = ["Grid", "Panel", "Player", "Split", "Swarm", "Trails", "View", "compose", "trails"]
