"""learning_rate: best, against a slow search of the same rules in NumPy."""

import numpy as np

from animate.optimizers import OPTIMIZERS
from animate.simulate import OptimizerRun, RateCost, Simulation, lanes_of_search, search_rates
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


def _searched(loss, racers, start, steps, low, high):
    judge = RateCost(WINDOW, low, high)
    race = Simulation(loss, racers, start[None], steps, judge=judge, lanes=lanes_of_search(1))
    return search_rates(race, range(len(racers)))


def test_scores_and_the_choice_agree_with_the_rule():
    names = ["sgd", "momentum", "adam"]
    racers = [OptimizerRun(name, OPTIMIZERS[name].make, 0.0) for name in names]
    tables = _searched(_bowl, racers, START, STEPS, 0.0, 24.0)
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
    racers = [OptimizerRun("sgd", OPTIMIZERS["sgd"].make, 0.0)]
    start = np.array([1.0, 0.01])
    (table,) = _searched(lambda x, y: x**2 - y**2, racers, start, 60, -4.0, 4.0)
    assert table.best is not None
    assert table.scores.min() >= -4.0


def test_no_rate_where_every_one_breaks_the_rule():
    racers = [OptimizerRun("sgd", OPTIMIZERS["sgd"].make, 0.0)]
    (table,) = _searched(lambda x, y: 1e9 * (x + y), racers, np.zeros(2), 5, -4e9, 4e9)
    assert table.best is None
