"""The contour, as one draws it with matplotlib's FuncAnimation."""

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.animation import AbstractMovieWriter, FuncAnimation
from matplotlib.colors import LogNorm
from problem import COLORS, FRAMES, HIGH, LOW, MINIMUM, SIZE, levels, paths, surface


def animate(writer: AbstractMovieWriter, target: str) -> None:
    """Draw every frame and hand it to `writer`."""
    figure, axes = plt.subplots(**SIZE)
    x, y, z = surface(200)
    axes.contourf(x, y, z, levels=levels(z), norm=LogNorm(), cmap="viridis")
    axes.plot(*MINIMUM, "r*", ms=12)
    axes.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH))
    trails = {n: axes.plot([], [], color=c, lw=2, label=n)[0] for n, c in COLORS.items()}
    heads = {n: axes.plot([], [], "o", color=c, ms=7)[0] for n, c in COLORS.items()}
    axes.legend(loc="upper left")
    places = paths()

    def update(i):
        for name, place in places.items():
            trails[name].set_data(*place[: i + 1].T)
            heads[name].set_data(*place[i : i + 1].T)
        return [*trails.values(), *heads.values()]

    FuncAnimation(figure, update, frames=FRAMES, blit=False).save(target, writer=writer)
