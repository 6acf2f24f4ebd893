"""The graph of a function of one variable."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from animate.errors import UsageError
from animate.figure import Drawing, Key, Mark, Moment, Panel, Traits, View
from animate.figure.free import free_room
from animate.figure.graph import course_on, nodes_of, on_graph
from animate.panels.annotations import annotated
from animate.panels.curve_axes import calm
from animate.panels.head_names import named
from animate.panels.landmarks import mark_landmarks, name_landmarks
from animate.panels.runs import mark_starts, mark_switches, trails_of
from animate.panels.swarms import ColorBy, dots_key, mark_minima, swarm_of_dots
from animate.panels.vectors import Kind as VectorKind
from animate.panels.vectors import draw_vectors, marks

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

GRAPH, TANGENT = "graph of the function", "tangent"
"""The gids of the graph, and of tangents."""
_GROUND = 0.35
"""How opaque the ground below the graph is."""
_TANGENT = 0.11
"""Of the axes' width: how far a tangent goes to either side of its head."""


@dataclass(frozen=True, kw_only=True)
class Curve(Panel):
    """The graph of a function of one variable: heads are balls on it, trails follow it, and stars
    are its minima.

    From step to step a ball goes evenly along x. `tangents` draws the tangent at every head.
    `color_by` says what the dots of a swarm are coloured by. `vectors` lie along x.
    """

    tangents: bool = False
    color_by: ColorBy = "optimizer"
    vectors: tuple[VectorKind, ...] = ()

    @property
    def traits(self) -> Traits:
        return Traits(
            needs=frozenset({"graph", "inside", "heads"} if self.vectors else {"graph"}),
            films=not self.vectors,
            heads=True,
            notes="map",
            labels=True,
            names_dots=self.color_by == "optimizer",
            names_minima=self.color_by == "basin",
        )

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        window, rise = on_graph(view, limits).terrain.window
        axes.set(xlim=window, ylim=rise, xlabel=view.axes[0], ylabel=view.height_name)
        axes.locator_params(nbins=6)
        calm(axes, view)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        if self.tangents and view.swarm:
            raise UsageError("'tangents' are drawn at heads, and a swarm has dots; leave them out")
        draw_graph(axes, view)
        course, on_line = course_on(view, axes.bbox.width), view
        view = on_graph(view, limits)
        stars: list[Artist] = []
        if view.terrain.minima and not (view.swarm and self.color_by == "basin"):
            stars.append(mark_minima(axes, view, np.array(view.terrain.minima)))
        if view.swarm:
            dots, over = swarm_of_dots(axes, view, self.color_by, "auto", course)
            return Drawing([dots], [*stars, *over])
        mark_starts(axes, view)
        if any(step is not None for step in view.switches):
            drawing = mark_switches(axes, view)
        else:
            limits = on_graph(limits)
            drawing = draw_vectors(axes, view, limits, self.vectors) if self.vectors else Drawing()
        paths = [trails_of(axes, view, course=course)]
        artists = [*drawing.artists, *stars, *mark_landmarks(axes, view)]
        drawing = replace(drawing, paths=paths, artists=artists)
        if self.tangents:
            drawing = _with_tangents(axes, on_line, drawing)
        room = free_room(axes, on_line)
        if view.direct:
            drawing = named(axes, view, drawing, room)
        drawing = annotated(axes, view, room, drawing)
        for text in name_landmarks(axes, view, room):
            text.set_zorder(7)
        return drawing

    def marks(self, limits: View) -> Sequence[Mark]:
        return marks(on_graph(limits), self.vectors) if self.vectors else ()

    def colour_keys(self, limits: View) -> Sequence[Key]:
        return [dots_key(limits, "auto")] if limits.swarm and self.color_by == "loss" else []


def draw_graph(axes: "Axes", view: View) -> None:
    """Draw the function over its window, and the ground below it, with gaps where there is no loss
    and where it leaves the axes for their other side."""
    (low, high), theme = axes.get_ylim(), view.theme
    points = nodes_of(view.terrain, axes.bbox.width)
    heights = points[:, 1]
    with np.errstate(invalid="ignore"):
        leaps = (np.minimum(heights[1:], heights[:-1]) < low) & (
            np.maximum(heights[1:], heights[:-1]) > high
        )
    points = np.insert(points, np.flatnonzero(leaps) + 1, np.nan, axis=0)
    drawn = np.clip(points[:, 1], low - (high - low), high + (high - low))
    axes.fill_between(points[:, 0], drawn, low, color=theme.faint, alpha=_GROUND, lw=0, zorder=0.5)
    axes.plot(
        points[:, 0], drawn, color=theme.muted, lw=view.line("trail"),
        solid_joinstyle="round", zorder=1.4, gid=GRAPH,
    )  # fmt: skip


def _with_tangents(axes: "Axes", view: View, drawing: Drawing) -> Drawing:
    """The drawing, and at every head in the window the tangent, as long for every slope."""
    paths, terrain, to_pixels = view.trajectories, view.terrain, axes.transData.transform
    (low, high), reach = terrain.window[0], _TANGENT * axes.bbox.width
    owners = [k for k in range(len(paths.labels)) for _ in paths.ends[k]]
    lines: list[Line2D] = []
    for k in owners:
        lines += axes.plot(
            [], [], color=view.colours[k], lw=0.7 * view.line("trail"), zorder=2.5, gid=TANGENT
        )
    back = axes.transData.inverted().transform

    def show(moment: Moment) -> None:
        drawing.show(moment)
        x = paths.at(paths.positions, moment.step).reshape(-1, 1)
        seen = (low <= x[:, 0]) & (x[:, 0] <= high)
        seen &= ~(paths.lost & (moment.step >= paths.ends)).ravel()
        at = np.where(seen[:, None], x, (low + high) / 2)
        slopes, heights = terrain.gradients(at)[:, 0], terrain.heights_at(at)
        for k, line in enumerate(lines):
            visible = moment.visible is None or owners[k] in moment.visible
            there = seen[k] and visible and np.isfinite([slopes[k], heights[k]]).all()
            line.set_visible(bool(there))
            if there:
                here = np.array([at[k, 0], heights[k]])
                way = to_pixels(here + np.array([1.0, slopes[k]])) - to_pixels(here)
                ends = to_pixels(here) + np.array([[-1.0], [1.0]]) * reach * way / np.hypot(*way)
                line.set_data(*back(ends).T)

    return replace(drawing, artists=[*drawing.artists, *lines], show=show)
