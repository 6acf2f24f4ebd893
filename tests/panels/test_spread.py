"""The curves of a swarm: medians and quartiles of all runs, the diverged ones among them."""

import numpy as np
import pytest

from animate import pipeline as movie
from animate.figure import Trails
from animate.panels.spread import quartiles
from animate.scene.load import read_text

SHARES = [0.25, 0.5, 0.75]
SCENE = """
surface: {surface}
optimizers: {optimizers}
start: {{count: 61, within: {within}, seed: 1}}
steps: 24
style: {{size: [480, 360]}}
timing: {{seconds: 1, fps: 9}}
panels: {panels}
"""


def scene(settings=(), **asked):
    plain = {
        "surface": "himmelblau",
        "optimizers": "[{name: sgd, learning_rate: 0.005}, {name: adam, learning_rate: 0.1}]",
        "within": "window",
        "panels": "[loss]",
    }
    return read_text(SCENE.format(**(plain | asked)), "s", settings).scene


def cliff(panels, nearest, farthest):
    """Runs that begin at x between two numbers, of which those beyond about 1.2 diverge."""
    ground = '{formula: "x**4/4 - x**2/4 + y**2", window: [[-2, 2], [-2, 2]]}'
    optimizers = "[{name: sgd, learning_rate: 1.5}]"
    within = f"[[{nearest}, {farthest}], [-0.1, 0.1]]"
    return scene(surface=ground, optimizers=optimizers, within=within, panels=panels)


def curve(stage):
    """The median's vertices [optimizer, record, 2] and the bands of the first panel of curves."""
    axes = next(each for each in stage.figure.axes if each.get_xlabel() in ("step", "шаг"))
    drawn = next(t for t in stage.paths if isinstance(t, Trails) and t.axes is axes)
    points = axes.transData.inverted().transform(drawn.points.reshape(-1, 2))
    return axes, points.reshape(drawn.points.shape), drawn


def band_edges(artist, steps):
    """The lower and upper edge [record] of a filled band."""
    vertices = artist.get_paths()[0].vertices
    at = [vertices[np.isclose(vertices[:, 0], step), 1] for step in steps]
    return np.array([each.min() for each in at]), np.array([each.max() for each in at])


def test_quartiles_are_numpys_where_runs_are_missing_or_infinite():
    random = np.random.default_rng(0)
    values = random.normal(size=(2, 37, 9, 2))
    values[random.random(values.shape) < 0.2] = np.nan
    values[0, :12, 4:] = np.inf
    values[1, :, 3, 1] = np.nan
    found = quartiles(values)
    assert found.shape == (3, 2, 9, 2)
    assert np.isnan(found[:, 1, 3, 1]).all()
    values[1, :, 3, 1] = found[:, 1, 3, 1] = 0
    expected = np.nanquantile(values, SHARES, axis=1, method="inverted_cdf")
    np.testing.assert_array_equal(found, expected)


@pytest.fixture(scope="module")
def bowl():
    return movie.stage(scene())


class TestSwarm:
    def test_is_drawn_as_the_median_of_all_runs_in_a_band_between_quartiles(self, bowl):
        paths = bowl.view.trajectories
        lower, median, upper = np.quantile(paths.losses, SHARES, axis=1, method="inverted_cdf")
        axes, points, drawn = curve(bowl)
        np.testing.assert_allclose(points[..., 1], median, rtol=1e-9, atol=1e-9)
        assert len(axes.collections) == 2
        for k, artist in enumerate(axes.collections):
            low, high = band_edges(artist, paths.steps)
            np.testing.assert_allclose(low, lower[k])
            np.testing.assert_allclose(high, upper[k])
        assert axes.get_ylabel() == "loss: median and quartiles"
        assert not drawn.lost(24).any()

    def test_is_revealed_by_the_clock(self, bowl):
        axes = curve(bowl)[0]
        early, late = bowl.picture(3), bowl.picture(8)
        step = bowl.view.timeline.step_at(3)
        now, _ = axes.transData.transform((step, axes.get_ylim()[0]))
        (_, bottom), (right, top) = np.round(axes.bbox.get_points()).astype(int)
        rows = slice(360 - top + 2, 360 - bottom - 2)
        beyond = slice(round(now) + 8, right)
        ground = bowl.still
        np.testing.assert_array_equal(early[rows, beyond], ground[rows, beyond])
        before = slice(round(now) - 20, round(now) - 9)
        assert (early[rows, before] != ground[rows, before]).any()
        np.testing.assert_array_equal(early[rows, before], late[rows, before])

    def test_says_so_in_russian(self):
        stage = movie.stage(scene(["style.language=ru"]))
        assert curve(stage)[0].get_ylabel() == "потери: медиана и квартили"


class TestDiverged:
    def test_count_as_infinite_where_more_is_worse(self):
        stage = movie.stage(cliff("[{loss: {scale: log}}]", 0.8, 2))
        paths = stage.view.trajectories
        gone = paths.steps > paths.ends[..., None]
        count = int(gone[0, :, -1].sum())
        assert 61 / 2 < count < 61
        axes, points, drawn = curve(stage)
        label = f"loss: median and quartiles; {count} of 61 runs diverge and count as ∞"
        assert " ".join(axes.get_ylabel().split()) == label
        worst = np.where(gone, np.inf, paths.losses)
        median = np.quantile(worst, 0.5, axis=1, method="inverted_cdf")[0]
        known = np.isfinite(median) & (median > 0)
        np.testing.assert_allclose(points[0, known, 1], median[known], rtol=1e-6)
        last = int(paths.steps[np.isfinite(median)].max())
        assert np.isnan(points[0, paths.steps > last]).any(-1).all()
        assert last < 24
        assert drawn.lost(last)[0]
        assert not drawn.lost(last - 1)[0]
        _, high = band_edges(axes.collections[0], paths.steps)
        assert high[-1] == pytest.approx(axes.get_ylim()[1])

    def test_are_left_out_where_there_is_no_worse(self):
        stage = movie.stage(cliff("[coordinates]", 0.2, 1.5))
        paths = stage.view.trajectories
        stays = paths.ends[0] == 24
        axes, points, drawn = curve(stage)
        count = (~stays).sum()
        assert 0 < count < 61 / 4
        label = f"coordinates: median and quartiles; {count} of 61 runs diverge and are left out"
        assert " ".join(axes.get_ylabel().split()) == label + ", symlog scale"
        x = np.quantile(paths.positions[0, stays, -1, 0], 0.5, method="inverted_cdf")
        assert points[0, -1, 1] == pytest.approx(x, rel=1e-6, abs=1e-9)
        assert not drawn.lost(24).any()

    def test_swarms_leave_the_numbers_without_a_warning(self):
        stage = movie.stage(cliff("[contour]", 0.8, 2))
        assert (stage.picture(8) != stage.still).any()


def test_curves_keep_their_colours_beside_dots_that_say_something_else():
    stage = movie.stage(scene(panels="[{contour: {color_by: loss}}, loss]"))
    assert len(set(stage.view.colours)) == 2
