"""Hidden units put in another network's order: the same function, and exactly the same network."""

import itertools

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from animate.errors import UsageError
from animate.networks.alignment import aligned, matching_orders, permuted
from animate.networks.checkpoints import shapes_of
from animate.networks.data import moons
from animate.networks.dense_chain import dense_chain
from animate.networks.network import network
from animate.networks.problem import Problem, flatten


def moved(problem, seed=0, size=0.3):
    """The problem's start, biases and all moved at random."""
    noise = np.random.default_rng(seed).normal(size=problem.start.shape)
    return (problem.start + size * noise).astype(np.float32)


def plain(filters, names=("w", "b")):
    """A network of numbered arrays, [outputs, inputs] by `filters` 0, else [inputs, outputs]."""
    random, widths = np.random.default_rng(0), (2, 7, 6, 2)
    parameters = {}
    for k, (inner, outer) in enumerate(itertools.pairwise(widths)):
        weights = random.normal(size=(outer, inner)).astype("f4")
        parameters[f"{names[0]}{k}"] = jnp.asarray(weights if filters == 0 else weights.T)
        parameters[f"{names[1]}{k}"] = jnp.zeros(outer, jnp.float32)

    def loss(parameters, batch):
        x = batch[0]
        for k in range(3):
            weights = parameters[f"{names[0]}{k}"]
            x = x @ (weights.T if filters == 0 else weights) + parameters[f"{names[1]}{k}"]
            x = jnp.tanh(x) if k < 2 else x
        chosen = jnp.take_along_axis(jax.nn.log_softmax(x), batch[1][:, None], axis=1)
        return -chosen.mean()

    return flatten(Problem(loss, parameters, data=moons().train, filters=filters))


PROBLEMS = {
    "own": lambda: network(moons(), hidden=(9, 8, 7), seed=1),
    "wide": lambda: network(moons(), hidden=(40, 40), activation="tanh"),
    "rows": lambda: plain(0),
    "columns": lambda: plain(-1),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_permuted_copy_computes_the_same_and_aligns_back_exactly(name):
    problem = PROBLEMS[name]()
    vector, random = moved(problem), np.random.default_rng(3)
    layers = dense_chain(shapes_of(problem), problem.filters)
    copy = permuted(layers, vector, [random.permutation(each.outputs) for each in layers[:-1]])
    assert np.linalg.norm(copy - vector) > 1
    losses = [float(problem.loss(jnp.asarray(each), problem.data)) for each in (vector, copy)]
    np.testing.assert_allclose(losses[1], losses[0], rtol=1e-5)
    np.testing.assert_array_equal(aligned(problem, vector, copy), vector)


def test_every_unit_of_the_aligned_network_is_one_of_the_networks():
    problem = network(moons(), hidden=(5, 4), activation="tanh")
    first, other = moved(problem), moved(problem, 1)
    model = problem.unravel(jnp.asarray(other))
    result = problem.unravel(jnp.asarray(aligned(problem, first, other)))
    x = moons().train[0]

    def hidden(each):
        one = np.tanh(x @ each.layers[0].weight.T + each.layers[0].bias)
        return np.tanh(one @ each.layers[1].weight.T + each.layers[1].bias)

    ours, theirs = (np.sort(np.asarray(hidden(each)).sum(axis=0)) for each in (model, result))
    np.testing.assert_allclose(ours, theirs, rtol=1e-5)
    assert eqx.tree_equal(
        jnp.sort(model.layers[0].bias), jnp.sort(result.layers[0].bias), typematch=True
    )


def test_of_few_units_no_order_is_nearer():
    problem = network(moons(), hidden=(3, 3), activation="tanh")
    layers = dense_chain(shapes_of(problem), 0)
    for seed in range(6):
        first, other = moved(problem, 2 * seed, 1.0), moved(problem, 2 * seed + 1, 1.0)
        orders = list(itertools.permutations(range(3)))
        every = [
            np.linalg.norm(first - permuted(layers, other, [np.array(a), np.array(b)]))
            for a in orders
            for b in orders
        ]
        found = permuted(layers, other, matching_orders(layers, first, other))
        assert np.linalg.norm(first - found) <= np.linalg.norm(first - other)
        np.testing.assert_allclose(np.linalg.norm(first - found), min(every), rtol=1e-6)


@pytest.mark.parametrize(
    ("shapes", "sentence"),
    [
        (
            {"conv.weight": (8, 1, 3, 3), "fc.weight": (2, 8)},
            "align is for chains of dense layers, and conv.weight has shape [8, 1, 3, 3] and "
            "stands with no weights; leave align out",
        ),
        (
            {"0.weight": (8, 2), "0.bias": (8,), "1.weight": (8,), "1.bias": (8,)},
            "align is for chains of dense layers, and 1.weight has shape [8] and stands with no "
            "weights; leave align out",
        ),
        (
            {"0.weight": (8, 2), "0.bias": (8,), "1.weight": (2, 9)},
            "align is for chains of dense layers, and layer 1 has 8 outputs where layer 2 has 9 "
            "inputs; leave align out",
        ),
        (
            {"0.weight": (8, 2), "0.scale": (8,), "0.shift": (8,), "1.weight": (2, 8)},
            "align is for chains of dense layers, and 0.shift of shape [8] is no bias of 0.weight, "
            "which has 8 outputs; leave align out",
        ),
        (
            {"0.weight": (3, 2), "0.bias": (3,)},
            "the network has no hidden units that could be aligned; leave align out",
        ),
    ],
)
def test_other_networks_are_refused(shapes, sentence):
    with pytest.raises(UsageError) as told:
        dense_chain(shapes, 0)
    assert str(told.value) == sentence


def test_a_network_that_skips_layers_is_refused():
    problem = network(moons(), hidden=(8, 8), residual=True)
    with pytest.raises(UsageError, match=r"in another order its loss is .*, as with connections"):
        aligned(problem, problem.start, moved(problem))
