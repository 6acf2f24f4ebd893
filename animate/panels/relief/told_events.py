"""What happens to runs, said beside the surface, with a line to where it happens on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Moment, View
from animate.figure.free import plates
from animate.figure.paths.brush import Brush, Rgba
from animate.figure.paths.heads import where_left
from animate.figure.placing import Room
from animate.figure.sprite import Sprite
from animate.figure.taken import dense
from animate.panels.relief.box import Box
from animate.panels.relief.ground import Ground
from animate.panels.relief.paths import PathDrawer, Sight
from animate.panels.relief.place import Place
from animate.panels.relief.raytrace import Camera
from animate.panels.told import ROLE, Laid, Told, laid_out, leader, ring_at

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure

_FARTHEST = 15.0
"""Type sizes from a place up to which words about it stand."""
_CROSSED = 9.0
"""Type sizes of a line that may go over trails, from whatever pose these are seen, where its words
stand over the surface."""
_LINES = 33
"""Lines over the surface each way, between which it is taken too."""
_HIDDEN = 0.35
"""How opaque the line to a place is that the surface hides."""
_CIRCLE = np.exp(1j * np.linspace(0.0, 2 * np.pi, 49)).view(float).reshape(-1, 2)

Seen = tuple[Camera, Place]
"""A camera, and where it has points of the box in the picture."""


@dataclass(frozen=True)
class _Event:
    """What is said of an event, as it is laid out, its places [n, 3] on the surface, and the second
    of the movement at which it is over."""

    laid: Laid
    points: np.ndarray
    words: Sprite
    second: float


class ToldEvents:
    """Words that rest while the camera moves: beside the surface, or over it where no run comes,
    and off all that is written."""

    def __init__(self, axes: "Axes", view: View, ground: Ground) -> None:
        self._axes, self._view, self._ground = axes, view, ground
        self._brush, self._events = Brush(axes.bbox), list[_Event]()

    def lay_out(self, box: Box, paths: PathDrawer, poses: Sequence[Seen]) -> None:
        """Find places for the words that are good in all of the camera's `poses`, and for the lines
        to them that are good in the last one, which is held."""
        axes, view = self._axes, self._view
        figure, (_, place) = axes.get_figure(root=True), poses[-1]
        assert figure is not None
        told = list(self._told(place))
        if not told:
            return
        room = self._room(box, paths, poses)
        found = laid_out(figure, view, room, told, _FARTHEST)
        said = {laid.told.noted.together for laid in found}
        room.free_ground(_CROSSED * view.type(ROLE))
        rest = [each for each in told if each.noted.together not in said]
        found += laid_out(figure, view, room, rest, _FARTHEST)
        self._events = [self._event(laid, figure) for laid in found]

    def _event(self, laid: Laid, figure: "Figure") -> _Event:
        """What is drawn of it."""
        noted, words = laid.told.noted, Sprite([laid.text], zorder=8)
        words.set_figure(figure)
        points = self._ground.lifted(np.array([each.noted.at for each in laid.told.places]))
        return _Event(laid, points, words, self._view.timeline.second_of(noted.step))

    def draw(self, renderer: "RendererBase", sight: Sight, moment: Moment) -> None:
        """What has happened by then, as the surface is seen."""
        for event in self._events:
            if moment.step >= event.laid.told.noted.step:
                self._draw(renderer, sight, moment, event)

    def _draw(self, renderer: "RendererBase", sight: Sight, moment: Moment, event: _Event) -> None:
        from matplotlib.colors import to_rgb

        view, places = self._view, sight.place(event.points)
        red, green, blue = to_rgb(event.laid.text.get_color())
        clear = sight.clear_of_wall(event.points)
        colours: list[Rgba] = [(red, green, blue, 1.0 if each else _HIDDEN) for each in clear]
        for at, colour in zip(places, colours, strict=True):
            line = leader(view, at, event.laid.spot)
            self._brush.polyline(renderer, line, colour, view.line("hairline"))
        ring = ring_at(moment.second - event.second)
        if ring is not None and moment.second < view.timeline.length:
            radius, share = ring
            faded: Rgba = (red, green, blue, share * colours[0][3])
            circle = places[0] + radius * view.line("head") * _CIRCLE
            self._brush.polyline(renderer, circle, faded, view.line("casing"))
        event.words.draw(renderer)

    def _told(self, place: Place) -> Iterator[Told]:
        """What there is to say, and where: at the edge of the window of a run that is outside."""
        view, paths = self._view, self._view.trajectories
        low, high = np.array(self._ground.terrain.window, float).T
        for k, every in enumerate(view.noted):
            for noted in every:
                at: np.ndarray | None = np.array(noted.at)
                if not (np.isfinite(noted.at).all() and (low <= at).all() and (at <= high).all()):
                    at = where_left(paths.positions[k, 0, paths.steps <= noted.step], low, high)
                if at is None:
                    continue
                x, y = np.clip(at, low, high).tolist()
                point = self._ground.lifted(np.array([[x, y]]))[0]
                if np.isfinite(point).all():
                    yield Told(replace(noted, at=(x, y)), k, place(point))

    def _room(self, box: Box, paths: PathDrawer, poses: Sequence[Seen]) -> Room:
        """What is free whatever the pose, with the surface as its ground."""
        axes, view = self._axes, self._view
        room, (_, place) = Room(axes.bbox), poses[-1]
        lines, draped = self._surface_lines(), paths.draped
        seen = [place(line) for _, place in poses for line in lines]
        apart = max(float(np.hypot(*np.diff(line, axis=0).T).max(initial=0.0)) for line in seen)
        room.take_ground(np.concatenate([dense(line) for line in seen]), 0.75 * apart)
        heads = np.array(
            [draped.head(k, view.timeline.steps) for k in range(len(draped.starts) - 1)]
        )
        room.take_points(place(heads[np.isfinite(heads).all(1)]), view.line("head") + 1)
        marks = self._marks()
        for camera, place in poses:
            for mark in place(marks):
                room.take_mark(mark, view.line("star") + 1)
            for k in range(len(heads)):
                room.take_path(place(draped.points[draped.path(k)]), view.line("head"))
            for centre, half, _ in box.written(camera, place):
                corner = centre[0] - half[0], centre[1] - half[1]
                room.take(corner, (2 * half[0], 2 * half[1]))
        for plate in plates(axes):
            room.take_box(plate.get_window_extent())
        return room

    def _marks(self) -> np.ndarray:
        """Where runs start and minima are, on the surface [n, 3]."""
        starts = np.unique(self._view.trajectories.positions[:, :, 0].reshape(-1, 2), axis=0)
        minima = np.array(self._ground.terrain.minima, float).reshape(-1, 2)
        lifted = self._ground.lifted(np.concatenate([starts, minima]))
        return lifted[np.isfinite(lifted).all(1)]

    def _surface_lines(self) -> list[np.ndarray]:
        """Lines [n, 3] over the surface along x and y, straight on over its holes."""
        (left, right), (low, high) = self._ground.terrain.window
        x, y = np.meshgrid(np.linspace(left, right, _LINES), np.linspace(low, high, _LINES))
        flat = np.stack([x, y], axis=-1)
        nodes = self._ground.lifted(flat.reshape(-1, 2)).reshape(_LINES, _LINES, 3)
        lines = [*nodes, *nodes.transpose(1, 0, 2)]
        return [line[np.isfinite(line).all(axis=1)] for line in lines]
