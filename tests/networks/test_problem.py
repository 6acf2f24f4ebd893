"""Problems of one's own: pytrees flattened and given back, mistakes told."""

import jax
import numpy as np
import pytest

from animate.errors import UsageError
from animate.networks import Problem
from animate.networks.data import moons
from animate.networks.mlp import classifier, mlp
from animate.networks.network import initial_weights, network
from animate.networks.problem import flatten


def test_the_vector_holds_the_leaves_in_order_and_gives_them_back():
    parameters = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.ones(2, np.float32)}
    problem = flatten(Problem(lambda p: p["a"].sum() * p["b"].prod(), parameters))
    assert problem.shapes == ((2, 3), (2,))
    np.testing.assert_array_equal(problem.start, [0, 1, 2, 3, 4, 5, 1, 1])
    assert problem.loss(problem.start * 2, None) == 30 * 4
    assert problem.examples == 0
    back = problem.unravel(problem.start)
    np.testing.assert_array_equal(back["a"], parameters["a"])


@pytest.mark.parametrize("parameters", [{}, {"n": np.arange(3)}, {"n": 1.0}])
def test_parameters_must_be_floating_arrays(parameters):
    with pytest.raises(UsageError, match="pytree of floating-point arrays"):
        flatten(Problem(lambda _: 0.0, parameters))


def test_arrays_of_the_data_must_agree():
    with pytest.raises(UsageError, match="equally many examples"):
        flatten(Problem(lambda *_: 0.0, np.ones(2), data=(np.ones((3, 1)), np.ones(4))))


def test_a_network_computes_what_numpy_computes():
    data = moons(samples=30, test=0.2)
    problem = network(data, hidden=(4, 4), activation="tanh", residual=True, seed=2)
    model = problem.unravel(problem.start)
    weights = [(np.asarray(part.weight), np.asarray(part.bias)) for part in model.layers]
    hidden = np.tanh(data.inputs @ weights[0][0].T + weights[0][1])
    hidden = hidden + np.tanh(hidden @ weights[1][0].T + weights[1][1])
    logits = hidden @ weights[2][0].T + weights[2][1]
    chosen = logits[np.arange(24), data.targets]
    expected = (np.log(np.exp(logits).sum(axis=1)) - chosen).mean()
    np.testing.assert_allclose(problem.loss(problem.start, data.train), expected, rtol=1e-5)
    right = (logits.argmax(axis=1) == data.targets).mean()
    np.testing.assert_allclose(problem.accuracy(problem.start, data.train), right)


def test_initial_weights_have_the_variance_of_their_paper():
    sizes, key = (400, 300, 300, 10), jax.random.key(0)
    he, lecun, glorot = (mlp(sizes, key, init=init).layers for init in ("he", "lecun", "glorot"))
    np.testing.assert_allclose(he[0].weight.var(), 2 / 400, rtol=0.02)
    np.testing.assert_allclose(lecun[0].weight.var(), 1 / 400, rtol=0.02)
    np.testing.assert_allclose(glorot[0].weight.var(), 2 / 700, rtol=0.02)
    small = mlp(sizes, key, branch=0.5).layers
    np.testing.assert_allclose(small[1].weight, 0.5 * he[1].weight)
    np.testing.assert_array_equal(small[2].weight, he[2].weight)


def test_unknown_words_are_told_with_the_nearest():
    data = moons(samples=20)
    with pytest.raises(UsageError, match=r"there is no 'rellu'\. Did you mean 'relu'"):
        network(data, activation="rellu")
    with pytest.raises(UsageError, match="init: there is no 'hee'"):
        network(data, init="hee")


def test_a_model_without_held_out_data_has_no_test():
    data = moons(samples=20, test=0.0)
    assert classifier(mlp((2, 3, 2), jax.random.key(0)), data).test is None


def test_many_starts_are_those_of_the_networks_one_by_one():
    data, seeds = moons(samples=20, test=0.2, seed=0), (3, 60, 7)
    looks = {"hidden": (5, 5, 5), "activation": "tanh", "residual": True, "branch": 0.25}
    problem, vectors = initial_weights(data, seeds, init="glorot", **looks)
    alone = [network(data, seed=seed, init="glorot", **looks).start for seed in seeds]
    np.testing.assert_array_equal(vectors, alone)
    np.testing.assert_array_equal(problem.start, vectors[0])
