"""Learning rates that were searched for and not settled: what the picture and the program say."""

import numpy as np
import pytest

from animate import pipeline
from animate.errors import Remark
from animate.scene.load import read

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
