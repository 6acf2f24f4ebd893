"""Planes from a few coordinates at a time, and means from a few examples at a time."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from animate.errors import UsageError
from animate.networks import chunks, cloud
from animate.networks.chunks import chunk_of, gradient_in_chunks, in_chunks
from animate.networks.cloud import Cloud, Points, beside, principal
from animate.networks.rows import Rows
from animate.networks.traced import traced

GENERATOR = np.random.default_rng(0)
POINTS = (GENERATOR.normal(size=(12, 40)) * np.linspace(3, 0.1, 40)).astype("float32")


def of_files(points):
    """The points in two files, of which the first has a row and a column too many."""
    first, second = Rows(None, 41, 6), Rows(None, 41, 7)
    beside_it = np.ones((1, 41), np.float32)
    first.append(np.concatenate([np.pad(points[:5], ((0, 0), (0, 1))), beside_it]))
    second.append(np.pad(points[5:], ((0, 0), (0, 1))))
    return Cloud([(first, np.arange(5)), (second, np.arange(7))], 40)


@pytest.fixture(params=[64e6, 1000.0], ids=["one block", "many blocks"])
def block(request, monkeypatch):
    monkeypatch.setattr(cloud, "BLOCK", request.param)


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize("made", [Points, of_files])
def test_the_axes_are_those_of_the_singular_value_decomposition(made):
    centred = POINTS.astype(float) - POINTS.mean(axis=0, dtype=float)
    _, values, vectors = np.linalg.svd(centred, full_matrices=False)
    mean, axes, found = principal(made(POINTS))
    np.testing.assert_allclose(mean, POINTS.mean(axis=0, dtype=float), atol=1e-12)
    np.testing.assert_allclose(np.abs((axes * vectors[:2]).sum(axis=1)), 1, rtol=1e-10)
    np.testing.assert_allclose(found[::-1][:11], values[:11] ** 2, rtol=1e-9)
    assert (axes @ centred[-1] > 0).all()


@pytest.mark.usefixtures("block")
def test_points_beside_a_plane_are_where_least_squares_finds_them():
    origin, axes = GENERATOR.normal(size=40), GENERATOR.normal(size=(2, 40))
    starts = np.repeat([0, 5], [5, 7])
    seen = beside(of_files(POINTS), origin, axes, starts)
    where, *_ = np.linalg.lstsq(axes.T, (POINTS - origin).T, rcond=None)
    left = POINTS - origin - where.T @ axes
    np.testing.assert_allclose(seen.where, where.T, rtol=1e-8)
    np.testing.assert_allclose(seen.distances, np.linalg.norm(left, axis=1), rtol=1e-6)
    ways = np.linalg.norm(POINTS.astype(float) - POINTS[starts], axis=1)
    np.testing.assert_allclose(seen.length, ways.max(), rtol=1e-8)
    centred = POINTS - POINTS.mean(axis=0, dtype=float)
    unit = axes / np.linalg.norm(axes, axis=1, keepdims=True)
    share = ((centred @ unit.T) ** 2).sum(axis=0) / (centred**2).sum()
    np.testing.assert_allclose(seen.share, share, rtol=1e-8)


X = GENERATOR.normal(size=(10, 3)).astype("float32")
POINT = np.array([0.5, -1.0, 2.0], "float32")


def mean_square(point, batch):
    return jnp.mean((batch[0] @ point) ** 2)


@pytest.mark.parametrize("size", [1, 3, 5, 10])
def test_a_mean_in_chunks_is_the_mean(size):
    whole, batch = mean_square(POINT, (X,)), (X,)
    np.testing.assert_allclose(in_chunks(mean_square, size)(POINT, batch), whole, rtol=1e-5)
    both = in_chunks(jax.value_and_grad(mean_square), size)(POINT, batch)
    np.testing.assert_allclose(both[0], whole, rtol=1e-5)
    expected = 2 * (X * (X @ POINT)[:, None]).mean(axis=0)
    np.testing.assert_allclose(both[1], expected, rtol=1e-4)


def test_examples_that_do_not_fit_are_taken_some_at_a_time(monkeypatch):
    assert chunk_of(mean_square, POINT, (X,)) == 10
    monkeypatch.setattr(chunks, "WORKING", traced(mean_square, POINT, (X,)).memory / 3)
    assert chunk_of(mean_square, POINT, (X,)) == 3
    gradient = gradient_in_chunks(mean_square, POINT, (X,))(POINT, (X,))
    np.testing.assert_allclose(gradient, jax.grad(mean_square)(POINT, (X,)), rtol=1e-4)


def test_what_is_no_mean_is_refused_where_it_does_not_fit(monkeypatch):
    def of_batch(point, batch):
        return mean_square(point, ((batch[0] - batch[0].mean(axis=0)),))

    assert chunk_of(of_batch, POINT, (X,)) == 10
    monkeypatch.setattr(chunks, "WORKING", 10.0)
    with pytest.raises(UsageError, match="the Problem's loss is not their mean"):
        chunk_of(of_batch, POINT, (X,))


def test_operations_are_those_of_products_and_convolutions():
    image = np.ones((2, 8, 8, 3), "float32")

    def both(point, batch):
        kernel = jnp.ones((3, 3, 3, 4)) * point[0]
        numbers = ("NHWC", "HWIO", "NHWC")
        return jax.lax.conv_general_dilated(
            batch, kernel, (1, 1), "SAME", dimension_numbers=numbers
        )

    convolution = 2 * 2 * 8 * 8 * 4 * 3 * 3 * 3
    found = traced(both, POINT, image).operations
    assert convolution <= found <= convolution + 500
    product = traced(lambda point, batch: batch @ point, POINT, X)
    assert product.operations == 2 * 10 * 3
    assert product.memory == 10 * 4
