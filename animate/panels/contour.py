"""The surface from above."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Key, Mark, Moment, Panel, Trails, Traits, View
from animate.figure.free import free_room, plates
from animate.figure.paths.timed import bears_dots, dotted_steps, strengths
from animate.figure.paths.trails import by_path
from animate.figure.story import Window
from animate.panels.annotations import annotated
from animate.panels.head_names import named
from animate.panels.landmarks import mark_landmarks, name_landmarks
from animate.panels.level_labels import label_levels
from animate.panels.levels import Bands, bands_of
from animate.panels.options import Colormap, Heights, Levels
from animate.panels.shading import refinement, shade
from animate.panels.swarms import ColorBy, loss_colours, mark_minima, swarm_of_dots
from animate.panels.vectors import Kind as VectorKind
from animate.panels.vectors import draw_vectors, marks
from animate.panels.window import dress_window
from animate.simulate.terrain import ScaleKind
from animate.theme import Theme

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.text import Text

_SIDE = 128
"""Cells to a side at which the range of heights in a part of the window is measured."""
_BAND = 512
"""Rows of the terrain's picture that are made at once."""


@dataclass(frozen=True, kw_only=True)
class Contour(Panel):
    """The surface from above: filled levels, level lines, trails and minima.

    `levels` is a number of bands, or the heights of the lines; `labels` writes their heights on the
    lines, round ones where only their number is given. `shade`: lines are lit from the upper left.
    `color_by` says what the dots of a swarm are coloured by.
    """

    levels: Levels | Heights = 24
    labels: bool = False
    scale: ScaleKind = "auto"
    colormap: Colormap | None = None
    lines: bool = True
    filled: bool = True
    shade: bool = True
    color_by: ColorBy = "optimizer"
    vectors: tuple[VectorKind, ...] = ()

    @property
    def traits(self) -> Traits:
        return Traits(
            needs=frozenset({"plane", "inside", "heads"} if self.vectors else {"plane"}),
            films=not self.vectors,
            focuses=True,
            exact=bool(self.vectors),
            heads=True,
            notes=True,
            labels=True,
            names_dots=self.color_by == "optimizer",
            names_minima=self.color_by == "basin",
        )

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        dress_window(axes, limits, arrows=bool(self.vectors))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        ground = self.draw_ground(axes, view)
        if view.swarm:
            dots, stars = swarm_of_dots(axes, view, self.color_by, self.scale)
            return Drawing([dots], stars, focus=ground.focus)
        _mark_starts(axes, view)
        if any(step is not None for step in view.switches):
            over = _mark_switches(axes, view)
        else:
            over = draw_vectors(axes, view, limits, self.vectors) if self.vectors else Drawing()
        over = replace(over, paths=[_trails(axes, view)], focus=ground.focus)
        mark_landmarks(axes, view)
        room = free_room(axes, view, ground.labels)
        if view.direct:
            over = named(axes, view, over, room)
        over = annotated(axes, view, room, over)
        ground.labels += name_landmarks(axes, view, room)
        return over

    def draw_ground(self, axes: "Axes", view: View) -> "Ground":
        """The terrain and its minima alone."""
        ground = Ground(axes, view, self)
        if self.labels:
            ground.label()
        if view.terrain.minima:
            mark_minima(axes, view, np.array(view.terrain.minima))
        return ground

    def marks(self, limits: View) -> Sequence[Mark]:
        return marks(limits, self.vectors) if self.vectors else ()

    def colour_keys(self, limits: View) -> Sequence[Key]:
        found: list[Key] = []
        if self.filled:
            bands = self.bands(limits)
            found.append(Key(bands.key(self.theme(limits)), bands.scale))
        if limits.swarm and self.color_by == "loss":
            scale = limits.terrain.scale(self.scale)
            found.append(Key(loss_colours(limits), scale, limits.words("loss of the dots")))
        return found

    def bands(self, view: View) -> Bands:
        """The bands of colour between the levels."""
        return bands_of(view.terrain.scale(self.scale), self.levels, labelled=self.labels)

    def theme(self, view: View) -> Theme:
        """The theme with the panel's own colormap, if it has one."""
        return view.theme.with_colormap(self.colormap) if self.colormap else view.theme


class Ground:
    """The terrain's picture on the axes of a panel, in whichever window they show; `labels` are the
    heights on its lines."""

    def __init__(self, axes: "Axes", view: View, panel: Contour) -> None:
        from animate.panels.raster import Raster

        self._axes, self._view, self._panel = axes, view, panel
        self._window, self._finer = view.terrain.window, 0.0
        self._bands, self.labels = panel.bands(view), list["Text"]()
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
        """Show `window` from now on, in levels as fine as it takes to see a shape; labels stand in
        the whole window only."""
        terrain, panel = self._view.terrain, self._panel
        self._axes.set(xlim=window[0], ylim=window[1])
        self._window, self._finer = window, 0.0
        for text in self.labels:
            text.set_visible(window == terrain.window)
        if window != terrain.window and isinstance(panel.levels, int):
            heights = terrain.heights(*np.meshgrid(*terrain.centres(_SIDE, _SIDE, window)))
            self._finer = refinement(terrain.scale(panel.scale).unit(heights), panel.levels)
        self._raster.renew((*window[0], *window[1]))

    def _field(self, dots: float) -> np.ndarray:
        """The terrain's colours [row, column, 3], as 0 to 255, `dots` to a pixel each way.

        Made in bands of rows, for in print there are many of them. In a part of the window finer
        levels fade in between those of the key, until there are enough to see a shape.
        """
        terrain, box = self._view.terrain, self._axes.get_window_extent()
        columns, rows = round(dots * box.width), round(dots * box.height)
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


def _trails(axes: "Axes", view: View) -> Trails:
    paths = view.trajectories
    points, owners = by_path(paths.positions)
    dots = dotted_steps(view.timeline) if bears_dots(view) else None
    return Trails(
        axes, points, paths.steps, paths.ends.ravel(), owners, view,
        strengths=strengths(view), dotted=dots,
    )  # fmt: skip


def _mark_starts(axes: "Axes", view: View) -> None:
    """A small ring where every run begins: paths that were recorded do so where they like."""
    places = view.trajectories.positions[:, :, 0].reshape(-1, 2)
    axes.scatter(
        *np.unique(places, axis=0).T,
        s=(1.5 * view.line("head")) ** 2,
        facecolors="none",
        edgecolors=view.theme.ink,
        linewidths=view.line("casing"),
        zorder=2,
    )


def _mark_switches(axes: "Axes", view: View) -> Drawing:
    """A small ring in its colour where another method has followed an optimizer; there are no
    arrows then, since what happens inside is not recorded."""
    places, steps, owners = view.switched()
    rings = axes.scatter(
        *places.T,
        s=(1.3 * view.line("head")) ** 2,
        facecolors=view.theme.casing,
        edgecolors=[view.colours[int(k)] for k in owners],
        linewidths=1.2 * view.line("casing"),
        zorder=5,
    )

    def show(moment: Moment) -> None:
        seen = steps <= moment.step
        if moment.visible is not None:
            seen &= np.isin(owners, list(moment.visible))
        rings.set_offsets(np.where(seen[:, None], places, np.nan))

    return Drawing(artists=[rings], show=show)


def _rgb(colour: str) -> np.ndarray:
    from matplotlib.colors import to_rgb

    return np.array(to_rgb(colour))
