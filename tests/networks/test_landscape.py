"""The whole way: train, fit a plane, evaluate, project."""

import numpy as np
import optax
import pytest

from animate.errors import UsageError
from animate.networks.data import moons
from animate.networks.landscape import landscape, window
from animate.networks.network import network
from animate.networks.planes import through
from animate.networks.quantity import PLANE_LOSSES

DATA = moons(samples=60, test=0.0)
PROBLEM = network(DATA, hidden=(5,), activation="tanh", seed=1)
OPTIONS = {"steps": 60, "batch": 20, "resolution": 9}


@pytest.mark.parametrize("plane", ["filter_normalized", "hessian"])
def test_every_plane_holds_the_paths_in_its_window_and_says_what_it_leaves_out(plane):
    result = landscape(PROBLEM, [optax.sgd(0.3)], plane=plane, **OPTIONS)
    assert result.z.shape == (9, 9)
    assert result.positions.shape == (1, 61, 2)
    inside = (result.positions >= [result.x[0], result.y[0]]) & (
        result.positions <= [result.x[-1], result.y[-1]]
    )
    assert inside.all()
    np.testing.assert_allclose(
        result.losses[:, 0], float(PROBLEM.loss(PROBLEM.start, PROBLEM.data)), rtol=1e-5
    )
    assert (result.share >= 0).all()
    assert result.share.sum() <= 1
    assert (result.distances >= 0).all()


def test_a_plane_through_three_points_is_the_one_that_was_asked_for():
    points = PROBLEM.start + np.random.default_rng(0).normal(size=(3, len(PROBLEM.start)))
    result = landscape(PROBLEM, [optax.sgd(0.3), optax.adam(0.05)], plane=points, **OPTIONS)
    expected = through(points).project(PROBLEM.start)
    np.testing.assert_allclose(result.positions[:, 0], [expected] * 2, atol=1e-6)
    assert (result.positions[0, -1] != result.positions[1, -1]).all()


def test_where_a_path_lies_on_the_plane_both_losses_agree():
    asked = {PLANE_LOSSES}
    result = landscape(PROBLEM, [optax.sgd(0.3)], plane="random", asked=asked, **OPTIONS)
    assert result.distances[0, -1] < 1e-5
    np.testing.assert_allclose(result.plane_losses[0, -1], result.losses[0, -1], rtol=1e-5)
    assert abs(result.plane_losses[0, 0] - result.losses[0, 0]) > 1e-3


def test_pythagoras_holds_between_plane_and_distance():
    result = landscape(PROBLEM, [optax.sgd(0.3)], plane="pca", **OPTIONS)
    share = result.share.sum()
    spread = ((result.positions - result.positions.mean(axis=1, keepdims=True)) ** 2).sum()
    left = (result.distances**2).sum()
    np.testing.assert_allclose(spread / (spread + left), share, rtol=1e-4)


def test_a_path_that_leaves_the_finite_numbers_ends_and_the_others_go_on():
    result = landscape(PROBLEM, [optax.sgd(0.3), optax.sgd(1e20)], plane="pca", **OPTIONS)
    assert np.isfinite(result.losses[0]).all()
    assert np.isnan(result.losses[1, -1])
    assert np.isfinite(result.z).all()


def test_nothing_but_divergence_is_a_sentence():
    with pytest.raises(UsageError, match="every optimizer diverged at once"):
        landscape(PROBLEM, [optax.sgd(1e20)], plane="pca", **OPTIONS)


def test_a_window_is_never_a_slit():
    x, y = window(np.array([[0.0, 0.0], [10.0, 0.1]]), 5)
    assert x[0] < 0
    assert x[-1] > 10
    np.testing.assert_allclose(np.ptp(y) / np.ptp(x), 0.6)
