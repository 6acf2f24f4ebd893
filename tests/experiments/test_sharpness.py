"""Two valleys: the loss on a line through a network, and through the same network rescaled."""

from dataclasses import replace

import numpy as np
import pytest

from animate import pipeline as movie
from animate.networks.data import digits
from animate.networks.evaluation import evaluate
from animate.networks.experiments.sharpness.compute import PARTS, between, rescaled
from animate.networks.experiments.sharpness.outputs import Outputs
from animate.networks.experiments.sharpness.valley import Valley
from animate.networks.network import initial_weights
from animate.scene.load import read_text
from tests.experiments.conftest import SMALL, small_result
from tests.pictures import at, drawn

SCENE = "experiment: sharpness\nstyle: {size: [640, 480]}\ntiming: {seconds: 2, fps: 5}\n"


@pytest.fixture
def stage(monkeypatch):
    monkeypatch.setattr(
        "animate.networks.experiments.table.run_experiment", lambda *_: small_result("sharpness")
    )
    return movie.stage(read_text(SCENE, "scene.yaml").scene)


def problem_of_small():
    hidden = SMALL["sharpness"]["hidden"]
    return initial_weights(digits(samples=1797, test=0.3), (0,), hidden=hidden)[0]


def test_a_section_is_that_of_the_trained_network_along_the_direction_scaled_back():
    """f(T w + t d) = f(T (w + t T⁻¹ d)), and T changes no output: T⁻¹ is the rescaling by 1/α."""
    result, problem = small_result("sharpness"), problem_of_small()
    for turn in (0, PARTS // 2, PARTS):
        back = rescaled(problem, result.direction, 1 / result.turns[turn])
        line = result.weights[0, 0] + result.places[:, None] * back
        losses = evaluate(problem.loss, line.astype(np.float32), problem.data)
        np.testing.assert_allclose(result.sections[turn], losses, rtol=1e-3, atol=1e-4)


def test_the_valley_narrows_while_no_output_changes():
    result = small_result("sharpness")
    level = result.sections[0].min() + 0.5 * np.ptp(result.sections[0])
    inside = result.sections < level
    widths = [np.ptp(result.places[row]) for row in inside]
    assert (np.diff(widths) <= 1e-9).all()
    assert widths[-1] < 0.6 * widths[0]
    assert np.ptp(result.outputs, axis=0).max() < 1e-5
    assert result.changes.max() < 1e-4
    np.testing.assert_allclose(result.outputs.sum(axis=-1), 1.0, rtol=1e-5)


def test_the_factors_asked_for_are_among_those_drawn():
    alphas = np.array([1.0, 1.5, 4.0])
    turns = between(alphas)
    np.testing.assert_array_equal(turns[::PARTS], alphas)
    ratios = turns[1:] / turns[:-1]
    np.testing.assert_allclose(ratios[:PARTS], 1.5 ** (1 / PARTS))
    np.testing.assert_allclose(ratios[PARTS:], (4 / 1.5) ** (1 / PARTS))


def test_one_valley_stays_and_the_other_is_that_of_the_moment(stage):
    """The curves at the last frame are the computed ones; both balls lie at the networks' loss."""
    result, last = small_result("sharpness"), stage.view.timeline.frames - 1
    trained, scaled = stage.figure.axes[:2]
    curves = {}
    for frame in (0, last):
        stage.picture(frame)
        curves[frame] = [axes.lines[0].get_ydata() for axes in (trained, scaled)]
        for axes in (trained, scaled):
            (height,) = axes.lines[-1].get_ydata()
            assert height == pytest.approx(float(result.sections[0, len(result.places) // 2]), 1e-3)
    for still in (curves[0][0], curves[last][0], curves[0][1]):
        np.testing.assert_allclose(still, result.sections[0])
    np.testing.assert_allclose(curves[last][1], result.sections[-1])
    assert "3.0" in scaled.get_title()


def test_the_finding_comes_with_the_last_rescaling_and_these_are_counted_from_one(stage):
    words = stage.figure.axes[-1].texts
    assert (stage.view.timeline.first, stage.view.timeline.steps) == (1, 2)
    for frame, seen in ((0, False), (stage.view.timeline.frames - 1, True)):
        stage.picture(frame)
        assert {line.get_visible() for line in words} == {seen}


@pytest.mark.parametrize("width", [320, 720, 1080])
def test_the_class_stands_over_the_highest_bar_of_every_digit_and_no_names_touch(stage, width):
    outputs = small_result("sharpness").outputs[0]
    axes, _ = drawn(Outputs(), replace(stage.view, pixels=(width, 480)))
    names = [text for text in axes.texts if text.get_text().isdigit()]
    column = axes.get_xlim()[1] / len(outputs)
    for digit, row in enumerate(outputs):
        own = [each for each in names if digit <= each.get_position()[0] / column < digit + 1]
        assert str(row.argmax()) in {each.get_text() for each in own}
        boxes = [each.get_window_extent() for each in own]
        assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[k + 1 :])


def test_a_heading_that_is_wider_than_its_valley_is_said_briefly(stage):
    for width, brief in ((640, False), (160, True)):
        axes, drawing = drawn(Valley(), replace(stage.view, pixels=(width, 240)))
        drawing.show(at(1))
        assert axes.get_title().startswith("α = ") == brief
