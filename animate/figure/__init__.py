"""The picture: panels laid out and drawn once, then frame after frame only what changes."""

from animate.figure.composing import compose
from animate.figure.grid import Grid
from animate.figure.panel import Panel, View
from animate.figure.reel import trails
from animate.figure.split import Split
from animate.figure.stage import Stage
from animate.figure.swarm import Swarm
from animate.figure.trails import Trails

__all__ = ["Grid", "Panel", "Split", "Stage", "Swarm", "Trails", "View", "compose", "trails"]
