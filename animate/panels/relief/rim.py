"""The rim of a surface with holes: one node more, so that it ends evenly."""

from collections.abc import Callable
from itertools import product

import numpy as np
from jaxtyping import Float

_HALVINGS = 14
_MOST = 1 << 18
"""Nodes beside a hole; a surface with more of them has holes everywhere, and is left as it is."""


def rimmed(
    height: Callable[[np.ndarray, np.ndarray], np.ndarray],
    x: Float[np.ndarray, "row column"],
    y: Float[np.ndarray, "row column"],
    t: Float[np.ndarray, "row column"],
) -> Float[np.ndarray, "row column"]:
    """The heights `t` at the nodes (x, y), those beside a hole's edge with the height at that edge.

    Between the last node with a height and the next a steep surface may fall by any amount; the
    edge, found by bisection, says by how much. So a surface reaches at most one node too far.
    """
    here, there = _beside(np.isfinite(t))
    if not 0 < len(here) <= _MOST:
        return t
    inside, outside = (
        np.stack([x.flat[here], y.flat[here]]),
        np.stack([x.flat[there], y.flat[there]]),
    )
    edge = t.flat[here]
    for _ in range(_HALVINGS):
        middle = 0.5 * (inside + outside)
        found = height(*middle)
        known = np.isfinite(found)
        edge = np.where(known, found, edge)
        inside, outside = np.where(known, middle, inside), np.where(known, outside, middle)
    total = np.bincount(there, edge, t.size)
    count = np.bincount(there, minlength=t.size)
    mean = (total / np.maximum(count, 1)).reshape(t.shape)
    return np.where(count.reshape(t.shape) > 0, mean, t)


def _beside(known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Flat indices of every known node and an unknown one beside it, in all eight directions."""
    rows, columns = known.shape
    index = np.arange(known.size).reshape(known.shape)
    pairs: list[tuple[np.ndarray, np.ndarray]] = []
    for down, right in product((-1, 0, 1), repeat=2):
        here = np.s_[max(-down, 0) : rows - max(down, 0), max(-right, 0) : columns - max(right, 0)]
        there = np.s_[max(down, 0) : rows - max(-down, 0), max(right, 0) : columns - max(-right, 0)]
        beside = known[here] & ~known[there]
        pairs.append((index[here][beside], index[there][beside]))
    first, second = (np.concatenate(each) for each in zip(*pairs, strict=True))
    return first, second
