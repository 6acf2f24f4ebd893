"""The relief's pictures against a fine march along every ray, written anew in NumPy."""

import math

import numpy as np
import pytest

from animate.panels.relief.raytrace import (
    Camera,
    picture,
    visible,
)
from tests.relief.views import (
    GREY,
    HEIGHT,
    WIDTH,
    field_of,
    random_camera,
    random_surface,
)

MARCH = 3000


def marched(height, camera, columns, rows, hole=None):
    """The depth of the first crossing of the rays through [rows, columns], by MARCH steps each."""
    a, e = math.radians(camera.azimuth), math.radians(camera.elevation)
    right, into = np.array([-math.sin(a), math.cos(a)]), np.array([-math.cos(a), -math.sin(a)])
    depth = np.full((len(rows), len(columns)), np.inf)
    for i, column in enumerate(columns):
        u = (column - camera.centre[0]) / camera.scale
        v = np.linspace(-0.75, 0.75, MARCH)
        x, y = (u * right[k] + v * into[k] for k in range(2))
        t = height(x, y)
        up = v * math.sin(e) + (t - 0.5) * camera.vertical * math.cos(e)
        inside = (abs(x) <= 0.5) & (abs(y) <= 0.5) & np.isfinite(t)
        above = up[None, :] >= ((camera.centre[1] - rows) / camera.scale)[:, None]
        crossing = (above[:, 1:] != above[:, :-1]) & inside[1:] & inside[:-1]
        first = crossing.argmax(axis=1)
        away = v[first] * math.cos(e) - (t[first] - 0.5) * camera.vertical * math.sin(e)
        depth[:, i] = np.where(crossing.any(axis=1), away, np.inf)
    return depth


def sample_depth(camera):
    """The depth that one sample of a column spans at most."""
    return math.sqrt(2) / 255 / max(math.cos(math.radians(camera.elevation)), 0.05)


@pytest.mark.parametrize("seed", range(10))
def test_depth_agrees_with_a_fine_march(seed):
    height, camera = random_surface(seed), random_camera(seed)
    got = picture(field_of(height), camera.projection, GREY, width=WIDTH, height=HEIGHT).depth
    want = marched(height, camera, np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5)
    both = np.isfinite(got) & np.isfinite(want)
    close = np.zeros(got.shape, bool)
    close[both] = abs(got[both] - want[both]) <= sample_depth(camera)
    close |= np.isinf(got) & np.isinf(want)
    assert both.mean() > 0.05
    assert close.mean() >= 0.995


def within(mask, pixels):
    """Where `mask` [rows, columns] changes, thickened by `pixels`."""
    edge = np.zeros(mask.shape, bool)
    edge[1:] |= mask[1:] != mask[:-1]
    edge[:, 1:] |= mask[:, 1:] != mask[:, :-1]
    for _ in range(pixels):
        wider = edge.copy()
        wider[1:] |= edge[:-1]
        wider[:-1] |= edge[1:]
        wider[:, 1:] |= edge[:, :-1]
        wider[:, :-1] |= edge[:, 1:]
        edge = wider
    return edge


@pytest.mark.parametrize(("behind", "hidden"), [(0.0, False), (1.4, False), (1.6, True)])
def test_a_point_is_hidden_from_a_pixel_and_a_half_behind_the_surface(behind, hidden):
    scale = 20.0
    camera = Camera(-90.0, 90.0, scale, (10.0, 10.0), vertical=1.0)  # depth is 1/2 − t
    points = np.array([[0.0, 0.0, 0.5 - behind / scale]])
    assert visible(np.zeros((20, 20)), camera, points)[0] != hidden


@pytest.mark.parametrize("seed", range(10))
def test_points_of_the_surface_are_hidden_where_the_march_meets_something_before(seed):
    height, camera = random_surface(seed), random_camera(seed)
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(-0.49, 0.49, (2, 600))
    points = np.stack([x, y, height(x, y)], -1)
    column, row, depth = camera.project(points).T
    surface = picture(field_of(height), camera.projection, GREY, width=WIDTH, height=HEIGHT).depth
    got = visible(surface, camera, points)
    first = np.array(
        [
            marched(height, camera, np.array([c]), np.array([r]))[0, 0]
            for c, r in zip(column, row, strict=True)
        ]
    )
    want = depth <= first + 3 * 1.5 / MARCH / math.cos(math.radians(camera.elevation))
    jump = np.hypot(*np.gradient(np.where(np.isfinite(surface), surface, 9.0))) > 0.05
    band = within(jump, 2) | jump
    inside = ~band[row.astype(int).clip(0, HEIGHT - 1), column.astype(int).clip(0, WIDTH - 1)]
    assert inside.mean() > 0.1
    np.testing.assert_array_equal(got[inside], want[inside])
