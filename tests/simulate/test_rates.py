"""learning_rate: best, against a slow search of the same rules in NumPy."""

import jax.numpy as jnp
import numpy as np
import optax
import pytest

from animate.optimizers import OPTIMIZERS
from animate.simulate import OptimizerRun, RateCost, Simulation, runs_of_search, search_rates
from tests import transcriptions

WINDOW = ((-2.0, 2.0), (-2.0, 2.0))
START = np.array([1.5, -1.0])
STEPS = 25


def _bowl(x, y):
    return x**2 + 5 * y**2


def _slope(p):
    return np.array([2 * p[0], 10 * p[1]])


def _score(method, rate):
    """The mean clipped loss, or inf: written from the rule's own words."""
    with np.errstate(all="ignore"):
        path = method(_slope, START, rate, STEPS)
    losses = _bowl(*path.T)
    if not np.isfinite(path).all() or not np.isfinite(losses).all():
        return np.inf
    inside = (np.abs(path[:-1]) <= 2).all(1)
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    if (inside & (steps > 0.1 * np.hypot(4, 4))).any():
        return np.inf
    return np.clip(losses, 0.0, 24.0).mean()


def _searched(loss, optimizers, start, steps, low, high):
    cost = RateCost(WINDOW, low, high)
    simulation = Simulation(
        loss, optimizers, start[None], steps, cost=cost, at_once=runs_of_search(1)
    )
    return search_rates(simulation, range(len(optimizers)), cost)


def test_scores_and_the_choice_agree_with_the_rule():
    names = ["sgd", "momentum", "adam"]
    optimizers = [OptimizerRun(name, OPTIMIZERS[name].make, 0.0) for name in names]
    tables = _searched(_bowl, optimizers, START, STEPS, 0.0, 24.0)
    for name, table in zip(names, tables, strict=True):
        method = getattr(transcriptions, name)
        expected = np.array([_score(method, rate) for rate in table.rates])
        ruled_out = np.isinf(expected)
        assert ruled_out.any()
        assert (np.isinf(table.scores) == ruled_out).all()
        np.testing.assert_allclose(table.scores[~ruled_out], expected[~ruled_out], rtol=1e-9)
        assert table.best == table.rates[np.argmin(expected)]
        assert (np.diff(table.rates) > 0).all()
        assert float(f"{table.best:.3g}") == table.best


def test_a_surface_without_a_bottom_has_a_best_rate():
    optimizers = [OptimizerRun("sgd", OPTIMIZERS["sgd"].make, 0.0)]
    start = np.array([1.0, 0.01])
    (table,) = _searched(lambda x, y: x**2 - y**2, optimizers, start, 60, -4.0, 4.0)
    assert table.best is not None
    assert table.scores.min() >= -4.0


def test_no_rate_where_every_one_breaks_the_rule():
    optimizers = [OptimizerRun("sgd", OPTIMIZERS["sgd"].make, 0.0)]
    (table,) = _searched(lambda x, y: 1e90 * (x + y), optimizers, np.zeros(2), 5, -4e90, 4e90)
    assert table.best is None
    assert table.rates.min() < 1e-30


@pytest.mark.parametrize("loss", [lambda x, y: 0.0 * (x + y), lambda x, y: jnp.floor(x) + 0 * y])
def test_of_equally_good_rates_the_smallest_is_the_best_and_nothing_moves(loss):
    optimizers = [OptimizerRun("sgd", OPTIMIZERS["sgd"].make, 0.0)]
    (table,) = _searched(loss, optimizers, START, 5, -2.0, 2.0)
    assert table.best == table.rates.min() == 1e-5
    assert table.rates.max() > 1e30
    assert not table.moves
    assert "nothing moves" in table.remark


@pytest.mark.parametrize("size", [1e-9, 1e-3, 1e3, 1e5])
def test_the_range_of_rates_follows_the_units(size):
    optimizers = [OptimizerRun(name, OPTIMIZERS[name].make, 0.0) for name in ("sgd", "adam")]
    window = tuple((size * low, size * high) for low, high in WINDOW)
    cost = RateCost(window, 0.0, 24.0)
    simulation = Simulation(
        lambda x, y: _bowl(x / size, y / size),
        optimizers,
        START[None] * size,
        STEPS,
        cost=cost,
        at_once=runs_of_search(1),
    )
    sgd, adam = search_rates(simulation, [0, 1], cost)
    ordinary = _searched(_bowl, optimizers, START, STEPS, 0.0, 24.0)
    assert sgd.best == pytest.approx(ordinary[0].best * size**2, rel=0.02)
    assert adam.best == pytest.approx(ordinary[1].best * size, rel=0.02)
    assert sgd.remark is adam.remark is None


def test_a_best_rate_at_an_end_of_the_range_says_so():
    """At its minimum an optimizer that always steps does best with no step at all."""
    optimizers = [OptimizerRun("sign", optax.sign_sgd, 0.0)]
    (table,) = _searched(
        lambda x, y: jnp.where(x >= 0, x, -x) + 0 * y, optimizers, np.zeros(2), 5, 0.0, 8.0
    )
    assert table.best == table.rates.min() < 1e-30
    assert table.at_bound
    assert "an end of the range that was tried" in table.remark
