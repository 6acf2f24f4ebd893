"""Slices through trained networks in relief, with lines around what is not convex."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import Drawing, Moment, Traits, View
from animate.figure.text.paragraph import balanced
from animate.networks.evaluation import least_bend
from animate.networks.experiments.cut import BANDS, SlicePanel, Slices, slices_of
from animate.networks.experiments.presentation import decimals, shares_between
from animate.panels.relief.raytrace import Camera, Look, from_heights, look, picture, underside_on
from animate.simulate.terrain import Scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_AZIMUTH, _ELEVATION, _VERTICAL = -60.0, 35.0, 1.0
_NODES = 301
_FINER = 2
"""Pixels of the relief for each of the picture, along both axes: they smooth the colour's edges."""
_TINT, _LINE = 0.3, 0.95
"""How much of the colour is seen where a slice is not convex, and on the line around it."""
_HELD = 0.5
"""The share of its time for which a network is shown; then the picture blends into the next."""
_BROAD = 1.5
"""The width over the height from which on words stand beside the relief."""
_COLUMN = 0.26
"""The share of the width that words there take."""
_LIGHTER = 0.45
"""How far undersides go from the paper to the ink where the paper is black, or the reliefs would
lose theirs before it."""
_CORNERS = np.array(list(product((-0.5, 0.5), (-0.5, 0.5), (0.0, 1.0))))
_FLOOR = np.array([[-0.5, -0.5, 0], [0.5, -0.5, 0], [0.5, 0.5, 0], [-0.5, 0.5, 0], [-0.5, -0.5, 0]])


@dataclass(frozen=True, kw_only=True)
class CutRelief(SlicePanel):
    """Slices in relief, log scale, the same for all; lines and colour where they are not convex.

    Between two networks the picture blends, which shows no network: the lines fade, and with the
    next network come its own.
    """

    @property
    def traits(self) -> Traits:
        return Traits(needs=super().traits.needs, moves=True)

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        slices_of(view, self.number)
        axes.set_axis_off()

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        shown, box = slices_of(view, self.number), axes.get_window_extent()
        width, height = round(box.width), round(box.height)
        axes.set(xlim=(0, width), ylim=(height, 0))
        broad, note = width > _BROAD * height, view.type("note")
        above = 0.6 * note if broad else 6.4 * view.type("label")
        camera = fitting_camera(width, height, left=3.2 * note, above=above)
        _upright(axes, view, camera, shown.scale)
        pictured = _Pictures(shown, camera, (width, height), view)
        image = axes.imshow(
            pictured.at(0, 0.0), extent=(0, width, height, 0), interpolation="nearest", zorder=2
        )
        axes.set_aspect("auto")
        say = _words(axes, view, shown, broad)
        first, last = view.timeline.first, len(shown.z) - 1

        def show(moment: Moment) -> None:
            network, share = blend(min(moment.step - first, last))
            image.set_data(pictured.at(network, share))
            say(network)

        return Drawing(artists=[image, *axes.texts[-4:-1]], show=show)


def blend(step: float) -> tuple[int, float]:
    """The number of the network that is shown at `step`, and the share of the next one."""
    network = int(step + 1e-9)
    share = min(max((step - network - _HELD) / (1 - _HELD), 0.0), 1.0)
    return network, share * share * (3 - 2 * share)


def _words(axes: "Axes", view: View, shown: Slices, broad: bool) -> Callable[[int], None]:
    """Which network it is, its non-convex share, and those of all seeds, three texts at the left or
    above, over a fourth that stays; returns what makes them say it of a network."""
    words, label, theme = view.words, view.type("label"), view.theme
    sizes = (label, 1.5 * label if broad else label, view.type("note"))
    style: dict[str, Any] = {"verticalalignment": "top"}
    style["horizontalalignment"] = "left" if broad else "center"
    place, row, texts = 0.0 if broad else axes.get_xlim()[1] / 2, 0.0, []
    for size, colour in zip(sizes, (theme.ink, view.colours[0], theme.muted), strict=True):
        texts.append(axes.text(place, row, "", fontsize=size, color=colour, **style))
        row += 1.45 * size
    width = axes.get_xlim()[1] * (_COLUMN if broad else 1.0)
    blends = "\n".join(balanced(view, words("blends between"), "note", width))
    axes.text(place, row, blends, fontsize=sizes[-1], color=theme.muted, **style)
    seeds = shown.shares.shape[1]
    over = words.counted("over seeds", seeds)

    def say(network: int) -> None:
        share = float(shown.shares[network, 0])
        every = shares_between(words, shown.shares[network])
        texts[0].set_text(shown.names[network])
        texts[1].set_text(words("non-convex", share=words.percent(share, decimals(share))))
        texts[2].set_text(words("shares of seeds", seeds=over, shares=every) if seeds > 1 else "")

    return say


