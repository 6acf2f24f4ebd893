"""Course: where paths are drawn, at every step and between them."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Num

from animate.figure.view import View


class Course(NamedTuple):
    """The `points` of paths [path, place, 2] at the `steps` [place], which may lie between those
    that were recorded, and the `losses` there [path, place]; NaN after a path's end."""

    points: Float[np.ndarray, "path place 2"]
    steps: Num[np.ndarray, " place"]
    losses: Float[np.ndarray, "path place"]


def recorded(view: View) -> Course:
    """The paths as they were recorded over a plane, straight from step to step."""
    paths = view.trajectories
    count = len(paths.steps)
    losses = paths.losses.reshape(-1, count)
    return Course(paths.positions.reshape(-1, count, 2), paths.steps, losses)
