"""The angle between neighbouring gradients."""

import numpy as np
import pytest

from animate.figure import Trails
from animate.pipeline import stage
from animate.scene.load import read_text

TEXT = """\
surface: {formula: "x**2 + 8*y**2", window: [[-2, 2], [-2, 2]]}
start: [%s]
optimizers: [{name: sgd, learning_rate: %s}]
steps: 30
panels: [angle]
%s
"""


def angles(start, rate, more=""):
    ready = stage(read_text(TEXT % (start, rate, more), "x.yaml").scene)
    (trails,) = (each for each in ready.paths if isinstance(each, Trails))
    points = trails.axes.transData.inverted().transform(trails.points[0])
    assert [*trails.axes.get_yticks()] == [0, 45, 90, 135, 180]
    return points[:, 1], ready.view.trajectories


@pytest.mark.parametrize(("rate", "angle"), [(0.05, 0.0), (0.12, 180.0)])
def test_a_run_on_an_axis_goes_straight_or_bounces(rate, angle):
    values, _ = angles("0, 1.5", rate)
    assert np.isnan(values[0])
    np.testing.assert_allclose(values[1:], angle, atol=1e-6)


@pytest.mark.parametrize("more", ["", "noise: {std: 2}\nseed: 4"])
def test_it_is_the_angle_of_the_gradients_that_the_updates_use(more):
    values, paths = angles("1.5, 1.5", 0.06, more)
    steps = np.diff(paths.positions[0, 0], axis=0)
    cosine = (steps[1:] * steps[:-1]).sum(-1) / np.prod(
        [np.linalg.norm(each, axis=-1) for each in (steps[1:], steps[:-1])], axis=0
    )
    np.testing.assert_allclose(values[1:30], np.degrees(np.arccos(cosine)), atol=1e-3)
