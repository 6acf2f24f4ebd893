"""The surface from above."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from animate.errors import UsageError
from animate.figure import Panel, Trails, View, trails
from animate.figure.panel import Key, Mark
from animate.panels.options import Colormap, Levels
from animate.panels.shading import shade
from animate.panels.swarms import ColorBy, swarm_of_dots
from animate.panels.vectors import Kind as VectorKind
from animate.panels.vectors import Vectors, marks
from animate.panels.window import dress_window
from animate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BAND = 512
"""Rows of the terrain's picture that are made at once."""


@dataclass(kw_only=True)
class Contour(Panel):
    """The surface from above: filled levels, level lines, trails and minima.

    `color_by` says what the dots of a swarm are coloured by.
    """

    in_films: ClassVar[bool] = True

    levels: Levels = 24
    scale: ScaleKind = "auto"
    colormap: Colormap | None = None
    lines: bool = True
    filled: bool = True
    color_by: ColorBy = "optimizer"
    vectors: tuple[VectorKind, ...] = ()

    def looks_inside(self) -> bool:
        return bool(self.vectors)

    def dress(self, axes: "Axes", view: View) -> None:
        dress_window(axes, view)

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        self.draw_ground(axes, view)
        if view.swarm and self.vectors:
            raise UsageError("panels: 'vectors' belong to single heads; leave them out for a swarm")
        if view.swarm:
            return [swarm_of_dots(axes, view, self.color_by, self.scale)]
        _mark_starts(axes, view)
        if not self.vectors:
            return [_trails(axes, view)]
        self._arrows = Vectors(axes, view, self.vectors)
        return [_trails(axes, view), *self._arrows.artists]

    def draw_ground(self, axes: "Axes", view: View) -> None:
        """The terrain and its minima, without anybody on it."""
        from animate.panels.raster import Raster

        extent = (*view.terrain.window[0], *view.terrain.window[1])
        Raster(axes, lambda dots: self._field(axes, view, dots), extent)
        _mark_minima(axes, view)

    def update(self, step: float) -> None:
        if self.vectors:
            self._arrows.update(step)

    def marks(self, view: View) -> Sequence[Mark]:
        return marks(view, self.vectors) if self.vectors else ()

    def key(self, view: View) -> Key | None:
        return Key(self._colours(view), view.terrain.scale(self.scale)) if self.filled else None

    def _colours(self, view: View) -> np.ndarray:
        theme = view.theme.with_colormap(self.colormap) if self.colormap else view.theme
        return theme.terrain_colours(self.levels)

    def _field(self, axes: "Axes", view: View, dots: float) -> np.ndarray:
        """The terrain's colours [row, column, 3], as 0 to 255, `dots` to a pixel each way.

        Made in bands of rows, for in print there are many of them.
        """
        box = axes.get_window_extent()
        x, y = view.terrain.centres(round(dots * box.width), round(dots * box.height))
        scale, paper = view.terrain.scale(self.scale), _rgb(view.theme.paper)
        colours = self._colours(view) if self.filled else np.tile(paper, (self.levels, 1))
        ink = _rgb(view.theme.ink) if self.lines else None
        bands = []
        for first in range(0, len(y), _BAND):
            lowest, end = max(first - 1, 0), first + _BAND
            heights = view.terrain.heights(*np.meshgrid(x, y[lowest : end + 1]))
            level = scale.unit(heights) * self.levels
            band = shade(level, colours, ink, dots * view.line("level"), paper)
            bands.append((255 * band[first - lowest :][:_BAND]).astype(np.uint8))
        return np.concatenate(bands)


def _trails(axes: "Axes", view: View) -> Trails:
    paths = view.trajectories
    optimizers, runs = paths.ends.shape
    return trails(
        axes,
        paths.positions.reshape(optimizers * runs, -1, 2),
        paths.steps,
        paths.ends.ravel(),
        np.repeat(np.arange(optimizers), runs),
        view,
    )


def _mark_minima(axes: "Axes", view: View) -> None:
    if view.terrain.minima:
        axes.scatter(
            *np.array(view.terrain.minima).T,
            s=(2 * view.line("star")) ** 2,
            marker="*",
            color=view.theme.minimum,
            edgecolors=view.theme.casing,
            linewidths=view.line("casing"),
            zorder=2,
        )


def _mark_starts(axes: "Axes", view: View) -> None:
    """A small ring where every run begins."""
    axes.scatter(
        *view.trajectories.positions[0, :, 0].T,
        s=(1.5 * view.line("head")) ** 2,
        facecolors="none",
        edgecolors=view.theme.ink,
        linewidths=view.line("casing"),
        zorder=2,
    )


def _rgb(colour: str) -> np.ndarray:
    from matplotlib.colors import to_rgb

    return np.array(to_rgb(colour))
