"""Swarms: where they start, what fits, how they are drawn and coloured."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from animate import pipeline as movie
from animate.errors import UsageError
from animate.figure import Swarm
from animate.panels.swarms import OVER_DOTS
from animate.scene.load import read_text
from animate.simulate.minima import cluster_ends
from animate.simulate.terrain import Terrain
from animate.sources.race import prepare
from tests.pictures import at
from tests.relief.ridge import ridge_view

SCENE = """
surface: {surface}
optimizers: [{{name: momentum, learning_rate: 0.002}}]
start: {start}
steps: 40
seed: 5
style: {{size: [240, 180]}}
timing: {{seconds: 1, fps: 5}}
panels: [{{contour: {{color_by: {color_by}}}}}]
"""


def scene(start, surface="himmelblau", color_by="optimizer"):
    return read_text(SCENE.format(start=start, surface=surface, color_by=color_by), "s").scene


class TestStarts:
    def test_fill_the_window_or_a_box_evenly(self):
        starts = prepare(scene("{count: 4000, within: [[-1, 1], [2, 6]]}"), ()).starts
        assert starts.shape == (4000, 2)
        for axis, (low, high) in zip(starts.T, [(-1, 1), (2, 6)], strict=True):
            share = np.histogram(axis, 4, (low, high))[0] / 4000
            np.testing.assert_allclose(share, 0.25, atol=0.03)
        everywhere = prepare(scene("{count: 4000}"), ()).starts
        (left, right), (bottom, top) = prepare(scene("{count: 1}"), ()).surface.window
        assert left < everywhere[:, 0].min() < left + 0.02 * (right - left)
        assert top - 0.02 * (top - bottom) < everywhere[:, 1].max() < top

    def test_lie_around_a_point(self):
        starts = prepare(scene("{count: 4000, within: {around: [1, -2], std: 0.1}}"), ()).starts
        np.testing.assert_allclose(starts.mean(0), (1, -2), atol=0.01)
        np.testing.assert_allclose(starts.std(0), 0.1, atol=0.005)

    def test_come_from_their_seed_or_the_scenes(self):
        own, same, scenes = ("{count: 3, seed: 9}", "{count: 3, seed: 9}", "{count: 3}")
        np.testing.assert_array_equal(
            prepare(scene(own), ()).starts, prepare(scene(same), ()).starts
        )
        assert (prepare(scene(own), ()).starts != prepare(scene(scenes), ()).starts).all()
        five = "{count: 3, seed: 5}"
        np.testing.assert_array_equal(
            prepare(scene(five), ()).starts, prepare(scene(scenes), ()).starts
        )

    @pytest.mark.parametrize(
        ("start", "complaint"),
        [
            ("{count: 0}", "s:4:16: start.count: must be at least 1, got 0"),
            (
                "{count: 3, within: [[1, 0], [0, 1]]}",
                "s:4:27: within: x must run from the smaller to the larger number, got [1, 0]",
            ),
            (
                "{count: 3, within: {around: [0, 0], std: 0}}",
                "s:4:49: start.within.std: must be greater than 0, got 0",
            ),
        ],
    )
    def test_mistakes(self, start, complaint):
        with pytest.raises(UsageError) as caught:
            scene(start)
        assert str(caught.value) == complaint


class TestBasins:
    @staticmethod
    def terrain(known):
        return Terrain(lambda x, y: x + y, ((0.0, 10.0), (0.0, 10.0)), known)

    def test_known_minima_take_who_ends_beside_them(self):
        ends = np.array([[1.0, 1.1], [9.0, 9.0], [5.0, 5.0], [np.nan, 1.0]])
        known = ((9.0, 9.1), (1.0, 1.0))
        minima, which = cluster_ends(ends, np.zeros(4, bool), self.terrain(known))
        np.testing.assert_array_equal(minima, known)
        np.testing.assert_array_equal(which, [1, 0, -1, -1])

    def test_where_many_rest_there_is_a_minimum(self):
        random = np.random.default_rng(0)
        places = np.array([[2.0, 3.0], [7.0, 7.5]])
        truth = random.integers(0, 2, 400)
        ends = places[truth] + random.normal(0, 0.01, (400, 2))
        minima, which = cluster_ends(ends, np.ones(400, bool), self.terrain(()))
        assert len(minima) == 2
        np.testing.assert_allclose(minima[which], places[truth], atol=0.02)

    def test_who_still_moves_is_in_no_basin(self):
        ends = np.full((50, 2), 4.0)
        minima, which = cluster_ends(ends, np.zeros(50, bool), self.terrain(()))
        assert len(minima) == 0
        assert (which == -1).all()


VIEW = replace(ridge_view(), pixels=(640, 480))


def drawn(points, groups, colours, step):
    """The picture [100, 120, 3] from 0 to 1 of dots given in pixels, y upwards, on black."""
    figure = Figure((120 / 72, 100 / 72), 72, facecolor="black")
    renderer = FigureCanvasAgg(figure).get_renderer()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 120), ylim=(0, 100))
    axes.axis("off")
    figure.draw(renderer)
    swarm = Swarm(axes, points, np.arange(points.shape[1]), groups, colours, VIEW)
    swarm.draw_casings(renderer, at(step))
    swarm.draw_heads(renderer, at(step))
    return np.asarray(renderer.buffer_rgba())[..., :3] / 255, swarm


def still(places):
    return np.repeat(np.asarray(places, float)[:, None], 2, axis=1)


class TestDots:
    def test_are_discs_at_their_place(self):
        picture, swarm = drawn(still([[40.3, 70.6]]), np.zeros((1, 1), int), ["#ff0000"], 1)
        red, white = picture[..., 0] - picture[..., 1], picture[..., 1]
        rows, columns = np.indices(red.shape) + 0.5
        assert (red * columns).sum() / red.sum() == pytest.approx(40.3, abs=0.07)
        assert 100 - (red * rows).sum() / red.sum() == pytest.approx(70.6, abs=0.07)
        assert red.sum() == pytest.approx(0.95 * np.pi * swarm.radius**2, rel=0.03)
        assert white.sum() > 0

    def test_mix_whatever_their_order(self):
        places, groups = still([[40, 50], [41, 50.5], [42, 49]]), np.array([[0], [1], [0]])
        one = drawn(places, groups, ["#ff0000", "#00ff00"], 1)[0]
        other = drawn(places[::-1], groups[::-1], ["#ff0000", "#00ff00"], 1)[0]
        np.testing.assert_allclose(one, other, atol=1.5 / 255)

    def test_leave_a_tail_that_fades(self):
        path = np.stack([np.linspace(10, 90, 3), np.full(3, 50.0)], axis=1)[None]
        picture = drawn(path, np.zeros((1, 1), int), ["#ffffff"], 2)[0].mean(-1)
        behind = picture[48:52].sum(0)
        np.testing.assert_allclose(
            behind[[80, 70, 60]], 0.42 * np.array([0.74, 0.49, 0.24]), atol=0.03
        )
        assert behind[:49].sum() == 0

    def test_are_gone_once_they_leave_the_numbers(self):
        places = still([[40.0, 50.0]])
        places[0, 1] = np.nan
        assert drawn(places, np.zeros((1, 1), int), ["#ffffff"], 1)[0].sum() == 0

    def test_many_cost_no_more_than_their_pixels(self):
        random = np.random.default_rng(0)
        places = still(random.uniform(-50, 200, (5000, 2)))
        picture = drawn(places, np.zeros((5000, 1), int), ["#00ff00"], 1)[0]
        assert (picture[..., 1] > 0).mean() > 0.5
        assert picture[..., 0].max() == 0


@pytest.mark.parametrize("color_by", ["optimizer", "basin", "loss"])
def test_a_swarms_picture_depends_on_its_frame_alone(color_by):
    stage = movie.stage(scene("{count: 60}", color_by=color_by))
    late, early, again = stage.picture(4), stage.picture(1), stage.picture(4)
    np.testing.assert_array_equal(late, again)
    assert (late != early).any()


def test_dots_by_basin_have_the_colour_of_the_minimum_beside_them():
    from matplotlib.colors import to_rgb

    stage = movie.stage(scene("{count: 100}", color_by="basin"))
    view = stage.view
    (swarm,) = stage.paths
    ends = view.trajectories.positions[0, :, -1]
    minima = np.array(view.terrain.minima)
    distance = np.linalg.norm(ends[:, None] - minima, axis=-1)
    nearest = distance.argmin(1)
    colours = swarm.colours_at(view.timeline.steps)
    arrived = distance.min(1) < 0.02 * np.linalg.norm(np.diff(view.terrain.window))
    for colour, k, is_there in zip(colours, nearest, arrived, strict=True):
        expected = view.theme.trail(int(k)) if is_there else view.theme.muted
        np.testing.assert_allclose(colour, to_rgb(expected), atol=1e-6)
    assert set(nearest[arrived]) == {0, 1, 2, 3}
    over = next(each for each in stage.figure.axes[0].collections if each.get_zorder() == OVER_DOTS)
    np.testing.assert_array_equal(over.get_offsets(), minima)
    assert max(each.get_zorder() for each in stage.figure.axes[0].collections) == OVER_DOTS
