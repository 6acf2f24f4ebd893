"""Learning rates that were searched for and not settled: what the picture and the program say."""

import numpy as np
import pytest

from animate import pipeline
from animate.errors import Remark
from animate.scene.load import read, read_text
from animate.simulate import RateTable
from animate.sources.race import prepare

FLAT = """
surface: {formula: "5 + 0*x", window: [[-1, 1], [-1, 1]]}
optimizers: [{name: sgd, learning_rate: 0.1}, adam]
start: [0.5, 0.5]
steps: 20
style: {size: [480, 360]}
"""


def test_where_nothing_moves_no_rate_is_shown_as_found(tmp_path):
    path = tmp_path / "flat.yaml"
    path.write_text(FLAT)
    with pytest.warns(Remark, match="adam: no learning rate .* nothing moves"):
        view = pipeline.stage(read(path).scene).view
    assert view.notes == ("0.1", "nothing moves")


def test_where_every_rate_that_moves_leaves_the_surface_it_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    knots = np.linspace(-1, 1, 9)
    np.savez("slope.npz", x=knots, y=knots, z=knots + knots[:, None])
    path = tmp_path / "corner.yaml"
    path.write_text("surface: {grid: slope.npz}\nstart: [-1, -1]\noptimizers: [sgd]\nsteps: 5\n")
    with pytest.warns(Remark, match="moves it and is allowed: the larger ones leave the surface"):
        pipeline.describe(read(path).scene)


@pytest.mark.parametrize("constant", [1e7, 1e15, -1e15])
def test_a_constant_that_is_added_changes_no_rate_and_stops_no_run(constant):
    bowl = (
        'surface: {{formula: "{} + x**2 + y**2", window: [[-2, 2], [-2, 2]]}}\n'
        "optimizers: [sgd, adam]\nstart: [1.2, 0.7]\nsteps: 40\n"
    )
    plain, raised = (
        prepare(read_text(bowl.format(each), "x").scene, ()) for each in (0.0, constant)
    )
    assert [each.best for each in raised.tables] == [each.best for each in plain.tables]
    assert not any(each.remark for each in raised.tables)
    assert {each.base for each in raised.tables} == {constant}


def test_large_losses_that_differ_are_not_said_to_stand_still():
    """Those of a function of one's own, whose constant nobody knows."""
    tried, scores = np.array([0.01, 0.1, 1.0]), 1e15 + np.array([2.0, 1.0, 4.0])
    assert RateTable("a", tried, scores, span=8.0).moves
    assert not RateTable("a", tried, np.full(3, 1e15), span=8.0).moves
    assert not RateTable("a", tried, scores).moves
