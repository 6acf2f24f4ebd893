"""Slices through trained networks in relief, with lines around what is not convex."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import Drawing, Moment, Traits, View
from animate.figure.text.paragraph import balanced
from animate.networks.evaluation import least_bend
from animate.networks.experiments.cut import BANDS, SlicePanel, Slices, slices_of
from animate.networks.experiments.cut_measure import CORNERS, Measure
from animate.networks.experiments.presentation import decimals, shares_between
from animate.panels.relief.raytrace import Camera, Look, from_heights, look, picture, underside_on

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.text import Text

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
_LEAST_BESIDE = 8.0
"""The least width, in type sizes of notes, of the first slice beside the others."""
_SHADES = 512
"""Heights between which a slice's colours are interpolated."""


@dataclass(frozen=True, kw_only=True)
class CutRelief(SlicePanel):
    """Slices in relief, with lines and colour where the loss, which is their height, is not convex.

    Heights go from zero to each slice's own highest loss, on a linear scale; colours have one log
    scale for all. Between two networks the picture blends, which shows no network: the lines fade,
    and with the next network come its own. The first one stays beside in small, to compare with,
    where there is room; elsewhere its share does.
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
        above = 0.6 * note if broad else 7.4 * view.type("label")
        camera = fitting_camera(width, height, left=3.2 * note, above=above)
        measure = Measure(axes, view, camera)
        pictured = _Pictures(shown, camera, (width, height), view)
        image = axes.imshow(
            pictured.at(0, 0.0), extent=(0, width, height, 0), interpolation="nearest", zorder=2
        )
        beside = _beside(axes, view, shown, camera)
        axes.set_aspect("auto")
        said, say = _words(axes, view, shown, broad, alone=not beside)
        first, last = view.timeline.first, len(shown.z) - 1

        def show(moment: Moment) -> None:
            network, share = blend(min(moment.step - first, last))
            image.set_data(pictured.at(network, share))
            measure.show(float(shown.tops[network]))
            say(network)
            for each in beside:
                each.set_visible(network + share > 0)

        return Drawing(artists=[image, *measure.artists, *said, *beside], show=show)


def blend(step: float) -> tuple[int, float]:
    """The number of the network that is shown at `step`, and the share of the next one."""
    network = int(step + 1e-9)
    share = min(max((step - network - _HELD) / (1 - _HELD), 0.0), 1.0)
    return network, share * share * (3 - 2 * share)


def _words(
    axes: "Axes", view: View, shown: Slices, broad: bool, *, alone: bool
) -> "tuple[list[Text], Callable[[int], None]]":
    """Which network it is, its non-convex share, those of all seeds and, where it is not seen and
    so the relief is `alone`, that of the first network, at the left or above, over a text that
    stays; the texts that change, and what makes them say it of a network."""
    words, label, note, theme = view.words, view.type("label"), view.type("note"), view.theme
    seeds = shown.shares.shape[1]
    over = words.counted("over seeds", seeds)
    style: dict[str, Any] = {"verticalalignment": "top"}
    style["horizontalalignment"] = "left" if broad else "center"
    place, row, texts = 0.0 if broad else axes.get_xlim()[1] / 2, 0.0, []
    sizes = (label, 1.5 * label if broad else label, *[note] * ((seeds > 1) + alone))
    for size, colour in zip(sizes, (theme.ink, view.colours[0], *[theme.muted] * 2), strict=False):
        texts.append(axes.text(place, row, "", fontsize=size, color=colour, **style))
        row += 1.45 * size
    width = axes.get_xlim()[1] * (_COLUMN if broad else 1.0)
    still = "\n".join(balanced(view, words("heights and blends"), "note", width))
    axes.text(place, row, still, fontsize=note, color=theme.muted, **style)

    def say(network: int) -> None:
        told = [shown.names[network], _non_convex(view, shown, network)]
        if seeds > 1:
            every = shares_between(words, shown.shares[network])
            told.append(words("shares of seeds", seeds=over, shares=every))
        if alone:
            told.append(f"{shown.names[0]}: {_share(view, shown, 0)}" if network else "")
        for text, line in zip(texts, told, strict=True):
            text.set_text(line)

    return texts, say


def _share(view: View, shown: Slices, network: int) -> str:
    share = float(shown.shares[network, 0])
    return view.words.percent(share, decimals(share))


def _non_convex(view: View, shown: Slices, network: int) -> str:
    return view.words("non-convex", share=_share(view, shown, network))


def _beside(axes: "Axes", view: View, shown: Slices, camera: Camera) -> "list[Artist]":
    """The first slice in small at the right of that of `camera`, and what it is; nothing where
    there is no room, or no other slice."""
    (width, _), (height, _) = axes.get_xlim()[::-1], axes.get_ylim()
    note, box = view.type("note"), camera.project(CORNERS)[:, :2]
    left = float(box[:, 0].max()) + note
    free = round(width - left)
    if free < _LEAST_BESIDE * note or len(shown.z) < 2:
        return []
    tall = min(round(free + 2.8 * note), round(height))
    top = float(np.clip(box[:, 1].mean() - tall / 2, 0.0, height - tall))
    small = fitting_camera(free, tall, left=0.0, above=3.2 * note)
    still = _Pictures(shown, small, (free, tall), view).at(0, 0.0)
    image = axes.imshow(
        still, extent=(left, left + free, top + tall, top), interpolation="nearest", zorder=2
    )
    text = axes.text(
        left + free / 2, top, f"{shown.names[0]}\n{_non_convex(view, shown, 0)}", fontsize=note,
        color=view.theme.muted, horizontalalignment="center", verticalalignment="top",
    )  # fmt: skip
    return [image, text]


class _Pictures:
    """The pictures of slices and of blends between neighbours; the last one is kept."""

    def __init__(self, shown: Slices, camera: Camera, size: tuple[int, int], view: View) -> None:
        self._shown, self._size, self._view = shown, size, view
        column, row = camera.centre
        self._camera = Camera(_AZIMUTH, _ELEVATION, _FINER * camera.scale,
                              (_FINER * column, _FINER * row), _VERTICAL)  # fmt: skip
        self._kept: tuple[tuple[int, float], np.ndarray] | None = None

    def at(self, network: int, share: float) -> np.ndarray:
        """The picture [row, column, 4] of the slice `network`, with a `share` of the next."""
        if self._kept is None or self._kept[0] != (network, share):
            self._kept = (network, share), self._drawn(network, share)
        return self._kept[1]

    def _drawn(self, network: int, share: float) -> np.ndarray:
        from matplotlib.colors import to_rgb

        shown, (width, height) = self._shown, (_FINER * side for side in self._size)
        top, unit = shown.tops[network], shown.z[network] / shown.tops[network]
        if share:
            after = shown.tops[network + 1]
            unit = (1 - share) * unit + share * shown.z[network + 1] / after
            top = top ** (1 - share) * after**share
        field, style = from_heights(_finer(_finer(unit).T).T), _look(self._view, shown, float(top))
        drawn = picture(field, self._camera.projection, style, width=width, height=height)
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


def _look(view: View, shown: Slices, top: float) -> Look:
    """What a surface looks like whose height is the loss, from 0 to `top`."""
    from matplotlib.colors import to_rgb

    ink, paper = to_rgb(view.theme.ink), to_rgb(view.theme.paper)
    lighter = _LIGHTER * (1 - sum(paper) / 3)
    red, green, blue = (
        below + lighter * (over - below) for below, over in zip(paper, ink, strict=True)
    )
    losses = top * (np.arange(_SHADES) + 0.5) / _SHADES
    places = BANDS * shown.scale.unit(np.maximum(losses, shown.scale.low)) - 0.5
    colours = np.asarray(view.theme.terrain_colours(BANDS))
    return look(
        np.stack([np.interp(places, np.arange(BANDS), each) for each in colours.T], axis=1),
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
    ends = Camera(_AZIMUTH, _ELEVATION, 1.0, (0.0, 0.0), _VERTICAL).project(CORNERS)[:, :2]
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
