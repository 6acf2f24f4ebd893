"""Slices through trained networks from above, coloured where they are not convex."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.errors import UsageError
from animate.figure import Drawing, Key, Moment, Panel, Traits, View
from animate.networks.experiments.panels import relative_size, result_of
from animate.networks.experiments.skip_connections.compute import SkipConnections
from animate.networks.experiments.width.compute import Width
from animate.panels.shading import shade
from animate.simulate.terrain import Scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BANDS = 24
"""Bands of colour of a slice."""
_TITLE = 1.2
"""Widths of a panel that its title may take: panels stand apart."""
_LONGEST = 0.888
"""The share that is longest to write, so that all slices have the same words."""


@dataclass(frozen=True)
class Slices:
    """Slices through networks that a panel shows one after the other, as the clock goes.

    `names` [network] say which they are. `z` [network, y, x] are the losses, `step` apart along
    both axes, `nonconvex` [network, y-2, x-2] marks the inner points that bend down, `shares`
    [network, seed] are their shares, those of the slices themselves first; `scale` is common to all
    slices of the experiment. `tops` [network] are their highest losses.
    """

    names: tuple[str, ...]
    z: np.ndarray
    step: float
    nonconvex: np.ndarray
    shares: np.ndarray
    scale: Scale

    @property
    def tops(self) -> np.ndarray:
        return self.z.max(axis=(1, 2))


def slices_of(view: View, number: int) -> Slices:
    """The slices `number` of the experiment that the view shows: those of a seed, or of a width.

    Raises UsageError.
    """
    result = view.result
    residual = isinstance(result, SkipConnections)
    count = result.z.shape[1] if residual else len(result.z)
    if not 0 <= number < count:
        raise UsageError(f"number must be 0 to {count - 1}, got {number}")
    low, high = float(result.z.min()), float(result.z.max())
    scale = Scale(log=True, low=low, high=high, offset=low)
    step = float(result.x[1] - result.x[0])
    if isinstance(result, SkipConnections):
        shares = np.roll(result.shares, -number, axis=1)
        parts = result.z[:, number], step, result.nonconvex[:, number], shares
        return Slices(_names(result, view), *parts, scale)
    result = result_of(view, Width)
    name = view.words("width of a network", units=int(result.widths[number]))
    parts = result.z[[number]], step, result.nonconvex[[number]], result.shares[[number]]
    return Slices((name,), *parts, scale)


def _names(result: SkipConnections, view: View) -> tuple[str, ...]:
    """What every network is: one of the three that are compared, or how far it is on the way."""
    words, stations = view.words, result.stations.tolist()
    ends = dict(
        zip(stations, (words("plain"), words("skip equal"), words("skip small")), strict=True)
    )

    def name(network: int) -> str:
        if network in ends:
            return ends[network]
        if network < stations[1]:
            return words("skip times", skip=words.number(float(result.skips[network]), 3))
        return words("weights times", branch=words.number(float(result.branches[network]), 2))

    return tuple(map(name, range(len(result.skips))))


@dataclass(frozen=True, kw_only=True)
class SlicePanel(Panel):
    """Slices of an experiment, network after network, and their non-convex shares.

    `number` is that of the seed among those of the skip connections, or that of the width.
    """

    number: int = 0

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"slices"}))

    def colour_keys(self, limits: View) -> Sequence[Key]:
        colours = limits.theme.terrain_colours(BANDS)
        return (Key(colours, slices_of(limits, self.number).scale),)


@dataclass(frozen=True, kw_only=True)
class Cut(SlicePanel):
    """The loss on a slice, log scale, the same for all; coloured where it is not convex."""

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        reach = float(view.result.x[-1])
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
        axes.set_xticks([-reach, 0, reach])
        axes.set_yticks([-reach, 0, reach])
        shown = slices_of(view, self.number)
        axes.set_xlabel(max(shown.names, key=len), color=view.theme.ink)
        said = view.words("non-convex", share=view.words.percent(shown.shares[:, 0].max(), 1))
        axes.set_title(said, fontsize=view.type("note"), color=view.colours[0])

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        shown, words, box = slices_of(view, self.number), view.words, axes.get_window_extent()
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
        percents = [words.percent(share, 1) for share in shown.shares[:, 0]]
        said = [words("non-convex", share=each) for each in percents]
        axes.title.set_text(words("non-convex", share=words.percent(_LONGEST, 1)))
        if relative_size(axes, axes.title)[0] >= _TITLE:
            said = percents
            axes.title.set_text(words.percent(_LONGEST, 1))
        axes.title.set_visible(relative_size(axes, axes.title)[0] < _TITLE)
        axes.title.set_text(max(said, key=len))
        name, first = axes.xaxis.label, view.timeline.first

        def show(moment: Moment) -> None:
            network = min(int(moment.step - first + 1e-9), len(frames) - 1)
            image.set_data(frames[network])
            axes.title.set_text(said[network])
            name.set_text(shown.names[network])

        return Drawing(artists=[image, axes.title, name], show=show)


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
