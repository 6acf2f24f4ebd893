"""Trails on the surface: solid where they are visible, faint and dashed where it hides them."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from animate.figure import View
from animate.figure.paths.brush import Brush, Rgba
from animate.figure.paths.timed import DOT
from animate.panels.relief.ball import ball
from animate.panels.relief.ground import Draped, Ground, Outside, draped
from animate.panels.relief.place import Place
from animate.panels.relief.raytrace import Camera, visible
from animate.panels.relief.shadows import Shadows, joined
from animate.panels.relief.timed import dots_of, point_strengths
from animate.theme import Marker

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase
    from matplotlib.path import Path

_FAINT = 0.5
"""How opaque a hidden trail is."""
_DASH = (1.4, 1.8)
"""On and off lengths of a hidden trail, in widths of the trail."""
_SHADES = 24
"""Steps in which a trail's colour comes to its full strength."""
_DROPS = 24
"""Points of the line from a head to the floor."""
_OUT = (2.0, 3.0, 4.0, 6.0, 8.0)
"""How far out of the surface it is looked whether a mark is hidden, in pixels: at most of them, for
beside a silhouette one alone comes and goes from frame to frame."""
_CIRCLE = np.array([[math.cos(a), math.sin(a)] for a in np.linspace(0.0, 2.0 * math.pi, 25)])


class Sight(NamedTuple):
    """The surface as it is seen: its picture's `depth`, the camera, and where points fall."""

    depth: np.ndarray
    camera: Camera
    place: Place

    def clear(self, points: np.ndarray) -> np.ndarray:
        """Whether the surface hides none of it, for each of `points` [n, 3]."""
        return visible(self.depth, self.camera, points)

    def clear_of_wall(self, points: np.ndarray) -> np.ndarray:
        """As `clear`, for marks that stand on the surface: a little out of it, on the viewer's
        side, where the silhouette at the foot of a hole is not beside them."""
        out = np.zeros((len(_OUT), 1, 3))
        out[:, 0, 2] = np.sign(self.camera.elevation or 1.0) * np.array(_OUT) / self.camera.scale
        seen = self.clear((points + out).reshape(-1, 3)).reshape(len(_OUT), -1)
        return seen.mean(axis=0) > 0.5


