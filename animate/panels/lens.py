"""A lens on a map: what is too close to be told apart, larger, in a corner that is free."""

# pyright: reportUnknownMemberType=false

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from annotated_types import Gt, Le
from pydantic import BaseModel, ConfigDict, Field, Strict

from animate.errors import Remark, UnfitOption
from animate.figure import Drawing, Moment, Trails, View
from animate.figure.placing import Room
from animate.figure.story import Window
from animate.panels.ground import Ground, Map
from animate.panels.insets import Place, framed, inset_axes, outlines
from animate.panels.landmarks import mark_landmarks
from animate.panels.runs import mark_starts, mark_switches, trails_of
from animate.panels.sights import Sight, head_width, meeting, named
from animate.panels.swarms import mark_minima
from animate.panels.told import words_on_plate

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes


class Glass(BaseModel):
    """What a lens shows: a square around a point, whose sides are `within` away from it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    around: Annotated[tuple[float, float], Strict(False), Field(examples=[[0.5, 1]])]
    within: Annotated[float, Gt(0), Le(1e100)]


Lens = Literal["auto", "none"] | Glass

LENS = "lens"
"""The gid of its axes, and of its frame on the map."""
_LEAST_MAP = 240
"""Pixels of a map's shorter side from which on it has a lens."""
_FACTORS = (5, 4, 3)
"""By which a lens that finds its own place may magnify."""
_LEAST_SHARE = 1e-4
"""Of the window's shorter side that a lens reaches from its middle, at least."""
_LEAST = 2
"""By which one does at least that a scene names."""
_APART = 0.5
"""Widths of a head by which two of them are seen to be two."""
_SIDES = (0.38, 0.32, 0.26)
"""The longer sides that are tried, in shorter sides of the map."""
_FACTOR = 8
"""The zorder of the words of how much it magnifies: over all runs in it."""
_GAP, _CLEAR = 0.6, 1.0
"""Its distance from the edges of the map, and from all else if nobody asked for it, in type sizes
of notes."""


def lensed(
    panel: Map, lens: Lens, axes: "Axes", view: View, room: Room, drawing: Drawing
) -> Drawing:
    """The drawing of a map, with the lens where there is `room` for it.

    Raises UnfitOption where it is to show what is not on the map.
    """
    if isinstance(lens, str):
        sight = meeting(axes, view) if lens == "auto" else None
    else:
        _check_inside(lens, view.terrain.window)
        sight = named(axes, view, lens.around, lens.within)
    if sight is None:
        return drawing
    asked = lens != "auto"
    place = _placed(axes, view, room, sight, asked=asked)
    if place is not None:
        return _drawn(panel, axes, view, (sight, place), room, drawing)
    if asked:
        width, height = (round(side) for side in (axes.bbox.width, axes.bbox.height))
        small = min(width, height) < _LEAST_MAP
        remedy = "enlarge style.size" if small else "choose a smaller within, or enlarge style.size"
        why = f"the lens has no room on its map of {width} × {height} pixels and is left out; "
        warnings.warn(f"{why}{remedy}", Remark, stacklevel=2)
    return drawing


def fitting(lens: Lens, view: View, limits: View, *, arrows: bool) -> Lens:
    """The lens of a map that shows `view` among those of `limits`, or none where it can have none.

    Raises UnfitOption if it was asked for there.
    """
    why = ""
    if view.film or view is not limits:
        why = "a lens needs a map that shows all runs, in no film"
    elif view.swarm:
        why = "a lens shows trails, and a swarm has dots"
    elif arrows:
        why = "a lens needs a corner that nothing comes to, and arrows may come to any"
    elif view.direct:
        why = "names beside heads stand where a lens has its frame"
    elif view.story.shots:
        why = "a lens has its place on the whole map, and the story turns to a part of it"
    if why and not isinstance(lens, str):
        raise UnfitOption(f"{why}; leave lens out", "lens")
    return "none" if why else lens


def _check_inside(lens: Glass, window: Window) -> None:
    if any(not low <= at <= high for at, (low, high) in zip(lens.around, window, strict=True)):
        ends = ", ".join(f"[{low:g}, {high:g}]" for low, high in window)
        raise UnfitOption(f"must lie in the window [{ends}]", "lens", "around")
    least = _LEAST_SHARE * min(high - low for low, high in window)
    if lens.within < least:
        why = f"must be at least {least:g}, a ten thousandth of the window, got {lens.within:g}"
        raise UnfitOption(why, "lens", "within")


