"""The small network against NumPy, and its derivatives written out against automatic ones."""

import jax
import numpy as np
import pytest

from animate.networks.one_layer import derivatives, network_loss, parameters


def examples(count, features):
    generator = np.random.default_rng(0)
    return generator.normal(size=(count, features)), generator.integers(0, 3, count)


def test_the_small_network_is_the_one_that_numpy_computes():
    inputs, targets = examples(20, 4)
    vector = np.random.default_rng(1).normal(size=parameters(4, 2))
    first, bias, second, last = np.split(vector, [8, 10, 16])
    logits = np.tanh(inputs @ first.reshape(4, 2) + bias) @ second.reshape(2, 3) + last
    chosen = logits[np.arange(20), targets]
    expected = (np.log(np.exp(logits).sum(axis=1)) - chosen).mean() + 0.05 * (vector**2).sum()
    with jax.enable_x64(True):
        np.testing.assert_allclose(network_loss(vector, inputs, targets, 2, 0.1), expected)


@pytest.mark.parametrize(("features", "hidden"), [(4, 4), (2, 5), (3, 1)])
def test_the_derivatives_written_out_are_the_automatic_ones(features, hidden):
    inputs, targets = examples(17, features)
    vector = np.random.default_rng(2).normal(size=parameters(features, hidden))

    def loss(vector):
        return network_loss(vector, inputs, targets, hidden, 0.3)

    with jax.enable_x64(True):
        found = derivatives(vector, inputs, targets, hidden, 0.3)
        expected = loss(vector), jax.grad(loss)(vector), jax.hessian(loss)(vector)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-13)
