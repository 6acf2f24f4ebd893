"""Schedules by their names: the rate of every step is that of the formula in the sources."""

from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from typer.testing import CliRunner

from animate.cli.app import app
from animate.errors import SceneError
from animate.optimizers.schedules import SCHEDULES
from animate.pipeline import solve, stage
from animate.scene.load import read_text
from animate.simulate.numerics import float64

STEPS = 40
K = np.arange(STEPS)


def restarted(first, length, factor, least):
    """SGDR by its own loop (Loshchilov and Hutter, 2017, equation 5)."""
    rates, since = [], 0
    for _ in range(STEPS):
        if since >= length:
            since, length = since - length, length * factor
        rates.append(first * (least + (1 - least) * (1 + np.cos(np.pi * since / length)) / 2))
        since += 1
    return np.array(rates)


RATES = {
    "constant, value: 0.1": 0.1 + 0 * K,
    "step, init_value: 0.2, drops: {10: 0.5, 25: 0.1}": 0.2
    * np.where(K >= 10, 0.5, 1)
    * np.where(K >= 25, 0.1, 1),
    "exponential, init_value: 0.2, decay_rate: 0.9": 0.2 * 0.9**K,
    "exponential, init_value: 0.2, decay_rate: 0.5, transition_steps: 8, staircase: true": 0.2
    * 0.5 ** (K // 8),
    "linear, init_value: 0.2": 0.2 * (1 - K / STEPS),
    "linear, init_value: 0.1, end_value: 0.3, transition_steps: 10": 0.1
    + 0.2 * np.minimum(K / 10, 1),
    "cosine, init_value: 0.2": 0.1 * (1 + np.cos(np.pi * K / STEPS)),
    "cosine, init_value: 0.2, decay_steps: 20, alpha: 0.1": 0.2
    * (0.1 + 0.9 * (1 + np.cos(np.pi * np.minimum(K / 20, 1))) / 2),
    "warmup_cosine, peak_value: 0.2, warmup_steps: 10": np.where(
        K < 10, 0.02 * K, 0.1 * (1 + np.cos(np.pi * (K - 10) / 30))
    ),
    "cyclic, init_value: 0.1, peak_value: 0.3, transition_steps: 5": np.interp(
        K % 10, [0, 5, 10], [0.1, 0.3, 0.1]
    ),
    "one_cycle, peak_value: 0.2, transition_steps: 20, pct_start: 0.5": np.where(
        K < 10,
        0.008 + 0.192 * (1 - np.cos(np.pi * K / 10)) / 2,
        0.2 - (0.2 - 8e-7) * (1 - np.cos(np.pi * np.minimum(K - 10, 10) / 10)) / 2,
    ),
    "wsd, peak_value: 0.2, warmup_steps: 5, decay_steps: 10": np.interp(
        K, [0, 5, 30, 40], [0, 0.2, 0.2, 0]
    ),
    "wsd, peak_value: 0.2, warmup_steps: 0, decay_steps: 0": 0.2 + 0 * K,
    "restarts, init_value: 0.2, decay_steps: 8": restarted(0.2, 8, 1, 0),
    "restarts, init_value: 0.2, decay_steps: 4, multiplier: 2, alpha: 0.1": restarted(
        0.2, 4, 2, 0.1
    ),
}


def scene(schedule, panels="[loss]"):
    return read_text(
        f"surface: parabola\noptimizers: [{{name: sgd, learning_rate: {{schedule: {schedule}}}}}]\n"
        f"steps: {STEPS}\nstart: 1\npanels: {panels}\n",
        "s.yaml",
    ).scene


@pytest.mark.parametrize("schedule", RATES)
def test_every_update_has_the_rate_of_the_formula(schedule):
    paths = solve(scene(schedule)).trajectories.positions[0, 0, :, 0]
    taken = (paths[:-1] - paths[1:]) / (2 * paths[:-1])  # the slope of x² is 2 x
    np.testing.assert_allclose(taken, RATES[schedule], atol=1e-9)


def test_every_schedule_is_tested_and_listed():
    assert {each.partition(",")[0] for each in RATES} == {*SCHEDULES}
    shown = CliRunner().invoke(app, ["list", "schedules"]).stdout
    assert all(f"  {name} " in shown for name in SCHEDULES)


def test_the_panel_shows_what_each_run_has():
    schedule = "wsd, peak_value: 0.2, warmup_steps: 5, decay_steps: 10"
    ready = stage(scene(schedule, "[learning_rate]"))
    (axes,) = (each for each in ready.figure.axes if each.get_ylabel() == "learning rate")
    assert axes.get_yscale() == "linear"
    inside = ready.view.trajectories.inside
    np.testing.assert_allclose(inside.rates[0, :-1], RATES[schedule], atol=1e-9)
    low, high = axes.get_ylim()
    assert low < 0 < 0.2 < high < 0.25


@pytest.mark.parametrize("option", ["cosine, init_value: 1", "linear, init_value: 1"])
def test_a_run_of_any_length_is_known_to_end(option):
    name = option.partition(",")[0]
    with float64():
        rate = SCHEDULES[name].make(1_000_000, init_value=1.0)
        rates = np.asarray(jax.vmap(rate)(jnp.array([0, 500_000, 1_000_000])))
    np.testing.assert_allclose(rates, [1, 0.5, 0], atol=1e-12)


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        (
            "{schedule: wsd, peak_value: 1, warmup_steps: 30, decay_steps: 20}",
            "2:41: warms up for 30 steps and decays for 20, and the scene has 40",
        ),
        (
            "{schedule: warmup_cosine, peak_value: 1, warmup_steps: 50}",
            "2:41: warms up for 50 steps, and ends after 40; let it warm up for fewer",
        ),
        ("{schedule: step, init_value: 1, drops: {a: 1}}", "2:41: drops: 'a' is not the number"),
        ("{schedule: cosin, init_value: 1}", "2:41: there is no schedule named 'cosin'. Did you"),
        ("{schedule: cosine, init_value: -1}", "init_value: must be at least 0, got -1"),
        (
            "0.1, then: {at: 9, name: adam, learning_rate: {schedule: cosine, init_value: 1}}",
            "2:52: the key 'decay_steps' is missing: in 'then' the run's end is not known",
        ),
        (
            "0.1, then: {at: 9, name: adam, learning_rate: {schedule: wsd, peak_value: 1, "
            "warmup_steps: 1, decay_steps: 1}}",
            "2:52: a wsd schedule ends with the run, and stands in no 'then'",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_place(rate, told):
    text = f"surface: beale\noptimizers: [{{name: sgd, learning_rate: {rate}}}]\nsteps: {STEPS}\n"
    with pytest.raises(SceneError) as caught:
        read_text(text, "s.yaml")
    assert told in str(caught.value)


def test_the_lecture_says_what_happens():
    text = Path(__file__).parents[2].joinpath("scenes/lecture/schedules.yaml").read_text()
    paths = solve(read_text(text, "s.yaml").scene).trajectories
    losses = dict(zip(paths.labels, paths.losses[:, 0, -1], strict=True))
    assert losses["constant"] > 10 * max(losses[each] for each in ("drops", "cosine", "WSD"))