def _placed(axes: "Axes", view: View, room: Room, sight: Sight, *, asked: bool) -> Place | None:
    """Where the lens stands, the largest that has room; None: none has."""
    least = min(axes.bbox.size)
    if least < _LEAST_MAP:
        return None
    low, high = axes.bbox.get_points()
    em, stars = view.type("note"), np.reshape(view.terrain.minima, (-1, 2))
    room.take_points(axes.transData.transform(stars), view.line("star"))
    for share in _SIDES:
        factor, size = (_asked if asked else _found)(view, sight, round(share * least))
        if factor < _LEAST:
            continue
        seen = size / factor
        at = np.clip(sight.middle - seen / 2, low, np.maximum(high - seen, low))
        trial = room.copy()
        trial.take((at[0], at[1]), (seen[0], seen[1]))
        corner = trial.emptiest_corner(_pair(size), _GAP * em, 0.0 if asked else _CLEAR * em)
        if corner is None and asked:
            corner = trial.at_edge(_pair(size), _GAP * em)
        if corner is not None:
            return Place(at, np.round(corner), size, factor)
    return None


def _pair(at: np.ndarray) -> tuple[float, float]:
    return float(at[0]), float(at[1])


def _found(view: View, sight: Sight, side: int) -> tuple[int, np.ndarray]:
    """The largest factor by which a square lens shows all heads of the sight whole and two that
    cover one another apart, and its size; 0 if none does."""
    head, across = head_width(view), 2 * max(sight.reach)
    factor = next((k for k in _FACTORS if k * across + head <= side), 0)
    seen = factor * sight.apart >= _APART * head
    return factor * seen, np.array([side, side])


def _asked(_: View, sight: Sight, side: int) -> tuple[int, np.ndarray]:
    """The largest whole factor by which the sight is no longer than `side`, and its size."""
    factor = int(side / max(2 * sight.reach))
    return factor, np.round(factor * 2 * sight.reach)


def _drawn(
    panel: Map,
    axes: "Axes",
    view: View,
    lens: tuple[Sight, Place],
    room: Room,
    drawing: Drawing,
) -> Drawing:
    """The lens, its frame on the map and the lines between both, all from its step on; they are
    taken of the `room`."""
    sight, place = lens
    inner = inset_axes(axes, view, place, LENS)
    Ground(inner, view, panel, (inner.get_xlim(), inner.get_ylim()))
    marks: list[Artist] = []
    if view.terrain.minima:
        marks.append(mark_minima(inner, view, np.array(view.terrain.minima)))
    mark_starts(inner, view)
    rings = mark_switches(inner, view)
    marks += [*mark_landmarks(inner, view), *rings.artists]
    trails = trails_of(inner, view, since=sight.since)
    factor = _write_factor(inner, view, trails, place.factor)
    lines = outlines(place, room)
    still = [*framed(axes, view, lines, LENS), inner]
    room.take(_pair(place.corner), _pair(place.size))
    for line in lines:
        room.take_path(line, view.line("trail"))
    for artist in still:
        artist.set_visible(False)

    def show(moment: Moment) -> None:
        drawing.show(moment)
        rings.show(moment)
        for artist in (*still, *marks, factor):
            artist.set_visible(moment.step >= sight.since)

    return replace(
        drawing,
        paths=[*drawing.paths, trails],
        artists=[*drawing.artists, *marks, factor],
        later=still,
        show=show,
        since=sight.since,
    )


def _write_factor(inner: "Axes", view: View, trails: Trails, factor: int) -> "Artist":
    """By how much the lens magnifies, where no run comes in it, or else over the runs."""
    from animate.figure.sprite import Sprite

    room, head = Room(inner.bbox), view.line("head") + view.line("casing")
    for path in trails.points:
        room.take_path(path, view.line("trail") + view.line("casing"))
    ends = trails.points[np.arange(len(trails.points)), -1]
    marks = [*view.terrain.minima, *(each.at for each in view.landmarks)]
    room.take_points(ends[np.isfinite(ends).all(axis=-1)], head)
    room.take_points(inner.transData.transform(np.reshape(marks, (-1, 2))), view.line("star"))
    text = words_on_plate(view, f"×{view.words.number(factor)}", view.theme.ink)
    text.set_figure(inner.figure)
    box, gap = text.get_window_extent(), 0.4 * view.type("note")
    size = (box.width, box.height)
    corner = room.emptiest_corner(size, gap) or room.at_edge(size, gap)
    text.set_position(corner or (inner.bbox.x0 + gap, inner.bbox.y0 + gap))
    return inner.add_artist(Sprite([text], zorder=_FACTOR))
