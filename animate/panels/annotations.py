"""What happens to runs, said on a map where it happens, and beside nothing else."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Noted, View
from animate.figure.paths.heads import where_left
from animate.figure.placing import Room
from animate.panels.told import Laid, Told, laid_out, leader, ring_at

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

RING = "ring"
"""The gid of what widens where something happens."""
_FARTHEST = 9.0
"""Type sizes from a place up to which words about it stand."""


def annotated(axes: "Axes", view: View, room: Room, drawing: Drawing) -> Drawing:
    """The drawing of a panel's paths, and what is said of them where there is `room`: each for as
    long as the whole window is seen."""
    told = [
        Told(noted, k, at)
        for k, each in enumerate(view.noted)
        for noted in each
        if (at := _place(axes, view, noted, k)) is not None
    ]
    figure = axes.get_figure(root=True)
    assert figure is not None
    notes = [_drawn(axes, view, each) for each in laid_out(figure, view, room, told, _FARTHEST)]
    whole = view.terrain.window

    def show(moment: Moment) -> None:
        drawing.show(moment)
        for note in notes:
            note.show(moment, whole=moment.window in (None, whole))

    artists = [artist for note in notes for artist in (note.still, note.ring)]
    return replace(drawing, artists=[*drawing.artists, *artists], show=show)


@dataclass(frozen=True)
class _Note:
    """The artists of one event at `step`, to which the clock comes at `second` of its `length`."""

    step: int
    second: float
    length: float
    ring: "Line2D"
    still: "Artist"
    radius: float

    def show(self, moment: Moment, *, whole: bool) -> None:
        """Its words from its step on, and its ring just then."""
        there = whole and moment.step >= self.step
        self.still.set_visible(there)
        ring = ring_at(moment.second - self.second) if moment.second < self.length else None
        self.ring.set_visible(there and ring is not None)
        if ring is not None:
            self.ring.set_markersize(2 * self.radius * ring[0])
            self.ring.set_alpha(ring[1])


def _place(axes: "Axes", view: View, noted: Noted, k: int) -> np.ndarray | None:
    """The place in pixels, or where the run left the axes; None: it never was on them."""
    with np.errstate(over="ignore", invalid="ignore"):
        at = axes.transData.transform(noted.at)
    low, high = axes.bbox.get_points()
    if np.isfinite(at).all() and (low <= at).all() and (at <= high).all():
        return at
    paths = view.trajectories
    path = paths.positions[k, 0, paths.steps <= noted.step]
    with np.errstate(over="ignore", invalid="ignore"):
        return where_left(axes.transData.transform(path), low, high)


def _drawn(axes: "Axes", view: View, laid: Laid) -> _Note:
    """The leader from the place to the words at their spot, and the ring."""
    from matplotlib.lines import Line2D
    from matplotlib.transforms import IdentityTransform

    from animate.figure.sprite import Sprite

    noted, at, text = laid.told.noted, laid.told.at, laid.text
    colour, head = text.get_color(), view.line("head")
    gap = np.full((1, 2), np.nan)
    lines = [[*leader(view, each.at, laid.spot), *gap] for each in laid.told.places]
    line = Line2D(
        *np.concatenate(lines).T, color=colour,
        linewidth=0.5 * view.line("trail"), zorder=7.9, transform=IdentityTransform(),
    )  # fmt: skip
    ring = Line2D(
        at[:1], at[1:], marker="o", linestyle="none", markerfacecolor="none",
        markeredgecolor=colour, markeredgewidth=view.line("casing"), zorder=7.8,
        transform=IdentityTransform(), gid=RING,
    )  # fmt: skip
    axes.add_line(ring)
    still = axes.add_artist(Sprite([line, text], zorder=8))
    second, length = view.timeline.second_of(noted.step), view.timeline.length
    return _Note(noted.step, second, length, ring, still, head)
