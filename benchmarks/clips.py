"""Two clips to measure writers with: A is flat and changes little, B moves everywhere."""

from dataclasses import dataclass

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure

from animate.figure.clip import Box, Clip, Frame

INKS = ("#e41a1c", "#ff7f00", "#4daf4a", "#f781bf", "#a65628", "#111111")
FPS = 25.0


@dataclass(frozen=True)
class Drawn:
    """A clip with all of its pictures in memory, so that only the writing is measured."""

    clip: Clip
    pictures: list[np.ndarray]
    frames: list[Frame]


def changed(before: np.ndarray | None, after: np.ndarray) -> Box | None:
    """The rectangle in which two pictures differ."""
    if before is None:
        return (0, 0, after.shape[1], after.shape[0])
    rows, columns = (before != after).any(axis=2).nonzero()
    if not len(rows):
        return None
    return (int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)


def clip_of(pictures: list[np.ndarray], *, moving: bool, hold: float = 0.0, **facts) -> Drawn:
    """Pictures [height, width, 4] as a clip of 25 frames a second."""
    height, width = pictures[0].shape[:2]
    seconds = len(pictures) / FPS + hold
    clip = Clip(
        width=width,
        height=height,
        frames=len(pictures),
        fps=FPS,
        duration=seconds,
        loop=True,
        picture=lambda i: pictures[i],
        moving=moving,
        **facts,
    )
    befores = [None, *pictures[:-1]]
    frames = [Frame(p, changed(b, p)) for b, p in zip(befores, pictures, strict=True)]
    return Drawn(clip, pictures, frames)


def beale(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Beale (1958): three squared residuals, the minimum 0 at (3, 0.5)."""
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def paths(count: int, steps: int) -> list[np.ndarray]:
    """Trails for the eye: damped spirals towards Beale's minimum, [steps, 2] each."""
    time = np.linspace(0, 1, steps)
    trails = []
    for k in range(count):
        radius = 3.2 * np.exp(-(2 + 0.5 * k) * time)
        angle = 0.6 * k + (2 + k) * time * np.pi
        trails.append(np.stack([3 - radius * np.cos(angle), 0.5 + radius * np.sin(angle)], axis=1))
    return trails


def inks() -> tuple[tuple[int, int, int], ...]:
    """The trails' colours as red, green and blue."""
    return tuple((int(i[1:3], 16), int(i[3:5], 16), int(i[5:7], 16)) for i in INKS)


def clip_a(count: int = 150) -> Drawn:
    """A contour of Beale with six growing trails, 640×480:"""
    figure = Figure(figsize=(6.4, 4.8), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axis = np.linspace(-4.5, 4.5, 200)
    x, y = np.meshgrid(axis, axis)
    z = np.maximum(beale(x, y), 1e-2)
    axes.contourf(x, y, z, levels=np.geomspace(1e-2, z.max(), 60), norm=LogNorm(), cmap="viridis")
    axes.plot(3, 0.5, "r*", ms=12)
    axes.set(title="Beale", xlim=(-4.5, 4.5), ylim=(-4.5, 4.5))
    lines = [axes.plot([], [], color=ink, lw=2, label=f"trail {ink}")[0] for ink in INKS]
    axes.legend(loc="upper left")
    canvas.draw()
    background = canvas.copy_from_bbox(axes.bbox)
    trails = paths(len(INKS), count)
    pictures = []
    for i in range(count):
        canvas.restore_region(background)
        for line, trail in zip(lines, trails, strict=True):
            line.set_data(trail[: i + 1, 0], trail[: i + 1, 1])
            axes.draw_artist(line)
        axes.draw_artist(axes.get_legend())
        pictures.append(np.asarray(canvas.buffer_rgba()).copy())
    return clip_of(pictures, moving=False, inks=inks(), source="surface: beale\n" * 12)


def clip_b(count: int = 90) -> Drawn:
    """A surface of Beale under an orbiting camera, 640×480:"""
    figure = Figure(figsize=(6.4, 4.8), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot(projection="3d")
    axis = np.linspace(-4.5, 4.5, 100)
    x, y = np.meshgrid(axis, axis)
    height = np.log10(np.maximum(beale(x, y), 1e-2))
    axes.plot_surface(x, y, height, cmap="viridis", rcount=100, ccount=100, linewidth=0)
    pictures = []
    for i in range(count):
        axes.view_init(elev=40, azim=-60 + i)
        canvas.draw()
        pictures.append(np.asarray(canvas.buffer_rgba()).copy())
    return clip_of(pictures, moving=True, source="surface: beale\n" * 12)
