"""The paths against transcriptions in NumPy, and what a simulation promises beside them."""

import jax
import numpy as np
import pytest

from animate.optimizers import OPTIMIZERS
from animate.simulate import Noise, OptimizerRun, trace
from animate.surfaces import built_in
from animate.surfaces.formula import compile_formula
from tests import transcriptions

STEPS = 150


def _beale(p):
    x, y = p
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    return np.array(
        [
            2 * a * (y - 1) + 2 * b * (y**2 - 1) + 2 * c * (y**3 - 1),
            2 * a * x + 4 * b * x * y + 6 * c * x * y**2,
        ]
    )


def _rosenbrock(p):
    x, y = p
    return np.array([-2 * (1 - x) - 200 * x * (y - x**2), 100 * (y - x**2)])


def _wave(p):
    x, y = p
    return np.array([2 * x + 0.9 * np.cos(3 * x), 4 * y])


SURFACES = {
    "beale": (built_in("beale", {}).function, _beale, (1.0, 1.5)),
    "rosenbrock": (built_in("rosenbrock", {"b": 50.0}).function, _rosenbrock, (-1.2, 1.0)),
    "formula": (compile_formula("x**2 + 2*y**2 + 0.3*sin(3*x)"), _wave, (1.5, -1.2)),
}
# RMSProp is unstable at a minimum: there a larger rate would blow up differences in rounding.
RATES = {"sgd": 1e-3, "momentum": 3e-4, "nesterov": 3e-4, "adadelta": 1.0, "rmsprop": 0.001}
RATES |= {"sam": 1e-3, "gradient_flow": 1e-2}


@pytest.fixture(scope="module")
def paths_of():
    optimizers = [
        OptimizerRun(name, OPTIMIZERS[name].make, RATES.get(name, 0.03)) for name in _table()
    ]
    return {
        surface: trace(function, optimizers, np.array([start]), STEPS)
        for surface, (function, _, start) in SURFACES.items()
    }


def _table():
    return [name for name in OPTIMIZERS if hasattr(transcriptions, name)]


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", _table())
def test_paths_agree_with_the_transcription(paths_of, surface, name):
    _, gradient, start = SURFACES[surface]
    expected = getattr(transcriptions, name)(gradient, start, RATES.get(name, 0.03), STEPS)
    paths = paths_of[surface]
    found = paths.positions[paths.labels.index(name), 0]
    assert np.abs(expected[-1] - expected[0]).max() > 1e-2
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-9)


