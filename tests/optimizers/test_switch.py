"""An optimizer that is followed by another: the steps of both, and what is told."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from typer.testing import CliRunner

from animate.cli.app import app
from animate.errors import SceneError
from animate.panels import Loss
from animate.pipeline import solve, stage, trace
from animate.scene.load import read_text
from tests import transcriptions
from tests.optimizers.test_rules import shown
from tests.pictures import drawn

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


@pytest.mark.parametrize(
    ("then", "note"),
    [
        ("name: sgd, learning_rate: 0.001", "0.1 → 0.001"),
        ("name: adadelta", "0.1 → 1"),
        (
            "name: sgd, learning_rate: {schedule: constant_schedule, value: 0.1}",
            "0.1 → schedule",
        ),
    ],
)
def test_the_legend_tells_both_learning_rates(then, note):
    assert stage(scene_of(then)).view.notes == (note,)


def test_check_tells_both_learning_rates_and_the_step(tmp_path):
    path = tmp_path / "switch.yaml"
    then = "name: sgd, learning_rate: 0.001"
    path.write_text(TEXT % (then, "contour"))
    told = "after 10 steps sgd, learning rate 0.001"
    assert (
        f"  adam: learning rate 0.1; {told}\n"
        in CliRunner().invoke(app, ["check", str(path)]).output
    )
    path.write_text((TEXT % (then, "contour")).replace("0.1, then", "best, then"))
    found = CliRunner().invoke(app, ["check", str(path)]).output
    assert f"  adam: the learning rate found; {told}\n" in found


@pytest.mark.parametrize(
    "then", ["name: adam, learning_rate: 0.2", "name: sgd, learning_rate: 0.1"]
)
def test_the_rules_that_are_shown_are_run_one_after_the_other(then):
    view = stage(scene_of(then, "[contour], [formula]")).view
    (lines,), places = view.formulas, view.trajectories.positions[0, 0]
    (switch,) = (k for k, line in enumerate(lines) if line.startswith("t > 10"))
    assert ("t - 10" in lines[switch]) == ("adam" in then)
    constants, rate = {"b1": 0.9, "b2": 0.999, "eps": 1e-8}, 0.2 if "adam" in then else 0.1
    first = shown(lines[:switch], START, 0.1, constants, 10)
    later = shown(lines[switch + 1 :], first[-1], rate, constants, 15)
    np.testing.assert_allclose(places, [*first, *later[1:]], rtol=1e-6)


def test_where_one_rule_is_not_known_none_is_shown():
    two = TEXT.replace("optimizers: [", "optimizers: [sgd, ").replace(
        "steps", "learning_rate: 0.1\nsteps"
    )
    view = stage(read_text(two % ("name: lbfgs", "[contour], [formula]"), "x.yaml").scene).view
    assert view.formulas[1] == ()


def test_curves_are_marked_where_the_method_changes():
    view = stage(scene_of("name: sgd, learning_rate: 0.1")).view
    assert _marks(view) == [(10, view.colours[0])]
    gone = replace(view.trajectories, ends=np.array([[9]]))
    assert _marks(replace(view, trajectories=gone)) == []


def _marks(view):
    """The step and the colour of every dotted line across the curves."""
    axes, _ = drawn(Loss(), view)
    return [
        (line.get_xdata()[0], line.get_color())
        for line in axes.lines
        if line.get_linestyle() == ":"
    ]


def test_a_network_is_trained_by_both(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    text = (
        "surface: {network: {hidden: [4]}, resolution: 8}\nsteps: 20\nbatch: 256\noptimizers:\n"
        "- {name: adam, learning_rate: 0.1}\n"
        "- {name: adam, learning_rate: 0.1, then: {at: 10, name: sgd, learning_rate: 1e-9}}\n"
    )
    path = tmp_path / "network.yaml"
    path.write_text(text)
    told = CliRunner().invoke(app, ["check", str(path)]).output
    assert "adam 2: learning rate 0.1; after 10 steps sgd, learning rate 1e-09\n" in told
    view = stage(read_text(text, "x.yaml").scene).view
    assert (view.notes[1], view.switches) == ("0.1 → 10⁻⁹", (None, 10))
    losses = view.trajectories.losses[:, 0]
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
