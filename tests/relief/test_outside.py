"""Runs that left the window have a pointer at the rim of the relief, as they have in contours."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from animate.figure.paths.heads import where_left
from animate.panels.relief.ground import Ground, Outside
from animate.pipeline import stage
from animate.scene.load import read_text
from animate.simulate.terrain import Terrain

SCENE = """
surface: {{formula: "{formula}", window: [[-1, 1], [-1, 1]]}}
optimizers: [{{name: sgd, learning_rate: 0.3}}]
start: [0.2, 0.6]
steps: {steps}
panels: [{{relief: {{elevation: 60, azimuth: {azimuth}}}}}]
style: {{size: [480, 480], theme: {theme}, legend: false}}
"""
WEDGE, CROSS = ("-x**2 - 2*y**2", 5), ("-(x**2 + y**2) - (x**2 + 2*y**2)**3", 40)


@pytest.mark.parametrize("theme", ["light", "dark", "poster"])
@pytest.mark.parametrize(("formula", "steps"), [WEDGE, CROSS])
def test_a_run_that_left_the_window_is_pointed_to_at_the_rim(formula, steps, theme):
    azimuth = 75 if (formula, steps) == CROSS else -60  # from where it is not hidden
    ready = stage(
        read_text(
            SCENE.format(formula=formula, steps=steps, theme=theme, azimuth=azimuth), "x"
        ).scene
    )
    picture = ready.picture(ready.view.timeline.frames - 1)
    artist = next(each for axes in ready.figure.axes for each in axes.artists)
    scale = ready.view.terrain.scale("auto")
    at = np.array([1.0, 1.0])
    if (formula, steps) == CROSS:  # where it left the window, not in the corner that is nearest
        path = ready.view.trajectories.positions[0, 0]
        within = (np.abs(path) <= 1).all(axis=1)
        here, there = path[within][-1], path[within.sum()]
        shares = (np.sign(there - here) - here) / (there - here)
        at = here + shares.min() * (there - here)
        assert not np.allclose(at, 1.0, atol=0.05)
    height = float(scale.unit(ready.view.terrain.heights(at[:1], at[1:]))[0])
    x, y = artist.placer(artist.seen_by)(np.array([*at / 2, height]))
    colour = np.array(to_rgba(ready.view.colours[0])[:3]) * 255
    rows, columns = np.nonzero(np.abs(picture[..., :3] - colour).max(axis=-1) < 60)
    radius = ready.view.line("head")
    near = np.hypot(columns + 0.5 - x, len(picture) - rows - 0.5 - y) < 1.3 * radius
    assert near.sum() > 0.25 * np.pi * radius**2


def test_the_nearest_point_of_the_rim_and_the_way_out():
    terrain = Terrain(lambda x, y: x + y, ((-2.0, 2.0), (-1.0, 1.0)), ())
    ground = Ground(terrain, terrain.scale("linear"))
    path = np.array([[[0.0, 0.0], [6.0, 0.0], [1e300, -1e300], [np.nan, np.nan]]])
    outside = Outside(ground, path, np.arange(4), np.array([2]))
    assert outside.nearest(0, 0.0) is None
    point, away = outside.nearest(0, 1.0)
    np.testing.assert_allclose(point, [0.5, 0.0, 5 / 6], atol=2e-3)
    np.testing.assert_allclose(away, [1.0, 0.0, 0.0])
    point, away = outside.nearest(0, 3.0)
    np.testing.assert_allclose(point, [0.5, 0.0, 5 / 6], atol=2e-3)
    np.testing.assert_allclose(away, [np.sqrt(0.5), -np.sqrt(0.5), 0.0])


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ([[0, 0], [4, 1], [-3, 9]], [2, 0.5]),  # out on the right
        ([[0, 0], [4, 0], [0, 0], [0, -8]], [0, -1]),  # back, and then out below
        ([[0, 0], [1, 0.5], [np.nan, np.nan]], [1, 0.5]),  # ends inside
        ([[1, 0.5]], [1, 0.5]),
        ([[3, 0], [4, 0]], None),
        ([[np.nan, np.nan]], None),
    ],
)
def test_where_a_path_left_a_box(path, left):
    found = where_left(np.array(path, float), np.array([-2.0, -1.0]), np.array([2.0, 1.0]))
    if left is None:
        assert found is None
    else:
        np.testing.assert_allclose(found, left)
