"""What happens inside an update: which memory an optimizer keeps is declared, and is found."""

import numpy as np
import optax
import pytest

from animate.optimizers import OPTIMIZERS, modified, optax_state
from animate.simulate import OptimizerRun, StateFields, trace

START = np.array([[1.0, 1.5], [0.5, -1.0]])
STEPS = 6


def bowl(x, y):
    return 2 * x**2 + 0.5 * y**2


def inside(make, state, seed=None, rate=0.05):
    return trace(
        bowl, [OptimizerRun("one", make, rate, seed, state=state)], START, STEPS, inside=True
    ).inside


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_keeps_the_memory_that_it_declares(name):
    entry = OPTIMIZERS[name]
    state = entry.facts["state"]
    found = inside(entry.make, state, 0 if entry.facts["random"] else None)
    (memory,) = found.memories
    assert list(memory) == list(state.memory.values())
    assert all(each.shape == (2, STEPS + 1, 2) for each in memory.values())
    assert found.looks_ahead[0] == (name == "nesterov")
    assert found.along_mean[0] == ("mean" in memory)


@pytest.mark.parametrize(
    ("ours", "optaxs"),
    [
        ("adam", optax.adam),
        ("rmsprop", lambda rate: optax.rmsprop(rate, eps_in_sqrt=True)),
        ("adadelta", optax.adadelta),
        ("adagrad", lambda rate: optax.adagrad(rate, initial_accumulator_value=0.0)),
    ],
)
def test_optaxs_own_have_the_same_memory(ours, optaxs):
    entry = OPTIMIZERS[ours]
    mine = inside(entry.make, entry.facts["state"]).memories[0]
    theirs = inside(optaxs, optax_state(getattr(optax, ours))).memories[0]
    assert set(mine) == set(theirs) != set()
    for kind, values in mine.items():
        np.testing.assert_allclose(theirs[kind], values, rtol=1e-5, atol=1e-12)


@pytest.mark.parametrize(
    ("make", "along"), [(optax.adam, True), (optax.yogi, True), (optax.rmsprop, False)]
)
def test_which_of_optaxs_own_step_along_a_mean(make, along):
    assert inside(make, optax_state(make)).along_mean[0] == along


def test_a_memory_is_found_behind_a_limit_and_a_decay():
    entry = OPTIMIZERS["nesterov"]

    def make(rate):
        return modified(entry.make(rate), rate, clip=100.0, weight_decay=1e-12)

    plain = inside(entry.make, entry.facts["state"])
    around = inside(make, entry.facts["state"])
    np.testing.assert_allclose(around.gradients, plain.gradients, rtol=1e-9)
    np.testing.assert_allclose(
        around.memories[0]["velocity"], plain.memories[0]["velocity"], rtol=1e-9
    )


def test_what_is_not_declared_is_not_looked_for():
    found = inside(optax.adam, StateFields())
    assert found.memories == ({},)
    assert not found.along_mean[0]


def test_an_update_is_its_gradient_times_the_rate_of_that_step():
    schedule = optax.exponential_decay(0.1, 1, 0.5)
    found = inside(OPTIMIZERS["sgd"].make, StateFields(), rate=schedule)
    np.testing.assert_allclose(found.rates[0], 0.1 * 0.5 ** np.arange(STEPS + 1), rtol=1e-6)
    expected = -found.rates[:, None, :, None] * found.gradients
    np.testing.assert_allclose(found.updates, expected, rtol=1e-6)
    assert (found.coasts == 0).all()
