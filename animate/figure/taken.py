"""The cells of a grid over a picture that are taken, and sums over rectangles of them."""

import numpy as np
from jaxtyping import Bool, Float, Int

CELL = 2.0
"""The side of a cell of the grid on which it is kept what is taken."""
_MOST = 4096
"""Points along one straight move, at most."""


def dense(path: Float[np.ndarray, "n 2"]) -> Float[np.ndarray, "m 2"]:
    """Points along a path, no further from each other than a cell, but on moves far beyond any
    picture."""
    finite = path[np.isfinite(path).all(axis=1)]
    if len(finite) < 2:
        return finite
    moves = np.hypot(*np.diff(finite, axis=0).T)
    counts = np.clip(np.ceil(moves / CELL), 1, _MOST).astype(int)
    at = np.concatenate([[0.0], np.cumsum(counts)])
    along = np.arange(int(at[-1]) + 1)
    dense: list[np.ndarray] = [np.interp(along, at, finite[:, k]) for k in (0, 1)]
    return np.stack(dense, axis=1)


def widened(taken: Bool[np.ndarray, "row column"], radius: float) -> Bool[np.ndarray, "row column"]:
    """What is nearer than `radius`, up or down and to either side, to anything taken."""
    reach = int(np.ceil(radius / CELL))
    below, side = sums(np.pad(taken, reach)), 2 * reach + 1
    around = (
        below[side:, side:] - below[:-side, side:] - below[side:, :-side] + below[:-side, :-side]
    )
    return around > 0


def sums(taken: Bool[np.ndarray, "row column"]) -> Int[np.ndarray, "row1 column1"]:
    """How many cells are taken below each row and to the left of each column."""
    return np.pad(taken.cumsum(0, dtype=np.int64).cumsum(1), ((1, 0), (1, 0)))
