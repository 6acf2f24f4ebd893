"""Slices through trained networks, what bends down coloured, and the shares that do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from animate.errors import UsageError
from animate.experiments.skip_connections import SkipConnections
from animate.experiments.width import Width
from animate.figure import Panel, View
from animate.panels.landscape.evidence import evidence, plain
from animate.panels.shading import shade

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BANDS = 24


@dataclass(kw_only=True)
class Cut(Panel):
    """The loss on one slice, log scale, the same for all; coloured where it bends down."""

    number: int = 0

    def dress(self, axes: "Axes", view: View) -> None:
        result = evidence(view, "cut", SkipConnections, Width)
        if not 0 <= self.number < len(result.z):
            raise UsageError(f"panels: cut.number must be 0 to {len(result.z) - 1}")
        self._name, self._z, self._bends, self._shares = _parts(result, self.number)
        reach = float(result.x[-1])
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
        axes.set_xticks([-reach, 0, reach])
        axes.set_yticks([-reach, 0, reach])
        axes.set_xlabel(self._name, color=view.theme.ink)

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        result = evidence(view, "cut", SkipConnections, Width)
        logs = np.log(result.z)
        low, high = float(logs.min()), float(logs.max())
        box = axes.get_window_extent()
        shape = round(box.height), round(box.width)
        self._frames = [
            _image(np.log(z), bends, (low, high), shape, view)
            for z, bends in zip(self._z, self._bends, strict=True)
        ]
        extent = (*axes.get_xlim(), *axes.get_ylim())
        self._image = axes.imshow(
            self._frames[0], extent=extent, origin="lower", interpolation="nearest", zorder=0
        )
        axes.set_aspect("auto")
        self._text = axes.text(
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
        return [self._image, self._text]

    def update(self, step: float) -> None:
        seed = min(int(step + 1e-9), len(self._frames) - 1)
        self._image.set_data(self._frames[seed])
        self._text.set_text(f"bends down: {self._shares[seed]:.1%}")


def _parts(result: Any, number: int) -> tuple[str, np.ndarray, np.ndarray, np.ndarray]:
    """Name, losses [seed, y, x], what bends down and its share [seed] of one slice."""
    if isinstance(result, SkipConnections):
        name = result.variants[number]
        return name, result.z[number], result.nonconvex[number], result.shares[number]
    name = f"{result.widths[number]} units a layer"
    return name, result.z[[number]], result.nonconvex[[number]], result.shares[number, :1]


def _image(
    logs: np.ndarray, bends: np.ndarray, ends: tuple[float, float], shape: Any, view: View
) -> np.ndarray:
    """The picture [row, column, 3] of one slice; level lines between the grid's points bilinear."""
    from matplotlib.colors import to_rgb

    rows = np.linspace(0, len(logs) - 1, shape[0])
    columns = np.linspace(0, len(logs) - 1, shape[1])
    level = _bilinear((logs - ends[0]) / (ends[1] - ends[0]), rows, columns) * _BANDS
    ink = np.array(to_rgb(view.theme.ink))
    paper = np.array(to_rgb(view.theme.paper))
    colours = view.theme.terrain_colours(_BANDS)
    picture = shade(level, colours, ink, view.line("level"), paper)
    whole = np.pad(bends, 1)[np.round(rows).astype(int)[:, None], np.round(columns).astype(int)]
    tint = np.array(to_rgb(view.colours[0]))
    return np.where(whole[..., None], 0.45 * picture + 0.55 * tint, picture)


def _bilinear(values: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    along = np.stack([np.interp(columns, np.arange(len(row)), row) for row in values])
    return np.stack([np.interp(rows, np.arange(len(along)), part) for part in along.T], axis=1)


@dataclass(kw_only=True)
class Shares(Panel):
    """The share of each slice that bends down, against width or depth, a dot for each seed."""

    of: Literal["width", "depth"] = "width"

    def dress(self, axes: "Axes", view: View) -> None:
        result = evidence(view, "shares", Width)
        plain(axes, view)
        most = max(result.shares.max(), result.depth_shares.max())
        places, _ = self._seen(result)
        axes.set(xscale="log", ylim=(-0.06 * most, 1.12 * most))
        axes.set(xlim=(places[0] / 1.3, places[-1] * 1.3))
        axes.set_xticks(places, [str(place) for place in places])
        axes.minorticks_off()
        said = {"width": "units a layer, log scale", "depth": "layers, log scale"}
        axes.set(xlabel=said[self.of], ylabel="share that bends down")

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        places, shares = self._seen(evidence(view, "shares", Width))
        colour = view.colours[0]
        axes.plot(places, shares.mean(axis=1), color=colour, linewidth=view.line("trail") / 2)
        axes.scatter(
            np.repeat(places, shares.shape[1]),
            shares.ravel(),
            color=colour,
            zorder=3,
            s=(1.5 * view.line("head")) ** 2,
            edgecolors=view.theme.casing,
            linewidths=view.line("casing"),
        )
        return []

    def _seen(self, result: Width) -> tuple[np.ndarray, np.ndarray]:
        if self.of == "width":
            return result.widths, result.shares
        return result.depths, result.depth_shares
