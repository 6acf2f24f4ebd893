"""Signals: gradients that are prescribed, the answers to them, and how both are shown."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from animate.errors import SceneError
from animate.figure import Trails
from animate.figure.strip import Moments
from animate.pipeline import describe, solve, stage, trace
from animate.scene.load import read_text
from tests.pictures import at

STEPS = 300
SIGNALS = {
    "spikes": "spikes",
    "rectangles": "rectangles",
    "noisy sine": '{formula: "sin(t/20)", noise: 0.5}',
    "very noisy sine": '{formula: "sin(t/20)", noise: 2}',
    "sawtooth": "sawtooth",
    "saturation": "saturation",
}


def scene_of(text):
    return read_text(text, "x.yaml").scene


def momentum(g, eta, gamma):
    v = 0.0
    for each in g:
        v = gamma * v + eta * each
        yield -v


def rmsprop(g, eta, gamma):
    mean = 0.0
    for each in g:
        mean = gamma * mean + (1 - gamma) * each**2
        yield -eta / np.sqrt(mean + 1e-7) * each


def adadelta(g, eta, gamma, initial=0.0):
    mean, moved = 0.0, initial
    for each in g:
        mean = gamma * mean + (1 - gamma) * each**2
        step = -np.sqrt(moved + 1e-7) / np.sqrt(mean + 1e-7) * each
        moved = gamma * moved + (1 - gamma) * step**2
        yield eta * step


def adagrad(g, eta, eps):
    total = 0.0
    for each in g:
        total += each**2
        yield -eta * each / np.sqrt(total + eps)


def adam(g, eta, b1):
    mean = square = 0.0
    for t, each in enumerate(g, 1):
        mean = b1 * mean + (1 - b1) * each
        square = 0.999 * square + 0.001 * each**2
        yield -eta * (mean / (1 - b1**t)) / np.sqrt(square / (1 - 0.999**t) + 1e-7)


def adamax(g, eta, b1):
    mean = largest = 0.0
    for t, each in enumerate(g, 1):
        mean = b1 * mean + (1 - b1) * each
        largest = max(0.999 * largest, abs(each))
        yield -eta / (1 - b1**t) * mean / (largest + 1e-8)


WEIGHTS = (0.25, 0.9, 0.975)
RULES = {  # the rule of the article, how a scene writes it, and the values of its one parameter
    "momentum": (momentum, "momentum: %s", WEIGHTS),
    "rmsprop": (rmsprop, "decay: %s, eps: 1e-7", WEIGHTS),
    "adadelta": (adadelta, "rho: %s, eps: 1e-7", WEIGHTS),
    "adadelta from 50": (
        lambda g, eta, gamma: adadelta(g, eta, gamma, 50.0),
        "rho: %s, eps: 1e-7, initial: 50",
        WEIGHTS,
    ),
    "adagrad": (adagrad, "eps: %s, eps_inside: true", (1e-7, 0.1, 10.0)),
    "adam": (adam, "b1: %s, eps: 1e-7, eps_inside: true", WEIGHTS),
    "adamax": (adamax, "b1: %s", WEIGHTS),
}


@pytest.mark.parametrize("signal", SIGNALS)
def test_the_answers_are_those_of_the_rules_of_the_article(signal):
    written = [
        f"{{name: {name.split()[0]}, learning_rate: 0.25, {form % value}}}"
        for name, (_, form, values) in RULES.items()
        for value in values
    ]
    scene = scene_of(
        f"signal: {SIGNALS[signal]}\noptimizers: [{', '.join(written)}]\nsteps: {STEPS}\n"
    )
    paths = solve(scene).trajectories
    gradients = paths.gradients[0, 0, :, 0]
    wanted = np.array(
        [[*rule(gradients, 0.25, value)] for rule, _, values in RULES.values() for value in values]
    )
    np.testing.assert_allclose(paths.inside.updates[:, 0, :, 0], wanted, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        paths.positions[:, 0, 1:, 0], wanted[:, :-1].cumsum(axis=1), rtol=1e-9, atol=1e-9
    )


def test_the_signals_are_what_their_docstrings_say():
    def values(signal):
        scene = scene_of(f"signal: {signal}\noptimizers: [sgd]\nsteps: 200\n")
        return scene.gradients[:, 0]

    t = np.arange(201)
    assert [*np.flatnonzero(values("spikes"))] == [10, 70, 130, 190]
    assert [*np.flatnonzero(values("{name: spikes, first: 0, period: 100}"))] == [0, 100, 200]
    np.testing.assert_array_equal(values("rectangles"), np.where(t // 20 % 2, -1, 1))
    np.testing.assert_array_equal(values("saturation"), 1 - t // 40 % 2)
    np.testing.assert_allclose(values("sine"), np.sin(t / 120 * 2 * np.pi), atol=1e-12)
    teeth = values("sawtooth")
    assert teeth[:80].max() == 1
    assert teeth[80:].max() == 0.25
    assert (np.diff(teeth[:20]) > 0).all()


def test_noise_is_uniform_and_belongs_to_the_seed():
    def noise(seed, bound=0.5):
        scene = scene_of(
            f'signal: {{formula: "0*t", noise: {bound}}}\nsteps: 5000\nseed: {seed}\n'
            "optimizers: [sgd]\n"
        )
        return scene.gradients[:, 0]

    first = noise(1)
    assert -0.5 <= first.min() < -0.49
    assert 0.49 < first.max() <= 0.5
    assert abs(first.var() - 1 / 12) < 0.004
    np.testing.assert_array_equal(noise(1), first)
    assert (noise(2) != first).mean() > 0.99


def test_two_coordinates_have_signals_of_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = "\n".join(f"{k},{k / 10}" for k in range(51))
    Path("measured.csv").write_text(f"time,gradient\n{rows}\n")
    scene = scene_of(
        "signal: {x: {csv: measured.csv, column: gradient}, y: {name: spikes, period: 25}}\n"
        "optimizers: [{name: sgd, learning_rate: 0.5}]\nsteps: 50\n"
    )
    paths = solve(scene).trajectories
    np.testing.assert_allclose(paths.inside.updates[0, 0, :, 0], -0.05 * np.arange(51))
    assert [*np.flatnonzero(paths.inside.updates[0, 0, :, 1])] == [10, 35]


def curves(text, panel=0):
    ready = stage(scene_of(text + "style: {size: [640, 480]}\n"))
    trails = [each for each in ready.paths if isinstance(each, Trails)]
    return ready, trails[panel]


def test_the_response_is_the_step_over_the_rate_in_front_of_the_gradient():
    text = (
        "signal: rectangles\nsteps: 100\npanels: [response]\noptimizers:\n"
        "- {name: sgd, learning_rate: 0.3}\n- {name: momentum, learning_rate: 0.01}\n"
    )
    ready, trails = curves(text)
    places = trails.axes.transData.inverted().transform(trails.points.reshape(-1, 2))
    values = places.reshape(trails.points.shape)[..., 1]
    gradients = ready.view.trajectories.gradients[0, 0, :, 0]
    np.testing.assert_allclose(values[0], gradients, atol=1e-9)
    np.testing.assert_allclose(values[1], [-s for s in momentum(gradients, 1.0, 0.9)], atol=1e-9)
    low, high = trails.axes.get_ylim()
    assert low < values.min()
    assert high > values.max()
    assert " ".join(trails.axes.get_ylabel().split()) == "step ÷ learning rate; grey: gradient"


def test_a_gradient_far_larger_than_the_steps_has_a_scale_of_its_own_and_says_so():
    text = "signal: {name: spikes, height: 200}\npanels: [response]\noptimizers: [adam]\n"
    _, trails = curves(text)
    label = " ".join(trails.axes.get_ylabel().split())
    assert label == "step ÷ learning rate; grey: gradient, up to 200"
    assert trails.axes.get_ylim()[1] < 2


def test_what_has_been_of_the_gradient_is_stronger_than_what_comes():
    text = "signal: saturation\nsteps: 60\npanels: [response]\noptimizers: [adam]\n"
    ready, trails = curves(text)
    picture = ready.picture(ready.view.timeline.frame_at(3.0)).astype(int)
    now = at(30)
    assert now.step == 30
    paper = np.array(to_rgba(ready.view.theme.paper)[:3]) * 255
    height = picture.shape[0]

    def ink(step):
        x, y = trails.axes.transData.transform((step, 0.15))
        return np.abs(picture[height - round(y), round(x), :3] - paper).sum()

    assert ink(5) > 1.8 * ink(38) > 0
    assert ink(50) < 20


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
        f"обучения: Momentum ({longest:.3g}, шаг 49).".replace(".9", ",9", 1)
    )


MISTAKES = {
    "signal: bumps\n": "x.yaml:1:9: there is no signal named 'bumps'. There are rectangles, "
    "saturation, sawtooth, sine and spikes.",
    'signal: {formula: "sin(x)"}\n': "x.yaml:1:24: unknown name 'x'. There are ",
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


def test_response_is_refused_on_a_surface_and_newton_on_a_signal():
    with pytest.raises(
        SceneError, match="'response' shows the answers to a signal only; leave it out"
    ):
        scene_of("surface: beale\noptimizers: [adam]\npanels: [response]\n")
    script = read_text("signal: spikes\noptimizers: [adam, newton]\n", "x.yaml")
    with pytest.raises(SceneError) as caught, script.placing():
        solve(script.scene)
    assert str(caught.value).startswith("x.yaml:2:20: newton needs the curvature of a ")


@pytest.mark.parametrize("kind", ["grid", "race", "film"])
def test_a_sweep_stands_side_by_side_in_one_panel_or_in_a_film(kind):
    text = (
        "signal: sawtooth\noptimizers: [{name: momentum, learning_rate: 1}]\nsteps: 40\n"
        f"sweep: {{optimizers.momentum.momentum: [0.25, 0.9, 0.975], as: {kind}}}\n"
        "panels: [response]\n"
    )
    ready, trails = curves(text)
    panels = {each.axes for each in ready.paths if isinstance(each, Trails)}
    assert len(panels) == (3 if kind == "grid" else 1)
    wanted = -trace(scene_of(text)).inside.updates[2, 0, :, 0] if kind == "race" else None
    if wanted is not None:
        points = trails.axes.transData.inverted().transform(trails.points[2])
        np.testing.assert_allclose(points[:, 1], wanted, atol=1e-9)


def test_a_sparse_gradient_is_zero_but_in_one_of_its_updates():
    text = (
        'surface: {formula: "x**2 + y**2", window: [[-2, 2], [-2, 2]]}\nstart: [1.5, 1.5]\n'
        "optimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 45\n"
        "noise: {kind: sparse, every: 20, coordinate: y}\n"
    )
    positions = trace(scene_of(text)).positions[0, 0]
    np.testing.assert_allclose(positions[:, 0], 1.5 * 0.8 ** np.arange(46))
    counts = np.array([0, *(1 + np.arange(45) // 20)])
    np.testing.assert_allclose(positions[:, 1], 1.5 * 0.8**counts)


LAYOUTS = {
    "alone": ("", 1),
    "split": ("split: optimizers", 2),
    "strip": ("", 3),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("panel", ["response", "memory", "step_size", "coordinates"])
@pytest.mark.parametrize("signal", ["spikes", "{x: spikes, y: sine}"])
def test_every_panel_of_a_signal_stands_in_every_layout(signal, panel, layout):
    options, count = LAYOUTS[layout]
    text = (
        f"signal: {signal}\noptimizers: [momentum, nesterov]\nsteps: 30\n"
        f"panels: [{{{panel}: {{{options}}}}}]\ntiming: {{seconds: 1, fps: 4}}\n"
        "style: {size: [900, 480]}\n"
    )
    ready = stage(scene_of(text), Moments(3) if layout == "strip" else None)
    curves = [each for each in ready.paths if isinstance(each, Trails)]
    assert len({each.axes for each in curves}) == count
    parts = 1 if signal == "spikes" else 2
    assert len(curves) == count * parts
    first, last = ready.picture(0), ready.picture(ready.view.timeline.frames - 1)
    assert (first != last).any() == (layout != "strip")


@pytest.mark.parametrize(
    "schedule",
    [
        "cosine_decay_schedule, init_value: 1, decay_steps: 300",
        "exponential_decay, init_value: 1, transition_steps: 5, decay_rate: 0.5",
    ],
)
def test_steps_are_exact_however_small_beside_the_parameters(schedule):
    scene = scene_of(
        "signal: sine\nsteps: 250\n"
        f"optimizers: [{{name: sgd, learning_rate: {{schedule: {schedule}}}}}]\n"
    )
    paths = solve(scene).trajectories
    np.testing.assert_allclose(
        paths.inside.in_rates()[0, 0, :, 0], paths.gradients[0, 0, :, 0], rtol=1e-12, atol=0
    )


def test_a_signal_beyond_its_bound_is_told():
    with pytest.raises(
        SceneError, match=r"x\.yaml:1:9: reaches 1e\+308, and may reach 1e\+100; scale"
    ):
        scene_of("signal: {name: spikes, height: 1e308}\noptimizers: [adam]\n")


def test_a_sweep_is_seen_in_the_panels_that_a_signal_brings():
    text = (
        "signal: sawtooth\noptimizers: [adam]\nsweep: {optimizers.adam.b1: [0, 0.9]}\nsteps: 20\n"
    )
    assert stage(scene_of(text + "style: {size: [900, 700]}\n")).still.any()
