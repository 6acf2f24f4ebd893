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
    np.testing.assert_allclose(values[1:20], angle, atol=1e-6)


@pytest.mark.parametrize("more", ["", "noise: {std: 2}\nseed: 4"])
def test_it_is_the_angle_of_the_gradients_that_the_updates_use(more):
    values, paths = angles("1.5, 1.5", 0.06, more)
    steps = np.diff(paths.positions[0, 0], axis=0)
    cosine = (steps[1:] * steps[:-1]).sum(-1) / np.prod(
        [np.linalg.norm(each, axis=-1) for each in (steps[1:], steps[:-1])], axis=0
    )
    np.testing.assert_allclose(values[1:30], np.degrees(np.arccos(cosine)), atol=1e-3)


def test_a_gradient_of_the_size_of_rounding_has_no_angle():
    text = TEXT.replace("8*y**2", "8*y**2 + sin(3*x)/2").replace("steps: 30", "steps: 400")
    ready = stage(read_text(text % ("1.5, 1", 0.05, ""), "x.yaml").scene)
    (trails,) = (each for each in ready.paths if isinstance(each, Trails))
    values = trails.axes.transData.inverted().transform(trails.points[0])[:, 1]
    lengths = ready.view.trajectories.gradient_norms[0, 0]
    assert 0 < lengths[300:].max() < 1e-14
    assert np.isnan(values[300:]).all()
    drawn = np.isfinite(values)
    assert lengths[1:][drawn[1:]].min() < 1e-12
    last = np.flatnonzero(drawn).max()
    assert values[last - 20 : last + 1].max() < 10
