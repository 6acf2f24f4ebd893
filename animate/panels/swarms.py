"""A swarm on a panel: what the colours of its dots mean."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
from jaxtyping import Float

from animate.figure import Key, Swarm, View
from animate.figure.hues import hues
from animate.figure.panel import MARKS
from animate.figure.paths.course import Course, recorded
from animate.figure.paths.trails import by_path
from animate.simulate.terrain import ScaleKind
from animate.theme.oklab import ramp

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import PathCollection

ColorBy = Literal["optimizer", "basin", "loss"]

_STOPS = (3, 0, 2, 9)
"""Numbers of the trail colours that the ramp from low loss to high runs through."""
_SHADES = 9
"""Colours of the ramp."""
OVER_DOTS = 7
"""The zorder of what is drawn over the dots, in vectors too."""
STARTS = "starts of a swarm"
"""The gid of the specks where runs begin."""
_SPECK, _MANY = 2.2, 3000
"""Width of one, in hairlines, and how many are that wide at most."""


def swarm_of_dots(
    axes: "Axes",
    view: View,
    color_by: ColorBy,
    scale: ScaleKind,
    course: Course | None = None,
) -> "tuple[Swarm, list[PathCollection]]":
    """Every run as a dot, in the colour of its optimizer, of the minimum in which it ends, or of
    the loss where it is, straight from step to step or along the `course`; where minima have
    colours they stand over the dots, and the starts under them."""
    from matplotlib.colors import to_hex

    over: list[PathCollection] = []
    points, steps, losses = course or recorded(view)
    owners = by_path(view.trajectories.ends)[1]
    colours, groups = list(view.colours), owners[:, None]
    if color_by == "basin":
        assert view.ends is not None, "a swarm without ends"
        count, which = view.ends.places, view.ends.which
        colours = [*hues(view, view.ends.minima, count), view.theme.muted]
        groups = np.where(which < 0, count, which).reshape(-1, 1)
        _mark_starts(axes, view, points[:, 0], np.array(colours)[groups[:, 0]])
        over = [mark_minima(axes, view, view.ends.minima, colours)]
    elif color_by == "loss":
        colours = [to_hex(each) for each in loss_colours(view)]
        share = view.terrain.scale(scale).unit(losses)
        groups = np.clip(np.nan_to_num(share) * len(colours), 0, len(colours) - 1).astype(np.uint8)
    return Swarm(axes, points, steps, groups, colours, view), over


def _mark_starts(
    axes: "Axes", view: View, starts: Float[np.ndarray, "path 2"], colours: np.ndarray
) -> None:
    """A speck where every run begins, in the colour of where it ends: the basins, which are seen to
    the end."""
    width = _SPECK * view.line("hairline") * min(1.0, (_MANY / len(starts)) ** 0.35)
    axes.scatter(
        *starts.T,
        s=width**2,
        c=colours,
        linewidths=0,
        zorder=1.5,
        rasterized=True,
        gid=STARTS,
    )


def loss_colours(view: View) -> Float[np.ndarray, "shade 3"]:
    """The colours of dots from low loss to high, sRGB from 0 to 1."""
    return ramp([view.theme.trail(k) for k in _STOPS], _SHADES)


def dots_key(view: View, scale: ScaleKind) -> Key:
    """What the colours of dots mean where they follow the loss."""
    heights = view.terrain.scale(scale)
    return Key(loss_colours(view), heights, view.words("loss of the dots"))


def mark_minima(
    axes: "Axes", view: View, minima: np.ndarray, colours: Sequence[str] | None = None
) -> "PathCollection":
    """A star at every minimum; a larger one in its own of the `colours`, where they tell minima."""
    size, casing, zorder = (2.0, 1.0, MARKS) if colours is None else (2.6, 1.5, OVER_DOTS)
    return axes.scatter(
        *minima.T,
        s=(size * view.line("star")) ** 2,
        marker="*",
        c=view.theme.minimum if colours is None else colours[: len(minima)],
        edgecolors=view.theme.casing,
        linewidths=casing * view.line("casing"),
        zorder=zorder,
    )
