"""Trails and their heads: paths that the clock reveals.

A trail is drawn segment by segment, each one by itself and always in the same order. Complete
segments can therefore be kept in the background, and frame k still depends on k alone.
"""

# pyright: reportUnknownMemberType=false

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float, Int, Num

from animate.figure.clock import Moment
from animate.figure.paths.brush import Brush, Rgba
from animate.figure.paths.heads import Head, Heads, where_left
from animate.figure.paths.segments import segments
from animate.figure.paths.timed import DOT, dot_places
from animate.figure.paths.vector import Shown, trail_artists
from animate.figure.view import View
from animate.theme import Dash, Marker

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg

_KINDS = 32
"""The steps in which the colour of a trail changes in vector files, where it goes from 0 to 1."""
TAPER = 0.25
"""The width of a fading trail's far end, as a share of its width at the head."""


class Trails:
    """N paths on one axes, each with a casing under it and a head at the current step.

    `points` [path, record, 2] in data coordinates, NaN after a path's end; `steps` [record] are the
    steps at which they were recorded; `ends` [path] the last finite step of each; `owners` [path]
    the optimizer whose colour and dashes a path takes, unless `dash` is given for all of them.
    `strengths` [path, record] is how much of its colour a path has, of 1, which else is all;
    `dotted` are the steps after which paths bear a dot. `since`: they are seen through a lens, from
    that step on, and heads outside of it are not pointed at.
    """

    def __init__(
        self,
        axes: "Axes",
        points: Float[np.ndarray, "path record 2"],
        steps: Num[np.ndarray, " record"],
        ends: Int[np.ndarray, " path"],
        owners: Int[np.ndarray, " path"],
        view: View,
        dash: Dash | None = None,
        *,
        strengths: Float[np.ndarray, "path record"] | None = None,
        dotted: Int[np.ndarray, " dot"] | None = None,
        since: float | None = None,
    ) -> None:
        from matplotlib.colors import to_rgba

        self.axes, self.view, self._places = axes, view, points
        self._steps, self._ends = np.asarray(steps, float), np.asarray(ends)
        self._strengths, self._dotted, self._since = strengths, dotted, since
        self._owners = np.asarray(owners)
        lost = np.array([view.trajectories.lost[k].any() for k in owners], bool)
        self._loses = lost & (self._ends < self._steps[-1])
        self._colours = [to_rgba(view.colours[int(k)]) for k in owners]
        self._markers: list[Marker] = [view.theme.marker(int(k)) for k in owners]
        self._casing = to_rgba(view.theme.casing)
        self._width, self._ring = view.line("trail"), view.line("casing")
        self._brush, self._heads = Brush(axes.bbox), Heads(axes, view)
        self._dashes = [view.theme.dash(k) if dash is None else dash for k in owners.tolist()]
        self.place()

    @property
    def points(self) -> Float[np.ndarray, "path record 2"]:
        """The paths in pixels."""
        return self._points

    @property
    def firsts(self) -> Int[np.ndarray, " optimizer"]:
        """The number of the first path of each optimizer, in their order."""
        return np.unique(self._owners, return_index=True)[1]

    def place(self) -> None:
        """Compute the pixels of all points anew, for the current limits of the axes."""
        places = self._places.reshape(-1, 2)
        self._points = self.axes.transData.transform(places).reshape(self._places.shape)
        self._cut()

    def _cut(self) -> None:
        """Cut every path into the segments that are drawn, ordered by the step that ends them."""
        parts = [
            segments(points, self._steps, np.multiply(dash, self._width))
            for points, dash in zip(self._points, self._dashes, strict=True)
        ]
        path = np.repeat(np.arange(len(parts)), [len(times) for _, times in parts])
        lines = np.concatenate([lines for lines, _ in parts])
        times = np.concatenate([times for _, times in parts])
        order = np.argsort(times[:, 1], kind="stable")
        if self._since is not None:  # most of them are outside of a lens
            (low, high), wide = self.axes.bbox.get_points(), self._width + 2 * self._ring
            near = (lines.max(axis=1) > low - wide) & (lines.min(axis=1) < high + wide)
            order = order[near[order].all(axis=-1)]
        self._lines, self._times, self._path = lines[order], times[order], path[order]
        self._until = self._times[:, 1].copy()
        self._inks = self._inked(self._path, self._until)
        self._dots = self._dot_places()

    def _inked(
        self, path: Int[np.ndarray, " n"], until: Float[np.ndarray, " n"]
    ) -> Float[np.ndarray, "n 4"]:
        """The colours of segments of the paths number `path` that end at the steps `until`."""
        own = np.array(self._colours).reshape(-1, 4)[path]
        if self._strengths is None:
            return own
        share = np.empty(len(path))
        for k, strength in enumerate(self._strengths):
            share[path == k] = np.interp(until[path == k], self._steps, strength)
        return self._casing + share[:, None] * (own - self._casing)

    def _dot_places(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """For every path the dots that it bears, in pixels, and their steps."""
        at = np.empty(0, int) if self._dotted is None else self._dotted
        size = 2 * DOT * self._width
        return [
            dot_places(points, self._steps, at, int(end), size)
            for points, end in zip(self._points, self._ends, strict=True)
        ]

    def finished(self, moment: Moment) -> int:
        """The number of segments that are complete at `moment` and can be kept in the background.

        0 for trails that fade or are visible for a part of the clip only.
        """
        fleeting = self.view.tail is not None or moment.visible is not None
        return 0 if fleeting or not self._seen(moment) else self._complete(moment.step)

    def _seen(self, moment: Moment) -> bool:
        """Whether there is anything to see of them."""
        return self._since is None or moment.step >= self._since

    def bake(self, under: "RendererAgg", over: "RendererAgg", first: int, last: int) -> None:
        """Draw the complete segments `first` to `last`: casings on `under`, trails on `over`."""
        piece = slice(first, last)
        self._stroke(under, over, self._lines[piece], self._inks[piece])

    def draw_casings(self, renderer: "RendererAgg", moment: Moment) -> None:
        """Draw the casings of the segments that are not baked."""
        if self._seen(moment):
            lines, index, share = self._moving(moment)
            self._stroke(renderer, None, lines, self._inks[index], share)

    def draw_heads(self, renderer: "RendererAgg", moment: Moment) -> None:
        """Draw the segments that are not baked, and the heads."""
        if not self._seen(moment):
            return
        lines, index, share = self._moving(moment)
        self._stroke(None, renderer, lines, self._inks[index], share)
        if dots := [*self._shown_dots(moment)]:
            places = np.concatenate([each for each, _ in dots])
            inks = np.concatenate([np.tile(ink, (len(each), 1)) for each, ink in dots])
            self._brush.dots(renderer, places, DOT * self._width, (inks, self._casing))
        self._heads.draw(renderer, self._known_heads(moment), self._casing)

    def _known_heads(self, moment: Moment) -> Iterator[Head]:
        """Every head that is somewhere."""
        lost, heads = self.lost(moment.step), self.heads(moment)
        marks = self._marked(heads, lost)
        for k in np.flatnonzero(np.isfinite(heads).all(-1)):
            if self._since is not None and self._heads.beyond(heads[k]).any():
                continue
            yield Head(marks[k], self._colours[k], self._markers[k], bool(lost[k]))

    def marks(self, moment: Moment) -> np.ndarray:
        """The places of the heads at `moment`, or, once a path has diverged, where it left the
        axes, [path, 2] in pixels; NaN for a path that is not visible."""
        return self._marked(self.heads(moment), self.lost(moment.step))

    def _marked(
        self, heads: Float[np.ndarray, "path 2"], lost: Bool[np.ndarray, " path"]
    ) -> Float[np.ndarray, "path 2"]:
        marks = heads.copy()
        for k in np.flatnonzero(lost & np.isfinite(heads).all(-1)):
            left = where_left(self._points[k], *self.axes.bbox.get_points())
            marks[k] = marks[k] if left is None else left
        return marks

    def add_artists(self, moment: Moment) -> "list[Artist]":
        """Add what `moment` shows to the axes, for vector files; returns the artists."""
        lines = ((line, ink) for _, line, ink in self.pieces(moment))
        heads = ((head, self._heads.beyond(head.at)) for head in self._known_heads(moment))
        return trail_artists(self.axes, self.view, Shown(lines, self._shown_dots(moment), heads))

    def _stroke(
        self,
        under: "RendererAgg | None",
        over: "RendererAgg | None",
        lines: Float[np.ndarray, "n 2 2"],
        inks: Float[np.ndarray, "n 4"],
        share: Float[np.ndarray, " n"] | None = None,
    ) -> None:
        """Draw `lines` in the colours `inks`: casings on `under`, trails on `over`.

        `share` is that of the full width which each line has; None: all of it.
        """
        widths = self._width * (np.ones(len(lines)) if share is None else share)
        if under is not None:
            casing = np.tile(self._casing, (len(lines), 1))
            self._brush.stroke(under, lines, casing, widths + 2 * self._ring)
        if over is not None:
            self._brush.stroke(over, lines, inks, widths)

    def _complete(self, step: float) -> int:
        return int(np.searchsorted(self._until, step, side="right"))

    def _visible(self, moment: Moment) -> np.ndarray:
        """Which paths are visible, [path] bool."""
        if moment.visible is None:
            return np.full(len(self._owners), self._seen(moment))
        return np.isin(self._owners, list(moment.visible))

    def _moving(
        self, moment: Moment
    ) -> tuple[Float[np.ndarray, "n 2 2"], Int[np.ndarray, " n"], Float[np.ndarray, " n"] | None]:
        """The visible segments that are not baked, their numbers, and shares of the width."""
        step, tail = moment.step, self.view.tail
        done = self._complete(step)
        index = done + np.flatnonzero(self._times[done:, 0] < step)
        first = self.finished(moment) if tail is None else self._complete(step - tail)
        index = np.concatenate([np.arange(first, done), index])
        if moment.visible is not None or not self._seen(moment):
            index = index[self._visible(moment)[self._path[index]]]
        begin, end = self._times[index].T
        lines = self._lines[index].copy()
        share = np.minimum((step - begin) / (end - begin), 1.0)[:, None]
        lines[:, 1] = lines[:, 0] + share * (lines[:, 1] - lines[:, 0])
        if tail is None:
            return lines, index, None
        age = np.clip((step - end) / tail, 0.0, 1.0)
        return lines, index, 1 - (1 - TAPER) * age

    def _shown_dots(self, moment: Moment) -> Iterator[tuple[np.ndarray, Rgba]]:
        """The dots of every visible path that bears some by now, in pixels, and its colour."""
        visible = self._visible(moment)
        for k, (places, steps) in enumerate(self._dots):
            if visible[k] and (now := np.searchsorted(steps, moment.step, side="right")):
                yield places[:now], self._colours[k]

    def pieces(self, moment: Moment) -> Iterator[tuple[int, np.ndarray, Rgba]]:
        """What is visible of each path, by its number: lines [n, 2] in pixels, with gaps between
        dashes as NaN, each of one colour, or of nearly one where a path's changes along it."""
        done = self.finished(moment)
        lines, index, _ = self._moving(moment)
        lines = np.concatenate([self._lines[:done], lines])
        index = np.concatenate([np.arange(done), index])
        for k in range(len(self._points)):
            own = self._path[index] == k
            inks = self._inks[index[own]]
            kinds = np.round(_KINDS * inks).astype(int)
            breaks = np.flatnonzero((kinds[1:] != kinds[:-1]).any(-1)) + 1
            for part, ink in zip(np.split(lines[own], breaks), np.split(inks, breaks), strict=True):
                if len(part):
                    red, green, blue, alpha = ink[len(ink) // 2].tolist()
                    yield k, _joined(part), (red, green, blue, alpha)

    def lost(self, step: float) -> np.ndarray:
        """Which paths have diverged, that is left the finite numbers, by `step`: [path] bool."""
        return self._loses & (step >= self._ends)

    def heads(self, moment: Moment) -> np.ndarray:
        """The places of the heads at `moment`, [path, 2] in pixels.

        A path that has ended keeps its head at its end; NaN for a path that is not visible.
        """
        at = np.minimum(moment.step, self._ends)
        place = np.interp(at, self._steps, np.arange(len(self._steps)))
        below, above = np.floor(place).astype(int), np.ceil(place).astype(int)
        path = np.arange(len(place))
        here, there = self._points[path, below], self._points[path, above]
        heads = here + (place - below)[:, None] * (there - here)
        return np.where(self._visible(moment)[:, None], heads, np.nan)


def by_path(values: np.ndarray) -> tuple[np.ndarray, Int[np.ndarray, " path"]]:
    """The values [optimizer, run, …] as [path, …], and the optimizer that owns each path."""
    owners = np.arange(len(values)).repeat(values.shape[1])
    return values.reshape(len(owners), *values.shape[2:]), owners


def _joined(lines: np.ndarray) -> np.ndarray:
    """Segments [n, 2, 2] as one line [m, 2], with NaN between those that do not touch."""
    if not len(lines):
        return np.empty((0, 2))
    breaks = np.flatnonzero((lines[1:, 0] != lines[:-1, 1]).any(-1))
    runs = np.split(lines, breaks + 1)
    gap = np.full((1, 2), np.nan)
    return np.concatenate([part for run in runs for part in (run[:1, 0], run[:, 1], gap)])
