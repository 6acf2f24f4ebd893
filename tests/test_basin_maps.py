"""Maps of basins beside single runs, and where the minima are a line."""

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import UnfitScene
from animate.scene.load import read_text

SINGLE = """
surface: {{formula: "{formula}", window: [[-2.2, 2.2], [-1.5, 1.5]]}}
optimizers: [{{name: sgd, learning_rate: 0.02}}]
start: [1.8, 0.9]
steps: 60
panels: [contour, {{basins: {{resolution: 8}}}}]
style: {{size: [480, 360]}}
timing: {{seconds: 1, fps: 2}}
"""


def test_a_single_run_is_said_to_come_to_the_minima_of_the_map_beside_it():
    view = movie.stage(
        read_text(SINGLE.format(formula="x**4/4 - x**2 + 0.3*x + y**2"), "s").scene
    ).view
    assert view.ends is not None
    np.testing.assert_array_equal(view.basins[8].minima, view.ends.minima)
    right = view.ends.minima[view.ends.which[0, 0]]
    np.testing.assert_allclose(right, [np.roots([1, 0, -2, 0.3]).max(), 0], atol=1e-9)
    away = np.hypot(*(view.trajectories.positions[0, 0, -1] - right))
    told = f"({right[0]:.2f}, 0)"
    if away < 0.02 * view.terrain.diagonal:
        assert f"reaches the local minimum {told}." in view.description
    else:
        assert f"the distance to the minimum {told} is {away:.3g} for SGD." in view.description


@pytest.mark.parametrize("start", ["[1.8, 0.9]", "{count: 60}"])
def test_a_map_of_basins_is_refused_where_the_minima_are_a_line(start):
    text = SINGLE.format(formula="(x*y - 1)**2").replace("[1.8, 0.9]", start)
    with pytest.raises(UnfitScene) as caught:
        movie.stage(read_text(text.replace("steps: 60", "steps: 400"), "s").scene)
    assert str(caught.value) == (
        "'basins' needs single minima, and the surface has a line of equal ones; leave it "
        "out, or show a swarm with 'contour: {color_by: basin}'"
    )
    assert [each.path for each in caught.value.mistakes] == [("panels", 1)]


MANY = """
surface: {formula: "x**2/40 + y**2/40 - cos(3*x) - cos(3*y)", window: [[-5, 5], [-5, 5]]}
optimizers: [{name: sgd, learning_rate: 0.05}]
panels: [{basins: {resolution: 60}}]
"""


def test_neighbours_among_many_minima_have_other_colours():
    player = movie.stage(read_text(MANY, "s").scene)
    minima = player.view.ends.minima
    assert len(minima) > 10
    stars = next(
        each
        for axes in player.figure.axes
        for each in axes.collections
        if len(each.get_offsets()) > 10
    )
    places, colours = np.asarray(stars.get_offsets()), stars.get_facecolors()
    away = np.linalg.norm(places[:, None] - places, axis=-1)
    beside = (away > 0) & (away < 1.2 * away[away > 0].min())
    assert beside.sum() > 20
    assert not (beside & (colours[:, None] == colours).all(axis=-1)).any()
