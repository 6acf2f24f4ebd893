"""The relief on its axes: the surface's picture and all that is drawn around it and on it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb, to_rgba

from animate.figure import Moment, View
from animate.figure.paths.brush import Brush, Rgba
from animate.panels.relief.box import Box
from animate.panels.relief.camera_path import Pose
from animate.panels.relief.ground import Ground
from animate.panels.relief.layers import Layers
from animate.panels.relief.paths import PathDrawer, Sight
from animate.panels.relief.place import CORNERS, Place, filling
from animate.panels.relief.prefetch import Prefetch
from animate.panels.relief.raytrace import Camera, Look, Picture, look, underside_on
from animate.panels.relief.renderer import SurfaceRenderer
from animate.panels.relief.told_events import ToldEvents

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase

    from animate.panels.relief import Relief

_FITTED = 13
"""Poses on a camera's way at which the words around the box are measured."""
_ROUNDS = 3
"""Measurements of them: where they stand depends on the box's size."""
_POSES = 5
"""Moments of a camera's way at which it is looked where there is room for words."""


class ReliefArtist(Artist):
    """The surface, its box and its trails, drawn as at the moment last shown."""

    def __init__(
        self,
        panel: "Relief",
        axes: "Axes",
        views: tuple[View, View],
        renderer: SurfaceRenderer,
    ) -> None:
        """`views` are the one that is shown, and the one whose paths the camera is to show."""
        super().__init__()
        view, limits = views
        self._view, self._panel = view, panel
        box = axes.get_window_extent()
        self._left, self._top = round(box.x0), round(box.y1)
        self.pixels = round(box.width), round(box.height)
        self._renderer, self._ground = renderer, renderer.ground
        self._look = _look(panel, view)
        timeline = view.timeline
        start, seconds = panel.start(limits), (timeline.frames - 1) / timeline.fps
        self._camera_path = panel.camera_path(start, seconds)
        brush = Brush(axes.bbox)
        self.box = Box(self._ground, view, brush)
        self._fit()
        self.paths = PathDrawer(self._ground, view, brush, drop=panel.drop, light=panel.light)
        self._floor = _floor(self._ground, panel, view) if panel.floor else []
        self._brush, self._moment = brush, Moment(0.0, 0.0)
        self._told = ToldEvents(axes, view, self._ground)
        if view.told_on == "relief":
            self._told.lay_out(self.box, self.paths, self._poses())
        width, height = self.pixels
        self._layers = Layers(
            brush, (self._left, self._top - height, self._left + width, self._top)
        )
        self._pictures = Prefetch(self._surface, self._after)
        axes.add_artist(self)

    def show(self, moment: Moment) -> None:
        """Be drawn as at `moment` from now on."""
        self._moment = moment

    def draw(self, renderer: "RendererBase") -> None:
        """Draw everything as at the moment last shown."""
        surface = self._seen(self._moment.frame)
        sight, step = self.sight(self._moment.frame), self._moment.step
        camera, place = sight.camera, sight.place
        below = partial(self._draw_below, surface=surface, camera=camera, place=place)
        above = partial(self.box.draw_labels, camera=camera, place=place)
        if self._camera_path.moves or not isinstance(renderer, RendererAgg):
            below(renderer)
            self.paths.draw(renderer, sight, step)
            above(renderer)
        else:
            self._layers.draw_below(renderer, below)
            self.paths.draw(renderer, sight, step)
            self._layers.draw_above(renderer, above)
        self._told.draw(renderer, sight, self._moment)

    def sight(self, frame: int) -> Sight:
        """What hides points around the surface in `frame`."""
        camera = self.camera(frame / self._view.timeline.fps)
        return Sight(self._seen(frame).depth, camera, self.placer(camera))

    def _seen(self, frame: int) -> Picture:
        """The surface's picture in `frame`."""
        return self._pictures.get(frame if self._camera_path.moves else 0)

    def _draw_below(
        self, renderer: "RendererBase", surface: Picture, camera: Camera, place: Place
    ) -> None:
        """The box, the floor and the surface."""
        self.box.draw_behind(renderer, camera, place)
        if camera.elevation >= 0.0:
            self._draw_floor(renderer, place)
        dots = renderer.get_image_magnification()
        rgba = surface.rgba if dots == 1.0 else self._printed(camera, dots)
        self._brush.picture(renderer, rgba, self._left, self._top)
        if camera.elevation < 0.0:
            self._draw_floor(renderer, place)

    def _fit(self) -> None:
        """Choose the box's height and the scale at which no pose on the path cuts it off, or the
        words around it."""
        seconds = np.arange(self._view.timeline.frames) / self._view.timeline.fps
        poses = list(dict.fromkeys(self._camera_path.at(s) for s in seconds))
        underneath = min(pose.elevation for pose in poses) < 0.0
        self._frame(poses, self.box.margins(*self.pixels, underneath=underneath))
        if not self.box.lettered:
            return
        some = [poses[k] for k in np.unique(np.linspace(0, len(poses) - 1, _FITTED).astype(int))]
        for _ in range(_ROUNDS):
            self._frame(poses, self._written_around(some))

    def _frame(self, poses: Sequence[Pose], sides: tuple[float, float, float, float]) -> None:
        """The same with so many pixels to the left, below, to the right and above the box."""
        left, below, right, above = sides
        width = max(self.pixels[0] - left - right, 32.0)
        height = max(self.pixels[1] - above - below, 32.0)
        vertical = self._panel.vertical
        self._vertical = (
            filling(width, height, poses[0].elevation) if vertical == "auto" else float(vertical)
        )
        corners = np.stack([self._unit_camera(pose).project(CORNERS)[:, :2] for pose in poses])
        low, high = corners.min((0, 1)), corners.max((0, 1))
        self._scale = float(np.min(np.array([width, height]) / (high - low)))
        free = np.array([self.pixels[0] + left - right, self.pixels[1] + above - below]) / 2
        self._centre = free - self._scale * (low + high) / 2

    def _written_around(self, poses: Sequence[Pose]) -> tuple[float, float, float, float]:
        """Pixels that the words around the box reach beyond it, to the left, below, to the right
        and above, seen from all of these poses."""
        words, corners = list[np.ndarray](), list[np.ndarray]()
        for pose in poses:
            camera = self._camera(pose)
            place = self.placer(camera)
            written = [
                (np.array(at), np.array(half)) for at, half, _ in self.box.written(camera, place)
            ]
            words += [at + side * half for at, half in written for side in (-1, 1)]
            corners.append(place(CORNERS))
        low, high = np.min(words, axis=0), np.max(words, axis=0)
        inner = np.concatenate(corners)
        (left, below), (right, above) = inner.min(0) - low, high - inner.max(0)
        pad = 0.4 * self._view.type("tick")
        left, below, right, above = np.maximum([left, below, right, above], 0.0) + pad
        return float(left), float(below), float(right), float(above)

    def _unit_camera(self, pose: Pose) -> Camera:
        return Camera(pose.azimuth, pose.elevation, 1.0, (0.0, 0.0), self._vertical)

    @property
    def seen_by(self) -> Camera:
        """The camera of the moment last shown."""
        return self.camera(self._moment.frame / self._view.timeline.fps)

    def camera(self, seconds: float) -> Camera:
        """The camera after `seconds` of movement."""
        return self._camera(self._camera_path.at(seconds))

    def _camera(self, pose: Pose) -> Camera:
        """The camera in a pose."""
        x, y = self._centre
        return Camera(pose.azimuth, pose.elevation, self._scale * pose.zoom, (x, y), self._vertical)

    def placer(self, camera: Camera) -> Place:
        """From points of the box to pixels of the picture, as `camera` sees them."""
        return Place(camera, self._left, self._top)

    def _poses(self) -> list[tuple[Camera, Place]]:
        """The cameras of some moments from the first to the last, and where each has the box."""
        timeline = self._view.timeline
        last = timeline.frames - 1
        frames = np.linspace(0, last, _POSES) if self._camera_path.moves else [last]
        cameras = [self.camera(round(frame) / timeline.fps) for frame in frames]
        return [(camera, self.placer(camera)) for camera in cameras]

    def _after(self, frame: int) -> int | None:
        last = self._view.timeline.frames - 1
        return frame + 1 if self._camera_path.moves and frame < last else None

    def _surface(self, frame: int) -> Picture:
        camera = self.camera(frame / self._view.timeline.fps)
        width, height = self.pixels
        return self._renderer.picture(camera, self._look, width=width, height=height)

    def _printed(self, camera: Camera, dots: float) -> np.ndarray:
        """The surface's picture with `dots` to each pixel, for a file of vectors."""
        x, y = camera.centre
        close = replace(camera, scale=dots * camera.scale, centre=(dots * x, dots * y))
        width, height = (round(dots * side) for side in self.pixels)
        fine = _look(self._panel, self._view, dots)
        return self._renderer.picture(close, fine, width=width, height=height).rgba

    def _draw_floor(self, renderer: "RendererBase", place: Place) -> None:
        for line, colour in self._floor:
            self._brush.polyline(renderer, place(line), colour, 1.4 * self._view.line("level"))


