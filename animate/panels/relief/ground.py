"""The terrain in its box: heights over the unit square, and paths laid on them."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from animate.figure.paths.heads import where_left
from animate.panels.relief.raytrace import Field, from_heights
from animate.panels.relief.rim import rimmed
from animate.simulate.terrain import Scale, Terrain

NODES = 1025
"""Nodes along each side: at 640 × 480 nearly two to a pixel, heights true to 1e-4 of the box."""
PIECE = 0.012
"""Sides of the box between two points of a path that lies on the surface."""
_BEYOND = 0.01
"""Of the box's height: a minimum between the points from which the scale is known may be lower."""
_FAR = 1e9
"""How far outside, in sides of the box, the direction of a point is still told exactly."""


@dataclass(frozen=True)
class Ground:
    """A terrain over its window as the unit square, with its heights scaled to t in [0, 1]."""

    terrain: Terrain
    scale: Scale

    def field(self) -> Field:
        """The heights as the renderer takes them."""
        (left, right), (low, high) = self.terrain.window
        x, y = np.meshgrid(np.linspace(left, right, NODES), np.linspace(low, high, NODES))
        return from_heights(rimmed(self._height, x, y, self._height(x, y)))

    def _height(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return self.unit(self.terrain.heights(x, y))

    def unit(self, heights: np.ndarray) -> np.ndarray:
        """t of the heights, no farther than _BEYOND from the box: what goes on without end, as
        beside a pole, is cut there."""
        return np.clip(self.scale.unit(heights), -_BEYOND, 1 + _BEYOND)

    def square(self, points: Float[np.ndarray, "*n 2"]) -> Float[np.ndarray, "*n 2"]:
        """Points of the window over the unit square, [-1/2, 1/2] each way."""
        low, high = np.array(self.terrain.window, float).T
        return (points - low) / (high - low) - 0.5

    def lifted(self, points: Float[np.ndarray, "n 2"]) -> Float[np.ndarray, "n 3"]:
        """Points of the window on the surface, (x, y, t); NaN outside of the window."""
        square = self.square(points)
        inside = (np.abs(square) <= 0.5).all(-1)
        lifted = np.full((len(points), 3), np.nan)
        if inside.any():
            heights = self.terrain.heights(*points[inside].T)
            lifted[inside] = np.column_stack([square[inside], self.unit(heights)])
        return lifted


@dataclass(frozen=True)
class Draped:
    """Paths laid on the surface: their points and the fractional step at which each is reached.

    `points` [n, 3] are those of all paths, one after the other; path k has those from `starts[k]`
    up to `starts[k + 1]`.
    """

    points: Float[np.ndarray, "n 3"]
    steps: Float[np.ndarray, " n"]
    starts: np.ndarray

    def path(self, k: int) -> slice:
        """Where path number `k` is."""
        return slice(self.starts[k], self.starts[k + 1])

    def between(self, k: int, step: float, tail: float | None) -> slice:
        """Which points path number `k` has reached by `step`, in the last `tail` steps if any."""
        begin, steps = self.starts[k], self.steps[self.path(k)]
        first = 0 if tail is None else np.searchsorted(steps, step - tail)
        last = np.searchsorted(steps, step, side="right")
        return slice(int(begin + first), int(begin + max(first, last)))

    def head(self, k: int, step: float) -> Float[np.ndarray, "3"]:
        """Where path number `k` is at `step`, or where it ended before."""
        path = self.path(k)
        if path.start == path.stop:
            return np.full(3, np.nan)
        return np.array([np.interp(step, self.steps[path], p) for p in self.points[path].T])


@dataclass(frozen=True)
class Outside:
    """Paths [path, record, 2] that may leave the window: where they are nearest to it.

    `steps` [record] are those of the records, `ends` [path] the last one of each.
    """

    ground: Ground
    paths: Float[np.ndarray, "path record 2"]
    steps: np.ndarray
    ends: np.ndarray

    def nearest(self, k: int, step: float) -> tuple[np.ndarray, np.ndarray] | None:
        """The point [3] on the surface's rim that is nearest to where path number `k` is, seen from
        above, or where it left the window for good if it has ended; and the direction [3], level,
        in which it is; None for one in the window."""
        at, (low, high) = min(step, self.ends[k]), np.array(self.ground.terrain.window, float).T
        known = np.isfinite(self.paths[k]).all(-1)
        if not known.any():
            return None
        place = np.array([np.interp(at, self.steps[known], p) for p in self.paths[k][known].T])
        rim = np.clip(place, low, high)
        away = np.clip((place - rim) / (high - low), -_FAR, _FAR)
        if not away.any():
            return None
        if self.ends[k] < self.steps[-1] and step >= self.ends[k]:
            left = where_left(self.paths[k], low, high)
            rim = rim if left is None else left
        return self.ground.lifted(rim[None])[0], np.append(away / np.hypot(*away), 0.0)


def draped(ground: Ground, paths: Float[np.ndarray, "path record 2"], steps: np.ndarray) -> Draped:
    """Paths in the window, straight from record to record as seen from above, on the surface."""
    finer = [_finer(ground, path, steps) for path in paths]
    flat = np.concatenate([points for points, _ in finer])
    starts = np.concatenate([[0], np.cumsum([len(points) for points, _ in finer])])
    return Draped(ground.lifted(flat), np.concatenate([at for _, at in finer]), starts)


def _finer(ground: Ground, path: np.ndarray, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A path with points added so that none is further than PIECE from the next."""
    whole = np.isfinite(path).all(-1)
    count = len(path) if whole.all() else int(np.argmin(whole))
    path, steps = path[:count], np.asarray(steps[:count], float)
    if count == 0:
        return path, steps
    length = np.linalg.norm(np.diff(ground.square(path), axis=0), axis=-1)
    pieces = np.clip(np.ceil(length / PIECE), 1, 400).astype(int)
    record = np.concatenate(
        [k + np.arange(n) / n for k, n in enumerate(pieces)] + [np.array([count - 1.0])]
    )
    known = np.arange(count)
    points = np.column_stack([np.interp(record, known, axis) for axis in path.T])
    return points, np.interp(record, known, steps)
