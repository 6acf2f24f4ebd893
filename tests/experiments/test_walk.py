"""Angles of a walk against gradients taken anew, and the loss between its steps."""

import jax
import numpy as np

from animate import pipeline
from animate.networks.data import digits
from animate.networks.experiments.walk.compute import EARLY, PARTS, angles_along, turns_of
from animate.networks.experiments.walk.panels import BetweenSteps
from animate.networks.network import network
from animate.scene.load import read_text
from tests.pictures import drawn

SCENE = "experiment: walk\ntiming: {seconds: 1, fps: 2}\n"


def test_angles_of_known_moves():
    moves = np.array([[1.0, 0.0], [0.0, 2.0], [0.0, -3.0], [-1.0, -1.0], [-2.0, -2.0], [0.0, 0.0]])
    path = np.cumsum(np.vstack([np.zeros(2), moves]), axis=0)
    np.testing.assert_allclose(angles_along(path), [90, 180, 45, 0, 0], atol=1e-5)


def test_angles_are_those_of_the_gradients_that_moved_the_weights(small):
    result = small("walk")
    problem = network(digits(samples=60, test=0.0), hidden=(3,), activation="tanh", seed=0)
    with jax.enable_x64(True):
        inputs, targets = problem.data
        data = np.asarray(inputs, np.float64), targets
        gradient = jax.jit(jax.grad(problem.loss))
        for k in (0, 1):
            path = result.positions[k, 1].astype(np.float64)
            slopes = np.stack([gradient(point, data) for point in path[:20]])
            units = slopes / np.linalg.norm(slopes, axis=1, keepdims=True)
            expected = np.degrees(np.arccos((units[1:] * units[:-1]).sum(axis=1)))
            np.testing.assert_allclose(result.angles[k, 1, :19], expected, atol=0.05)


def test_the_loss_between_steps_begins_and_ends_at_the_steps(small):
    result = small("walk")
    np.testing.assert_allclose(result.between[..., 0], result.losses[..., :-1], rtol=1e-5)
    np.testing.assert_allclose(result.between[..., -1], result.losses[..., 1:], rtol=1e-5)
    problem = network(digits(samples=60, test=0.0), hidden=(3,), activation="tanh", seed=0)
    halfway = result.positions[2, 0, 40:42].mean(axis=0)
    found = result.between[2, 0, 40, PARTS // 2]
    np.testing.assert_allclose(found, problem.loss(halfway, problem.data), rtol=1e-5)
    assert not result.valleys[1].any()  # a small rate goes down all the way


def test_a_walk_turns_where_its_angle_first_exceeds_a_right_angle_after_the_start():
    angles = np.zeros((2, EARLY + 9))
    angles[0, [3, EARLY + 2, EARLY + 4]] = 170.0
    np.testing.assert_array_equal(turns_of(angles), [EARLY + 3, EARLY + 9])


def test_a_walk_between_steps_is_drawn_over_its_first_loss(small, monkeypatch):
    result = small("walk")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    view = pipeline.stage(read_text(SCENE, "scene.yaml").scene).view
    axes, _ = drawn(BetweenSteps(of="last"), view)
    for walk, line in zip(result.losses[:, 0], axes.lines, strict=True):
        steps, values = line.get_data()
        whole = steps[::PARTS].astype(int)
        assert whole[-1] == 60
        np.testing.assert_allclose(values[::PARTS], walk[whole] / walk[whole[0]], rtol=1e-5)
