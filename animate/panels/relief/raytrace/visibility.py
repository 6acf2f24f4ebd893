"""Which points around a surface the camera sees: trails, markers, the lines of the box."""

import numpy as np
from jaxtyping import Bool, Float

from animate.panels.relief.raytrace.camera import Camera

_TOLERANCE = 1.5
"""Pixels by which a point must lie behind the surface before it counts as hidden."""


def visible(
    depth: Float[np.ndarray, "height width"], camera: Camera, points: Float[np.ndarray, "n 3"]
) -> Bool[np.ndarray, " n"]:
    """Whether nothing of the surface stands between the viewer and each of `points`.

    `depth` is that of the surface's picture. A point is hidden if it lies farther away than what
    all four pixels around it show: so a slope does not hide the points on it, and what hides a
    point is known but for a pixel along its silhouette. Points beside the picture are visible.
    """
    height, width = depth.shape
    column, row, away = camera.project(points).T
    inside = (abs(column - width / 2) <= width / 2) & (abs(row - height / 2) <= height / 2)
    known = inside & np.isfinite(away)
    left = np.clip(np.where(known, column - 0.5, 0.0).astype(int), 0, width - 2)
    upper = np.clip(np.where(known, row - 0.5, 0.0).astype(int), 0, height - 2)
    farthest = np.max([depth[upper + i, left + j] for i in (0, 1) for j in (0, 1)], axis=0)
    return ~known | ~(away > farthest + _TOLERANCE / camera.scale)
