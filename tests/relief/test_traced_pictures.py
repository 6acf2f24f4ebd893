"""What the relief's pictures show: places, colours, areas, edges, undersides, level lines."""

import math

import jax.numpy as jnp
import numpy as np
import pytest

from animate.panels.relief.ground import Ground
from animate.panels.relief.raytrace import (
    from_heights,
    look,
    underside_on,
)
from animate.simulate.terrain import Terrain
from animate.surfaces.spline import interpolant, nodes
from tests.relief.views import (
    AS_IT_IS,
    HEIGHT,
    WIDTH,
    camera_at,
    drawn,
    field_of,
    random_surface,
)


def test_a_camera_puts_points_where_the_picture_has_them():
    """A hill over the floor of the box: its top is the highest pixel, at the projected place."""
    nodes = np.linspace(-0.5, 0.5, 1025)
    away = np.hypot(nodes[None, :] - 0.2, nodes[:, None] + 0.1)
    camera = camera_at(-35, 10)
    covered = drawn(from_heights(np.maximum(1.0 - 60.0 * away**2, 0.0)), camera).rgba[..., 3] > 127
    tip_column, tip_row, _ = camera.project(np.array([0.2, -0.1, 1.0]))
    top = covered.any(axis=1).argmax()
    assert abs(top - tip_row) <= 2
    assert abs(np.nonzero(covered[top + 1])[0].mean() + 0.5 - tip_column) <= 1


def test_from_straight_above_the_picture_is_the_map():
    height = random_surface(5)
    camera = camera_at(-90, 90)
    depth = drawn(field_of(height), camera).depth
    row, column = np.nonzero(np.isfinite(depth))
    x = (column + 0.5 - camera.centre[0]) / camera.scale
    y = (camera.centre[1] - row - 0.5) / camera.scale
    np.testing.assert_allclose(
        depth[row, column], (0.5 - height(x, y)) * camera.vertical, atol=2e-4
    )
    assert len(row) == pytest.approx(camera.scale**2, rel=0.02)


def test_a_level_surface_is_a_parallelogram_of_one_colour():
    camera = camera_at(-60, 35)
    rgba = drawn(from_heights(np.full((50, 40), 0.37)), camera).rgba
    solid = rgba[rgba[..., 3] == 255]
    colour = 255 * (0.2 + 0.7 * 0.37)
    assert (abs(solid[:, :3] - colour) <= 12).all(-1).mean() > 0.85
    area = camera.scale**2 * math.sin(math.radians(35))
    assert rgba[..., 3].sum() / 255 == pytest.approx(area, rel=0.005)


def test_opacity_adds_up_to_the_projected_area_at_every_azimuth():
    for azimuth in (0, 17, 45, 90, 200.5):
        camera = camera_at(azimuth, 50)
        alpha = drawn(from_heights(np.full((8, 8), 0.5)), camera).rgba[..., 3]
        area = camera.scale**2 * math.sin(math.radians(50))
        assert alpha.sum() / 255 == pytest.approx(area, rel=0.005), azimuth


def test_a_hole_lets_what_is_behind_it_through():
    """Half of the far wall is seen over the near hill, and through the hole in it."""
    nodes = np.linspace(-0.5, 0.5, 1025)
    x, y = np.meshgrid(nodes, nodes)
    height = np.where(y < -0.25, 0.8, np.where(y > 0.3, 0.95, 0.1))
    gap = (abs(x) < 0.2) & (y < -0.2)
    camera = camera_at(-90, 12)
    closed = drawn(from_heights(height), camera).depth
    opened = drawn(from_heights(np.where(gap, np.nan, height)), camera).depth
    through = np.isfinite(closed) & (opened > closed + 0.2)
    column = np.arange(WIDTH) + 0.5
    beside = abs(column - camera.centre[0]) > 0.2 * camera.scale + 1
    assert through.sum() > 200
    assert not through[:, beside].any()
    np.testing.assert_allclose(opened[:, beside], closed[:, beside], atol=1e-5)


def test_a_steep_rim_ends_evenly_and_in_its_own_colour():
    """A half ball falls upright on its rim, a circle, whose picture is an ellipse."""
    ball = Terrain(lambda x, y: jnp.sqrt(0.16 - x**2 - y**2) / 0.4, ((-0.5, 0.5), (-0.5, 0.5)))
    camera = camera_at(-60, 35)
    shown = drawn(Ground(ball, AS_IT_IS).field(), camera)
    column = np.arange(WIDTH) + 0.5
    inner = np.abs(column - WIDTH / 2) < 0.38 * camera.scale
    front = -np.sqrt(0.16 - ((column[inner] - WIDTH / 2) / camera.scale) ** 2)
    e = math.radians(camera.elevation)
    rim = HEIGHT / 2 - camera.scale * (front * math.sin(e) - 0.5 * camera.vertical * math.cos(e))
    lowest = HEIGHT - np.isfinite(shown.depth)[::-1].argmax(axis=0)[inner]
    assert abs(lowest - rim).max() < 1.5
    assert shown.rgba[shown.rgba[..., 3] > 200][:, :3].max(axis=1).min() > 15


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_surface_that_is_nowhere_is_an_empty_picture(value):
    shown = drawn(from_heights(np.full((20, 20), value)), camera_at(-60, 35))
    assert not shown.rgba.any()
    assert np.isinf(shown.depth).all()


