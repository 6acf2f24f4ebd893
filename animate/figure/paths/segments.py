"""A path in pixels → the segments that are drawn, each with the steps it spans.

A path of a million steps needs far fewer segments: a vertex nearer than NEAR to the one before adds
nothing visible, and is left out.
"""

import numpy as np
from jaxtyping import Float

NEAR = 1 / 16
"""Pixels along the path that may pass without a vertex: no point of what is drawn is farther from
the path, and none of the path farther from what is drawn."""

_LONG = 20_000.0
"""Pixels: a longer segment leaves every picture, so it is drawn solid, without dashes."""
_MOST_DASHES = 200_000
"""A path of more dashes is drawn solid: they would cover one another."""


def segments(
    points: Float[np.ndarray, "record 2"], steps: Float[np.ndarray, " record"], dash: np.ndarray
) -> tuple[Float[np.ndarray, "segment 2 2"], Float[np.ndarray, "segment 2"]]:
    """Segments of one path and the steps they span.

    The path begins at its first finite point and ends at the NaN after it. A dashed path is cut
    where its dashes begin and end, measured in pixels along the path.
    """
    whole = np.asarray(np.isfinite(points).all(-1))
    first = int(np.argmax(whole))
    rest = whole[first:]
    last = first + (len(rest) if rest.all() else int(np.argmin(rest)))
    lines, times = _thinned(points[first:last], steps[first:last])
    return _dashed(lines, times, dash) if len(dash) and len(lines) else (lines, times)


def _thinned(
    points: Float[np.ndarray, "record 2"], steps: Float[np.ndarray, " record"]
) -> tuple[Float[np.ndarray, "segment 2 2"], Float[np.ndarray, "segment 2"]]:
    """The segments between the vertices that matter, and the steps that each spans.

    A segment begins with the step that leaves the last vertex's surroundings: it is not revealed
    while the path still waits there.
    """
    if len(points) < 2:
        return np.empty((0, 2, 2)), np.empty((0, 2))
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
    rounds = ends[-1] // pattern.sum() + 1
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
    drawn = np.searchsorted(np.cumsum(pattern), middle % pattern.sum(), side="right") % 2 == 0
    drawn |= length[index] > _LONG
    index, between = index[drawn], np.stack([begin, end], axis=1)[drawn]
    return _part(lines[index], between[..., None]), _part(times[index], between)


def _part(
    spans: Float[np.ndarray, "n 2 *each"], between: Float[np.ndarray, "n 2 *#each"]
) -> Float[np.ndarray, "n 2 *each"]:
    """The parts of `spans` between two shares of each; the end of a whole one is exact."""
    first, last = spans[:, :1], spans[:, 1:]
    return np.where(between == 1.0, last, first + between * (last - first))
