"""Points of the box as pixels of the picture."""

import math
from itertools import product

import numpy as np

from animate.panels.relief.raytrace import Camera

CORNERS = np.array(list(product((-0.5, 0.5), (-0.5, 0.5), (0.0, 1.0))))
"""The corners of the box, in the camera's coordinates."""

FLATTEST = 0.35
"""The least height of the box that `vertical: auto` chooses, in its sides."""
TALLEST = 0.9
"""The greatest height of the box that `vertical: auto` chooses, in its sides."""

Pair = tuple[float, float]
"""A place, a direction or a width and a height, in pixels."""


class Place:
    """Points of the box to pixels of a picture whose upper left corner is (left, top), y upwards.

    `axes` [3, 2] is what one step along x, y and t adds.
    """

    def __init__(self, camera: Camera, left: float, top: float) -> None:
        turned = np.array([1.0, -1.0])
        self.axes = camera.axes[:2].T * turned
        self._origin = np.array([left, top]) + turned * camera.project(np.zeros(3))[:2]

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Points […, 3] to pixels […, 2]."""
        return points @ self.axes + self._origin


class Silhouette:
    """The outline of the box on the picture: a convex shape, by its extent in five directions.

    `corners` [8, 2] and `edges` [3, 2], a step along each of its axes, are pixels.
    """

    def __init__(self, corners: np.ndarray, edges: np.ndarray) -> None:
        normals = np.concatenate([np.eye(2), np.column_stack([-edges[:, 1], edges[:, 0]])])
        along = normals @ corners.T
        ends = np.column_stack([normals, along.min(axis=1), along.max(axis=1)])
        self._ends: list[list[float]] = ends.tolist()

    def touches(self, centre: Pair, half: Pair) -> bool:
        """Whether an upright rectangle reaches into it (the separating axis theorem)."""
        for x, y, low, high in self._ends:
            place, reach = x * centre[0] + y * centre[1], abs(x) * half[0] + abs(y) * half[1]
            if place - reach > high or place + reach < low:
                return False
        return True


def filling(width: float, height: float, elevation: float) -> float:
    """The box's height that fills `height` pixels when its diagonal fills `width`."""
    e = math.radians(elevation)
    scale = width / math.sqrt(2.0)
    free = height / scale - math.sqrt(2.0) * abs(math.sin(e))
    return float(np.clip(free / max(abs(math.cos(e)), 0.1), FLATTEST, TALLEST))
