"""What a camera is to show of a race: points evenly along its trails, heads, starts and minima."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from animate.panels.relief.ground import Ground, draped

_SAMPLES = 256
"""Points on all trails together."""
_PATHS = 24
"""Paths of which points are taken; of a swarm every so many."""
_TALL = 0.6
"""The height of the box, in its sides, by which the lengths of trails are compared."""


@dataclass(frozen=True)
class Course:
    """Points of the box that are to be seen at some moments.

    `samples` [n, 3] lie on the trails, each of them for as much length as any other, with the
    direction `tangents` [n, 3]; `drawn` says which of them a moment shows. `heads` may be NaN:
    outside of the window there are none.
    """

    samples: Float[np.ndarray, "sample 3"]
    tangents: Float[np.ndarray, "sample 3"]
    drawn: Bool[np.ndarray, "moment sample"]
    heads: Float[np.ndarray, "moment head 3"]
    marks: Float[np.ndarray, "mark 3"]


def course(
    ground: Ground,
    paths: Float[np.ndarray, "path record 2"],
    steps: np.ndarray,
    moments: Sequence[float],
    tail: float | None,
) -> Course:
    """The course of `paths`, whose records are at `steps`, at the steps `moments`; trails keep the
    last `tail` steps alone, if that is a number."""
    paths = paths[:: -(-len(paths) // _PATHS)]
    laid = draped(ground, paths, steps)
    pieces = np.diff(laid.points, axis=0)
    length = np.nan_to_num(np.linalg.norm(pieces * [1.0, 1.0, _TALL], axis=-1))
    length[[start - 1 for start in laid.starts[1:-1] if 0 < start <= len(length)]] = 0.0
    whole = np.cumsum(length)
    total = whole[-1] if len(whole) else 0.0
    count = _SAMPLES if total > 0.0 else 0
    chosen = np.searchsorted(whole, total * (np.arange(count) + 0.5) / _SAMPLES)
    reached = laid.steps[chosen + 1]
    drawn = [
        (reached <= now) & ((reached > now - tail) if tail is not None else True) for now in moments
    ]
    heads = [[laid.head(k, now) for k in range(len(paths))] for now in moments]
    marks = np.concatenate([paths[:, 0], np.array(ground.terrain.minima).reshape(-1, 2)])
    marks = ground.lifted(np.unique(marks, axis=0))
    return Course(
        laid.points[chosen] + pieces[chosen] / 2,
        pieces[chosen],
        np.array(drawn).reshape(len(moments), count),
        np.array(heads).reshape(len(moments), -1, 3),
        marks[np.isfinite(marks).all(-1)],
    )
