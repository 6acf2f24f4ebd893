"""Training against a loop in NumPy, and its batches."""

import numpy as np
import optax
import pytest

from animate.networks.problem import Problem, flatten
from animate.networks.training import batches, kept_steps, train


def regression():
    """Least squares: its gradient is written by hand below."""
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(20, 3)).astype(np.float32)
    targets = generator.normal(size=20).astype(np.float32)

    def loss(parameters, batch):
        return ((batch[0] @ parameters["w"] + parameters["b"] - batch[1]) ** 2).mean()

    parameters = {"b": np.zeros(1, np.float32), "w": np.ones(3, np.float32)}
    return flatten(Problem(loss, parameters, (inputs, targets)))


def by_hand(problem, vector, rows):
    inputs, targets = problem.data[0][rows], problem.data[1][rows]
    error = inputs @ vector[1:] + vector[0] - targets
    return 2 * np.concatenate([[error.mean()], inputs.T @ error / len(rows)])


@pytest.mark.parametrize("batch", [None, 6])
def test_sgd_is_the_loop_one_would_write(batch):
    problem = regression()
    steps = 11
    run = train(
        problem,
        optax.sgd(0.1),
        starts=problem.start[None],
        steps=steps,
        keep=[0, 3, 11],
        batch=batch,
    )
    table = batches(20, 6, steps, 0) if batch else [np.arange(20)] * steps
    vector, path = problem.start.astype(np.float64), []
    for rows in table:
        path.append(vector)
        vector = vector - 0.1 * by_hand(problem, vector, rows)
    expected = np.stack([path[0], path[3], vector])
    np.testing.assert_allclose(run.positions[0], expected, rtol=1e-5)
    np.testing.assert_allclose(run.losses[0, -1], problem.loss(vector, problem.data), rtol=1e-5)


def test_runs_beside_each_other_are_the_runs_alone():
    problem = regression()
    starts = np.stack([problem.start, problem.start + 1])
    options = {"steps": 8, "keep": [8], "batch": 5}
    both = train(problem, optax.adam(0.1), starts=starts, seeds=[4, 9], **options)
    for row, seed in enumerate((4, 9)):
        alone = train(problem, optax.adam(0.1), starts=starts[[row]], seeds=[seed], **options)
        np.testing.assert_allclose(both.positions[row], alone.positions[0], rtol=1e-6)


def test_lbfgs_gets_the_value_and_the_function_it_needs():
    problem = regression()
    run = train(problem, optax.lbfgs(), starts=problem.start[None], steps=15, keep=[15])
    design = np.c_[np.ones(20), problem.data[0]]
    best = np.linalg.lstsq(design, problem.data[1], rcond=None)[0]
    np.testing.assert_allclose(run.positions[0, -1], best, atol=1e-3)


def test_an_epoch_shows_every_example_once():
    table = batches(12, 4, 7, 3)
    assert table.shape == (7, 4)
    assert sorted(table[:3].ravel()) == list(range(12))
    assert sorted(table[3:6].ravel()) == list(range(12))
    assert (table[:3] != table[3:6]).any()
    assert (batches(12, 4, 7, 3) == table).all()
    assert (batches(12, 4, 7, 4) != table).any()


def test_kept_steps_hold_both_ends_and_no_step_twice():
    assert list(kept_steps(5, 100)) == [0, 1, 2, 3, 4, 5]
    assert list(kept_steps(1000, 4)) == [0, 250, 500, 750, 1000]
