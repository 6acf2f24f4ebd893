"""The loss on a plane, in chunks, and which points of a slice bend down."""

import numpy as np

from animate.networks.data import moons
from animate.networks.evaluation import evaluate, gradient_norms, nonconvex, on_plane
from animate.networks.network import network
from animate.networks.planes import random_directions


def test_the_grid_is_the_loss_at_each_of_its_points():
    problem = network(moons(samples=40), hidden=(6,))
    plane = random_directions(problem.start, seed=1)
    x, y = np.linspace(-1, 1, 5), np.linspace(0, 2, 4)
    z = on_plane(problem.loss, plane, x, y, problem.data, at_once=3)
    assert z.shape == (4, 5)
    for row in range(4):
        for column in range(5):
            point = plane.at(np.array([x[column], y[row]])).astype(np.float32)
            np.testing.assert_allclose(z[row, column], problem.loss(point, problem.data), rtol=1e-5)


def test_points_in_chunks_are_points_one_by_one():
    problem = network(moons(samples=40), hidden=(6,))
    points = problem.start + np.random.default_rng(0).normal(size=(2, 5, len(problem.start)))
    points = points.astype(np.float32)
    whole = evaluate(problem.loss, points, problem.data, at_once=4)
    single = [[problem.loss(point, problem.data) for point in row] for row in points]
    np.testing.assert_allclose(whole, single, rtol=1e-5)


def test_gradient_norms_agree_with_finite_differences():
    problem = network(moons(samples=40), hidden=(3,), activation="tanh")
    norm = gradient_norms(problem, problem.start[None])[0]
    step = 1e-2
    slopes = [
        (
            problem.loss(problem.start + step * axis, problem.data)
            - problem.loss(problem.start - step * axis, problem.data)
        )
        / (2 * step)
        for axis in np.eye(len(problem.start), dtype=np.float32)
    ]
    np.testing.assert_allclose(norm, np.linalg.norm(slopes), rtol=1e-2)


def test_a_bowl_bends_up_and_a_saddle_down_everywhere():
    x = np.linspace(-1, 1, 21)
    u, v = np.meshgrid(x, x)
    spacing = x[1] - x[0]
    assert not nonconvex(u**2 + v**2, spacing, spacing).any()
    assert nonconvex(u**2 - 0.1 * v**2, spacing, spacing).all()
    assert nonconvex(u * v, spacing, spacing).all()
    assert nonconvex(u**2 + v**2, spacing, spacing).shape == (19, 19)


def test_the_part_of_a_wave_that_bends_down():
    x = np.linspace(0, 2 * np.pi, 201)
    u = np.meshgrid(x, x)[0]
    bends = nonconvex(np.sin(u), x[1], x[1])
    np.testing.assert_array_equal(bends[100, 1:98], True)
    assert not bends[100, 101:198].any()


def test_rounding_does_not_look_like_curvature():
    x = np.linspace(-1, 1, 51)
    u, v = np.meshgrid(x, x)
    bowl = (100 + 1e-3 * (u**2 + v**2)).astype(np.float32)
    assert not nonconvex(bowl, x[1] - x[0], x[1] - x[0]).any()
