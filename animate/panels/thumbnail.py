"""The whole map, small, in a corner of one that a story has turned to a part of it."""

# pyright: reportUnknownMemberType=false

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float
from matplotlib.artist import Artist

from animate.figure import Moment, View
from animate.figure.paths.brush import Brush, Rgba
from animate.figure.paths.heads import where_left
from animate.figure.paths.trails import by_path
from animate.figure.story import Window
from animate.panels.ground import Ground

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase

THUMBNAIL = "thumbnail"
"""The gid of what draws it."""
LEAST_MAP = 240
"""Pixels of a map's shorter side from which on it has one."""
_SIDE = 0.26
"""Its longer side, in that of the map."""
_GAP = 0.6
"""Its distance from the edges of the map, in type sizes of notes."""
_SHADE = 0.55
"""How far what is not in focus turns to paper."""
_FULL = 0.35
"""The share of a side by which the focus is smaller than the whole when it is there in full."""
_DOT = 0.45
"""The radius of its heads, in that of a head."""


class Thumbnail(Artist):
    """Draws the whole map, shaded but for what is in focus, with the frame of that and a dot for
    every head, wherever it has a corner at the moment: over trails, and never over a head."""

    def __init__(self, axes: "Axes", view: View, ground: Ground) -> None:
        super().__init__()
        self._view, self._ground, self._box = view, ground, axes.bbox
        self.size = np.round(_SIDE * np.array([axes.bbox.width, axes.bbox.height]))
        self._corners = corners(axes, view, self.size)
        self._brush = Brush(axes.bbox)
        self._corner: np.ndarray | None = None
        self._window, self._heads = view.terrain.window, np.empty((0, 2))
        self._pictures: dict[float, np.ndarray] = {}
        self.set(zorder=7.5, gid=THUMBNAIL)

    @property
    def corner(self) -> Float[np.ndarray, "2"] | None:
        """Its lower left corner in pixels; None: it is not there now."""
        return self._corner

    def show(self, moment: Moment) -> None:
        """Show the focus and the heads of that moment, if there is a place for it."""
        self._window = moment.window or self._view.terrain.window
        at = self._corners[min(moment.frame, len(self._corners) - 1)]
        self._corner = at if np.isfinite(at).all() and self._strength > 0 else None
        paths = self._view.trajectories
        self._heads = paths.at(paths.positions, moment.step).reshape(-1, 2)

    @property
    def _strength(self) -> float:
        """How much of it is to be seen, from 0 where the focus is the whole window."""
        (left, right), (low, high) = self._window[0], self._view.terrain.window[0]
        return float(np.clip((1 - (right - left) / (high - low)) / _FULL, 0.0, 1.0))

    def draw(self, renderer: "RendererBase") -> None:
        """Draw it, if it is there."""
        if self._corner is None or not self.get_visible():
            return
        view, strength = self._view, self._strength
        dots = renderer.get_image_magnification()
        low, high = self._place(np.array(self._window).T)
        rgba = self._shaded(dots, low, high, strength)
        top = float(self._corner[1] + self.size[1])
        self._brush.picture(renderer, rgba, float(self._corner[0]), top)
        width = 1.2 * view.line("hairline")
        ink, casing = (self._rgba(each) for each in (view.theme.ink, view.theme.casing))
        for place, colour in zip(self._place(self._heads), view.colours, strict=False):
            if self._within(place):
                dot = _DOT * view.line("head")
                self._brush.dots(renderer, place[None], dot, (self._rgba(colour), casing))
        whole = _outline(self._corner, self._corner + self.size)
        for line, wide, colour in (
            (_outline(low, high), 3 * width, casing),
            (_outline(low, high), width, ink),
            (whole, width, ink),
        ):
            self._brush.polyline(renderer, line, colour, wide)

    def _place(self, points: Float[np.ndarray, "n 2"]) -> Float[np.ndarray, "n 2"]:
        """Where places of the terrain are on it, in pixels."""
        assert self._corner is not None
        low, high = np.array(self._view.terrain.window).T
        return self._corner + (points - low) / (high - low) * self.size

    def _within(self, place: Float[np.ndarray, "2"]) -> bool:
        assert self._corner is not None
        return bool(((self._corner <= place) & (place <= self._corner + self.size)).all())

    def _rgba(self, colour: str) -> Rgba:
        from matplotlib.colors import to_rgba

        return to_rgba(colour, self._strength)

    def _shaded(
        self, dots: float, low: np.ndarray, high: np.ndarray, strength: float
    ) -> np.ndarray:
        """The map [row, column, 4], upper row first, shaded outside of the focus between `low` and
        `high` in pixels; `dots` to a pixel each way."""
        from matplotlib.colors import to_rgb

        if dots not in self._pictures:
            columns, rows = (round(dots * float(side)) for side in self.size)
            self._pictures[dots] = self._ground.whole(columns, rows, dots)
        picture = self._pictures[dots]
        assert self._corner is not None
        first = np.round(dots * (low - self._corner)).astype(int)
        last = np.maximum(np.round(dots * (high - self._corner)).astype(int), first + 1)
        paper = 255 * np.array(to_rgb(self._view.theme.paper))
        shaded = picture + _SHADE * (paper - picture)
        seen = slice(first[1], last[1]), slice(first[0], last[0])
        shaded[seen] = picture[seen]
        alpha = np.full((*picture.shape[:2], 1), 255 * strength)
        return np.concatenate([shaded, alpha], axis=-1).astype(np.uint8)[::-1]


