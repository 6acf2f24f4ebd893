"""Names of optimizers beside the heads of their paths: while these set out, and where they end."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

import warnings
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Bool, Float

from animate.errors import Remark
from animate.figure import Drawing, Moment, Trails, View
from animate.figure.placing import Room
from animate.figure.text.paragraph import text_width
from animate.panels.told import ROLE, put, words_on_plate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

NAME, STRUT = "name of a head", "room for names of heads"
"""The gids of the names, and of what keeps room for them while axes are laid out."""
_SECONDS = 1.0
"""For so long names are seen at the beginning."""
_GAP, _LEADING, _FAR = 0.5, 1.8, 3.0
"""From a head to its name, from line to line, and as far as a name may be at the end, in type
sizes."""


def keep_room(axes: "Axes", view: View) -> None:
    """Keep room for names at the right of the axes until they are drawn."""
    from matplotlib.transforms import offset_copy

    shift = view.line("head") + _GAP * view.type(ROLE)
    right = offset_copy(axes.transAxes, axes.get_figure(root=True), x=shift, units="points")
    longest = max(view.names, key=lambda name: text_width(view, name, ROLE))
    axes.text(
        1.0, 0.5, longest, transform=right, alpha=0.0, fontsize=view.type(ROLE), gid=STRUT,
    )  # fmt: skip


def named(axes: "Axes", view: View, drawing: Drawing, room: Room | None = None) -> Drawing:
    """The drawing of paths, and the names of the optimizers beside their heads in the first second
    and at the end: there, if there is a `room` for it, where nothing else is."""
    names = [_name(axes, view, k) for k in range(len(view.names))]
    beside, last = _Beside(axes, view, drawing, names), view.timeline.steps
    whole = (None, view.terrain.window)
    at_end = None
    if room is not None and not view.film:
        at_end = beside.free(Moment(last, view.timeline.length), room)

    def show(moment: Moment) -> None:
        drawing.show(moment)
        over = moment.step >= last
        if not over and moment.second >= _SECONDS:
            for text in names:
                text.set_visible(False)
            return
        still = at_end if over and moment.window in whole else None
        corners = beside.corners(moment) if still is None else still
        for text, corner in zip(names, corners, strict=True):
            text.set_visible(bool(np.isfinite(corner).all()))
            text.set_position(tuple(corner))

    return replace(drawing, artists=[*drawing.artists, *names], show=show)


class _Beside:
    """Where names stand, their lower left corners [name, 2] in pixels, NaN where there is no head
    or no place."""

    def __init__(self, axes: "Axes", view: View, drawing: Drawing, names: "list[Text]") -> None:
        strut = [text for text in axes.texts if text.get_gid() == STRUT]
        right = max((text.get_window_extent().x1 for text in strut), default=axes.bbox.x1)
        for text in strut:
            text.remove()
        self._trails = next(path for path in drawing.paths if isinstance(path, Trails))
        self._names, self._view = names, view
        boxes = [each.get_window_extent() for each in names]
        self._sizes = np.array([[box.width, box.height] for box in boxes])
        self._low, self._high = axes.bbox.get_points()
        self._box = np.array([self._low, [max(right, self._high[0]), self._high[1]]])
        self._em = view.type(ROLE)
        self._gap = view.line("head") + _GAP * self._em
        self._fits = np.all([self._fit(self._heads(each)) for each in _beginning(view)], axis=0)

    def _heads(self, moment: Moment) -> Float[np.ndarray, "name 2"]:
        """Where the heads are, or their wedges at the edge of the axes."""
        edge = self._view.line("head") + self._view.line("casing")
        marks = self._trails.marks(moment)[self._trails.firsts]
        outside = ((marks < self._low) | (marks > self._high)).any(axis=1, keepdims=True)
        return np.where(outside, np.clip(marks, self._low + edge, self._high - edge), marks)

    def _fit(self, heads: Float[np.ndarray, "name 2"]) -> Bool[np.ndarray, " name"]:
        """Whether each name has room at the right of its head."""
        return ~(heads[:, 0] + self._gap + self._sizes[:, 0] > self._box[1, 0])

    def corners(self, moment: Moment) -> Float[np.ndarray, "name 2"]:
        """Beside the heads, whatever else is there; in the beginning each keeps to one side."""
        heads = self._heads(moment)
        right = self._fits if moment.second < _SECONDS else self._fit(heads)
        found, known = np.full_like(heads, np.nan), np.isfinite(heads).all(axis=1)
        known &= self._sizes[:, 0] <= self._box[1, 0] - self._box[0, 0]
        found[known] = spread(
            heads[known],
            self._sizes[known],
            right[known],
            self._box,
            self._gap,
            _LEADING * self._em,
        )
        return found

    def free(self, moment: Moment, room: Room) -> Float[np.ndarray, "name 2"]:
        """About the heads, in the `room` that is free, which they take."""
        heads = self._heads(moment)
        found = np.full_like(heads, np.nan)
        for k in np.flatnonzero(np.isfinite(heads).all(axis=1)):
            if put(self._names[k], self._view, room, heads[k], (self._gap, _FAR * self._em)):
                found[k] = self._names[k].get_position()
        _tell_missing(int((~np.isfinite(found).all(axis=1)).sum()), len(found))
        return found


def _beginning(view: View) -> list[Moment]:
    """Every moment at which names ride beside heads."""
    timeline = view.timeline
    count = min(timeline.frames, ceil(_SECONDS * timeline.fps))
    return [Moment(timeline.step_at(k), timeline.second_at(k), k) for k in range(count)]


def _tell_missing(count: int, total: int) -> None:
    """Warn that so many names of all are not there at the end."""
    if count:
        why = f"{count} of {total} names have no room beside the ends of their runs on a map; "
        warnings.warn(f"{why}enlarge style.size, or leave labels out", Remark, stacklevel=2)


def spread(
    heads: Float[np.ndarray, "n 2"],
    sizes: Float[np.ndarray, "n 2"],
    right: Bool[np.ndarray, " n"],
    box: Float[np.ndarray, "2 2"],
    gap: float,
    line: float,
) -> Float[np.ndarray, "n 2"]:
    """The lower left corners of names beside their heads, at the `right` or the left, and in the
    box; those above each other are a `line` apart at least, moved as little as that takes.

    >>> heads, sizes = np.array([[10.0, 20.0], [10.0, 22.0]]), np.full((2, 2), 10.0)
    >>> box = np.array([[0.0, 0.0], [99.0, 99.0]])
    >>> spread(heads, sizes, np.full(2, True), box, 3.0, 12.0)
    array([[13., 10.],
           [13., 22.]])
    """
    from scipy import optimize

    wide, high = sizes.T
    left = np.where(right, heads[:, 0] + gap, heads[:, 0] - gap - wide)
    left = np.clip(left, box[0, 0], np.maximum(box[1, 0] - wide, box[0, 0]))
    middle = heads[:, 1].copy()
    for group in _stacks(left, wide):
        order = group[np.argsort(heads[group, 1], kind="stable")]
        steps = line * np.arange(len(order))
        fitted: Any = optimize.isotonic_regression(heads[order, 1] - steps)  # SciPy has no types
        lowest, highest = box[0, 1] + line / 2, box[1, 1] - line / 2 - steps[-1]
        middle[order] = np.clip(fitted.x, lowest, max(highest, lowest)) + steps
    return np.stack([left, middle - high / 2], axis=1)


def _stacks(left: Float[np.ndarray, " n"], wide: Float[np.ndarray, " n"]) -> list[np.ndarray]:
    """The names that share some column of pixels, or are joined by others that do."""
    order = np.argsort(left, kind="stable")
    reach = np.maximum.accumulate((left + wide)[order])
    apart = np.flatnonzero(left[order][1:] > reach[:-1]) + 1
    return np.split(order, apart)


def _name(axes: "Axes", view: View, k: int) -> "Text":
    text = words_on_plate(view, view.names[k], view.colours[k])
    text.set(zorder=9, gid=NAME)
    axes.add_artist(text)
    text.set_clip_on(False)
    return text
