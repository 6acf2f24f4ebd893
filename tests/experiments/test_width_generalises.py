"""False labels, and accuracies and losses by width against the networks that are kept."""

import numpy as np
import pytest

from animate import pipeline
from animate.networks.data import digits
from animate.networks.experiments import EXPERIMENTS
from animate.networks.experiments.width_generalises.compute import HELD_OUT, falsified
from animate.networks.experiments.width_generalises.panels import ByWidth
from animate.scene.load import read_text
from animate.text import Words
from tests.pictures import at, drawn

SCENE = "experiment: width_generalises\ntiming: {seconds: 1, fps: 2}\n"
ALL = 40 + HELD_OUT


def test_the_share_of_labels_that_is_asked_for_is_false_and_none_by_chance_true():
    data = digits(samples=1000, test=0.0)
    found = falsified(data, 0.25, seed=3)
    assert (found != data.targets).sum() == 250
    assert set(found) == set(range(10))
    np.testing.assert_array_equal(found, falsified(data, 0.25, seed=3))
    assert (found != falsified(data, 0.25, seed=4)).any()


def outputs(vector, width, inputs):
    """The logits of one hidden layer of rectified units, by hand."""
    first, bias, second, last = np.split(
        vector.astype(float), np.cumsum([64 * width, width, 10 * width])
    )
    hidden = np.maximum(inputs @ first.reshape(width, 64).T + bias, 0)
    return hidden @ second.reshape(10, width).T + last


def test_losses_and_accuracies_are_those_of_the_networks_that_are_kept(small):
    result = small("width_generalises")
    place = 0
    for k, width in enumerate(result.widths):
        size = 65 * width + 10 * (width + 1)
        for row, seed in enumerate(result.seeds):
            data = digits(samples=ALL, test=HELD_OUT / ALL, seed=int(seed))
            np.testing.assert_array_equal(result.targets[1, row], data.targets)
            wrong = result.targets[0, row] != data.targets
            assert wrong.sum() == 8
            for kind in (0, 1):
                vector = result.weights[kind, row, place : place + size]
                logits = outputs(vector, width, data.inputs)
                chosen = logits[np.arange(40), result.targets[kind, row]]
                loss = (np.log(np.exp(logits).sum(axis=1)) - chosen).mean()
                np.testing.assert_allclose(result.losses[kind, k, row, -1], loss, rtol=1e-4)
                guesses = outputs(vector, width, data.test_inputs).argmax(axis=1)
                right = (guesses == data.test_targets).mean()
                assert result.accuracies[kind, k, row, -1] == pytest.approx(right, abs=1e-6)
                if kind == 0:
                    again = (logits.argmax(axis=1) == result.targets[0, row])[wrong].mean()
                    assert result.learned[k, row] == pytest.approx(again, abs=1e-6)
        place += size


@pytest.mark.parametrize("of", ["accuracy", "loss"])
def test_every_seed_is_a_dot_beside_its_width_and_the_line_their_mean(of, small, monkeypatch):
    result = small("width_generalises")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    view = pipeline.stage(read_text(SCENE, "scene.yaml").scene).view
    axes, drawing = drawn(ByWidth(of=of), view)
    drawing.show(at(60))
    values = {"accuracy": result.accuracies, "loss": result.losses}[of][..., -1]
    for kind in (0, 1):
        places, heights = np.asarray(axes.collections[kind].get_offsets()).T
        np.testing.assert_allclose(heights, values[kind].ravel(), rtol=1e-6)
        assert ((places < np.repeat(result.widths, 2)) == (kind == 0)).all()
        mean = values[kind].mean(axis=1)
        if of == "loss":
            mean = np.exp(np.log(values[kind]).mean(axis=1))
        np.testing.assert_allclose(axes.lines[kind].get_ydata(), mean, rtol=1e-6)


def test_the_finding_says_harm_only_where_the_widest_network_is_clearly_worse(small):
    from dataclasses import replace

    result, words = small("width_generalises"), Words()
    present = EXPERIMENTS["width_generalises"].facts["present"]
    accuracies = np.full_like(result.accuracies, 0.75)
    for widest, harm in ((0.74, False), (0.73, True)):
        accuracies[0, -1] = widest
        shown = present(replace(result, accuracies=accuracies), words)
        finding = shown.finding
        assert (shown.title == words("width_generalises claim")) != harm
        assert (words("width harms") in finding) == harm
        assert (words("width does no harm") in finding) != harm
