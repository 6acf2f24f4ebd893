"""What trails on a relief tell of the time: how strong their colour is, and where dots stand."""

import numpy as np
from jaxtyping import Float

from animate.figure import View
from animate.figure.paths.course import recorded
from animate.figure.paths.timed import DOT, bears_dots, dot_places, dotted_steps, strengths
from animate.panels.relief.ground import Draped

_PART = 0.5
"""How wide the box is, about, as a share of the shorter side of the picture."""


def point_strengths(view: View, draped: Draped) -> Float[np.ndarray, " n"]:
    """How much of its path's colour every point of `draped` has, of 1."""
    found = strengths(view, recorded(view))
    if found is None:
        return np.ones(len(draped.steps))
    own = (draped.steps[draped.path(k)] for k in range(len(found)))
    records = view.trajectories.steps
    return np.concatenate([np.interp(s, records, f) for s, f in zip(own, found, strict=True)])


def dots_of(view: View, draped: Draped, k: int, end: int) -> tuple[np.ndarray, np.ndarray]:
    """The dots [n, 3] that path number `k` bears up to the step `end`, and their steps [n]."""
    part = draped.path(k)
    if not bears_dots(view) or part.start == part.stop:
        return np.empty((0, 3)), np.empty(0)
    points, steps = draped.points[part], draped.steps[part]
    size = 2 * DOT * view.line("trail") / (_PART * min(view.pixels))
    kept = dot_places(points[:, :2], steps, dotted_steps(view.timeline), end, size)[1]
    return np.array([draped.head(k, step) for step in kept]).reshape(-1, 3), kept
