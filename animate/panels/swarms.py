"""A swarm on a panel: what the colours of its dots mean."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure import Swarm, View
from animate.simulate import ends_in
from animate.simulate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import PathCollection

ColorBy = Literal["optimizer", "basin", "loss"]

_STOPS = (3, 0, 2, 9)
"""Numbers of the trail colours that the ramp from low loss to high runs through."""
_SHADES = 9
"""Colours of the ramp."""


def swarm_of_dots(
    axes: "Axes", view: View, color_by: ColorBy, scale: ScaleKind
) -> "tuple[Swarm, list[PathCollection]]":
    """Every run as a dot, in the colour of its optimizer, of the minimum in which it ends, or of
    the loss where it is; over the dots the minima, where they have colours."""
    over: list[PathCollection] = []
    paths = view.trajectories
    optimizers, runs = paths.ends.shape
    points = paths.positions.reshape(optimizers * runs, -1, 2)
    colours, groups = list(view.colours), np.repeat(np.arange(optimizers), runs)[:, None]
    if color_by == "basin":
        minima, which = ends_in(paths, view.terrain)
        colours = [*(view.theme.trail(k) for k in range(len(minima))), view.theme.muted]
        groups = np.where(which < 0, len(minima), which).reshape(-1, 1)
        over = [mark_minima(axes, view, minima, colours)]
    elif color_by == "loss":
        colours = _ramp(view)
        share = view.terrain.scale(scale).unit(paths.losses.reshape(optimizers * runs, -1))
        groups = np.clip(np.nan_to_num(share) * len(colours), 0, len(colours) - 1).astype(np.uint8)
    return Swarm(axes, points, paths.steps, groups, colours, view), over


def _ramp(view: View) -> list[str]:
    from matplotlib.colors import to_hex

    from animate.theme.oklab import to_oklab, to_srgb

    colours = to_oklab(tuple(view.theme.trail(k) for k in _STOPS))
    at = np.linspace(0, len(_STOPS) - 1, _SHADES)
    mixed = np.stack([np.interp(at, np.arange(len(_STOPS)), each) for each in colours.T], axis=1)
    return [to_hex(each) for each in to_srgb(mixed)]


def mark_minima(
    axes: "Axes", view: View, minima: np.ndarray, colours: Sequence[str]
) -> "PathCollection":
    """A star in its own colour at every minimum that colours dots."""
    return axes.scatter(
        *minima.T,
        s=(2.6 * view.line("star")) ** 2,
        marker="*",
        c=colours[: len(minima)],
        edgecolors=view.theme.casing,
        linewidths=1.5 * view.line("casing"),
        zorder=3,
    )
