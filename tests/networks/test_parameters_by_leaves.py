"""Every method of optax trains a network as a plain loop of optax on its arrays does."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import optax.contrib
import pytest

from animate.networks.problem import Problem, flatten, raveled
from animate.networks.training import batches, train
from animate.optimizers import optax_names, optax_optimizer, rate_parameter
from animate.optimizers.optax_kinds import RENAMED
from animate.scene.load import read_text

EXAMPLES, BATCH, STEPS, RATE = 24, 8, 50, 0.01
RANDOM = np.random.default_rng(3)
DATA = RANDOM.normal(size=(EXAMPLES, 4, 4, 1)), RANDOM.normal(size=(EXAMPLES, 2))
START = {
    "kernel": 0.5 * RANDOM.normal(size=(2, 2, 1, 3)),
    "dense": {"w": 0.3 * RANDOM.normal(size=(27, 2)), "b": 0.1 * RANDOM.normal(size=2)},
}
KEYED = {"optax.noisy_sgd": {"key": 3}}
"""What a scene says of methods that draw random numbers."""


def loss(parameters, batch):
    """The squared error of a network with one convolution, kernels [height, width, in, out]."""
    images, targets = batch
    layout = ("NHWC", "HWIO", "NHWC")
    hidden = jax.lax.conv_general_dilated(
        images, parameters["kernel"], (1, 1), "VALID", dimension_numbers=layout
    )
    hidden = jnp.tanh(hidden).reshape(len(images), -1)
    found = hidden @ parameters["dense"]["w"] + parameters["dense"]["b"]
    return jnp.mean((found - targets) ** 2)


def plain_loop(name, method):
    """The weights [P] after STEPS of optax on the arrays of START."""
    parameters = jax.tree.map(jnp.asarray, START)
    state = method.init(parameters)
    method = optax.with_extra_args_support(method)

    @jax.jit
    def step(parameters, state, chosen):
        batch = tuple(jnp.asarray(each)[chosen] for each in DATA)

        def of(parameters):
            return loss(parameters, batch)

        value, gradient = jax.value_and_grad(of)(parameters)
        given = {"value": value, "grad": gradient, "value_fn": of}
        given |= {own: given[each] for own, each in RENAMED.get(name, {}).items()}
        updates, state = method.update(gradient, state, parameters, **given)
        return optax.apply_updates(parameters, updates), state

    for chosen in batches(EXAMPLES, BATCH, STEPS, 0):
        parameters, state = step(parameters, state, chosen)
    return np.asarray(raveled(parameters))


def trained(method):
    """The weights [P] after STEPS of this program."""
    problem = flatten(Problem(loss, START, DATA, filters=-1))
    keep = [STEPS]
    run = train(problem, method, starts=problem.start[None], steps=STEPS, keep=keep, batch=BATCH)
    return run.positions[0, 0]


def in_scene(name, **options):
    """The transformation that a scene makes of a name of optax."""
    said = "".join(f", {key}: {value}" for key, value in options.items())
    text = (
        f"surface: {{network: {{}}}}\noptimizers: [{{name: {name}, learning_rate: {RATE}{said}}}]\n"
    )
    part = read_text(text, "s.yaml").scene.optimizers[0]
    return part.maker(-1)(RATE)


@pytest.mark.filterwarnings("ignore:`optimistic_adam` is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", sorted(optax_names()))
def test_every_method_is_a_plain_loop_of_optax(name):
    make, options = optax_optimizer(name), dict(KEYED.get(name, {}))
    method = in_scene(name, **options)
    if name == "optax.contrib.muon":
        kernel, matrix = (
            optax.contrib.MuonDimensionNumbers(*axes) for axes in (((0, 1, 2), 3), (0, 1))
        )
        options["muon_weight_dimension_numbers"] = {
            "kernel": kernel,
            "dense": {"w": matrix, "b": None},
        }
    with jax.enable_x64(True):
        expected = plain_loop(name, make(**{rate_parameter(make): RATE}, **options))
        found = trained(method)
        start = np.asarray(raveled(START))
    went = np.linalg.norm(expected - start)
    assert went > 0
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6 * max(went, 1e-3))


@pytest.mark.parametrize("name", ["optax.contrib.muon", "optax.contrib.galore", "optax.lamb"])
def test_an_array_with_nothing_in_it_changes_nothing(name):
    """As of a layer without units: a problem with it goes where that without it goes."""
    start = {"empty": np.zeros((0, 3)), "w": np.eye(3) + 0.1}

    def run(parameters):
        def square(each):
            return jnp.mean((each["w"] @ each["w"].T - 2 * jnp.eye(3)) ** 2)

        problem = flatten(Problem(square, parameters, None, filters=-1))
        return train(problem, in_scene(name), starts=problem.start[None], steps=20, keep=[20])

    whole = run({"w": start["w"]}).positions
    np.testing.assert_array_equal(run(start).positions, whole)
    assert (whole[0, 0] != np.ravel(start["w"])).any()
