"""What is kept from one scene to the next saves compilation and changes no number."""

import numpy as np
import pytest

from animate import pipeline
from animate.kept import Kept
from animate.scene.load import read_text
from animate.watch import Effort

SCENE = """
surface: {{name: rosenbrock, b: {b}}}
optimizers:
  - {{name: sgd, learning_rate: {rate}}}
  - {{name: momentum, learning_rate: 0.001, momentum: {momentum}}}
  - adam
start: [{x}, 1]
steps: {steps}
noise: {{std: {std}}}
seed: {seed}
"""
USUAL = {"b": 10, "rate": 0.001, "momentum": 0.9, "x": -1.0, "steps": 12, "std": 0.5, "seed": 3}


def solved(kept: Kept, **changes):
    scene = read_text(SCENE.format(**{**USUAL, **changes}), "scene.yaml").scene
    return pipeline.solve(scene, effort=Effort(kept=kept)).trajectories


@pytest.mark.parametrize(
    "changes",
    [
        {"rate": 0.002},
        {"x": 0.5},
        {"momentum": 0.5},
        {"b": 20},
        {"steps": 13},
        {"steps": 300},
        {"std": 0.1},
        {"seed": 4},
    ],
)
def test_what_is_kept_changes_no_number(changes):
    kept = Kept(24)
    solved(kept)
    again, fresh = solved(kept, **changes), solved(Kept(), **changes)
    np.testing.assert_array_equal(again.positions, fresh.positions)
    np.testing.assert_array_equal(again.losses, fresh.losses)
    assert again.rates == fresh.rates


def test_only_the_latest_are_kept():
    kept, made = Kept(2), []
    for key in "aabacab":
        kept(key, lambda key=key: made.append(key))
    assert made == ["a", "b", "c", "b"]


def test_changed_numbers_compile_no_race(monkeypatch):
    kept = Kept(24)
    solved(kept)

    def refused(function):
        raise AssertionError("it is compiled once more")

    monkeypatch.setattr("animate.simulate.simulation.compiled", refused)
    solved(kept, rate=0.002, x=0.5, steps=200, std=0.1, seed=4)
    with pytest.raises(AssertionError):
        solved(kept, momentum=0.5)


def test_a_function_that_is_seen_in_another_window_stays_compiled(monkeypatch):
    kept = Kept(24)
    text = "surface: {{name: beale, window: [[-1, {right}], [-2, 2]]}}\noptimizers: [adadelta]\n"

    def paths(right, kept):
        scene = read_text(text.format(right=right), "scene.yaml").scene
        return pipeline.solve(scene, effort=Effort(kept=kept)).trajectories

    paths(4, kept)
    fresh = paths(3, Kept())
    monkeypatch.delattr("animate.simulate.simulation.compiled")
    np.testing.assert_array_equal(paths(3, kept).positions, fresh.positions)
