"""What happens to runs, said on a map where it happens, and beside nothing else."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Noted, View
from animate.figure.paths.heads import where_left
from animate.figure.placing import Room, Spot
from animate.theme import TypeRole
from animate.theme.oklab import legible

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

RING = "ring"
"""The gid of what widens where something happens."""
ROLE: TypeRole = "note"
"""The type of the words."""
_WIDENS = 0.4
"""Seconds for which a ring widens where something happens."""
_WIDEST = 5.0
"""Radii of a head to which it does."""
_FARTHEST = 9.0
"""Type sizes from a place up to which words about it stand."""
_ENOUGH = 1.2
"""Type sizes from the mark of another place from which on words with a leader are not taken for
that mark's."""
_PLATE = 0.7
"""How opaque the paper under the words is."""
_TOGETHER = 3
"""Runs that are told together at most."""
_ONE_PLACE = 3.0
"""And how far apart what happens to them is then, in type sizes."""
_PAD = 0.25
"""Of it around the words, in type sizes."""


def annotated(axes: "Axes", view: View, room: Room, drawing: Drawing) -> Drawing:
    """The drawing of a panel's paths, and what is said of them where there is `room`: each for as
    long as the whole window is seen."""
    notes = _placed(axes, view, room)
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
        share = (moment.second - self.second) / _WIDENS
        self.ring.set_visible(there and 0 <= share < 1 and moment.second < self.length)
        if self.ring.get_visible():
            self.ring.set_markersize(2 * self.radius * (1 + (_WIDEST - 1) * share))
            self.ring.set_alpha(1 - share)


@dataclass(frozen=True, eq=False)
class _Told:
    """What is to be said of run `k`, or of several, about the place `at` in pixels."""

    noted: Noted
    k: int | None
    at: np.ndarray


@dataclass(frozen=True, eq=False)
class _Laid:
    """The same in words that have their spot."""

    told: _Told
    text: "Text"
    spot: Spot


def _placed(axes: "Axes", view: View, room: Room) -> list[_Note]:
    """The notes that have room, in their turn.

    Of runs to which the same happens all are told, each by itself or a few together, or none: one
    alone would seem to be the only one.
    """
    told = [
        _Told(noted, k, at)
        for k, each in enumerate(view.noted)
        for noted in each
        if (at := _place(axes, view, noted, k)) is not None
    ]
    alike: dict[str, list[_Told]] = {}
    for each in sorted(told, key=lambda each: each.noted.turn):
        alike.setdefault(each.noted.together, []).append(each)
    found: list[_Laid] = []
    for group in alike.values():
        if _each(axes, view, room.copy(), group):
            found += _each(axes, view, room, group)
        elif _near(view, group) and (joint := _joint(axes, view, room, group)):
            found.append(joint)
    return [_drawn(axes, view, each) for each in found]


def _each(axes: "Axes", view: View, room: Room, group: Sequence[_Told]) -> list[_Laid]:
    """All of them, each by itself; none unless all have room."""
    found: list[_Laid] = []
    for each in group:
        laid = _laid(axes, view, room, each, each.noted.lines)
        if laid is None:
            return []
        found.append(laid)
    return found


def _near(view: View, group: Sequence[_Told]) -> bool:
    """Whether several can be told together: a few, about one place."""
    places = np.array([each.at for each in group])
    apart = np.hypot(*(places - places[0]).T).max()
    return 1 < len(group) <= _TOGETHER and bool(apart <= _ONE_PLACE * view.type(ROLE))


def _joint(axes: "Axes", view: View, room: Room, group: Sequence[_Told]) -> _Laid | None:
    """All of them together, when it has happened to the last."""
    in_time = sorted(group, key=lambda each: each.noted.step)
    names = [each.noted.lines[0] for each in in_time]
    lines = *(f"{name}," for name in names[:-1]), names[-1], group[0].noted.together
    noted = replace(group[0].noted, step=in_time[-1].noted.step)
    first = replace(group[0], noted=noted, k=None)
    return _laid(axes, view, room, first, lines)


def _laid(axes: "Axes", view: View, room: Room, told: _Told, lines: Sequence[str]) -> _Laid | None:
    """The lines about their place where there is room, which they take; None: nowhere."""
    colour = view.theme.ink if told.k is None else view.colours[told.k]
    text = words_on_plate(view, "\n".join(lines), colour)
    text.set_figure(axes.figure)
    gap = view.line("head") + 0.6 * view.type(ROLE)
    reach = gap, _FARTHEST * view.type(ROLE)
    spot = put(text, view, room, told.at, reach, enough=_ENOUGH * view.type(ROLE))
    if spot is None:
        return None
    room.take_path(np.array([told.at, spot.leader]), 1.0)
    return _Laid(told, text, spot)


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


def words_on_plate(view: View, words: str, colour: str) -> "Text":
    """The words, on a plate of paper, in the colour as far as that can be read."""
    from matplotlib.colors import to_hex
    from matplotlib.text import Text
    from matplotlib.transforms import IdentityTransform

    size, theme = view.type(ROLE), view.theme
    colours = (to_hex(each) for each in (colour, theme.paper, theme.ink))
    return Text(
        0.0, 0.0, words, transform=IdentityTransform(),
        fontsize=size, color=legible(*colours), ha="left", va="bottom",
        bbox={"facecolor": theme.paper, "alpha": _PLATE, "pad": _PAD * size, "linewidth": 0},
    )  # fmt: skip


def put(
    text: "Text",
    view: View,
    room: Room,
    at: np.ndarray,
    reach: tuple[float, float],
    apart: float = 0.0,
    enough: float = np.inf,
) -> Spot | None:
    """Put the words where there is room about `at`, which they then take; None: there is none.

    `reach` are the least and the greatest distance from `at`; other marks are farther by `apart`,
    or as far as is `enough`.
    """
    pad, box = _PAD * view.type(ROLE), text.get_window_extent()
    plate = (box.width + 2 * pad, box.height + 2 * pad)
    spot = room.spot(at, plate, *reach, apart=apart, enough=enough)
    if spot is not None:
        room.take(spot.corner, plate)
        text.set_position((spot.corner[0] + pad, spot.corner[1] + pad))
    return spot


def _drawn(axes: "Axes", view: View, laid: _Laid) -> _Note:
    """The leader from the place to the words at their spot, and the ring."""
    from matplotlib.lines import Line2D
    from matplotlib.transforms import IdentityTransform

    from animate.figure.sprite import Sprite

    noted, at, text, spot = laid.told.noted, laid.told.at, laid.text, laid.spot
    colour, head, way = text.get_color(), view.line("head"), np.array(spot.leader) - at
    begin = at + way * min(1.0, (head + 1) / max(float(np.hypot(*way)), 1e-9))
    leader = Line2D(
        [begin[0], spot.leader[0]], [begin[1], spot.leader[1]], color=colour,
        linewidth=0.5 * view.line("trail"), zorder=7.9, transform=IdentityTransform(),
    )  # fmt: skip
    ring = Line2D(
        at[:1], at[1:], marker="o", linestyle="none", markerfacecolor="none",
        markeredgecolor=colour, markeredgewidth=view.line("casing"), zorder=7.8,
        transform=IdentityTransform(), gid=RING,
    )  # fmt: skip
    axes.add_line(ring)
    still = axes.add_artist(Sprite([leader, text], zorder=8))
    second, length = view.timeline.second_of(noted.step), view.timeline.length
    return _Note(noted.step, second, length, ring, still, head)
