"""Planes against transcriptions and dense linear algebra in NumPy."""

import numpy as np
import pytest

from animate.errors import UsageError
from animate.networks import planes


def test_points_of_a_plane_project_onto_themselves_whatever_its_axes():
    generator = np.random.default_rng(0)
    plane = planes.Plane(generator.normal(size=9), generator.normal(size=(2, 9)))
    coordinates = generator.normal(size=(4, 5, 2))
    points = plane.at(coordinates)
    np.testing.assert_allclose(plane.project(points), coordinates, atol=1e-10)
    np.testing.assert_allclose(plane.distance(points), 0, atol=1e-10)


def test_the_projection_is_the_nearest_point_by_least_squares():
    generator = np.random.default_rng(1)
    plane = planes.Plane(generator.normal(size=7), generator.normal(size=(2, 7)))
    point = generator.normal(size=7)
    nearest, residual = np.linalg.lstsq(plane.axes.T, point - plane.origin, rcond=None)[:2]
    np.testing.assert_allclose(plane.project(point), nearest, atol=1e-10)
    np.testing.assert_allclose(plane.distance(point) ** 2, residual[0], rtol=1e-10)


def test_pca_agrees_with_the_singular_value_decomposition():
    points = np.random.default_rng(2).normal(size=(20, 50)) * np.linspace(3, 0.1, 50)
    plane, share = planes.pca(points)
    centred = points - points.mean(axis=0)
    _, values, vectors = np.linalg.svd(centred, full_matrices=False)
    np.testing.assert_allclose(share, (values**2 / (values**2).sum())[:2], rtol=1e-10)
    np.testing.assert_allclose(np.abs(np.sum(plane.axes * vectors[:2], axis=1)), 1, rtol=1e-10)
    assert (plane.project(points)[-1] > 0).all()


def test_the_share_of_a_random_walk_is_the_one_that_walks_have():
    """2000 dimensions stand for infinitely many; the limit is 6/π² + 6/(4π²) = 0.76."""
    steps = np.random.default_rng(3).normal(size=(100, 2000))
    walk = np.concatenate([np.zeros((1, 2000)), np.cumsum(steps, axis=0)])
    _, values, _ = np.linalg.svd(walk - walk.mean(axis=0), full_matrices=False)
    expected = planes.random_walk_share(101, 2000)
    np.testing.assert_allclose((values**2 / (values**2).sum())[:2], expected, atol=0.02)
    np.testing.assert_allclose(
        planes.random_walk_share(800, 10**6).sum(), 7.5 / np.pi**2, atol=1e-3
    )


def test_two_random_walks_share_less_of_one_plane_than_one():
    generator = np.random.default_rng(4)
    walks = np.cumsum(generator.normal(size=(2, 61, 3000)), axis=1)
    walks = np.concatenate(walks - walks[:, :1])
    _, values, _ = np.linalg.svd(walks - walks.mean(axis=0), full_matrices=False)
    expected = planes.random_walk_share(61, 3000, 2)
    np.testing.assert_allclose((values**2 / (values**2).sum())[:2], expected, atol=0.03)


@pytest.mark.parametrize(("dimensions", "paths"), [(3, 1), (9, 3), (22, 1)])
def test_in_few_dimensions_random_walks_share_more_of_a_plane(dimensions, paths):
    """Against singular values of other walks; the standard error of both means is near 0.005."""
    generator, shares = np.random.default_rng(5), []
    for _ in range(200):
        steps = generator.normal(size=(paths, 40, dimensions))
        walks = np.concatenate([np.zeros((paths, 1, dimensions)), np.cumsum(steps, axis=1)], axis=1)
        points = walks.reshape(-1, dimensions)
        values = np.linalg.svd(points - points.mean(axis=0), compute_uv=False) ** 2
        shares.append(values[:2] / values.sum())
    found = planes.random_walk_share(41, dimensions, paths)
    np.testing.assert_allclose(found, np.mean(shares, axis=0), atol=0.025)
    assert found.sum() > planes.random_walk_share(41, 10**6, paths).sum()


@pytest.mark.parametrize("filters", [0, -1])
def test_filter_normalisation_as_the_paper_writes_it(filters):
    """Every filter d ← d / |d| · |w|, biases 0 (Li et al. 2018, section 4)."""
    shapes = ((4, 3), (4,), (2, 4), (2,))
    sizes = [12, 4, 8, 2]
    weights = np.random.default_rng(5).normal(size=26)
    plane = planes.filter_normalized(weights, shapes, filters=filters, seed=7)
    for axis in plane.axes:
        for shape, direction, weight in zip(
            shapes,
            np.split(axis, np.cumsum(sizes)[:-1]),
            np.split(weights, np.cumsum(sizes)[:-1]),
            strict=True,
        ):
            if len(shape) == 1:
                assert not direction.any()
                continue
            direction, weight = direction.reshape(shape), weight.reshape(shape)
            rows = (direction, weight) if filters == 0 else (direction.T, weight.T)
            lengths = [np.linalg.norm(row, axis=1) for row in rows]
            np.testing.assert_allclose(*lengths, rtol=1e-12)
    assert abs(plane.axes[0] @ plane.axes[1]) < 0.9 * (plane.axes[0] @ plane.axes[0])


def test_a_convolutions_bias_stays_where_it_is():
    """Equinox holds it as [out, 1, 1], beside kernels [out, in, height, width]."""
    weights = np.random.default_rng(6).normal(size=3 * 2 * 2 * 2 + 3)
    plane = planes.filter_normalized(weights, ((3, 2, 2, 2), (3, 1, 1)))
    for axis in plane.axes:
        assert not axis[24:].any()
        lengths = (np.linalg.norm(each[:24].reshape(3, 8), axis=1) for each in (axis, weights))
        np.testing.assert_allclose(*lengths, rtol=1e-12)


def test_a_plane_through_three_points_holds_them_and_has_unit_axes():
    points = np.random.default_rng(6).normal(size=(3, 30))
    plane = planes.through(points)
    np.testing.assert_allclose(plane.at(plane.project(points)), points, atol=1e-12)
    np.testing.assert_allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-12)
    first, second, third = plane.project(points)
    np.testing.assert_allclose(first, 0, atol=1e-12)
    np.testing.assert_allclose(second, [np.linalg.norm(points[1] - points[0]), 0], atol=1e-12)
    assert third[1] > 0


def test_three_points_on_a_line_are_refused():
    points = np.outer([0.0, 1.0, 2.5], np.ones(5))
    with pytest.raises(UsageError, match="lie on one line"):
        planes.through(points)
