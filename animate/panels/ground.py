"""The surface from above as it stands still: levels, their lines and the minima, in any window."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Key, Panel, View
from animate.figure.free import plates
from animate.figure.story import Window
from animate.panels.level_labels import label_levels
from animate.panels.levels import Bands, bands_of
from animate.panels.options import Colormap, Heights, Levels
from animate.panels.shading import refinement, shade
from animate.panels.swarms import mark_minima
from animate.panels.window import dress_window
from animate.simulate.terrain import Scale, ScaleKind
from animate.theme import Theme

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.collections import PathCollection
    from matplotlib.text import Text

_SIDE = 128
"""Cells to a side at which the range of heights in a part of the window is measured."""
_BAND = 512
"""Rows of the terrain's picture that are made at once."""


@dataclass(frozen=True, kw_only=True)
class Map(Panel):
    """A panel over the window of a terrain that is seen from above: how that is to look.

    `levels` is a number of bands, or the heights of the lines; `labels` writes their heights on the
    lines, round ones where only their number is given. `shade`: lines are lit from the upper left.
    """

    levels: Levels | Heights = 24
    labels: bool = False
    scale: ScaleKind = "auto"
    colormap: Colormap | None = None
    lines: bool = True
    filled: bool = True
    shade: bool = True

    def draw_ground(self, axes: "Axes", view: View) -> "Ground":
        """The terrain and its minima alone."""
        ground = Ground(axes, view, self)
        if self.labels:
            ground.label()
        if view.terrain.minima:
            ground.marks = [mark_minima(axes, view, np.array(view.terrain.minima))]
        return ground

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        dress_window(axes, limits)

    def colour_keys(self, limits: View) -> Sequence[Key]:
        if not self.filled:
            return ()
        bands = self.bands(limits.terrain.scale(self.scale))
        colours = bands.key(self.theme(limits))
        if not (limits.story.shots and self.stretches(limits)):
            what = limits.quantity or None
            return (Key(colours, bands.scale, what, heights=bands.heights),)
        seen, windows = partial(self.scale_of, limits), tuple(limits.story.windows())
        what = limits.quantity or limits.words("loss in view")
        return (Key(colours, bands.scale, what, within=seen, windows=windows),)

    def stretches(self, view: View) -> bool:
        """Whether colours and levels follow a story's window: those of heights that the scene
        names, round ones or those of several surfaces alike do not."""
        numbered = isinstance(self.levels, int) and not self.labels
        return numbered and view.terrain.shared is None and view.story.stretched

    def scale_of(self, view: View, window: Window) -> Scale:
        """The scale of colours and levels while that window is seen, of one kind all along."""
        whole = view.terrain.scale(self.scale)
        if window == view.terrain.window or not self.stretches(view):
            return whole
        return view.terrain.scale_within(window, "log" if whole.log else "linear")

    def bands(self, scale: Scale) -> Bands:
        """The bands of colour between the levels."""
        return bands_of(scale, self.levels, labelled=self.labels)

    def bands_within(self, scale: Scale) -> Bands:
        """As many bands between the heights of a part of the window alone, all of equal width."""
        count = self.levels if isinstance(self.levels, int) else len(self.levels) + 1
        return Bands(scale, count)

    def theme(self, view: View) -> Theme:
        """The theme with the panel's own colormap, if it has one."""
        return view.theme.with_colormap(self.colormap) if self.colormap else view.theme


