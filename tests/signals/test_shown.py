"""Signals: gradients that are prescribed, the answers to them, and how both are shown."""

import re
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from animate.figure import Trails
from animate.figure.strip import Moments
from animate.pipeline import solve, stage, trace, write_trace
from animate.scene.load import read_text
from tests.npz import arrays_of
from tests.pictures import at
from tests.signals.scenes import scene_of
from tests.signals.test_rules import momentum

STEPS = 300


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


def test_a_sweep_is_seen_in_the_panels_that_a_signal_brings():
    text = (
        "signal: sawtooth\noptimizers: [adam]\nsweep: {optimizers.adam.b1: [0, 0.9]}\nsteps: 20\n"
    )
    assert stage(scene_of(text + "style: {size: [900, 700]}\n")).still.any()


@pytest.mark.parametrize("ending", ["csv", "json", "npz"])
def test_a_trace_has_no_negative_zero(ending, tmp_path):
    script = read_text("signal: spikes\noptimizers: [momentum, adam]\nsteps: 80\n", "scene.yaml")
    written = write_trace(script, tmp_path / f"paths.{ending}")[0].path
    if ending == "npz":
        updates = arrays_of(written)["updates"]
        assert (updates == 0).any()
        assert not np.signbit(updates[updates == 0]).any()
    else:
        text = written.read_text()
        assert "0.0" in text
        assert not re.search(r"-0\.0\b(?!e)", text)