def corners(axes: "Axes", view: View, size: Float[np.ndarray, "2"]) -> Float[np.ndarray, "frame 2"]:
    """The lower left corner of a thumbnail of that size at every frame; NaN where there is none.

    From when a story leaves the whole window until it is back, it is in the corner from which the
    heads stay away farthest; there is none where they come to all of them.
    """
    line, whole = view.timeline, view.terrain.window
    found = np.full((line.frames, 2), np.nan)
    windows = [view.story.window_at(line.second_at(k)) for k in range(line.frames)]
    (low, high), gap = axes.bbox.get_points(), _GAP * view.type("note")
    if (high - low).min() < LEAST_MAP:
        return found
    edge = view.line("head") + view.line("casing")
    ways = np.array([(1, 1), (0, 1), (1, 0), (0, 0)])
    places = low + gap + ways * (high - low - 2 * gap - size)
    for turned, frames in groupby(range(line.frames), lambda k: windows[k] != whole):
        if not turned:
            continue
        stay = list(frames)
        heads = np.concatenate([_heads(axes, view, line.step_at(k), windows[k]) for k in stay])
        away = [_distance(heads, at, at + size) for at in places]
        if max(away) > edge:
            found[stay] = places[int(np.argmax(away))]
    return found


def _heads(axes: "Axes", view: View, step: float, window: Window) -> Float[np.ndarray, "path 2"]:
    """Where heads are drawn at that step while the map shows `window`, in pixels: those outside at
    its edge."""
    paths = view.trajectories
    (low, high), ends = axes.bbox.get_points(), np.array(window, float)
    edge = view.line("head") + view.line("casing")
    scale = (high - low) / (ends[:, 1] - ends[:, 0])
    heads = low + scale * (paths.at(paths.positions, step).reshape(-1, 2) - ends[:, 0])
    runs, _ = by_path(paths.positions)
    for k in np.flatnonzero(paths.lost.ravel() & (paths.ends.ravel() <= step)):
        left = where_left(low + scale * (runs[k] - ends[:, 0]), low, high)
        heads[k] = heads[k] if left is None else left
    return np.clip(heads, low + edge, high - edge)


def _distance(points: np.ndarray, low: np.ndarray, high: np.ndarray) -> float:
    """How far the nearest of the points is from the rectangle; 0 in it."""
    return float(np.hypot(*(points - np.clip(points, low, high)).T).min())


def _outline(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The rectangle as a closed line [5, 2]."""
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    return low + corners * (high - low)
