"""How runs end that come to no minimum: nearer than one that does, or out of the window upwards."""

from functools import cache

import numpy as np
import pytest

from animate.pipeline import describe, stage, trace
from animate.scene.load import read_text

BEALE = """
surface: beale
steps: {steps}
style: {{language: {language}}}
optimizers: [{{name: nesterov, learning_rate: 0.005}}, {{name: rmsprop, learning_rate: 0.05}}]
"""
STEEP = """
surface: {{formula: "x**2 + 10*y**2", window: [[-3, 3], [-2, 2]]}}
start: [-2, {y}]
steps: 30
optimizers: [{{name: sgd, learning_rate: {rate}}}]
"""


@cache
def scene_of(text):
    return read_text(text, "x.yaml").scene


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "reaches the minimum (3, 0.5); RMSProp (step 150) ends nearer, but higher."),
        ("ru", "RMSProp (шаг 150) заканчивает ближе, но выше."),
    ],
)
def test_who_ends_nearer_than_one_that_arrives_is_told(language, said):
    scene = scene_of(BEALE.format(steps=150, language=language))
    paths = trace(scene)
    away = np.hypot(*(paths.positions[:, 0, -1] - (3, 0.5)).T)
    assert away[1] < away[0]
    assert paths.losses[1, 0, -1] > paths.losses[0, 0, -1]
    assert said in describe(scene)


def test_it_is_told_beside_its_end_in_the_picture():
    view = stage(scene_of(BEALE.format(steps=150, language="en"))).view
    told = {each.lines[1]: each.step for own in view.noted for each in own}
    assert told["ends nearer, but higher"] == 150


def test_who_ends_farther_away_is_not_told_so():
    assert "nearer" not in describe(scene_of(BEALE.format(steps=60, language="en")))


@pytest.mark.parametrize(
    ("rate", "said"),
    [(0.105, "leaves the window, its loss growing"), (0.09, "reaches the minimum")],
)
def test_who_leaves_with_a_growing_loss_is_not_said_to_stay_away(rate, said):
    scene = scene_of(STEEP.format(rate=rate, y=1))
    losses = trace(scene).losses[0, 0]
    assert (losses[-1] > losses[0]) == ("growing" in said)
    assert said in describe(scene)


def test_who_leaves_downwards_does_not_return():
    sgd = "optimizers: [{name: sgd, learning_rate: 0.02}]"
    text = f"surface: saddle\nstart: [0.5, 0.1]\nsteps: 200\n{sgd}"
    assert "leaves the window and does not return" in describe(scene_of(text))


@pytest.mark.parametrize("steps", [120, 121])
def test_who_swings_over_the_edge_has_not_left(steps):
    told = describe(
        scene_of(
            'surface: {formula: "abs(x)", window: [-4, 4]}\n'
            f"start: 3\nsteps: {steps}\noptimizers: [{{name: sgd, learning_rate: 7.5}}]"
        )
    )
    assert "window" not in told
    assert f"is {3 if steps == 120 else 4.5:g} for SGD" in told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("start: 1.8\nsteps: 25", "the distance to the local minimum x = 0.96 is"),
        ("start: -1.8\nsteps: 25", "the distance to the minimum x = −1.036 is"),
        ("start: {count: 40}\nsteps: 300", "% in the local minimum x = 0.96"),
        ("start: {count: 40}\nsteps: 300", "% in the minimum x = −1.036"),
        (
            "start: {count: 40}\nsteps: 300\nnoise: 0.1",
            "in the basin of the local minimum x = 0.96",
        ),
    ],
)
def test_a_minimum_above_other_places_of_the_window_is_a_local_one(more, said):
    wells = 'surface: {formula: "x**4 - 2*x**2 + 0.3*x", window: [-2, 2]}'
    sgd = "optimizers: [{name: sgd, learning_rate: 0.005}]"
    assert said in describe(scene_of(f"{wells}\n{sgd}\n{more}\n"))
