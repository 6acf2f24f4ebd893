"""The loss on segments between ends, against losses taken anew; and a run that changes midway."""

import numpy as np
import optax
import pytest

from animate import pipeline
from animate.networks.data import spirals
from animate.networks.experiments import EXPERIMENTS
from animate.networks.experiments.segments.compute import (
    ADAM,
    AGAIN,
    BETWEEN,
    CHANGED,
    GONE_ON,
    MIDWAY,
    POINTS,
    RMSPROP,
    SGD,
    rise,
)
from animate.networks.experiments.segments.panels import Walls
from animate.networks.network import initial_weights
from animate.networks.training import train
from animate.scene.load import read_text
from tests.experiments.conftest import SMALL
from tests.pictures import at, drawn

SCENE = "experiment: segments\ntiming: {seconds: 1, fps: 2}\n"


def test_a_rise_is_above_the_higher_end_and_none_where_the_highest_is_an_end():
    np.testing.assert_allclose(rise(np.array([[0.0, 3.0, 1.0], [2.0, 1.0, 0.0]])), [2.0, 0.0])


def test_the_loss_on_each_segment_is_that_of_the_weights_there(small):
    result = small("segments")
    problem, _ = initial_weights(spirals(samples=80, test=0.3, turns=1.5), (1,), hidden=(6,))
    for k, (first, last) in enumerate(BETWEEN + MIDWAY):
        ends = result.weights[[first, last], 1]
        np.testing.assert_allclose(result.apart[k, 1], np.linalg.norm(ends[1] - ends[0]), rtol=1e-6)
        for place in (0, POINTS // 4, POINTS - 1):
            share = place / (POINTS - 1)
            loss = problem.loss((1 - share) * ends[0] + share * ends[1], problem.data)
            np.testing.assert_allclose(result.profiles[k, 1, place], loss, rtol=1e-4)


def test_the_runs_are_those_of_their_optimizers_and_part_where_one_changes(small):
    result = small("segments")
    data = spirals(samples=80, test=0.3, turns=1.5)
    problem, starts = initial_weights(data, (0, 1), hidden=(6,))
    rmsprop = optax.rmsprop(0.01, decay=0.9, eps_in_sqrt=True)
    whole = {"starts": starts, "steps": 120, "keep": [40, 120], "batch": 16, "seeds": (0, 1)}
    for run, rule in ((SGD, optax.sgd(0.3)), (ADAM, optax.adam(0.01)), (RMSPROP, rmsprop)):
        alone = train(problem, rule, **whole)
        np.testing.assert_allclose(result.weights[run], alone.positions[:, 1], atol=2e-5)
    middle = train(problem, optax.sgd(0.3), **whole).positions[:, 0]
    rest = {"starts": middle, "steps": 80, "keep": [80], "batch": 16, "seeds": (1000, 1001)}
    changed = train(problem, optax.adam(0.01), **rest).positions[:, 0]
    np.testing.assert_allclose(result.weights[CHANGED], changed, atol=2e-5)
    before = result.steps <= 40
    for run in (CHANGED, GONE_ON):
        np.testing.assert_array_equal(result.losses[run][:, before], result.losses[SGD][:, before])
        assert (result.losses[run, :, -1] != result.losses[SGD, :, -1]).all()
    assert (result.weights[AGAIN] != result.weights[SGD]).any()


def test_a_change_at_the_end_changes_nothing():
    options = SMALL["segments"] | {"change": 500, "steps": 20, "seeds": (0,)}
    result = EXPERIMENTS["segments"].make(**options)
    np.testing.assert_array_equal(result.weights[CHANGED], result.weights[SGD])
    assert result.change == 20


@pytest.mark.parametrize(("of", "rows"), [("optimizers", slice(4)), ("change", slice(4, None))])
def test_walls_are_drawn_segment_by_segment_with_their_rise(small, monkeypatch, of, rows):
    result = small("segments")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    view = pipeline.stage(read_text(SCENE, "scene.yaml").scene).view
    axes, drawing = drawn(Walls(of=of), view)
    drawing.show(at(result.steps[-1]))
    curve = drawing.artists[0].get_ydata()
    np.testing.assert_allclose(curve, result.profiles[rows, 0].ravel(), rtol=1e-5)
    numbers = [float(text.get_text()) for text in axes.texts]
    assert {len(text.get_text().partition(".")[2]) for text in axes.texts} == {3}
    np.testing.assert_allclose(numbers, result.rises[rows, 0], atol=6e-4)
