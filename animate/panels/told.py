"""Words about what happens to runs, each where there is room for it."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Noted, View
from animate.figure.placing import Room, Spot
from animate.theme import TypeRole
from animate.theme.oklab import legible

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

ROLE: TypeRole = "note"
"""The type of the words."""
WIDENS = 0.4
"""Seconds for which a ring widens where something happens."""
_WIDEST = 5.0
"""Radii of a head to which it does."""
_ENOUGH = 1.2
"""Type sizes from the mark of another place from which on words with a leader are not taken for
that mark's."""
_PLATE = 0.82
"""How opaque the paper under the words is."""
_TOGETHER = 3
"""Runs that are told together at most."""
_ONE_PLACE = 2.0
"""And how far apart what happens to them is then, in type sizes."""
_PAD = 0.25
"""Of it around the words, in type sizes."""


@dataclass(frozen=True, eq=False)
class Told:
    """What is to be said of run `k` about the place `at` in pixels; None: of several, about the
    places of the `others` too."""

    noted: Noted
    k: int | None
    at: np.ndarray
    others: "Sequence[Told]" = ()

    @property
    def places(self) -> "Sequence[Told]":
        """All that are told together, the last one first."""
        return [self, *self.others]


@dataclass(frozen=True, eq=False)
class Laid:
    """The same in words that have their spot."""

    told: Told
    text: "Text"
    spot: Spot


def ring_at(seconds: float) -> tuple[float, float] | None:
    """How wide a ring is so long after something has happened, in radii of a head, and how opaque;
    None: there is none."""
    share = seconds / WIDENS
    return (1 + (_WIDEST - 1) * share, 1 - share) if 0 <= share < 1 else None


def leader(view: View, at: np.ndarray, spot: Spot) -> np.ndarray:
    """The line [2, 2] from beside a head at the place `at` to the words."""
    way = np.array(spot.leader) - at
    begin = at + way * min(1.0, (view.line("head") + 1) / max(float(np.hypot(*way)), 1e-9))
    return np.array([begin, spot.leader])


def laid_out(
    figure: "Figure", view: View, room: Room, told: Sequence[Told], farthest: float
) -> list[Laid]:
    """The words that have room, in their turn, up to `farthest` type sizes from their places.

    Of runs to which the same happens all are told, each by itself or a few together, or none: one
    alone would seem to be the only one.
    """
    alike: dict[str, list[Told]] = {}
    for each in sorted(told, key=lambda each: each.noted.turn):
        alike.setdefault(each.noted.together, []).append(each)
    layer = _Layer(figure, view, farthest)
    found: list[Laid] = []
    for group in alike.values():
        if layer.each(room.copy(), group):
            found += layer.each(room, group)
        elif _near(view, group) and (joint := layer.joint(room, group)):
            found.append(joint)
    return found


def _near(view: View, group: Sequence[Told]) -> bool:
    """Whether several can be told together: a few, about one place."""
    places = np.array([each.at for each in group])
    apart = np.hypot(*(places - places[0]).T).max()
    return 1 < len(group) <= _TOGETHER and bool(apart <= _ONE_PLACE * view.type(ROLE))


@dataclass(frozen=True)
class _Layer:
    """Lays words on a figure, up to `farthest` type sizes from their places."""

    figure: "Figure"
    view: View
    farthest: float

    def each(self, room: Room, group: Sequence[Told]) -> list[Laid]:
        """All of them, each by itself; none unless all have room."""
        found: list[Laid] = []
        for each in group:
            laid = self._laid(room, each, each.noted.lines)
            if laid is None:
                return []
            found.append(laid)
        return found

    def joint(self, room: Room, group: Sequence[Told]) -> Laid | None:
        """All of them together, when it has happened to the last, beside one whose place has room
        for that."""
        in_time = sorted(group, key=lambda each: each.noted.step)
        names, last = [each.noted.lines[0] for each in in_time], in_time[-1].noted
        lines = *(f"{name}," for name in names[:-1]), names[-1], last.together
        for first in reversed(in_time):
            others = [each for each in in_time if each is not first]
            noted = replace(first.noted, step=last.step)
            told = replace(first, noted=noted, k=None, others=others)
            if laid := self._laid(room, told, lines):
                return laid
        return None

    def _laid(self, room: Room, told: Told, lines: Sequence[str]) -> Laid | None:
        """The lines about their place where there is room, which they take; None: nowhere."""
        view = self.view
        colour = view.theme.ink if told.k is None else view.colours[told.k]
        text = words_on_plate(view, "\n".join(lines), colour)
        text.set_figure(self.figure)
        gap = view.line("head") + 0.6 * view.type(ROLE)
        reach = gap, self.farthest * view.type(ROLE)
        spot = put(text, view, room, told.at, reach, enough=_ENOUGH * view.type(ROLE))
        if spot is None:
            return None
        for each in told.places:
            room.take_path(np.array([each.at, spot.leader]), 1.0)
        return Laid(told, text, spot)


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
