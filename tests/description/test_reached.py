"""Who reaches a minimum, in agreement with the losses, and who swings past one, not a saddle."""

import re

import numpy as np
import pytest

from animate.pipeline import describe, trace
from animate.scene.load import read_text


def scene_of(surface, optimizers, start, steps=150):
    return read_text(
        f"surface: {surface}\nstart: {start}\nsteps: {steps}\noptimizers:\n{optimizers}", "x"
    ).scene


RAVINE = "{name: quadratic, condition: 60, angle: 20}"
RACE = """
- {name: sgd, learning_rate: 0.03, label: slow}
- {name: momentum, learning_rate: 0.03, momentum: 0.7, label: quick}
- {name: rmsprop, learning_rate: 0.08, label: rattling}
"""


@pytest.mark.parametrize("steps", [40, 60, 64, 70, 80, 120])
def test_none_that_reaches_the_minimum_ends_higher_than_one_that_does_not(steps):
    scene = scene_of(RAVINE, RACE, "[-2, 1.2]", steps)
    paths, said = trace(scene), describe(scene)
    there = {name: bool(re.search(rf"{name} \(step \d+\)", said)) for name in paths.labels}
    losses = dict(zip(paths.labels, paths.losses[:, 0, -1], strict=True))
    reached = [losses[name] for name in there if there[name]]
    away = [losses[name] for name in there if not there[name]]
    assert reached
    assert max(reached) < min(away, default=np.inf)


def test_who_comes_and_goes_does_not_stay():
    scene = scene_of("ackley", "- {name: sgd, label: run}", "[1.1, 0.15]")
    away = np.hypot(*trace(scene).positions[0, 0].T)
    near = away < 0.03 * np.hypot(10, 10)
    assert near[-1]
    assert near[:-1].any()
    assert not near[-7:].all()
    assert "reaches" not in describe(scene)


def test_a_run_that_rattles_beside_a_local_minimum_reaches_it_and_no_saddle():
    said = describe(scene_of("ackley", "- {name: momentum, label: run}", "[-3.6, 3.3]"))
    assert "reaches the local minimum (0.95, 0)" in said
    assert "saddle" not in said


OUT = "{formula: '-x**2-y**2+0.1*x**4', window: [[-1, 1], [-1, 1]]}"


def test_what_is_lower_than_the_window_is_no_minimum_for_that():
    said = describe(scene_of(OUT, "- {name: sgd, learning_rate: 0.05}", "[0.01, 0]"))
    assert "minimum" not in said
    assert "stalls at the saddle (2.236, 0)" in said  # there 0.1·12·x² − 2 = 4 and −2


@pytest.mark.parametrize(
    ("formula", "start", "rate"),
    [
        ("(x**2-1)**2 + y**2", "[0, -1.9]", 0.02),
        ("(x*y-1)**2 + 0.2*(x**2+y**2)", "[-2, 2]", 0.02),
    ],
)
def test_who_swings_over_a_saddle_overshoots_no_minimum(formula, start, rate):
    run = f"- {{name: momentum, learning_rate: {rate}}}"
    scene = scene_of(f"{{formula: {formula}, window: [[-2, 2], [-2, 2]]}}", run, start)
    place = trace(scene).positions[0, 0]
    assert np.hypot(*place.T).min() < 0.2
    assert (place @ place[0]).min() < -0.5
    assert "overshoots" not in describe(scene)


def test_the_distance_is_to_the_minimum_of_the_basin_in_which_a_run_ends():
    wells = "{formula: '(x**2-1)**2 + 0.3*x + 0.01*y**2', window: [[-2, 2], [-2, 2]]}"
    race = """
- {name: sgd, learning_rate: 0.06, label: first}
- {name: momentum, learning_rate: 0.1, momentum: 0.9, label: second}
"""
    scene = scene_of(wells, race, "[1.6, 1.8]")
    first, second = trace(scene).positions[:, 0, -1]
    assert first[0] > 0 > second[0]
    away = np.hypot(*(first - [0.96, 0.0]))
    assert f"distance to the local minimum (0.96, 0) is {away:.2g}" in describe(scene)
