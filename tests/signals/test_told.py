"""What is traced, described and refused of a signal."""

import csv
import json

import numpy as np
import pytest

from animate.errors import SceneError
from animate.pipeline import describe, solve
from animate.scene.load import read_text
from tests.signals.scenes import scene_of
from tests.signals.test_rules import momentum


def test_a_trace_has_gradients_and_steps_and_no_loss(tmp_path):
    from animate.pipeline import write_trace

    script = read_text("signal: spikes\noptimizers: [sgd]\nsteps: 20\n", "x.yaml")
    write_trace(script, tmp_path / "paths.csv")
    rows = [*csv.DictReader((tmp_path / "paths.csv").read_text().splitlines())]
    assert len(rows) == 21
    assert "loss" not in rows[0]
    assert rows[10]["gradient_x"] == "1.0"
    assert rows[10]["step_x"] == "-1.0"
    assert rows[11]["x"] == "-1.0"
    write_trace(script, tmp_path / "paths.json")
    assert json.loads((tmp_path / "paths.json").read_text())[10]["step_x"] == -1
    write_trace(script, tmp_path / "paths.npz")
    with np.load(tmp_path / "paths.npz") as arrays:
        assert set(arrays) == {"optimizers", "steps", "positions", "gradients", "updates"}
        assert arrays["updates"][0, 0, 10, 0] == -1


def test_the_description_tells_the_longest_steps_in_both_languages():
    text = (
        "signal: {name: rectangles, period: 100}\nsteps: 49\n"
        "optimizers: [{name: momentum, learning_rate: 2}]\n"
    )
    longest = max(abs(step) for step in momentum(np.ones(50), 1.0, 0.9))
    assert describe(scene_of(text)) == (
        f"Rectangles: Momentum, 49 steps. The longest steps, over the learning rate: "
        f"Momentum ({longest:.3g}, step 49)."
    )
    assert describe(scene_of(text + "style: {language: ru}\n")) == (
        "Прямоугольные импульсы: Momentum, 49 шагов. Самые длинные шаги, делённые на скорость "
        f"обучения: Momentum ({longest:.3g}; шаг 49).".replace(".9", ",9", 1)
    )


MISTAKES = {
    "signal: bumps\n": "x.yaml:1:9: there is no signal named 'bumps'. There are rectangles, "
    "saturation, sawtooth, sine and spikes.",
    'signal: {formula: "sin(x)"}\n': "x.yaml:1:24: unknown name 'x'. The variable is t.",
    'signal: {formula: "1/t"}\n': "x.yaml:1:9: the signal '1/t' is no number at t = 0",
    "signal: spikes\nsurface: beale\n": "surface: a signal takes its place; leave one of them out",
    "signal: spikes\nstart: [1, 1]\n": "start: a signal is the same wherever a run is; leave",
    "signal: spikes\nnoise: {std: 1}\n": "noise: stands in the signal, as {name: spikes, noise: ",
    "signal: spikes\nlearning_rate: best\n": "'best' needs a loss, and a signal has none; give a ",
    "signal: spikes\npanels: [contour]\n": "'contour' shows a surface of two variables, and this "
    "scene has none; leave it out",
    "signal: spikes\npanels: [loss]\n": "'loss' shows losses against the step, and this scene has "
    "none; leave it out",
}  # fmt: skip


@pytest.mark.parametrize("text", MISTAKES)
def test_what_a_signal_cannot_be_is_told(text):
    with pytest.raises(SceneError) as caught:
        scene_of(text + "optimizers: [sgd]\n")
    assert MISTAKES[text] in str(caught.value)


@pytest.mark.parametrize(("name", "lacks"), [("newton", "curvature"), ("lbfgs", "loss")])
def test_what_needs_more_than_a_gradient_is_refused_on_a_signal(name, lacks):
    script = read_text(f"signal: spikes\noptimizers: [adam, {name}]\n", "x.yaml")
    with pytest.raises(SceneError) as caught, script.placing():
        solve(script.scene)
    assert str(caught.value).startswith(f"x.yaml:2:20: {name} needs the {lacks} of a surface")


def test_no_gradient_at_all_is_no_reason_to_refuse():
    scene = scene_of("signal: {formula: '0*t'}\noptimizers: [sgd, adam]\nsteps: 5\n")
    assert not solve(scene).trajectories.positions.any()


def test_response_is_refused_on_a_surface():
    with pytest.raises(
        SceneError, match="'response' shows the answers to a signal only; leave it out"
    ):
        scene_of("surface: beale\noptimizers: [adam]\npanels: [response]\n")


def test_a_signal_beyond_its_bound_is_told():
    with pytest.raises(
        SceneError, match=r"x\.yaml:1:9: reaches 1e\+308, and may reach 1e\+100; scale"
    ):
        scene_of("signal: {name: spikes, height: 1e308}\noptimizers: [adam]\n")


@pytest.mark.parametrize(
    ("layout", "who", "count"),
    [
        ("film", "2 optimizers, Adam with 5 values of b1, 0 to 0.9 (told: 0, 0.45 and 0.9)", 4),
        ("race", "2 optimizers, Adam with 5 values of b1", 6),
    ],
)
def test_a_film_is_described_by_as_many_as_it_counts(layout, who, count):
    said = describe(
        scene_of(
            "signal: spikes\noptimizers: [{name: sgd, learning_rate: 1}, adam]\n"
            f"sweep: {{optimizers.adam.b1: {{from: 0, to: 0.9, count: 5}}, as: {layout}}}\n"
        )
    )
    assert said.startswith(f"Spikes: {who}, 300 steps. ")
    assert said.count(", step ") == count


def test_of_many_answers_the_first_are_told_and_the_others_counted():
    many = ", ".join(f"{{name: sgd, learning_rate: {k}}}" for k in range(1, 13))
    said = describe(scene_of(f"signal: spikes\noptimizers: [{many}]\nsteps: 20\n"))
    assert said.count("step 10)") == 8
    assert said.endswith("; 4 more.")