def _look(panel: "Relief", view: View, dots: float = 1.0) -> Look:
    """The contour panel's colours and level lines, lit, for `dots` to a pixel."""
    theme = panel.theme(view)
    ink = to_rgba(theme.ink)[:3]
    between = np.arange(1, panel.levels) / panel.levels
    return look(
        theme.terrain_colours(panel.levels),
        between if panel.lines else np.array([]),
        light=panel.light,
        ink=(*ink, 0.28),
        edge=(*ink, 0.5),
        underside=underside_on(to_rgb(theme.paper)),
        line_width=dots * view.line("level"),
        edge_width=dots * view.line("hairline"),
    )


def _floor(ground: Ground, panel: "Relief", view: View) -> list[tuple[np.ndarray, Rgba]]:
    """The level lines on the floor of the box, each in its level's colour."""
    from contourpy import contour_generator

    x, y, z = ground.terrain.grid(160, 160)
    lines = contour_generator(x, y, ground.unit(z))
    colours = panel.theme(view).terrain_colours(panel.levels)
    drawn: list[tuple[np.ndarray, Rgba]] = []
    for k in range(1, panel.levels):
        for line in lines.lines(k / panel.levels):
            points = np.column_stack([ground.square(np.asarray(line)), np.zeros(len(line))])
            red, green, blue = colours[k]
            drawn.append((points, (red, green, blue, 1.0)))
    return drawn
