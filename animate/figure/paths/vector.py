"""Trails as artists of matplotlib, for vector files."""

# pyright: reportUnknownMemberType=false

from typing import TYPE_CHECKING

from animate.figure.clock import Moment
from animate.figure.paths.brush import CORE
from animate.figure.paths.timed import DOT

if TYPE_CHECKING:
    from matplotlib.artist import Artist

    from animate.figure.paths.trails import Trails


def trail_artists(trails: "Trails", moment: Moment) -> "list[Artist]":
    """Add what `trails` show at `moment` to their axes; returns the artists."""
    axes, view, added = trails.axes, trails.view, list["Artist"]()
    to_data = axes.transData.inverted().transform
    width, ring, casing = view.line("trail"), view.line("casing"), view.theme.casing
    pieces = [(to_data(line).T, ink) for _, line, ink in trails.pieces(moment)]
    for line, _ in pieces:
        wide = width + 2 * ring
        added += axes.plot(*line, color=casing, lw=wide, solid_capstyle="round", zorder=3)
    for line, ink in pieces:
        added += axes.plot(*line, color=ink, lw=width, solid_capstyle="round", zorder=4)
    for places, colour in trails.dots(moment):
        added += axes.plot(
            *to_data(places).T, linestyle="", marker="o", color=casing,
            markersize=2 * DOT * width * CORE, markeredgecolor=colour,
            markeredgewidth=DOT * width * (1 - CORE), zorder=5,
        )  # fmt: skip
    for at, colour, marker, lost in trails.known_heads(moment):
        added += axes.plot(
            *to_data(at),
            marker="X" if lost else marker,
            color=colour,
            markersize=2 * (view.line("head") + ring),
            markeredgecolor=casing,
            markeredgewidth=ring,
            clip_on=trails.leaves_axes(at),
            zorder=6,
        )
    return added
