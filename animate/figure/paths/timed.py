"""What trails over a surface tell of the time: they are paler at the start, and bear a dot every so
many steps, so that speed can be read from a still."""

from itertools import count

import numpy as np
from jaxtyping import Float, Int

from animate.figure.paths.course import Course
from animate.figure.timeline import Timeline
from animate.figure.view import View

DOT = 0.95
"""The radius of a dot on a trail, in widths of the trail."""
PALEST = 0.7
"""How much of its own colour the palest part of a trail has, of 1."""
_MOST = 16
"""The most spaces between the dots of a trail."""
_APART = 2.2
"""The least distance between two dots of a trail, in their diameters."""


def strengths(view: View, course: Course) -> Float[np.ndarray, "path place"] | None:
    """How much of its own colour each path has at each place, of 1; None: all of it everywhere."""
    if view.trail_by == "plain" or view.tail is not None:
        return None
    if view.trail_by == "time":
        shares = view.timeline.shares_of(course.steps.astype(float))
        shares = np.broadcast_to(shares, course.losses.shape)
    else:
        shares = 1.0 - view.terrain.scale().unit(course.losses)
    shares = np.nan_to_num(shares, nan=0.0)
    return PALEST + (1.0 - PALEST) * np.clip(shares, 0.0, 1.0)


def bears_dots(view: View) -> bool:
    """Whether trails over a surface bear dots."""
    return view.trail_by == "time" and view.tail is None


def dotted_steps(timeline: Timeline) -> Int[np.ndarray, " dot"]:
    """The steps after which trails bear dots: every 1, 2, 5, 10, …, so that there are few."""
    first, last = timeline.first, timeline.steps
    apart: int = next(
        digit * 10**power
        for power in count()
        for digit in (1, 2, 5)
        if last - first <= _MOST * digit * 10**power
    )
    return np.array(range(-(-(first + 1) // apart) * apart, last, apart), int)


def dot_places(
    points: Float[np.ndarray, "record 2"],
    steps: Float[np.ndarray, " record"],
    at: Int[np.ndarray, " dot"],
    end: int,
    diameter: float,
) -> tuple[Float[np.ndarray, "kept 2"], Int[np.ndarray, " kept"]]:
    """Where one path, in pixels, is after the steps `at`, without dots that would touch the one
    before or its start; and their steps."""
    places = np.column_stack([np.interp(at, steps, points[:, axis]) for axis in (0, 1)])
    kept: list[int] = []
    last = points[0]
    for k in np.flatnonzero((at < end) & np.isfinite(places).all(-1)).tolist():
        if np.hypot(*(places[k] - last)) >= _APART * diameter:
            kept.append(k)
            last = places[k]
    return places[kept], at[kept]
