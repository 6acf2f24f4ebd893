"""FuncAnimation and PillowWriter: what most people do."""

from flat import animate
from matplotlib.animation import PillowWriter
from problem import FPS, target

animate(PillowWriter(fps=FPS), str(target("funcanimation_pillow.gif")))