class PathDrawer:
    """Draws all trails, heads, starts and minima of the scene on one ground."""

    def __init__(
        self, ground: Ground, view: View, brush: Brush, *, drop: bool, light: float
    ) -> None:
        from matplotlib.colors import to_rgba

        paths = view.trajectories
        optimizers, runs = paths.ends.shape
        self._view, self._brush, self._drop = view, brush, drop
        positions = paths.positions.reshape(optimizers * runs, -1, 2)
        self.draped: Draped = draped(ground, positions, paths.steps)
        self._known = np.isfinite(self.draped.points).all(axis=1).astype(bool)
        self._ends = paths.ends.ravel()
        self._outside = Outside(ground, positions, paths.steps, self._ends)
        self._lost = paths.lost.ravel()
        owners = np.repeat(np.arange(optimizers), runs)
        self._strengths = point_strengths(view, self.draped)
        self._dots = [dots_of(view, self.draped, k, int(end)) for k, end in enumerate(self._ends)]
        self._colours = [to_rgba(view.colours[k]) for k in owners]
        self._dashes = [view.theme.dash(int(k)) for k in owners]
        self._markers: list[Marker] = [view.theme.marker(int(k)) for k in owners]
        self._casing = to_rgba(view.theme.casing)
        self._starts = _on(ground, np.unique(positions[:, 0], axis=0))
        self._minima = _on(ground, view.terrain.minima)
        places, steps, owners = view.switched()
        self._switches = [*zip(ground.lifted(places), steps, owners.tolist(), strict=True)]
        self._ink = to_rgba(view.theme.ink)
        self._ring = 0.75 * view.line("head") * _CIRCLE
        casing = view.line("trail") + 2 * view.line("casing")
        self._shadows = Shadows(brush, light, casing, view.line("head"))
        self._star = _star(view.line("star"))
        self._minimum = to_rgba(view.theme.minimum)

    def _draw_dots(self, renderer: "RendererBase", sight: Sight, step: float) -> None:
        """The dots that every path bears by now and that the surface does not hide."""
        radius = DOT * self._view.line("trail")
        for (points, steps), colour in zip(self._dots, self._colours, strict=True):
            points = points[steps <= step]
            shown = points[sight.clear(points)] if len(points) else points
            if len(shown):
                self._brush.dots(renderer, sight.place(shown), radius, (colour, self._casing))

    def draw(self, renderer: "RendererBase", sight: Sight, step: float) -> None:
        """Draw everything as at `step`: hidden pieces, casings, trails, starts, stars, heads."""
        heads = np.array([self.draped.head(k, step) for k in range(len(self._colours))])
        pieces = list(self._pieces(sight, heads, step))
        width, ring = self._view.line("trail"), self._view.line("casing")
        for path, points, shown, (along, share, strength) in pieces:
            if not shown:
                dash = (along, [each * width for each in _DASH])
                colour = (*self._ink_of(path, strength)[:3], _FAINT)
                self._brush.polyline(renderer, points, colour, 0.75 * width * share, dash)
        if sight.camera.elevation > 0.0:
            self._shadows.of_trails(renderer, [points for _, points, shown, _ in pieces if shown])
        for share in sorted({looks[1] for *_, shown, looks in pieces if shown}):
            alike = [points for _, points, shown, looks in pieces if shown and looks[1] == share]
            self._brush.polyline(renderer, joined(alike), self._casing, width * share + 2 * ring)
        for path, points, shown, (along, share, strength) in pieces:
            if shown:
                dash, ink = self._dashes[path], self._ink_of(path, strength)
                dashes = (along, [each * width for each in dash]) if dash else None
                self._brush.polyline(renderer, points, ink, width * share, dashes)
        self._draw_dots(renderer, sight, step)
        self._draw_marks(renderer, sight)
        self._draw_switches(renderer, sight, step)
        self._draw_outside(renderer, sight, heads, step)
        self._draw_heads(renderer, sight, heads, step)

    def _draw_outside(
        self, renderer: "RendererBase", sight: Sight, heads: np.ndarray, step: float
    ) -> None:
        """For every head outside of the window a wedge where it is nearest, or a cross once its run
        has diverged."""
        size = self._view.line("head"), self._view.line("casing")
        for k in np.flatnonzero(~np.isfinite(heads).all(1)):
            found = self._outside.nearest(int(k), step)
            if found is None:
                continue
            point, away = found
            at, further = sight.place(np.stack([point, point + 0.1 * away]))
            opacity = 1.0 if sight.clear(point[None])[0] else 0.35
            colours = (*self._colours[k][:3], opacity), (*self._casing[:3], opacity)
            if self._lost[k] and step >= self._ends[k]:
                self._brush.cross(renderer, at, *size, colours)
            else:
                self._brush.wedge(renderer, at, further - at, size, colours)

    def _pieces(
        self, sight: Sight, heads: np.ndarray, step: float
    ) -> Iterator[tuple[int, np.ndarray, bool, tuple[float, float, float]]]:
        """(path, points [n, 2], whether visible, looks): the looks are the length before in pixels,
        and the shares of the width and of the colour."""
        draped, tail = self.draped, self._view.tail
        parts = [draped.between(k, step, tail) for k in range(len(heads))]
        index = np.concatenate([np.arange(part.start, part.stop) for part in parts])
        at, clear = sight.place(draped.points[index]), sight.clear(draped.points[index])
        ends, first = sight.place(heads), 0
        for k, part in enumerate(parts):
            count = part.stop - part.start
            own, first = slice(first, first + count), first + count
            known = np.concatenate([self._known[part], [bool(np.isfinite(heads[k]).all())]])
            if count == 0 or not known.any():
                continue
            points = np.vstack([at[own], ends[k]])
            shown = np.concatenate([clear[own], clear[own][-1:]])
            points[~known] = 0.0
            length = np.hypot(*np.diff(points, axis=0).T)
            along = np.concatenate([[0.0], np.cumsum(length)])
            strong = self._strengths[part]
            strong = np.append(strong, strong[-1:])
            age = None if tail is None else (step - np.append(draped.steps[part], step)) / tail
            looks = np.floor(8 * age) if age is not None else np.floor(_SHADES * strong)
            for a, b in _runs(known, shown, looks):
                old = 0.0 if age is None else float(np.clip(age[a:b].mean(), 0.0, 1.0))
                drawn = float(along[a]), 1.0 - 0.75 * old, float(strong[a:b].mean())
                yield k, points[a:b], bool(shown[a]), drawn

    def _ink_of(self, path: int, strength: float) -> Rgba:
        """The colour of a path where it has so much of it."""
        own, pale = np.array(self._colours[path]), np.array(self._casing)
        red, green, blue, alpha = (pale + strength * (own - pale)).tolist()
        return red, green, blue, alpha

    def _draw_marks(self, renderer: "RendererBase", sight: Sight) -> None:
        """A ring around every start, a star at every minimum."""
        ring = self._view.line("casing")
        points = np.concatenate([self._starts, self._minima])
        marks = zip(sight.place(points), sight.clear_of_wall(points), strict=True)
        for k, (at, shown) in enumerate(marks):
            opacity = 1.0 if shown else 0.35
            if k < len(self._starts):
                self._brush.polyline(renderer, at + self._ring, (*self._ink[:3], opacity), ring)
                continue
            outline, casing = np.asarray(self._star.vertices) + at, (*self._casing[:3], opacity)
            self._brush.polyline(renderer, outline, casing, 2 * ring)
            self._brush.fill(renderer, self._star, at, (*self._minimum[:3], opacity))

    def _draw_switches(self, renderer: "RendererBase", sight: Sight, step: float) -> None:
        """A ring in its colour where another method has followed an optimizer."""
        from matplotlib.colors import to_rgb

        for point, since, owner in self._switches:
            if since <= step and np.isfinite(point).all():
                opacity = 1.0 if sight.clear(point[None])[0] else 0.35
                outline = sight.place(point[None])[0] + 0.85 * self._ring
                colour = (*to_rgb(self._view.colours[owner]), opacity)
                casing = (*self._casing[:3], opacity)
                width = self._view.line("casing")
                self._brush.polyline(renderer, outline, casing, 3.0 * width)
                self._brush.polyline(renderer, outline, colour, 1.2 * width)

    def _draw_heads(
        self,
        renderer: "RendererBase",
        sight: Sight,
        heads: Float[np.ndarray, "path 3"],
        step: float,
    ) -> None:
        """A ball for every path, those farther away first; a cross for one that has diverged."""
        known = np.flatnonzero(np.isfinite(heads).all(1))
        if not len(known):
            return
        radius, ring = self._view.line("head"), self._view.line("casing")
        dots = renderer.get_image_magnification()
        clear, places = sight.clear_of_wall(heads[known]), sight.place(heads[known])
        away = sight.camera.project(heads[known])[:, 2]
        if self._drop:
            for k, head in zip(known, heads[known], strict=True):
                self._drop_line(renderer, sight, head, self._colours[k])
        if sight.camera.elevation > 0.0:
            flat = 0.35 + 0.65 * float(sight.camera.projection.sine)
            for at in places[clear]:
                self._shadows.of_head(renderer, at, flat)
        layers = np.round(away / radius)  # in one of them the last is on top, as in a contour
        for i in np.argsort(-layers, kind="stable"):
            k, at = known[i], places[i]
            colour = self._colours[k]
            if self._lost[k] and step >= self._ends[k]:
                self._brush.cross(renderer, at, radius, ring, (colour, self._casing))
                continue
            lift = np.array([0.0, 0.6 * radius * float(sight.camera.projection.cosine)])
            if self._markers[k] != "o":
                opacity = 1.0 if clear[i] else 0.35
                rims = (*colour[:3], opacity), (*self._casing[:3], opacity)
                self._brush.head(renderer, at + lift, radius, ring, rims, self._markers[k])
                continue
            colours = np.array(colour[:3]), np.array(self._casing[:3])
            picture, left, top = ball(dots * (at + lift), dots * radius, *colours, dots * ring)
            if not clear[i]:
                picture[..., 3] = np.round(picture[..., 3] * 0.35)
            self._brush.picture(renderer, picture, left / dots, top / dots)

    def _drop_line(
        self, renderer: "RendererBase", sight: Sight, head: Float[np.ndarray, "3"], colour: Rgba
    ) -> None:
        """From the head down to the floor of the box."""
        points = np.repeat(head[None], _DROPS, axis=0)
        points[:, 2] = np.linspace(head[2], 0.0, _DROPS)
        clear, at = sight.clear(points), sight.place(points)
        width = self._view.line("hairline")
        for a, b in _runs(np.ones(_DROPS, bool), clear, None):
            dashes = None if clear[a] else (0.0, [2.0 * width, 2.5 * width])
            opacity = 0.9 if clear[a] else _FAINT
            self._brush.polyline(renderer, at[a:b], (*colour[:3], opacity), 1.2 * width, dashes)


def _runs(
    known: np.ndarray, shown: np.ndarray, looks: np.ndarray | None
) -> Iterator[tuple[int, int]]:
    """Where consecutive known points are alike: [a, b), b reaching one point into the next run."""
    kind = shown.astype(float) if looks is None else shown + 2.0 * looks
    kind = np.where(known, kind, -1.0)
    breaks = np.flatnonzero(kind[1:] != kind[:-1]) + 1
    for a, b in zip([0, *breaks], [*breaks, len(kind)], strict=True):
        if known[a]:
            end = b + 1 if b < len(kind) and known[b] else b
            if end - a > 1:
                yield int(a), int(end)


def _on(ground: Ground, points: ArrayLike) -> np.ndarray:
    """Those of `points` [n, 2] that lie in the window, on the surface: [m, 3]."""
    lifted = ground.lifted(np.asarray(points, float).reshape(-1, 2))
    return lifted[np.isfinite(lifted).all(1)]


def _star(radius: float) -> "Path":
    """A five-pointed star around the origin, `radius` pixels to its points."""
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(radius).transform_path(Path.unit_regular_star(5, 0.381966))