class _Pictures:
    """The pictures of slices and of blends between neighbours; the last one is kept."""

    def __init__(self, shown: Slices, camera: Camera, size: tuple[int, int], view: View) -> None:
        self._shown, self._size, self._view = shown, size, view
        column, row = camera.centre
        self._camera = Camera(_AZIMUTH, _ELEVATION, _FINER * camera.scale,
                              (_FINER * column, _FINER * row), _VERTICAL)  # fmt: skip
        self._look = _look(view)
        self._kept: tuple[tuple[int, float], np.ndarray] | None = None

    def at(self, network: int, share: float) -> np.ndarray:
        """The picture [row, column, 4] of the slice `network`, with a `share` of the next."""
        if self._kept is None or self._kept[0] != (network, share):
            self._kept = (network, share), self._drawn(network, share)
        return self._kept[1]

    def _drawn(self, network: int, share: float) -> np.ndarray:
        from matplotlib.colors import to_rgb

        shown, (width, height) = self._shown, (_FINER * side for side in self._size)
        unit = shown.scale.unit(shown.z[network])
        if share:
            unit = (1 - share) * unit + share * shown.scale.unit(shown.z[network + 1])
        field = from_heights(_finer(_finer(unit).T).T)
        drawn = picture(field, self._camera.projection, self._look, width=width, height=height)
        rgba = drawn.rgba.astype(np.float32) / 255.0
        bend = least_bend(shown.z[network], shown.step, shown.step)
        inside, line = nonconvex_pixels(bend, self._camera, drawn.depth, self._line)
        tint = np.array(to_rgb(self._view.colours[0]), np.float32)
        strength = (1 - share) * np.where(line, _LINE, np.where(inside, _TINT, 0.0))
        rgba[..., :3] += strength[..., None] * (tint - rgba[..., :3])
        return _coarser(rgba)

    @property
    def _line(self) -> int:
        """The width of the line around what is not convex, in pixels of the relief."""
        return max(round(_FINER * 0.6 * self._view.line("trail")), 1)


def _look(view: View) -> Look:
    """What the surface looks like."""
    from matplotlib.colors import to_rgb

    ink, paper = to_rgb(view.theme.ink), to_rgb(view.theme.paper)
    lighter = _LIGHTER * (1 - sum(paper) / 3)
    red, green, blue = (
        below + lighter * (over - below) for below, over in zip(paper, ink, strict=True)
    )
    return look(
        view.theme.terrain_colours(BANDS),
        np.arange(1, BANDS) / BANDS,
        ink=(*ink, 0.22),
        edge=(*ink, 0.5),
        underside=underside_on((red, green, blue)),
        line_width=_FINER * view.line("level"),
        edge_width=_FINER * view.line("hairline"),
    )


def fitting_camera(width: int, height: int, *, left: float, above: float) -> Camera:
    """The camera that shows the whole box in a picture of `width` × `height` pixels, with a margin
    of `above` pixels at the top and `left` pixels at the left."""
    ends = Camera(_AZIMUTH, _ELEVATION, 1.0, (0.0, 0.0), _VERTICAL).project(_CORNERS)[:, :2]
    low, high = ends.min(axis=0), ends.max(axis=0)
    scale = float(min((width - left) / (high - low)[0], (height - above) / (high - low)[1])) * 0.98
    middle = np.array([(width + left) / 2, (height + above) / 2]) - scale * (low + high) / 2
    return Camera(_AZIMUTH, _ELEVATION, scale, (middle[0], middle[1]), _VERTICAL)


def _finer(values: np.ndarray) -> np.ndarray:
    """Cubics through `values` [n, m] along the first axis, at _NODES places (Catmull, Rom 1974)."""
    slopes = np.gradient(values, axis=0, edge_order=2)
    place = np.linspace(0, len(values) - 1, _NODES)[:, None]
    below = np.minimum(place.astype(int), len(values) - 2)
    s, k = place - below, below[:, 0]
    rise, bend = s * s * (3 - 2 * s), s * (1 - s)
    level = values[k] * (1 - rise) + values[k + 1] * rise
    return level + bend * ((1 - s) * slopes[k] - s * slopes[k + 1])


def nonconvex_pixels(
    bend: np.ndarray, camera: Camera, depth: np.ndarray, width: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """Which pixels show what is not convex, and which of them lie within `width` pixels of its
    edge, bool [row, column] each.

    `bend` [y, x] is below zero at inner points of the slice that are not convex, and bilinear
    between them; `depth` [row, column] is that of the surface along `camera`'s view, not finite
    where there is none.
    """
    from scipy.ndimage import binary_erosion, map_coordinates

    known = np.isfinite(depth)
    rows, columns = np.nonzero(known)
    points = np.stack([columns + 0.5, rows + 0.5, depth[rows, columns]], axis=1)
    points[:, :2] -= camera.centre
    ground = (points @ np.linalg.inv(camera.axes).T)[:, 1::-1]
    places = (ground + 0.5) * (np.array(bend.shape) + 1) - 1
    inside = np.zeros(depth.shape, bool)
    inside[rows, columns] = map_coordinates(bend, places.T, order=1, mode="nearest") < 0
    within = binary_erosion(inside | ~known, iterations=width, border_value=1)
    return inside, inside & np.logical_not(within)


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
