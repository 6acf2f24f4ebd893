"""The slopes of the spline at its knots, against the conditions that define it."""

import numpy as np
import pytest

from animate.surfaces.spline import slopes


def slopes_by_conditions(knots, values):
    """The spline's slopes at its knots, from all its conditions as one dense linear system.

    Piece k is Σ c[k, p] (x − knots[k])^p. Two pieces meet in value, slope and second derivative; at
    the first and the last inner knot in the third derivative too.
    """
    h, pieces = np.diff(knots), len(knots) - 1
    rows, right = [], []

    def require(value, *terms):
        row = np.zeros((pieces, 4))
        for piece, coefficients in terms:
            row[piece] = coefficients
        rows.append(row.ravel())
        right.append(value)

    for k in range(pieces):
        require(values[k], (k, [1, 0, 0, 0]))
        require(values[k + 1], (k, h[k] ** np.arange(4)))
    for k in range(pieces - 1):
        require(0, (k, [0, 1, 2 * h[k], 3 * h[k] ** 2]), (k + 1, [0, -1, 0, 0]))
        require(0, (k, [0, 0, 2, 6 * h[k]]), (k + 1, [0, 0, -2, 0]))
    for k in (0, pieces - 2):
        require(0, (k, [0, 0, 0, 1]), (k + 1, [0, 0, 0, -1]))
    c = np.linalg.solve(np.array(rows), np.array(right)).reshape(pieces, 4)
    return np.append(c[:, 1], c[-1] @ [0, 1, 2 * h[-1], 3 * h[-1] ** 2])


@pytest.mark.parametrize("count", [4, 5, 9, 20])
def test_slopes_follow_from_the_conditions_of_the_spline(count):
    knots = np.cumsum(np.random.default_rng(count).uniform(0.3, 1, count))
    values = np.random.default_rng(0).normal(size=(count, 3))
    expected = [slopes_by_conditions(knots, column) for column in values.T]
    np.testing.assert_allclose(slopes(knots, values).T, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("count", [2, 3])
def test_few_knots_have_the_slopes_of_a_line_or_a_parabola(count):
    knots = np.array([-1.0, 0.3, 0.8])[:count]
    values = np.array([[2.0, -1.0], [0.5, 3.0], [4.0, 1.0]])[:count]
    expected = [
        np.polyval(np.polyder(np.polyfit(knots, column, count - 1)), knots) for column in values.T
    ]
    np.testing.assert_allclose(slopes(knots, values).T, expected, rtol=1e-12, atol=1e-12)


def test_each_unbroken_run_of_values_has_slopes_of_its_own():
    knots, values = np.arange(9.0), np.sin(np.arange(9.0))
    values[[0, 5, 7]] = np.nan
    found = slopes(knots, values[:, None])[:, 0]
    np.testing.assert_array_equal(np.isfinite(found), [0, 1, 1, 1, 1, 0, 0, 0, 0])
    np.testing.assert_allclose(found[1:5], slopes_by_conditions(knots[1:5], values[1:5]))


@pytest.mark.parametrize("count", [2, 3, 4, 9])
@pytest.mark.parametrize(("length", "size"), [(1e-90, 1e-200), (1e-90, 1.0), (1e90, 1e300)])
def test_slopes_have_no_units(count, length, size):
    random = np.random.default_rng(count)
    knots, values = np.cumsum(random.uniform(0.3, 1, count)), random.normal(size=(count, 2)) / 4
    found = slopes(length * knots, size * values)
    np.testing.assert_allclose(found * (length / size), slopes(knots, values), rtol=1e-10)