def test_a_cliff_is_a_wall_without_gaps():
    nodes = np.linspace(-0.5, 0.5, 1025)
    x, y = np.meshgrid(nodes, nodes)
    camera = camera_at(-50, 25)
    shown = drawn(from_heights(np.where(x + 0.3 * y < 0.05, 0.95, 0.05)), camera)
    covered = np.isfinite(shown.depth)
    runs = (np.diff(np.pad(covered, ((1, 1), (0, 0))).astype(int), axis=0) == 1).sum(axis=0)
    assert runs.max() == 1
    assert (shown.rgba[covered][:, 3] > 0).all()


@pytest.mark.parametrize("paper", [(1.0, 1.0, 1.0), (0.05, 0.07, 0.1)])
def test_an_underside_is_nearer_to_the_paper_cooler_and_without_lines(paper):
    levels = np.linspace(0.001, 0.999, 999)
    red = np.array([[1.0, 0.0, 0.0]] * 2)
    style, lined = (
        look(red, each, underside=underside_on(paper), ink=(0.0, 0.0, 0.0, 1.0), line_width=9.0)
        for each in (np.array([]), levels)
    )
    nodes = np.linspace(-0.5, 0.5, 65)
    flat = from_heights(np.full((65, 65), 0.5) + 0.0 * nodes)
    above, below = (
        drawn(flat, camera_at(-60, e), style).rgba[60, 80, :3].astype(int) for e in (40, -40)
    )
    target = 255 * np.array(paper)
    assert abs(below - target).sum() < 0.65 * abs(above - target).sum()
    assert below[2] - below[1] >= 0
    if max(paper) == 1.0:
        assert below.mean() > above.mean()
    assert (drawn(flat, camera_at(-60, -40), lined).rgba[60, 80, :3] == below).all()


def test_a_window_is_made_square_whatever_its_units():
    camera = camera_at(-60, 35)
    unit = Terrain(lambda x, y: 0.5 + x * y, ((-0.5, 0.5), (-0.5, 0.5)))
    wide = Terrain(lambda x, y: 0.5 + (x / 1e3) * (y / 1e-3), ((-500, 500), (-5e-4, 5e-4)))
    want, got = (drawn(Ground(each, AS_IT_IS).field(), camera) for each in (unit, wide))
    np.testing.assert_allclose(got.depth, want.depth, atol=1e-5)


def test_a_coarse_table_is_drawn_smooth():
    """20 × 30 values of a smooth surface: the light's slopes come within a hundredth of it."""
    x, y = np.linspace(-2, 1, 30), np.linspace(5, 9, 20)

    def height(x, y):
        return 0.5 + 0.3 * np.sin(1.5 * x) * np.cos(y)

    table = interpolant(x, y, nodes(x, y, height(x[None], y[:, None])))
    field = Ground(Terrain(table, ((-2, 1), (5, 9))), AS_IT_IS).field()
    fine_x, fine_y = np.linspace(-2, 1, 1025)[None], np.linspace(5, 9, 1025)[:, None]
    tables = np.asarray(field.tables)
    assert abs(tables[0] - height(fine_x, fine_y)).max() < 4e-3
    slope = 3 * 0.45 * np.cos(1.5 * fine_x) * np.cos(fine_y)
    assert abs(tables[1] - slope)[50:-50, 50:-50].max() < 0.04


def test_the_same_view_gives_the_same_bytes():
    field, camera = field_of(random_surface(2)), camera_at(-20, 30)
    first, second = (drawn(field, camera) for _ in range(2))
    assert first.rgba.tobytes() == second.rgba.tobytes()
    assert first.depth.tobytes() == second.depth.tobytes()


def test_level_lines_are_equally_wide_on_a_slope_and_on_a_gentle_rise():
    """Two tilted planes, one three times as steep: the dark pixels per line are the same."""
    style = look(
        np.ones((2, 3)), np.array([0.5]), ink=(0, 0, 0, 1), edge=(0, 0, 0, 0), line_width=2.0
    )
    nodes = np.linspace(-0.5, 0.5, 1025)
    widths = []
    for steep in (0.3, 0.9):
        tilted = np.broadcast_to(0.5 + steep * nodes[:, None], (1025, 1025))
        rgba = drawn(from_heights(tilted), camera_at(-90, 60), style).rgba
        column = rgba[:, WIDTH // 2].astype(float)
        column = column[column[:, 3] == 255][3:-3]
        widths.append((1 - column[:, 0] / column[:, 0].max()).sum())
    assert widths[0] == pytest.approx(2.0, abs=0.25)
    assert widths[1] == pytest.approx(widths[0], abs=0.2)
