"""Slices through trained networks from above, coloured where they are not convex."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.errors import UsageError
from animate.figure import Drawing, Key, Panel, Traits, View
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


def slice_of(view: View, number: int) -> OneSlice:
    """The slice `number` of the experiment that the view shows. Raises UsageError."""
    result = view.result
    if not 0 <= number < len(result.z):
        raise UsageError(f"number must be 0 to {len(result.z) - 1}, got {number}")
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


@dataclass(frozen=True, kw_only=True)
class SlicePanel(Panel):
    """One slice of an experiment, seed after seed, and its non-convex share."""

    number: int = 0

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"slices"}))

    @abstractmethod
    def pictured(
        self, axes: "Axes", view: View, shown: OneSlice
    ) -> tuple[list[np.ndarray], "AxesImage", "Text"]:
        """The picture of every seed, the image that shows one of them, and where its share is
        said."""

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        shown, words = slice_of(view, self.number), view.words
        frames, image, text = self.pictured(axes, view, shown)

        percents = [words.percent(share, 1) for share in shown.shares]
        said = [words("non-convex", share=each) for each in percents]

        def show_seed(step: float) -> None:
            seed = min(int(step + 1e-9), len(frames) - 1)
            image.set_data(frames[seed])
            text.set_text(said[seed])

        text.set_text(max(said, key=len))
        if relative_size(axes, text)[0] >= 1.0:
            said = percents
        show_seed(0.0)
        text.set_visible(relative_size(axes, text)[0] < 1.0)
        first = view.timeline.first
        return Drawing(artists=[image, text], show=lambda moment: show_seed(moment.step - first))

    def key(self, limits: View) -> Key:
        colours = limits.theme.terrain_colours(BANDS)
        return Key(colours, slice_of(limits, self.number).scale)


@dataclass(frozen=True, kw_only=True)
class Cut(SlicePanel):
    """The loss on one slice, log scale, the same for all; coloured where it is not convex."""

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        reach = float(view.result.x[-1])
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
        axes.set_xticks([-reach, 0, reach])
        axes.set_yticks([-reach, 0, reach])
        shown = slice_of(view, self.number)
        axes.set_xlabel(shown.name, color=view.theme.ink)
        said = view.words("non-convex", share=view.words.percent(shown.shares.max(), 1))
        axes.set_title(said, fontsize=view.type("note"), color=view.colours[0])

    def pictured(
        self, axes: "Axes", view: View, shown: OneSlice
    ) -> tuple[list[np.ndarray], "AxesImage", "Text"]:
        box = axes.get_window_extent()
        shape = round(box.height), round(box.width)
        frames = [
            _image(shown.scale.unit(z), nonconvex, shape, view)
            for z, nonconvex in zip(shown.z, shown.nonconvex, strict=True)
        ]
        extent = (*axes.get_xlim(), *axes.get_ylim())
        image = axes.imshow(
            frames[0], extent=extent, origin="lower", interpolation="nearest", zorder=0
        )
        axes.set_aspect("auto")
        return frames, image, axes.title


def _image(
    unit: np.ndarray, nonconvex: np.ndarray, shape: tuple[int, int], view: View
) -> np.ndarray:
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
