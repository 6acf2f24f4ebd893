"""Widths, shifts and distances on the line through two ends, against losses taken anew."""

import jax
import numpy as np
import pytest
from scipy.optimize import brentq

from animate import pipeline
from animate.networks.data import digits
from animate.networks.experiments import EXPERIMENTS
from animate.networks.experiments.wide_and_narrow.compute import lowest, valleys
from animate.networks.experiments.wide_and_narrow.panels import BatchLine
from animate.networks.network import network
from animate.scene.load import read_text
from tests.experiments.conftest import SMALL
from tests.pictures import at, drawn

SCENE = "experiment: wide_and_narrow\ntiming: {seconds: 1, fps: 2}\n"
T = np.linspace(-1, 2, 301)


def test_valleys_of_two_parabolas_are_as_wide_as_their_formula_says():
    losses = np.minimum(T**2, 4 * (T - 1) ** 2)
    np.testing.assert_allclose(valleys(T, losses, 0.25), [[-0.5, 0.5], [0.75, 1.25]], atol=1e-3)
    np.testing.assert_allclose(lowest(T, losses), [0, 1], atol=1e-9)
    np.testing.assert_allclose(lowest(T, np.stack([losses, (T - 0.75) ** 2]))[1, 1], 0.75)


def test_a_valley_ends_with_the_line_and_one_above_the_level_has_no_width():
    losses = np.where(T < 0.5, 0.1, 3.0)
    first, second = valleys(T, losses, 1.0)
    assert first[0] == T[0]
    assert 0.48 < first[1] < 0.5
    assert second[0] == second[1] == 1


def test_losses_on_the_line_and_widths_are_those_of_the_weights(small):
    result = small("wide_and_narrow")
    problem = network(digits(samples=1797, test=0.3), hidden=(6,))
    with jax.enable_x64(True):
        parts = [(np.asarray(x, np.float64), y) for x, y in (problem.data, problem.test)]
        first, last = result.ends[1, :, 1].astype(np.float64)

        def loss(place, part=0):
            return float(problem.loss((1 - place) * first + place * last, parts[part]))

        for k in (0, 40, 102):
            place = float(result.t[k])
            np.testing.assert_allclose(result.training[1, 1, k], loss(place), rtol=1e-4)
            np.testing.assert_allclose(result.held_out[1, 1, k], loss(place, 1), rtol=1e-4)
        left, right = (
            brentq(lambda place: loss(place) - result.level, *ends) for ends in ((-1.2, 0), (0, 1))
        )
    width = (right - left) * np.linalg.norm(last - first)
    np.testing.assert_allclose(result.widths[1, 0, 1], width, rtol=0.01)


def test_weight_decay_shortens_the_weights_and_the_film_ends_with_the_last_epoch(small):
    result = small("wide_and_narrow")
    norms = np.linalg.norm(result.ends, axis=-1)
    assert (norms[1] < norms[0]).all()
    np.testing.assert_allclose(result.films[:, 0, -1], result.training[:, 0], rtol=1e-5)
    np.testing.assert_allclose(result.distances[:, -1], result.apart[:, 0], rtol=1e-5)
    assert (result.starts[0] != result.starts[1]).any()
    assert (result.shifts.shape, result.moved.shape) == ((2, 2, 2), (2, 2, 2))


def test_both_sizes_may_begin_at_one_start():
    options = SMALL["wide_and_narrow"] | {"common_start": True, "epochs": 2, "seeds": (3,)}
    result = EXPERIMENTS["wide_and_narrow"].make(**options)
    np.testing.assert_array_equal(result.starts[0], result.starts[1])
    np.testing.assert_allclose(result.distances[:, 0], 0)


@pytest.mark.parametrize(("of", "row"), [("plain", 0), ("decayed", 1)])
def test_a_line_shows_both_losses_and_how_wide_the_valleys_are(small, monkeypatch, of, row):
    result = small("wide_and_narrow")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    view = pipeline.stage(read_text(SCENE, "scene.yaml").scene).view
    axes, drawing = drawn(BatchLine(of=of), view)
    drawing.show(at(result.epochs[-1]))
    shown = [line.get_ydata() for line in drawing.artists if hasattr(line, "get_ydata")]
    np.testing.assert_allclose(shown[0], result.training[row, 0], rtol=1e-5)
    np.testing.assert_allclose(shown[1], result.held_out[row, 0], rtol=1e-5)
    lengths = [text.get_text() for text in axes.texts if text.get_text()[:1].isdigit()]
    expected = [width for width in result.widths[row, :, 0] if width > 0]
    np.testing.assert_allclose([float(each) for each in lengths], expected, rtol=0.01)


def test_the_axis_is_the_line_and_its_ends_are_named(small, monkeypatch):
    result = small("wide_and_narrow")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    view = pipeline.stage(read_text(SCENE, "scene.yaml").scene).view
    axes, _ = drawn(BatchLine(), view)
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["batch 32", "batch 256"]
    assert axes.get_xlabel() == "along the line, without weight decay"
