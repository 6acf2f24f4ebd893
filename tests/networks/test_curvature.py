"""Lanczos and Hessian-vector products against dense Hessians."""

import jax
import numpy as np

from animate.networks import planes
from animate.networks.curvature import eigh, extreme_eigenvectors, lanczos, sharpness
from animate.networks.data import moons
from animate.networks.network import network


def tiny():
    return network(moons(samples=60, test=0.0), hidden=(5,), activation="tanh", seed=3)


def dense(problem):
    return np.asarray(jax.hessian(lambda v: problem.loss(v, problem.data))(problem.start))


def test_lanczos_finds_a_whole_spectrum_when_given_the_steps():
    matrix = np.random.default_rng(0).normal(size=(12, 12))
    matrix += matrix.T
    values, vectors = lanczos(lambda v: matrix @ v, 12, steps=12)
    expected = np.linalg.eigvalsh(matrix)
    np.testing.assert_allclose(values[[0, -1]], expected[[0, -1]], rtol=1e-4)
    np.testing.assert_allclose(matrix @ vectors[-1], values[-1] * vectors[-1], atol=0.02)


def test_lanczos_stops_when_the_space_is_used_up():
    values, _ = lanczos(lambda v: 2.0 * v, 5)
    np.testing.assert_allclose(values, 2.0, atol=1e-12)


def test_extreme_eigenvectors_are_those_of_the_dense_hessian():
    problem = tiny()
    hessian = dense(problem)
    expected = np.linalg.eigvalsh(hessian)
    values, vectors = extreme_eigenvectors(problem, problem.start)
    np.testing.assert_allclose(values, expected[[-1, 0]], rtol=2e-3)
    np.testing.assert_allclose(vectors @ hessian @ vectors.T, np.diag(values), atol=2e-3)


def test_sharpness_is_the_largest_eigenvalue_at_each_point():
    problem = tiny()
    values = sharpness(problem, problem.start[None])
    np.testing.assert_allclose(values, np.linalg.eigvalsh(dense(problem))[-1:], rtol=2e-3)


def test_the_hessian_plane_bends_as_its_eigenvalues_say():
    problem = tiny()
    plane, values = planes.hessian(problem, problem.start)
    step = 1e-1
    middle = problem.loss(problem.start, problem.data)
    for axis, value in zip(np.eye(2), values, strict=True):
        ahead, back = (
            problem.loss(plane.at(sign * step * axis).astype(np.float32), problem.data)
            for sign in (1, -1)
        )
        np.testing.assert_allclose((ahead - 2 * middle + back) / step**2, value, rtol=0.1)


def test_eigh_of_many_matrices_rebuilds_them():
    matrices = np.random.default_rng(1).normal(size=(3, 6, 6))
    matrices = matrices + matrices.transpose(0, 2, 1)
    values, vectors = eigh(matrices)
    np.testing.assert_allclose((vectors * values[:, None]) @ vectors.transpose(0, 2, 1), matrices)
