"""Trails as artists of matplotlib, for vector files."""

# pyright: reportUnknownMemberType=false

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure.paths.brush import CORE, WEDGE, Rgba
from animate.figure.paths.heads import Head
from animate.figure.paths.timed import DOT
from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.markers import MarkerStyle


@dataclass(frozen=True)
class Shown:
    """What trails show at a moment, in pixels: lines and their colours, dots and theirs, and heads
    with how far they are outside of the axes [2]."""

    lines: Iterable[tuple[np.ndarray, Rgba]]
    dots: Iterable[tuple[np.ndarray, Rgba]]
    heads: Iterable[tuple[Head, np.ndarray]]


def trail_artists(axes: "Axes", view: View, shown: Shown) -> "list[Artist]":
    """Add what trails show to their axes; returns the artists."""
    added: list[Artist] = []
    to_data = axes.transData.inverted().transform
    width, ring, casing = view.line("trail"), view.line("casing"), view.theme.casing
    pieces = [(to_data(line).T, ink) for line, ink in shown.lines]
    for line, _ in pieces:
        wide = width + 2 * ring
        added += axes.plot(*line, color=casing, lw=wide, solid_capstyle="round", zorder=3)
    for line, ink in pieces:
        added += axes.plot(*line, color=ink, lw=width, solid_capstyle="round", zorder=4)
    for places, colour in shown.dots:
        added += axes.plot(
            *to_data(places).T, linestyle="", marker="o", color=casing,
            markersize=2 * DOT * width * CORE, markeredgecolor=colour,
            markeredgewidth=DOT * width * (1 - CORE), zorder=5,
        )  # fmt: skip
    for head, beyond in shown.heads:
        at = _within(axes, head.at, view.line("head") + ring) if beyond.any() else head.at
        added += axes.plot(
            *to_data(at),
            marker=_shape(head, beyond),
            color=head.colour,
            markersize=2 * (view.line("head") + ring),
            markeredgecolor=casing,
            markeredgewidth=ring,
            clip_on=False,
            zorder=6,
        )
    return added


def _shape(head: Head, beyond: np.ndarray) -> "MarkerStyle":
    """A cross, a wedge that points outwards, or the head's own shape."""
    from matplotlib.markers import MarkerStyle
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    if head.lost:
        return MarkerStyle("X")
    if not beyond.any():
        return MarkerStyle(head.marker)
    turn = Affine2D().rotate(float(np.arctan2(beyond[1], beyond[0])))
    return MarkerStyle(Path(WEDGE, closed=True), transform=turn)


def _within(axes: "Axes", at: np.ndarray, edge: float) -> np.ndarray:
    """Where a wedge stands for a head that is outside of the axes: `edge` inside of them."""
    low, high = axes.bbox.get_points()
    return np.clip(at, low + edge, high - edge)
