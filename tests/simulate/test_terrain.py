"""Heights, scales and shading against plain NumPy."""

from dataclasses import replace

import numpy as np
import pytest

from animate.networks.terrain import terrain_of
from animate.panels.shading import shade
from animate.simulate.terrain import Scale, Terrain

WINDOW = ((-2.0, 1.0), (0.0, 4.0))


def _bowl(x, y):
    return x**2 + 3 * (y - 1) ** 2


def test_the_grid_has_the_loss_at_the_centres_of_its_cells():
    x, y, z = Terrain(_bowl, WINDOW).grid(6, 8)
    np.testing.assert_allclose(x, [-1.75, -1.25, -0.75, -0.25, 0.25, 0.75])
    np.testing.assert_allclose(y, np.arange(8) / 2 + 0.25)
    np.testing.assert_allclose(z, _bowl(x[None], y[:, None]), rtol=1e-14)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("kind", ["float32", "float16", "bfloat16"])
def test_a_loss_of_fewer_digits_has_heights_in_float64(kind):
    terrain = Terrain(lambda x, y: (x**2 + y).astype(kind), WINDOW)
    x, y = np.array([0.5, -1, 1e9]), np.array([2, 0, 0.0])
    heights = terrain.heights(x, y)
    assert heights.dtype == np.float64
    np.testing.assert_array_equal(heights[:2], [2.25, 1])
    assert heights[2] == pytest.approx(np.inf if kind == "float16" else 1e18, rel=4e-3)
    assert terrain.scale().high > 4


def test_a_landscape_through_a_grid_is_the_same_without_a_compiler():
    x, y = np.linspace(-2, 1, 7), np.linspace(0, 4, 9)
    terrain = terrain_of(x, y, 1 + _bowl(x[None], y[:, None]))
    places = np.random.default_rng(0).uniform((-2, 0), (1, 4), (50, 2)).T
    compiled = replace(terrain, in_numpy=None).heights(*places)
    np.testing.assert_allclose(terrain.heights(*places), compiled, rtol=1e-12)
    np.testing.assert_allclose(terrain.heights(*np.meshgrid(x, y)), 1 + _bowl(*np.meshgrid(x, y)))
    assert np.isnan(terrain.heights(np.array([2.0]), np.array([1.0])))


def test_what_has_heights_in_numpy_is_seen_without_its_loss():
    def unused(x, y):
        raise AssertionError

    assert Terrain(unused, WINDOW, in_numpy=_bowl).scale() == Terrain(_bowl, WINDOW).scale()


def test_more_points_than_a_chunk():
    x = np.linspace(-2, 1, 70_001)
    np.testing.assert_allclose(Terrain(_bowl, WINDOW).heights(x, x), _bowl(x, x), rtol=1e-14)


def test_a_bowl_is_linear_and_a_wall_is_logarithmic():
    assert not Terrain(lambda x, y: x**2 + y**2, ((-1, 1), (-1, 1))).scale().log
    wall = Terrain(lambda x, y: np.e ** (8 * x) + 0 * y, WINDOW)
    assert wall.scale().log
    assert not wall.scale("linear").log
    assert Terrain(_bowl, WINDOW).scale("log").log


def test_two_heights_alone_are_linear():
    step = Terrain(lambda x, y: 1.0 * (x > 0.3) + 0 * y, ((-1, 1), (-1, 1)))
    assert not step.scale().log
    assert step.scale("log").log


@pytest.mark.parametrize(("ratio", "log"), [(5.8, False), (6.2, True)])
def test_heights_are_logarithmic_from_six_times_the_medians_height(ratio, log):
    """f = x**p has its median height at x = 1/2: the range is 2**p times as high."""
    terrain = Terrain(lambda x, y: x ** np.log2(ratio) + 0 * y, ((0.0, 1.0), (0.0, 1.0)))
    assert terrain.scale().log == log


def test_the_scale_runs_from_the_minimum_to_the_highest_point():
    scale = Terrain(_bowl, WINDOW, ((0.0, 1.0),)).scale()
    assert scale.low == 0
    assert scale.unit(scale.low) == 0
    np.testing.assert_allclose(scale.unit(scale.high), 1)


