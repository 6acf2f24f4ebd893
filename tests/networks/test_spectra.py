"""The density of a Hessian's eigenvalues, by stochastic Lanczos quadrature, against dense ones."""

import jax
import numpy as np
import pytest

from animate.networks.curvature import hessian_product
from animate.networks.data import moons
from animate.networks.network import network
from animate.networks.spectra import PROBES, Spectra, nodes_of, probes_of, quadrature


@pytest.fixture(scope="module")
def problem():
    """A network of many more weights than a probe has nodes."""
    return network(moons(samples=60, test=0.0), hidden=(12, 12), activation="tanh", seed=3)


@pytest.fixture(scope="module")
def exact(problem):
    hessian = jax.hessian(lambda at: problem.loss(at, problem.data))(problem.start)
    return np.linalg.eigvalsh(np.asarray(hessian, np.float64))


@pytest.fixture(scope="module")
def spectra(problem):
    product, size = hessian_product(problem, problem.data), len(problem.start)
    found = np.stack(
        [
            quadrature(lambda v: product(problem.start, v.astype("float32")), probe)
            for probe in probes_of(size, seed=0)
        ]
    )
    nodes, weights = np.moveaxis(found, 1, 0)[:, None, None]
    return Spectra(nodes, weights)


def test_a_probe_has_a_node_for_each_product_and_weights_of_one_in_all(spectra, problem):
    assert len(problem.start) > 150
    assert spectra.nodes.shape == (1, 1, PROBES, 80) == (1, 1, PROBES, nodes_of(10**6))
    assert (spectra.weights >= 0).all()
    np.testing.assert_allclose(spectra.weights.sum(axis=-1), 1.0, atol=1e-12)


@pytest.mark.parametrize("width", [0.01, 0.1])
def test_the_density_integrates_to_one(spectra, width):
    low, high = spectra.ends[0, 0]
    places = np.linspace(low - 8 * width, high + 8 * width, 20_001)
    density = spectra.density(0, 0, places, width)
    assert (density >= 0).all()
    np.testing.assert_allclose(np.trapezoid(density, places), 1.0, atol=1e-6)


@pytest.mark.parametrize("power", [1, 2, 3])
def test_moments_are_those_of_the_dense_hessian_within_their_standard_error(spectra, exact, power):
    """The first is the trace, the second the squared Frobenius norm, over the number of weights."""
    each = (spectra.weights * spectra.nodes**power).sum(axis=-1)[0, 0]
    error = each.std(ddof=1) / np.sqrt(len(each))
    expected = (exact**power).mean()
    assert abs(each.mean() - expected) < 2 * error
    assert error < 0.5 * (np.abs(exact) ** power).mean()


def test_a_probe_has_the_moments_of_its_own_vector_exactly(problem):
    """Of a polynomial of a low degree quadrature makes no error: v·Hᵖv of the unit vector v."""
    hessian = np.random.default_rng(0).normal(size=(30, 30))
    hessian = hessian + hessian.T
    probe = probes_of(30, seed=5)[2]
    nodes, weights = quadrature(lambda v: hessian @ v, probe)
    unit = probe / np.sqrt(30)
    for power in range(1, 8):
        expected = unit @ np.linalg.matrix_power(hessian, power) @ unit
        np.testing.assert_allclose(weights @ nodes**power, expected, rtol=1e-9)
    np.testing.assert_allclose(nodes, np.linalg.eigvalsh(hessian), atol=1e-9)


def test_the_ends_are_the_extreme_eigenvalues(spectra, exact):
    np.testing.assert_allclose(spectra.ends[0, 0], exact[[0, -1]], atol=1e-3 * np.abs(exact).max())
    np.testing.assert_allclose(spectra.ends[0, 0, 1], exact[-1], rtol=1e-3)


def test_the_smoothed_density_follows_the_dense_one(spectra, exact):
    """As the share of eigenvalues between two bounds, in the middle of which nothing is."""
    width = 0.02 * (exact[-1] - exact[0])
    places = np.linspace(exact[0], exact[-1], 400)
    gaussians = np.exp(-0.5 * ((places[:, None] - exact) / width) ** 2)
    dense = gaussians.mean(axis=1) / (width * np.sqrt(2 * np.pi))
    estimate = spectra.density(0, 0, places, width)
    assert np.abs(estimate - dense).max() < 0.1 * dense.max()


def test_a_space_that_is_used_up_repeats_its_last_node_without_weight():
    nodes, weights = quadrature(lambda v: 2.0 * v, probes_of(5, seed=0)[0])
    np.testing.assert_allclose(nodes, 2.0)
    np.testing.assert_allclose(weights, [1, 0, 0, 0, 0], atol=1e-12)


def test_probes_are_signs_and_follow_the_seed():
    probes = probes_of(4000, seed=1)
    assert set(np.unique(probes)) == {-1, 1}
    assert np.abs(probes @ probes.T.astype(int) / 4000 - np.eye(PROBES)).max() < 0.06
    assert (probes == probes_of(4000, seed=1)).all()
    assert (probes != probes_of(4000, seed=2)).any()
