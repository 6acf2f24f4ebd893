"""The orbiting surface with mplot3d, FuncAnimation and PillowWriter."""

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter
from problem import COLORS, FPS, FRAMES, SIZE, beale, paths, surface, target

figure = plt.figure(**SIZE)
axes = figure.add_subplot(projection="3d")
x, y, z = surface(100)
axes.plot_surface(x, y, np.log10(z), cmap="viridis", rcount=100, ccount=100, linewidth=0, alpha=0.8)
trails = {n: axes.plot([], [], [], color=c, lw=2, label=n)[0] for n, c in COLORS.items()}
heads = {n: axes.plot([], [], [], "o", color=c, ms=7)[0] for n, c in COLORS.items()}
axes.legend(loc="upper left")
places = paths()


def update(i):
    """Frame i: longer trails, the camera one degree on."""
    for name, place in places.items():
        height = np.log10(np.maximum(beale(*place.T), 1e-2))
        trails[name].set_data_3d(*place[: i + 1].T, height[: i + 1])
        heads[name].set_data_3d(*place[i : i + 1].T, height[i : i + 1])
    axes.view_init(elev=40, azim=-60 + i)
    return [*trails.values(), *heads.values()]


animation = FuncAnimation(figure, update, frames=FRAMES, blit=False)
animation.save(str(target("funcanimation_surface.gif")), writer=PillowWriter(fps=FPS))
