"""An optimizer that is followed by another: the steps of both, and what is told."""

from functools import partial

import numpy as np
import pytest

from animate.errors import SceneError
from animate.pipeline import solve, trace
from animate.scene.load import read_text
from tests import transcriptions

TEXT = """\
surface: {formula: "x**2 + 3*y**2", window: [[-2, 2], [-2, 2]]}
start: [1.5, 1]
steps: 25
optimizers: [{name: adam, learning_rate: 0.1, then: {at: 10, %s}}]
panels: [%s]
"""
START = np.array([1.5, 1.0])


def slope(place):
    return np.array([2.0, 6.0]) * place


def scene_of(then, panel="contour"):
    return read_text(TEXT % (then, panel), "x.yaml").scene


@pytest.mark.parametrize(
    ("then", "goes_on"),
    [
        ("name: momentum, learning_rate: 0.02", partial(transcriptions.momentum, eta=0.02)),
        ("name: adadelta", partial(transcriptions.adadelta, eta=1.0)),
        ("name: adam, learning_rate: 0.1", partial(transcriptions.adam, eta=0.1)),
    ],
)
def test_the_later_method_begins_where_the_first_ends_and_without_a_memory(then, goes_on):
    paths = trace(scene_of(then))
    first = transcriptions.adam(slope, START, 0.1, 10)
    np.testing.assert_allclose(paths.positions[0, 0, :11], first, rtol=1e-9)
    np.testing.assert_allclose(
        paths.positions[0, 0, 10:], goes_on(slope, first[-1], steps=15), rtol=1e-9
    )


def test_the_legend_names_both():
    assert solve(scene_of("name: sgd, learning_rate: 0.1")).names == ("Adam → SGD",)


def test_a_network_is_trained_by_both(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    text = (
        "surface: {network: {hidden: [4]}, resolution: 8}\nsteps: 20\nbatch: 256\noptimizers:\n"
        "- {name: adam, learning_rate: 0.1}\n"
        "- {name: adam, learning_rate: 0.1, then: {at: 10, name: sgd, learning_rate: 1e-9}}\n"
    )
    losses = trace(read_text(text, "x.yaml").scene).losses[:, 0]
    assert abs(losses[1, -1] - losses[1, len(losses[1]) // 2]) < 1e-3
    assert losses[0, -1] < losses[1, -1] - 0.01


@pytest.mark.parametrize(
    ("then", "panel", "why"),
    [
        (
            "name: sgdd, foo: 1",
            "contour",
            "x.yaml:4:53: there is no optimizer named 'sgdd'. Did you",
        ),
        ("name: sgd", "contour", "x.yaml:4:53: needs a learning_rate, a number or a schedule: in "),
        (
            "name: sgd, learning_rate: best",
            "contour",
            "x.yaml:4:53: needs a learning_rate, a number",
        ),
        (
            "name: sgd, learning_rate: 1, then: {at: 3, name: adadelta}",
            "contour",
            "x.yaml:4:97: a third optimizer cannot follow; leave it out",
        ),
        (
            "name: adadelta",
            "memory",
            "x.yaml:5:10: 'memory' needs the optimizers of a race on a surface, none with 'then'",
        ),
    ],
)
def test_what_cannot_follow_is_told(then, panel, why):
    with pytest.raises(SceneError) as caught:
        scene_of(then, panel)
    assert caught.value.lines[0].startswith(why)


def test_a_switch_after_the_last_step_is_told():
    text = TEXT.replace("at: 10", "at: 25") % ("name: adadelta", "contour")
    with pytest.raises(SceneError) as caught:
        read_text(text, "x.yaml")
    assert caught.value.lines == (
        "x.yaml:4:58: the scene has 25 steps; switch before the last one",
    )


def test_a_switch_without_its_step_is_told_so():
    with pytest.raises(SceneError) as caught:
        read_text(
            "surface: beale\n"
            "optimizers: [{name: adam, learning_rate: 0.1, then: {name: sgd, learning_rate: 1}}]\n",
            "x.yaml",
        )
    assert caught.value.lines[0].startswith("x.yaml:2:53: the key 'at' is missing, as in {at: 300,")
