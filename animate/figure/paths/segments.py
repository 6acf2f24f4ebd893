"""A path in pixels → the segments that are drawn, each with the steps it spans.

A path of a million steps needs far fewer segments: a vertex nearer than NEAR to the one before adds
nothing visible, and is left out.
"""

import numpy as np
from jaxtyping import Float

NEAR = 1 / 16
"""Pixels along the path that may pass without a vertex: no point of what is drawn is farther from
the path, and none of the path farther from what is drawn."""

_DOT = 2.0
"""Pixels from end to end of a lone point, without the pen's round ends: enough to be seen."""
_LONG = 20_000.0
"""Pixels: a longer segment leaves every picture, so it is drawn solid, without dashes."""
_MOST_DASHES = 200_000
"""A path of more dashes is drawn solid: they would cover one another."""


def segments(
    points: Float[np.ndarray, "record 2"], steps: Float[np.ndarray, " record"], dash: np.ndarray
) -> tuple[Float[np.ndarray, "segment 2 2"], Float[np.ndarray, "segment 2"]]:
    """Segments of one path and the steps they span.

    Where the path is NaN nothing is drawn; a single finite point beside such gaps is a segment of
    _DOT, which a round pen draws as a dot. A dashed path is cut where its dashes
    begin and end, measured in pixels along the path.
    """
    whole = np.isfinite(points).all(-1)
    edges = np.flatnonzero(np.diff(whole, prepend=False, append=False)).reshape(-1, 2)
    dots = len(edges) > 1
    parts = [_thinned(points[a:b], steps[a:b]) for a, b in edges if b - a > 1]
    parts += [_dot(points[a:b], steps[a:b]) for a, b in edges if dots and b - a == 1]
    lines = np.concatenate([np.empty((0, 2, 2)), *(lines for lines, _ in parts)])
    times = np.concatenate([np.empty((0, 2)), *(times for _, times in parts)])
    order = np.argsort(times[:, 1], kind="stable")
    lines, times = lines[order], times[order]
    return _dashed(lines, times, dash) if len(dash) and len(lines) else (lines, times)


def _dot(
    point: Float[np.ndarray, "1 2"], step: Float[np.ndarray, "1"]
) -> tuple[Float[np.ndarray, "1 2 2"], Float[np.ndarray, "1 2"]]:
    """A short segment around the point, from just before its step on."""
    ends = np.stack([np.subtract(point, [_DOT / 2, 0.0]), np.add(point, [_DOT / 2, 0.0])], axis=1)
    return ends, np.stack([np.nextafter(step, -np.inf), step], axis=1)


def _thinned(
    points: Float[np.ndarray, "record 2"], steps: Float[np.ndarray, " record"]
) -> tuple[Float[np.ndarray, "segment 2 2"], Float[np.ndarray, "segment 2"]]:
    """The segments between the vertices that matter of two or more, and the steps each spans.

    A segment begins with the step that leaves the last vertex's surroundings: it is not revealed
    while the path still waits there.
    """
    length = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0], np.cumsum(np.minimum(length, 1.0))])
    cell = np.floor(along / NEAR)
    kept = np.flatnonzero(np.append(True, cell[1:] != cell[:-1]))
    if kept[-1] != len(points) - 1:
        kept = np.append(kept, len(points) - 1)
    lines = np.stack([points[kept[:-1]], points[kept[1:]]], axis=1)
    return lines, np.stack([steps[kept[1:] - 1], steps[kept[1:]]], axis=1)


def _dashed(
    lines: Float[np.ndarray, "segment 2 2"],
    times: Float[np.ndarray, "segment 2"],
    pattern: np.ndarray,
) -> tuple[Float[np.ndarray, "dash 2 2"], Float[np.ndarray, "dash 2"]]:
    """The parts of the segments that dashes of `pattern`, lengths on and off in pixels, cover."""
    length = np.hypot(*(lines[:, 1] - lines[:, 0]).T)
    counted = np.where(length > _LONG, 0.0, length)
    ends = np.concatenate([[0], np.cumsum(counted)])
    period = float(pattern.sum())
    rounds = ends[-1] // period + 1
    if rounds * len(pattern) > _MOST_DASHES:
        return lines, times
    marks = np.cumsum(np.tile(pattern, int(rounds)))
    marks = marks[marks < ends[-1]]
    owner = np.searchsorted(ends, marks, side="right") - 1
    share = (marks - ends[owner]) / counted[owner]
    index = np.concatenate([np.arange(len(lines)), owner])
    begin = np.concatenate([np.zeros(len(lines)), share])
    order = np.lexsort((begin, index))
    index, begin = index[order], begin[order]
    end = np.where(np.append(index[1:] == index[:-1], False), np.append(begin[1:], 1.0), 1.0)
    middle = ends[index] + counted[index] * (begin + end) / 2
    phase = np.searchsorted(np.cumsum(pattern), middle % period, side="right")
    drawn = (phase % 2 == 0) | (length[index] > _LONG)
    index, between = index[drawn], np.stack([begin, end], axis=1)[drawn]
    return _part(lines[index], between[..., None]), _part(times[index], between)


def _part(
    spans: Float[np.ndarray, "n 2 *each"], between: Float[np.ndarray, "n 2 *#each"]
) -> Float[np.ndarray, "n 2 *each"]:
    """The parts of `spans` between two shares of each; the end of a whole one is exact."""
    first, last = spans[:, :1], spans[:, 1:]
    return np.where(between == 1.0, last, first + between * (last - first))
