"""Grids of any kind: the surface meets its nodes and stays in their range, with a gradient that is
continuous; a cell leaves the range of its corners only where the data are smooth."""

import itertools

import jax
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import RectBivariateSpline

from animate.surfaces.spline import interpolant, nodes

_SHARES = np.append(np.linspace(0, 0.999, 9), 1.0)


@st.composite
def steep_grids(draw):
    """x, y and z of a grid with uneven axes, values over many decades, and holes."""
    columns, rows = draw(st.integers(2, 7)), draw(st.integers(2, 7))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    decades = draw(st.sampled_from([0.0, 1.0, 4.0, 12.0]))
    z = 10 ** (decades * random.uniform(-1, 1, (rows, columns)))
    if draw(st.booleans()):
        z *= random.choice([-1, 1], z.shape)
    if draw(st.booleans()):
        z = np.cumsum(np.cumsum(z, axis=0), axis=1)
    if draw(st.booleans()):
        z[random.uniform(size=z.shape) < 0.1] = np.nan
    axes = [np.cumsum(10 ** random.uniform(-2, 1, count)) for count in (columns, rows)]
    return axes[0], axes[1], z


def cells(x, y, z):
    """For each cell with a value at all corners its corners, and points all over it."""
    for row, column in itertools.product(range(len(y) - 1), range(len(x) - 1)):
        corners = z[row : row + 2, column : column + 2]
        if np.isfinite(corners).all():
            width, height = x[column + 1] - x[column], y[row + 1] - y[row]
            yield row, column, corners, x[column] + width * _SHARES, y[row] + height * _SHARES


def smooth(knots, values, k):
    """Whether the data bend one way at the nodes k − 1 to k + 2."""
    bends = np.diff(np.diff(values) / np.diff(knots))[max(k - 2, 0) : k + 2]
    bends = bends[np.isfinite(bends)]
    return len(bends) > 0 and abs(np.sign(bends).sum()) == len(bends)


@settings(max_examples=100, deadline=None)
@given(steep_grids())
def test_every_cell_stays_in_the_range_of_its_nodes(grid):
    x, y, z = grid
    if not np.isfinite(z).any():
        return
    surface = interpolant(x, y, nodes(x, y, z), np)
    low, high = np.nanmin(z), np.nanmax(z)
    for row, column, corners, at_x, at_y in cells(x, y, z):
        found = surface(*np.meshgrid(at_x[:-1], at_y[:-1]))  # the far edges are other cells
        assert found.min() >= low
        assert found.max() <= high
        vertex = any(smooth(x, z[row + k], column) for k in (0, 1)) or any(
            smooth(y, z[:, column + k], row) for k in (0, 1)
        )
        if not vertex:
            slack = 1e-12 * np.abs(corners).max()
            assert found.min() >= corners.min() - slack
            assert found.max() <= corners.max() + slack


@settings(max_examples=60, deadline=None)
@given(steep_grids())
def test_nodes_are_met_and_the_slope_is_continuous_across_them(grid):
    x, y, z = grid
    table = nodes(x, y, z)
    surface = interpolant(x, y, table, np)
    for row, column, corners, at_x, at_y in cells(x, y, z):
        met = surface(*np.meshgrid(at_x[[0, -1]], at_y[[0, -1]]))
        known = np.isfinite(met)  # a cell beyond may be undefined
        np.testing.assert_allclose(met[known], corners[known], rtol=1e-12)
        step = 1e-9 * (at_x[-1] - at_x[0])
        rise = surface(np.array(at_x[0] + step), np.array(at_y[0])) - corners[0, 0]
        slack = 1e-4 * np.abs(corners).max() / (at_x[-1] - at_x[0])
        assert rise / step == pytest.approx(table[row, column, 1], rel=1e-3, abs=slack)


def test_a_steep_bowl_has_one_minimum_and_no_flat_place_beside_it():
    x = np.linspace(-3, 3, 13)
    z = 0.01 + 0.05 * (x**2 + x[:, None] ** 2) + np.expm1(0.8 * np.hypot(x, x[:, None])) ** 4
    surface = interpolant(x, x, nodes(x, x, z), np)
    fine = np.linspace(-3, 3, 241)
    heights = surface(*np.meshgrid(fine, fine))
    inner = heights[1:-1, 1:-1]
    around = [
        heights[1 + i : 240 + i, 1 + j : 240 + j]
        for i, j in itertools.product((-1, 0, 1), repeat=2)
        if i or j
    ]
    assert (inner < np.min(around, axis=0)).sum() == 1
    assert heights.min() == z.min()
    assert RectBivariateSpline(x, x, z)(fine, fine).min() < 0  # of which the data know nothing


@settings(max_examples=30, deadline=None)
@given(st.integers(5, 12), st.floats(-0.9, 0.9), st.floats(-0.9, 0.9), st.floats(0.3, 3))
def test_the_lowest_node_of_a_bowl_is_its_one_minimum_and_bends_there(count, x0, y0, stretch):
    x = np.linspace(-2, 2, count)
    z = (x - x0) ** 2 + stretch * (x[:, None] - y0) ** 2
    row, column = np.unravel_index(z.argmin(), z.shape)
    width = x[1] - x[0]
    surface = interpolant(x, x, nodes(x, x, z), np)
    fine = np.linspace(-2, 2, 241)
    assert surface(*np.meshgrid(fine, fine)).min() >= z.min()
    share = np.linspace(0.05, 0.95, 19)
    for side in (-1, 1):
        for along, rise in (
            (surface(x[column] + side * share * width, np.full(19, x[row])), z[row, column + side]),
            (surface(np.full(19, x[column]), x[row] + side * share * width), z[row + side, column]),
        ):
            least = 0.2 * (rise - z.min()) * share**2
            assert (along - z.min() >= least - 1e-12).all()


@pytest.mark.parametrize(("count", "most"), [(21, 4e-3), (41, 2.5e-3), (101, 2e-4)])
def test_smooth_data_stay_accurate(count, most):
    x, y = np.linspace(-2, 2, count), np.linspace(-1, 1.5, count)

    def loss(x, y):
        return np.sin(2 * x) * np.cos(y) + 0.1 * x**2

    surface = interpolant(x, y, nodes(x, y, loss(*np.meshgrid(x, y))), np)
    fine = np.meshgrid(np.linspace(-2, 2, 401), np.linspace(-1, 1.5, 401))
    error = np.abs(surface(*fine) - loss(*fine)) / np.ptp(loss(*fine))
    assert error.max() < most
    assert np.median(error) < 1e-4


def test_a_gradient_at_the_highest_node_is_that_of_the_surface():
    x = np.linspace(0, 1, 5)
    surface = interpolant(x, x, nodes(x, x, x + 2 * x[:, None]))
    with jax.enable_x64(True):
        slope = jax.grad(lambda p: surface(p[0], p[1]))(np.array([0.0, 0.0]))
        np.testing.assert_allclose(slope, [1, 2])
