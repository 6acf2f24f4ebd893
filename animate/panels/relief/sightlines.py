"""Which points on a surface are seen from where: rays toward the viewer, over a coarse table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from animate.panels.relief.course import Course
from animate.panels.relief.ground import Ground

AZIMUTHS = 48
"""Directions that are tried, evenly all around, from azimuth 0."""
_NODES = 129
"""Heights along each side of the window."""
_REACH = np.sqrt(2.0) * (np.arange(1, 41) / 40) ** 1.5
"""Where on its way to the viewer a ray is compared with the surface, in sides of the window: nearer
to each other beside the point, where a slope hides itself."""
_TOLERANCE = 0.008
"""How far a point must lie under the surface to be hidden: a pixel or two, in sides of the box."""
_NOTHING = -99.0
"""The height beside the window and in holes."""


@dataclass(frozen=True)
class Seen:
    """How much of its points each azimuth shows: samples, heads by moment, marks, in turn; and
    the share of a sample's length that foreshortening leaves."""

    course: Course
    clear: Float[np.ndarray, "point azimuth"]
    broad: Float[np.ndarray, "sample azimuth"]


class Rays:
    """Rays from all points of a course towards the viewer, who may stand `below`, all around."""

    def __init__(self, ground: Ground, points: Course, *, below: bool) -> None:
        side, angles = (-1.0 if below else 1.0), 2.0 * np.pi * np.arange(AZIMUTHS) / AZIMUTHS
        (left, right), (low, high) = ground.terrain.window
        grid = np.meshgrid(np.linspace(left, right, _NODES), np.linspace(low, high, _NODES))
        heights = side * ground.unit(ground.terrain.heights(*grid))
        table = np.nan_to_num(heights, nan=_NOTHING).astype(np.float32)
        self._course = points
        self._toward = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
        every = [each.reshape(-1, 3) for each in (points.samples, points.heads, points.marks)]
        begins = np.concatenate(every)
        self._known = np.isfinite(begins).all(axis=-1).astype(bool)
        begins = np.where(self._known[:, None], begins, 0.0).astype(np.float32)
        ways = (self._toward[:, None] * _REACH[:, None]).astype(np.float32)
        x, y = np.moveaxis((begins[:, None, None, :2] + ways + 0.5) * (_NODES - 1), -1, 0)
        self._rise = _between(table, x, y) - np.float32(side) * begins[:, 2, None, None]

    def seen(self, elevation: float, heights: Sequence[float]) -> Seen:
        """What is seen from every azimuth at an elevation, the mean over `heights` of the box."""
        views = [self._at(elevation, vertical) for vertical in heights]
        clear, broad = (np.mean([view[k] for view in views], axis=0) for k in (0, 1))
        return Seen(self._course, clear, broad)

    def _at(self, elevation: float, vertical: float) -> tuple[np.ndarray, np.ndarray]:
        """(clear, broad), as `Seen` has them, in a box of one height."""
        e, steep = np.radians(elevation), np.tan(np.radians(min(abs(elevation), 89.9)))
        way = (steep * _REACH).astype(np.float32)
        clear = (self._rise * np.float32(vertical) - way).max(-1) < _TOLERANCE
        tangents = self._course.tangents * [1.0, 1.0, vertical]
        length = np.maximum(np.linalg.norm(tangents, axis=-1), 1e-12)
        along = tangents[:, :2] @ self._toward.T * np.cos(e) + tangents[:, 2:] * np.sin(e)
        broad = np.sqrt(np.clip(1.0 - (along / length[:, None]) ** 2, 0.0, 1.0))
        return clear & self._known[:, None], broad


def _between(table: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The table [row y, column x] between its nodes; _NOTHING beside it."""
    last = len(table) - 1
    inside = (x >= 0) & (x <= last) & (y >= 0) & (y <= last)
    x, y = np.clip(x, 0, last), np.clip(y, 0, last)
    i, j = np.minimum(x.astype(np.int32), last - 1), np.minimum(y.astype(np.int32), last - 1)
    a, b, corner, flat = x - i, y - j, j * (last + 1) + i, table.ravel()
    sw, se, nw, ne = (flat[corner + k] for k in (0, 1, last + 1, last + 2))
    south, north = sw + (se - sw) * a, nw + (ne - nw) * a
    return np.where(inside, south + (north - south) * b, np.float32(_NOTHING))
