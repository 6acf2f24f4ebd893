"""Saddles, maxima and minima on a map: small marks that differ in shape, each kind named once."""

# pyright: reportUnknownMemberType=false

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Landmark, View
from animate.figure.noted import LandmarkKind
from animate.figure.panel import MARKS
from animate.figure.placing import Room
from animate.panels.told import ROLE, put, words_on_plate

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.text import Text

_MARKERS: Mapping[LandmarkKind, tuple[str, float]] = {
    "saddle": ("x", 1.15),
    "maximum": ("+", 1.15),
    "local minimum": ("*", 1.5),
}
"""Shapes, and sizes in those of a star, of what a panel does not mark itself."""
_APART = 0.8
"""By which a name, that has no leader, is farther from other marks than from its own, in type sizes
at least."""
_FARTHEST = 1.5
"""Type sizes from a mark up to which its name stands, since no line leads to it."""


def mark_landmarks(axes: "Axes", view: View) -> "list[Artist]":
    """A thin cross at every saddle, an upright one at every maximum, and a hollow star at a minimum
    above the lowest."""
    found: list[Artist] = []
    for kind, (marker, size) in _MARKERS.items():
        places = _places(view.landmarks, kind)
        colours = {"c": view.theme.ink}
        if marker == "*":
            colours = {"facecolors": "none", "edgecolors": view.theme.ink}
        marks = axes.scatter(
            *places.T,
            s=(size * view.line("star")) ** 2,
            marker=marker,
            alpha=0.75,
            linewidths=view.line("casing"),
            zorder=MARKS,
            gid=kind,
            **colours,
        )
        found.append(marks)
    return found


def name_landmarks(axes: "Axes", view: View, room: Room) -> "list[Text]":
    """The name of each kind beside the first of its marks where there is `room` for it."""
    found: list[Text] = []
    words = view.words
    names: Mapping[LandmarkKind, str] = {
        "saddle": words("a saddle"),
        "maximum": words("a maximum"),
        "minimum": words("a minimum"),
        "local minimum": words("a local minimum"),
    }
    for kind, name in names.items():
        text = words_on_plate(view, name, view.theme.ink)
        text.set_figure(axes.figure)
        text.set_zorder(2)
        for place in _seen(axes, view, kind):
            gap = view.line("star") + 0.3 * view.type(ROLE)
            reach, apart = (gap, _FARTHEST * view.type(ROLE)), _APART * view.type(ROLE)
            if put(text, view, room, place, reach, apart):
                axes.add_artist(text)
                found.append(text)
                break
    return found


def _seen(axes: "Axes", view: View, kind: LandmarkKind) -> np.ndarray:
    """The places in pixels [n, 2] of those on which no run ends."""
    paths, place = view.trajectories, axes.transData.transform
    with np.errstate(over="ignore", invalid="ignore"):
        ends = place(paths.at(paths.positions, paths.last_step)[:, 0])
        places = place(_places(view.landmarks, kind))
        away = np.hypot(*(places[:, None] - ends).transpose(2, 0, 1))
    return places[~(away < view.line("head") + view.line("star")).any(axis=1)]


def _places(landmarks: Sequence[Landmark], kind: LandmarkKind) -> np.ndarray:
    """The places [n, 2] of one kind."""
    return np.array([each.at for each in landmarks if each.kind == kind], float).reshape(-1, 2)
