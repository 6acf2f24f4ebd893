"""A slice through a trained network in relief, coloured where it is not convex."""

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import View
from animate.networks.experiments.cut import BANDS, OneSlice, SlicePanel, slice_of
from animate.panels.relief.raytrace import Camera, from_heights, look, picture, underside_on
from animate.simulate.terrain import Scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage
    from matplotlib.text import Text

_AZIMUTH, _ELEVATION, _VERTICAL = -60.0, 35.0, 1.0
_NODES = 301
_FINER = 2
"""Pixels of the relief for each of the picture, along both axes: they smooth the colour's edges."""
_TINT = 0.62
_CORNERS = np.array(list(product((-0.5, 0.5), (-0.5, 0.5), (0.0, 1.0))))
_FLOOR = np.array([[-0.5, -0.5, 0], [0.5, -0.5, 0], [0.5, 0.5, 0], [-0.5, 0.5, 0], [-0.5, -0.5, 0]])


@dataclass(frozen=True, kw_only=True)
class CutRelief(SlicePanel):
    """One slice in relief, log scale, the same for all; coloured where it is not convex."""

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        slice_of(view, self.number)
        axes.set_axis_off()

    def pictured(
        self, axes: "Axes", view: View, shown: OneSlice
    ) -> tuple[list[np.ndarray], "AxesImage", "Text"]:
        box = axes.get_window_extent()
        width, height = round(box.width), round(box.height)
        axes.set(xlim=(0, width), ylim=(height, 0))
        note, label = view.type("note"), view.type("label")
        camera = fitting_camera(width, height, left=3.2 * note, above=2.9 * label)
        frames = [
            _image(shown, seed, camera, (width, height), view) for seed in range(len(shown.z))
        ]
        _upright(axes, view, camera, shown.scale)
        image = axes.imshow(
            frames[0], extent=(0, width, height, 0), interpolation="nearest", zorder=2
        )
        axes.set_aspect("auto")
        style: dict[str, Any] = {"horizontalalignment": "center", "verticalalignment": "top"}
        name = shown.name
        axes.text(width / 2, 0, name, fontsize=label, color=view.theme.ink, **style)
        style |= {"fontsize": note, "color": view.colours[0]}
        text = axes.text(width / 2, 1.5 * label, "", **style)
        return frames, image, text


def fitting_camera(width: int, height: int, *, left: float, above: float) -> Camera:
    """The camera that shows the whole box in a picture of `width` × `height` pixels, with a margin
    of `above` pixels at the top and `left` pixels at the left."""
    ends = Camera(_AZIMUTH, _ELEVATION, 1.0, (0.0, 0.0), _VERTICAL).project(_CORNERS)[:, :2]
    low, high = ends.min(axis=0), ends.max(axis=0)
    scale = float(min((width - left) / (high - low)[0], (height - above) / (high - low)[1])) * 0.98
    middle = np.array([(width + left) / 2, (height + above) / 2]) - scale * (low + high) / 2
    return Camera(_AZIMUTH, _ELEVATION, scale, (middle[0], middle[1]), _VERTICAL)


def _image(
    shown: OneSlice, seed: int, camera: Camera, size: tuple[int, int], view: View
) -> np.ndarray:
    """The picture [row, column, 4] of one seed's slice, tinted where it is not convex."""
    from matplotlib.colors import to_rgb, to_rgba

    field = from_heights(_finer(_finer(shown.scale.unit(shown.z[seed])).T).T)
    column, row = camera.centre
    camera = Camera(_AZIMUTH, _ELEVATION, _FINER * camera.scale, (_FINER * column, _FINER * row),
                   _VERTICAL)  # fmt: skip
    ink = to_rgba(view.theme.ink)[:3]
    style = look(
        view.theme.terrain_colours(BANDS),
        np.arange(1, BANDS) / BANDS,
        ink=(*ink, 0.22),
        edge=(*ink, 0.5),
        underside=underside_on(to_rgb(view.theme.paper)),
        line_width=_FINER * view.line("level"),
        edge_width=_FINER * view.line("hairline"),
    )
    width, height = (_FINER * side for side in size)
    drawn = picture(field, camera.projection, style, width=width, height=height)
    rgba = drawn.rgba.astype(np.float32) / 255.0
    where = nonconvex_pixels(shown.nonconvex[seed], camera, drawn.depth)
    tint = np.array(to_rgba(view.colours[0])[:3])
    light = rgba[..., :3].mean(axis=-1, keepdims=True)
    tinted = (1 - _TINT) * rgba[..., :3] + _TINT * tint * (0.55 + 0.6 * light)
    rgba[..., :3] = np.where(where[..., None], np.minimum(tinted, 1.0), rgba[..., :3])
    return _coarser(rgba)


