"""Steps of Newton's methods against the optimizers of races, and what stands at a saddle."""

from dataclasses import replace

import jax
import numpy as np
import pytest

from animate import pipeline
from animate.errors import UsageError
from animate.networks.curvature import in_float64
from animate.networks.data import pooled_digits
from animate.networks.experiments import EXPERIMENTS
from animate.networks.experiments.saddle_free.compute import DAMPINGS, SaddleFree
from animate.networks.experiments.saddle_free.panels import Escape
from animate.networks.network import network
from animate.optimizers.curvature import newton, saddle_free_newton
from animate.scene.load import read_text
from tests.pictures import drawn

SCENE = "experiment: saddle_free\ntiming: {seconds: 1, fps: 2}\n"


def steps_of(make, point, data, problem):
    """Where the optimizer of races goes from `point` with each damping, and the losses there."""
    gradient = jax.grad(problem.loss)(point, data)
    ends = []
    for damping in DAMPINGS:
        method = make(1.0, damping=float(damping))
        change, _ = method.update(
            gradient, method.init(point), point, value_fn=lambda at: problem.loss(at, data)
        )
        ends.append(point + np.asarray(change))
    return np.array(ends), np.array([problem.loss(end, data) for end in ends])


@pytest.mark.parametrize(("number", "make"), [(2, newton), (3, saddle_free_newton)])
def test_a_step_is_the_optimizers_with_the_damping_that_is_best(number, make, small):
    result = small("saddle_free")
    problem = network(pooled_digits(60), hidden=(3,), activation="tanh", init="lecun", seed=1)
    with jax.enable_x64(True):
        data = in_float64(problem.data)
        for step in (0, 3, 7):
            ends, losses = steps_of(make, result.positions[number, 1, step], data, problem)
            found = result.losses[number, 1, step + 1]
            assert found == pytest.approx(losses.min(), rel=1e-6)
            misses = np.abs(ends - result.positions[number, 1, step + 1]).max(axis=1)
            assert misses[losses.argmin()] < 1e-5


def test_every_method_starts_at_the_same_point_and_sgd_goes_down_the_gradient(small):
    result = small("saddle_free")
    assert (result.positions[:, :, 0] == result.positions[:1, :, 0]).all()
    moves = np.diff(result.positions[0], axis=1)
    lengths = np.linalg.norm(moves, axis=-1) / result.learning_rate
    np.testing.assert_allclose(lengths, result.gradients[0, :, :-1], rtol=1e-9)


def test_newton_stands_at_the_saddle_that_saddle_free_newton_leaves(small):
    result = EXPERIMENTS["saddle_free"].make(hidden=(3,), samples=60, steps=25, seeds=(0,))
    assert result.at_saddle[1].all()
    assert not result.at_saddle[3].any()
    assert result.losses[3, 0, -1] < 0.5 < result.losses[1, 0, -1]


def test_at_a_saddle_is_what_rests_and_bends_down_clearly():
    values = np.array([[-1.0, 0.0, 1.0], [-1e-4, 0.0, 1.0], [-1.0, 0.0, 1.0]])[:, None, None]
    made = np.zeros((3, 1, 1))
    lengths = np.array([1e-9, 1e-9, 1e-3])[:, None, None]
    result = SaddleFree(np.arange(1), made, lengths, values, values, 1.0, 1.0)
    np.testing.assert_array_equal(result.at_saddle[:, 0], [True, False, False])
    np.testing.assert_array_equal(result.negatives[:, 0, 0], [1, 0, 1])
    np.testing.assert_allclose(result.ratios[:, 0, 0], [-1.0, -1e-4, -1.0])


@pytest.mark.parametrize("of", ["negatives", "ratio", "gradient"])
def test_a_panel_draws_the_first_seeds_values(of, small, monkeypatch):
    result = small("saddle_free")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    view = pipeline.stage(read_text(SCENE, "scene.yaml").scene).view
    panel = Escape(of=of)
    drawn(panel, view)
    name = {"negatives": "negatives", "ratio": "ratios", "gradient": "gradients"}[of]
    np.testing.assert_allclose(panel.values(view, view)[:, 0], getattr(result, name)[:, 0])
    few = replace(view.trajectories, labels=view.trajectories.labels[:1])
    assert len(panel.values(replace(view, trajectories=few), view)) == 1


def test_a_rate_that_leaves_finite_numbers_is_told():
    with pytest.raises(UsageError, match="finite"):
        EXPERIMENTS["saddle_free"].make(
            hidden=(3,), activation="relu", steps=9, seeds=(0,), learning_rate=1e200
        )