class Ground:
    """The terrain's picture on the axes of a panel, in whichever window they show; `labels` are the
    heights on its lines. With a `window` it is that part of it, in levels of its own."""

    def __init__(self, axes: "Axes", view: View, panel: Map, window: Window | None = None) -> None:
        from animate.panels.raster import Raster

        self._axes, self._view, self._panel = axes, view, panel
        self._window, self._finer = window or view.terrain.window, 0.0
        self._first = self._window
        if window is None:
            self._bands = panel.bands(view.terrain.scale(panel.scale))
        else:
            self._bands = panel.bands_within(view.terrain.scale_within(window, panel.scale))
        self.labels, self.marks = list["Text"](), list["PathCollection"]()
        self._raster = Raster(axes, self._field, (*self._window[0], *self._window[1]))

    def label(self) -> None:
        """Write the heights on the level lines; of a swarm only where its runs end is left free."""
        paths = self._view.trajectories.positions
        paths = (paths[:, :, -1] if self._view.swarm else paths).reshape(-1, 2)
        minima = np.array(self._view.terrain.minima, float).reshape(-1, 2)
        runs = np.concatenate([paths, minima, *map(self._on, plates(self._axes))])
        self.labels = label_levels(self._axes, self._view, self._bands, runs)

    def _on(self, plate: "Artist") -> np.ndarray:
        """Places on the paper of a legend, in data coordinates, closer than labels are high."""
        box, apart = plate.get_window_extent(), 0.5 * self._view.type("note")
        across = np.arange(box.x0, box.x1, apart)
        along = np.arange(box.y0, box.y1, apart)
        places = np.stack(np.meshgrid(across, along), axis=-1).reshape(-1, 2)
        return self._axes.transData.inverted().transform(places)

    def focus(self, window: Window) -> None:
        """Show `window` from now on, in levels stretched to it or as fine as it takes to see a
        shape; labels stand in the whole window only."""
        terrain, panel = self._view.terrain, self._panel
        self._axes.set(xlim=window[0], ylim=window[1])
        self._window, self._finer = window, 0.0
        for text in self.labels:
            text.set_visible(window == terrain.window)
        self._bands = panel.bands(panel.scale_of(self._view, window))
        stays = not panel.stretches(self._view)
        if window != terrain.window and stays and isinstance(panel.levels, int):
            heights = terrain.heights(*np.meshgrid(*terrain.centres(_SIDE, _SIDE, window)))
            self._finer = refinement(terrain.scale(panel.scale).unit(heights), panel.levels)
        self._raster.renew((*window[0], *window[1]))

    def whole(self, columns: int, rows: int, dots: float) -> np.ndarray:
        """The whole terrain's colours [row, column, 3] in the levels of its key, as `_field`."""
        other = copy(self)
        other._window, other._finer = self._view.terrain.window, 0.0
        other._bands = self._panel.bands(self._view.terrain.scale(self._panel.scale))
        return other._colours(columns, rows, dots)

    def _field(self, dots: float) -> np.ndarray:
        """The terrain's colours [row, column, 3], as 0 to 255, `dots` to a pixel each way."""
        box, view, panel = self._axes.get_window_extent(), self._view, self._panel
        columns, rows = round(dots * box.width), round(dots * box.height)
        passing = self._window != self._first or view.terrain.shared is not None
        if dots != 1.0 or passing:  # in print, on its way through a story, one of many in a film
            return self._colours(columns, rows, dots)
        look = panel.filled, panel.lines, panel.shade, panel.theme(view), view.line("level")
        made_of = "colours", columns, rows, self._window, self._bands, look
        return view.terrain.kept(made_of, lambda: self._colours(columns, rows, dots))

    def _colours(self, columns: int, rows: int, dots: float) -> np.ndarray:
        """Made in bands of rows, for in print there are many of them. In a part of the window finer
        levels than those of its key fade in between them, until there are enough to see a shape."""
        terrain = self._view.terrain
        x, y = terrain.centres(columns, rows, self._window)
        scale, (halvings, share) = self._bands.scale, divmod(self._finer, 1.0)
        levels = 2 ** int(halvings)
        bands: list[np.ndarray] = []
        for first in range(0, len(y), _BAND):
            lowest, end = max(first - 1, 0), first + _BAND
            level = scale.unit(terrain.heights(*np.meshgrid(x, y[lowest : end + 1])))
            band = self._shaded(level, levels, dots)
            if share:
                band += share * (self._shaded(level, 2 * levels, dots) - band)
            bands.append((255 * band[first - lowest :][:_BAND]).astype(np.uint8))
        return np.concatenate(bands)

    def _shaded(self, level: np.ndarray, finer: int, dots: float) -> np.ndarray:
        """The heights `level`, from 0 to 1, in bands, each divided into `finer` ones."""
        view, paper = self._view, _rgb(self._view.theme.paper)
        bands, scale = self._bands, self._bands.scale
        if finer > 1:
            bands = Bands(scale, finer * bands.count)
        colours = np.tile(paper, (bands.count, 1))
        if self._panel.filled:
            colours = bands.colours(self._panel.theme(view))
        lines = self._panel.lines and scale.low < scale.high  # equal heights would be all line
        ink = _rgb(view.theme.ink) if lines else None
        lit, width = self._panel.shade, dots * view.line("level")
        return shade(bands.level(level), colours, ink, width, paper, lit=lit)


def _rgb(colour: str) -> np.ndarray:
    from matplotlib.colors import to_rgb

    return np.array(to_rgb(colour))
