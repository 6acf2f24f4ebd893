"""L-BFGS where its line search has nothing to go by."""

import numpy as np

from animate.pipeline import solve
from animate.scene.load import read_text


def test_a_search_from_a_level_place_ends():
    """Of the 576 runs of this map two stand in a kink, where nothing but rounding goes down."""
    scene = read_text(
        "surface: cliff\noptimizers: [{name: lbfgs}]\npanels: [{basins: {resolution: 24}}]\n",
        "x.yaml",
    ).scene
    basins = solve(scene).basins[24]
    assert basins.valley


def test_steps_are_made_until_the_loss_is_at_its_rounding():
    text = (
        'surface: {formula: "x**2 + 3*y**2 + 1", window: [[-2, 2], [-2, 2]]}\n'
        "optimizers: [{name: lbfgs}]\nstart: [1.5, 1]\nsteps: 20\n"
    )
    path = solve(read_text(text, "x.yaml").scene).trajectories.positions[0, 0]
    assert np.abs(path[-1]).max() < 1e-7
    assert (path[-1] == path[-2]).all()