def _finer(values: np.ndarray) -> np.ndarray:
    """Cubics through `values` [n, m] along the first axis, at _NODES places (Catmull, Rom 1974)."""
    slopes = np.gradient(values, axis=0, edge_order=2)
    place = np.linspace(0, len(values) - 1, _NODES)[:, None]
    below = np.minimum(place.astype(int), len(values) - 2)
    s, k = place - below, below[:, 0]
    rise, bend = s * s * (3 - 2 * s), s * (1 - s)
    level = values[k] * (1 - rise) + values[k + 1] * rise
    return level + bend * ((1 - s) * slopes[k] - s * slopes[k + 1])


def nonconvex_pixels(nonconvex: np.ndarray, camera: Camera, depth: np.ndarray) -> np.ndarray:
    """Whether each pixel shows a cell that is not convex, bool [row, column].

    `nonconvex` [y, x] marks the inner points of the slice, `depth` [row, column] is that of the
    surface along `camera`'s view, not finite where there is none.
    """
    rows, columns = np.nonzero(np.isfinite(depth))
    points = np.stack([columns + 0.5, rows + 0.5, depth[rows, columns]], axis=1)
    points[:, :2] -= camera.centre
    ground = (points @ np.linalg.inv(camera.axes).T)[:, :2]
    whole = np.pad(nonconvex, 1)
    cell = np.clip(np.round((ground + 0.5) * (len(whole) - 1)), 0, len(whole) - 1).astype(int)
    where = np.zeros(depth.shape, bool)
    where[rows, columns] = whole[cell[:, 1], cell[:, 0]]
    return where


def _coarser(rgba: np.ndarray) -> np.ndarray:
    """The mean colour of each square of _FINER × _FINER pixels, weighted by their opacities."""
    height, width, _ = rgba.shape
    weighted = np.concatenate([rgba[..., :3] * rgba[..., 3:], rgba[..., 3:]], axis=-1)
    squares = weighted.reshape(height // _FINER, _FINER, width // _FINER, _FINER, 4)
    mean = squares.mean(axis=(1, 3))
    mean[..., :3] /= np.maximum(mean[..., 3:], 1e-9)
    return mean


def _upright(axes: "Axes", view: View, camera: Camera, scale: Scale) -> None:
    """The floor's outline, the edge on the left with a tick at every power of ten, and its name."""
    line: dict[str, Any] = {"color": view.theme.faint, "zorder": 1}
    line |= {"linewidth": view.line("hairline")}
    axes.plot(*camera.project(_FLOOR)[:, :2].T, **line)
    corners = _CORNERS[_CORNERS[:, 2] == 0.0]
    left = corners[camera.project(corners)[:, 0].argmin()]
    axes.plot(*camera.project(left + np.array([[0, 0, 0], [0, 0, 1]]))[:, :2].T, **line)
    powers = np.arange(np.ceil(np.log10(scale.low)), np.floor(np.log10(scale.high)) + 1)
    size = view.type("note")
    for height in 10.0**powers:
        x, y = camera.project(left + np.array([0, 0, float(scale.unit(height))]))[:2]
        axes.plot([x - 0.3 * size, x], [y, y], **line)
        axes.text(
            x - 0.5 * size, y, view.words.number(float(height)), fontsize=size,
            color=view.theme.muted, horizontalalignment="right", verticalalignment="center",
        )  # fmt: skip