@pytest.mark.parametrize("log", [False, True])
def test_heights_and_the_unit_scale_are_each_others_inverse(log):
    scale = Scale(log, low=-3.0, high=1e5, offset=0.2)
    t = np.linspace(0, 1, 11)
    np.testing.assert_allclose(scale.unit(scale.height(t)), t, atol=1e-12)
    assert np.isnan(scale.unit(np.array([np.nan, np.inf, -np.inf]))).all()


def test_a_log_scale_is_the_logarithm_of_height_above_the_lowest_plus_offset():
    scale = Scale(True, low=2.0, high=102.0, offset=0.5)
    z = np.array([2.0, 3.0, 50.0, 102.0])
    expected = (np.log(z - 2 + 0.5) - np.log(0.5)) / (np.log(100.5) - np.log(0.5))
    np.testing.assert_allclose(scale.unit(z), expected)


@pytest.mark.parametrize("loss", [lambda x, _: 0 * x + 4.0, lambda x, _: 0 * x + np.nan])
def test_flat_and_undefined_surfaces_have_a_scale(loss):
    scale = Terrain(loss, WINDOW).scale()
    assert not scale.log
    assert np.isfinite(scale.unit(4.0))


def test_bands_have_their_colours_and_lines_their_width():
    level = np.broadcast_to((np.arange(60) + 0.5) / 20, (5, 60))
    colours = np.array([[0.0, 0, 0], [0.5, 0.5, 0.5], [1, 1, 1]])
    plain = shade(level, colours, None, 1.0, np.zeros(3))
    assert (plain[:, :19] == 0).all()
    assert (plain[:, 21:39] == 0.5).all()
    assert (plain[:, 41:] == 1).all()
    red = np.array([1.0, 0, 0])
    lined = shade(level, colours, red, 1.0, np.zeros(3))
    changed = np.flatnonzero((lined != plain).any((0, 2)))
    assert set(changed) <= {19, 20, 39, 40}
    assert len(changed) >= 2


def test_flat_ground_on_a_level_has_a_line_at_its_edge_and_the_colour_between_its_bands():
    """A plateau at a whole level, with the noise of rounding, between two slopes."""
    across = np.interp(np.arange(90), [0, 30, 60, 89], [0.05, 1.0, 1.0, 1.95])
    level = across + np.random.default_rng(0).normal(scale=1e-9, size=(7, 90))
    colours, red = np.array([[0.0, 0, 0], [0.5, 0.5, 0.5]]), np.array([1.0, 0, 0])
    shown = shade(level, colours, red, 1.0, np.zeros(3))
    np.testing.assert_allclose(shown[:, 33:58], 0.25, atol=0.005)
    assert (shown[:, :27] == 0).all()
    assert (shown[:, 28:32] != shown[:, 28:32, :1]).any()


def test_where_the_level_is_unknown_the_paper_shows():
    level = np.full((3, 4), np.nan)
    level[1, 2] = 0.5
    shown = shade(level, np.zeros((2, 3)), None, 1.0, np.ones(3))
    assert (shown[0] == 1).all()
    assert (shown[1, 2] == 0).all()


@pytest.mark.parametrize("below", [0.0, 1.5])
def test_a_landscape_with_losses_of_zero_or_below_has_them_as_they_are(below):
    x, y = np.linspace(-2, 1, 25), np.linspace(0, 4, 33)
    z = _bowl(x[None], y[:, None]) - below
    terrain = terrain_of(x, y, z)
    np.testing.assert_allclose(terrain.heights(*np.meshgrid(x, y)), z, atol=1e-12)
    heights = terrain.grid(200, 200)[2]
    assert heights.min() >= z.min()
    scale = terrain.scale()
    assert scale.low == pytest.approx(-below, abs=0.02)
    assert scale.high == pytest.approx(z.max(), rel=0.1)


def test_no_points_have_no_heights():
    terrain = Terrain(lambda x, y: x + y, ((0.0, 1.0), (0.0, 1.0)))
    assert terrain.heights(np.empty(0), np.empty(0)).shape == (0,)
    assert terrain.heights(np.empty((3, 0)), np.empty((3, 0))).shape == (3, 0)