def test_losses_and_gradients_are_those_of_the_surface(paths_of):
    paths = paths_of["beale"]
    x, y = paths.positions[..., 0], paths.positions[..., 1]
    value = (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2
    np.testing.assert_allclose(paths.losses, value, rtol=1e-12)
    gradient = np.apply_along_axis(_beale, -1, paths.positions)
    np.testing.assert_allclose(paths.gradients, gradient, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(paths.gradient_norms, np.hypot(*np.moveaxis(gradient, -1, 0)))


def test_starts_run_side_by_side_as_they_run_alone():
    optimizers = [OptimizerRun(name, OPTIMIZERS[name].make, 0.01) for name in ("nesterov", "adam")]
    function = SURFACES["rosenbrock"][0]
    starts = np.array([[-1.2, 1.0], [0.5, 2.0], [1.5, -0.5]])
    together = trace(function, optimizers, starts, 40)
    for run, start in enumerate(starts):
        alone = trace(function, optimizers, start[None], 40)
        np.testing.assert_allclose(together.positions[:, run], alone.positions[:, 0], rtol=1e-12)


def test_a_path_that_leaves_the_numbers_ends_there():
    paths = trace(
        SURFACES["beale"][0],
        [OptimizerRun("sgd", OPTIMIZERS["sgd"].make, 1.0)],
        np.array([[1.0, 1.5]]),
        30,
    )
    end = int(paths.ends[0, 0])
    assert 0 < end < 30
    assert paths.diverged(0)
    assert np.isfinite(paths.positions[0, 0, : end + 1]).all()
    assert np.isfinite(paths.losses[0, 0, : end + 1]).all()
    assert np.isnan(paths.positions[0, 0, end + 1 :]).all()


def test_a_schedule_is_the_rate_of_each_step():
    import optax

    schedule = optax.exponential_decay(0.02, 1, 0.9)
    optimizers = [
        OptimizerRun(name, OPTIMIZERS[name].make, schedule) for name in ("sgd", "nesterov")
    ]
    paths = trace(SURFACES["formula"][0], optimizers, np.array([[1.5, -1.2]]), 20)
    place, ahead, v = np.array([1.5, -1.2]), np.array([1.5, -1.2]), np.zeros(2)
    for k in range(20):
        rate = 0.02 * 0.9**k
        place = place - rate * _wave(place)
        v = 0.9 * v + rate * _wave(ahead - 0.9 * v)
        ahead = ahead - v
    np.testing.assert_allclose(paths.positions[0, 0, -1], place, rtol=1e-10)
    np.testing.assert_allclose(paths.positions[1, 0, -1], ahead, rtol=1e-10)
    assert paths.rates == (None, None)


def test_fewer_records_show_the_same_path():
    optimizers = [OptimizerRun(name, OPTIMIZERS[name].make, 0.01) for name in ("momentum", "adam")]
    function, starts = SURFACES["rosenbrock"][0], np.array([[-1.2, 1.0]])
    whole = trace(function, optimizers, starts, 100)
    some = trace(function, optimizers, starts, 100, records=60)
    assert list(some.steps) == [*range(0, 100, 4), 100]
    np.testing.assert_allclose(some.positions, whole.positions[:, :, some.steps], rtol=1e-12)
    np.testing.assert_allclose(some.losses, whole.losses[:, :, some.steps], rtol=1e-10)


def test_every_method_meets_the_same_noise():
    noise = Noise(0.3, seed=7)
    flat = [OptimizerRun(name, OPTIMIZERS[name].make, 0.1) for name in ("sgd", "nesterov")]
    paths = trace(lambda x, y: 0.0 * x * y, flat, np.zeros((2, 2)), 50, noise=noise)
    xi = -np.diff(paths.positions[0], axis=1) / 0.1
    assert abs(xi.std() - 0.3) < 0.05
    assert not np.allclose(xi[0], xi[1])
    v = np.zeros(2)
    place = np.zeros(2)
    for k in range(50):
        v = 0.9 * v + 0.1 * xi[0, k]
        place = place - v
    np.testing.assert_allclose(paths.positions[1, 0, -1], place, rtol=1e-9, atol=1e-12)
    assert (paths.losses == 0).all()


def test_the_importing_programs_precision_stays():
    assert not jax.config.jax_enable_x64
    trace(
        SURFACES["formula"][0],
        [OptimizerRun("sgd", OPTIMIZERS["sgd"].make, 0.1)],
        np.ones((1, 2)),
        2,
    )
    assert not jax.config.jax_enable_x64


@pytest.mark.parametrize("kind", ["gaussian", "heavy_tailed"])
def test_the_paths_of_fewer_steps_begin_those_of_more(kind):
    optimizers = [
        OptimizerRun(name, OPTIMIZERS[name].make, RATES.get(name, 0.03)) for name in _table()
    ]
    function, _, start = SURFACES["beale"]
    noise = Noise(0.1, kind, seed=5)
    few, more, most = (
        trace(function, optimizers, np.array([start]), steps, noise=noise)
        for steps in (7, 256, 257)
    )
    assert [each.steps[-1] for each in (few, more, most)] == [7, 256, 257]
    np.testing.assert_array_equal(few.positions, more.positions[:, :, :8])
    np.testing.assert_array_equal(more.losses, most.losses[..., :257])
