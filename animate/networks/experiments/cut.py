"""Slices through trained networks from above, coloured where they are not convex."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from animate.errors import UsageError
from animate.figure import Panel, View
from animate.figure.panel import Key
from animate.networks.experiments.panels import relative_size, result_of
from animate.networks.experiments.skip_connections.compute import SkipConnections
from animate.networks.experiments.width.compute import Width
from animate.panels.shading import shade
from animate.simulate.terrain import Scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage
    from matplotlib.text import Text

BANDS = 24
"""Bands of colour of a slice."""


@dataclass(frozen=True)
class OneSlice:
    """A slice through a network from each seed, as a panel draws it.

    `z` [seed, y, x] are the losses, `nonconvex` [seed, y-2, x-2] marks the inner points that bend
    down, `shares` [seed] is their share; `scale` is common to all slices of the experiment.
    """

    name: str
    z: np.ndarray
    nonconvex: np.ndarray
    shares: np.ndarray
    scale: Scale


def slice_of(view: View, panel: str, number: int) -> OneSlice:
    """The slice `number` of the experiment that the view shows.

    Raises UsageError where there is no such slice; `panel` is named in the sentence.
    """
    result = view.result
    if not 0 <= number < len(result.z):
        raise UsageError(f"panels: {panel}.number must be 0 to {len(result.z) - 1}")
    low, high = float(result.z.min()), float(result.z.max())
    scale = Scale(log=True, low=low, high=high, offset=low)
    if isinstance(result, SkipConnections):
        words = view.words
        names = (words("plain"), words("skip small"), words("skip equal"))
        parts = result.z[number], result.nonconvex[number], result.shares[number]
        return OneSlice(names[number], *parts, scale)
    result = result_of(view, Width)
    name = view.words("width of a network", units=int(result.widths[number]))
    parts = result.z[[number]], result.nonconvex[[number]], result.shares[number, :1]
    return OneSlice(name, *parts, scale)


@dataclass(kw_only=True)
class SlicePanel(Panel):
    """One slice of an experiment, seed after seed, and its non-convex share."""

    panel: ClassVar[str]

    number: int = 0

    def dress(self, axes: "Axes", view: View) -> None:
        self.shown, self.words = slice_of(view, self.panel, self.number), view.words

    @abstractmethod
    def pictured(self, axes: "Axes", view: View) -> tuple[list[np.ndarray], "AxesImage", "Text"]:
        """The picture of every seed, the artist that shows one of them, and the text below it."""

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        self._frames, self._image, self._text = self.pictured(axes, view)
        self.update(0.0)
        self._text.set_visible(relative_size(axes, self._text)[0] < 1.0)
        return [self._image, self._text]

    def update(self, step: float) -> None:
        seed = min(int(step + 1e-9), len(self._frames) - 1)
        self._image.set_data(self._frames[seed])
        share = self.words.percent(self.shown.shares[seed], 1)
        self._text.set_text(self.words("non-convex", share=share))

    def key(self, view: View) -> Key:
        return Key(view.theme.terrain_colours(BANDS), self.shown.scale)


@dataclass(kw_only=True)
class Cut(SlicePanel):
    """The loss on one slice, log scale, the same for all; coloured where it is not convex."""

    panel: ClassVar[str] = "cut"

    def dress(self, axes: "Axes", view: View) -> None:
        super().dress(axes, view)
        reach = float(view.result.x[-1])
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
        axes.set_xticks([-reach, 0, reach])
        axes.set_yticks([-reach, 0, reach])
        axes.set_xlabel(self.shown.name, color=view.theme.ink)

    def pictured(self, axes: "Axes", view: View) -> tuple[list[np.ndarray], "AxesImage", "Text"]:
        box = axes.get_window_extent()
        shape = round(box.height), round(box.width)
        frames = [
            _image(self.shown.scale.unit(z), nonconvex, shape, view)
            for z, nonconvex in zip(self.shown.z, self.shown.nonconvex, strict=True)
        ]
        extent = (*axes.get_xlim(), *axes.get_ylim())
        image = axes.imshow(
            frames[0], extent=extent, origin="lower", interpolation="nearest", zorder=0
        )
        axes.set_aspect("auto")
        text = axes.text(
            0.5,
            0.96,
            "",
            transform=axes.transAxes,
            fontsize=view.type("note"),
            color=view.theme.ink,
            horizontalalignment="center",
            verticalalignment="top",
            bbox={"facecolor": view.theme.paper, "edgecolor": "none", "pad": 2.0, "alpha": 0.8},
        )
        return frames, image, text


def _image(unit: np.ndarray, nonconvex: np.ndarray, shape: Any, view: View) -> np.ndarray:
    """The picture [row, column, 3] of one slice, bilinear between the grid's points."""
    from matplotlib.colors import to_rgb

    rows = np.linspace(0, len(unit) - 1, shape[0])
    columns = np.linspace(0, len(unit) - 1, shape[1])
    level = _bilinear(unit, rows, columns) * BANDS
    ink = np.array(to_rgb(view.theme.ink))
    paper = np.array(to_rgb(view.theme.paper))
    colours = view.theme.terrain_colours(BANDS)
    picture = shade(level, colours, ink, view.line("level"), paper)
    whole = np.pad(nonconvex, 1)[np.round(rows).astype(int)[:, None], np.round(columns).astype(int)]
    tint = np.array(to_rgb(view.colours[0]))
    return np.where(whole[..., None], 0.45 * picture + 0.55 * tint, picture)


def _bilinear(values: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    along = np.stack([np.interp(columns, np.arange(len(row)), row) for row in values])
    return np.stack([np.interp(rows, np.arange(len(along)), part) for part in along.T], axis=1)
