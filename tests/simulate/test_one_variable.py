"""Functions of one variable: every optimizer's path is that of optax's own loop in one number."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from animate.optimizers import OPTIMIZERS
from animate.scene.load import read_text
from animate.simulate import Noise, OptimizerRun, StateFields, trace
from animate.simulate.lowest import lowest_minima
from animate.simulate.noise import Sparse
from animate.simulate.numerics import float64, random_key
from animate.simulate.rates import RateCost, search_rates
from animate.simulate.simulation import Simulation
from animate.simulate.terrain import Terrain
from animate.sources.race import prepare
from animate.surfaces.formula import compile_formula

STEPS = 25
START = -1.5
RATES = {"newton": 0.5, "saddle_free_newton": 0.5, "lbfgs": 1.0, "adadelta": 1.0}
OWN_RANDOMNESS = 2**32 - 1


def wave(x):
    return x**4 - 2 * x**2 + 0.3 * x


def key_of(number):
    """The key of an optimizer's own randomness in one update of run 0, of a scene with seed 0."""
    key = jax.random.fold_in(random_key(0), OWN_RANDOMNESS)
    return jax.random.fold_in(jax.random.fold_in(key, 0), number)


def looped(name, loss, rate):
    """The positions of optax's own loop, with the loss as a function of an array of one number."""
    make = optax.with_extra_args_support(OPTIMIZERS[name].make(rate))

    def value_fn(at):
        return loss(at[0])

    with float64():
        place = jnp.array([START])
        state, found = make.init(place), [START]
        for number in range(STEPS):
            value, grad = jax.value_and_grad(value_fn)(place)
            extra = {"key": key_of(number)} if OPTIMIZERS[name].facts["random"] else {}
            update, state = make.update(
                grad, state, place, value=value, grad=grad, value_fn=value_fn, **extra
            )
            place = optax.apply_updates(place, update)
            found.append(float(place[0]))
    return np.array(found)


def run_of(name, rate):
    seed = 0 if OPTIMIZERS[name].facts["random"] else None
    state = OPTIMIZERS[name].facts["state"] or StateFields()
    return OptimizerRun(name, OPTIMIZERS[name].make, rate, seed=seed, state=state)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_the_path_is_that_of_a_plain_loop(name):
    rate = RATES.get(name, 0.02)
    paths = trace(wave, [run_of(name, rate)], np.array([[START]]), STEPS)
    expected = looped(name, wave, rate)
    assert paths.positions.shape == (1, 1, STEPS + 1, 1)
    assert np.ptp(expected) > 1e-3
    np.testing.assert_allclose(paths.positions[0, 0, :, 0], expected, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(paths.losses[0, 0], wave(paths.positions[0, 0, :, 0]), rtol=1e-12)


def test_noise_is_one_number_a_step():
    paths = trace(wave, [run_of("sgd", 0.02)], np.array([[START]]), STEPS, noise=Noise(0.5, seed=3))
    place = START
    for number, found in enumerate(paths.positions[0, 0, 1:, 0]):
        with float64():
            key = jax.random.fold_in(jax.random.fold_in(random_key(3), 0), number)
            xi = 0.5 * float(jax.random.normal(key, (1,), jnp.float64)[0])
        place -= 0.02 * (4 * place**3 - 4 * place + 0.3 + xi)
        assert found == pytest.approx(place, rel=1e-9)


def test_a_rare_gradient_is_that_of_x():
    paths = trace(
        wave, [run_of("sgd", 0.02)], np.array([[START]]), 9, noise=Sparse(4, "x"), inside=True
    )
    moved = np.flatnonzero(np.diff(paths.positions[0, 0, :, 0]))
    assert moved.tolist() == [0, 4, 8]


def test_what_happens_inside_is_along_x():
    runs = [run_of("adam", 0.1), run_of("momentum", 0.02), run_of("nesterov", 0.02)]
    paths = trace(wave, runs, np.array([[START]]), STEPS, inside=True)
    inside = paths.inside
    np.testing.assert_allclose(
        inside.updates[:, :, :-1], np.diff(paths.positions, axis=2), rtol=1e-9, atol=1e-12
    )
    np.testing.assert_allclose(inside.gradients[:2], paths.gradients[:2], rtol=1e-9, atol=1e-12)
    kept = [set(each) for each in inside.memories]
    assert kept == [{"mean", "squares"}, {"velocity"}, {"velocity"}]
    assert inside.coasts[1, 0, 1:, 0] == pytest.approx(0.9 * inside.updates[1, 0, :-1, 0])


@pytest.mark.parametrize(
    ("formula", "minima"),
    [
        ("x**2", [0.0]),
        ("abs(x - 0.5)", [0.5]),
        ("(x**2 - 1)**2", [-1.0, 1.0]),
        ("x**4 - 2*x**2 + 0.3*x", [-2 / np.sqrt(3) * np.cos(np.arccos(0.9 * np.sqrt(3) / 8) / 3)]),
        ("cos(4*pi*x)", [-1.75, -1.25, -0.75, -0.25, 0.25, 0.75, 1.25, 1.75]),
        ("-x**2", []),
        ("x", []),
        ("0*x", []),
        ("maximum(abs(x), 1)", []),
        ("sin(300*x)", []),
        ("log(abs(x - 0.5))", []),
        ("-1/x**2", []),
        ("tan(x)", []),
        ("abs(x - 0.5)**0.1", [0.5]),
    ],
)
def test_the_lowest_minima_are_found_where_they_are_certain(formula, minima):
    function = compile_formula(formula, variables=("x",))
    found = lowest_minima(Terrain(function, ((-2.0, 2.0),)))
    assert [len(each) for each in found] == [1] * len(minima)
    np.testing.assert_allclose([each[0] for each in found], minima, atol=1e-7)


def test_the_best_rate_is_that_of_all_candidates():
    terrain = Terrain(lambda x: x**2, ((-2.0, 2.0),))
    cost = RateCost.on(terrain)
    starts = np.array([[-0.9]])
    simulation = Simulation(terrain.loss, [run_of("sgd", 1e-5)], starts, 10, cost=cost, at_once=256)
    (table,) = search_rates(simulation, [0], cost)
    # no step may be longer than a tenth of the window, 0.4, and the first one is 1.8 times the rate
    assert table.best == pytest.approx(0.4 / 1.8, rel=0.01)


def test_a_scene_runs_as_its_simulation_does():
    text = "surface: double_well\nstart: -1.5\nsteps: 25\n"
    text += "optimizers: [{name: sgd, learning_rate: 0.02}]\n"
    problem = prepare(read_text(text, "s.yaml").scene, [])
    found = problem.simulation.trace().positions[0, 0, :, 0]
    np.testing.assert_allclose(found, looped("sgd", wave, 0.02), rtol=1e-12)
