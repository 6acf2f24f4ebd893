"""The mathematics of the experiments against computations of another kind."""

from functools import cache

import jax
import numpy as np
import pytest
from scipy.stats import spearmanr
from scipy.stats.mstats import mquantiles

from animate.errors import UsageError
from animate.networks.curves import along
from animate.networks.data import moons
from animate.networks.experiments.bad_minima.compute import spread
from animate.networks.experiments.escape_directions.compute import spearman
from animate.networks.experiments.saddles.compute import (
    autoencoder_loss,
    ladder,
    pooled_covariance,
    rung,
)
from animate.networks.experiments.sharpness.compute import filtered_curvature, rescaled
from animate.networks.experiments.swa.compute import annealing
from animate.networks.experiments.trainability.compute import box_dimension, closer, measure_of
from animate.networks.network import network
from animate.networks.slices import first_below
from animate.networks.training import Training


@cache
def derivatives():
    def loss(vector, covariance):
        return autoencoder_loss(vector, covariance, 4)

    return jax.jit(lambda *a: (loss(*a), jax.grad(loss)(*a), jax.hessian(loss)(*a)))


@pytest.mark.parametrize("chosen", [(), (0,), (0, 1), (1,), (0, 2, 5), (0, 1, 2, 3), (2, 3, 4, 5)])
def test_a_rung_is_a_critical_point_with_that_loss_and_index(chosen):
    """The point itself is built from the components, and its dense Hessian counted."""
    covariance = pooled_covariance()
    values, vectors = np.linalg.eigh(covariance)
    values, vectors = values[::-1], vectors[:, ::-1]
    first = np.zeros((4, 16))
    first[: len(chosen)] = vectors[:, chosen].T
    point = np.concatenate([first.ravel(), first.T.ravel()])
    with jax.enable_x64(True):
        value, gradient, hessian = derivatives()(point, covariance)
    np.testing.assert_allclose(gradient, 0, atol=1e-12)
    index = int((np.linalg.eigvalsh(hessian) < -1e-9).sum())
    assert (pytest.approx(float(value)), index) == rung(values, chosen, 4)


def test_the_ladder_has_a_rung_for_every_subset():
    table = ladder(np.arange(16.0)[::-1], 4)
    assert len(table) == 1 + 16 + 120 + 560 + 1820
    assert table[0] == (sum(range(16)) / 2, 64, 0)


def test_paths_go_down_the_leading_rungs(small):
    result = small("saddles")
    np.testing.assert_allclose(result.rest_losses[0, :4], result.rung_losses[:4], rtol=1e-9)
    assert list(result.rest_index[0, :4]) == [64, 45, 28, 13] == list(result.rung_index[:4])
    assert (np.diff(result.rest_steps[0]) > 0).all()


def test_critical_points_are_critical(small):
    result = small("escape_directions")
    assert (result.gradient_norms < 1e-8).all()
    counted = (result.spectra < 0).sum(axis=1)
    np.testing.assert_array_equal(result.index, counted)
    off = ~result.plateau
    expected = spearmanr(result.losses[off], result.index[off]).statistic
    np.testing.assert_allclose(result.rank_correlation, [expected])


def test_the_plateau_is_where_the_best_constant_answer_is(small):
    result = small("escape_directions")
    counts = np.bincount(result.targets[0])
    share = counts / counts.sum()
    entropy = -(share * np.log(share)).sum()
    assert result.plateau.any()
    np.testing.assert_allclose(result.losses[result.plateau], entropy, atol=1e-3)


def test_rank_correlation_is_scipys_with_ties():
    a, b = np.random.default_rng(1).integers(0, 6, (2, 40))
    np.testing.assert_allclose(spearman(a, b), spearmanr(a, b).statistic)


def test_the_curves_begin_at_one_minimum_and_end_at_the_other():
    first, control, last = np.random.default_rng(2).normal(size=(3, 5))
    t = np.array([0.0, 0.25, 0.5, 1.0])
    for kind in ("bezier", "polygon"):
        points = along(kind, first, control, last, t)
        np.testing.assert_allclose(points[[0, -1]], [first, last])
    np.testing.assert_allclose(points[1:3], [(first + control) / 2, control])
    bezier = along("bezier", first, control, last, t)
    np.testing.assert_allclose(bezier[1], 0.5625 * first + 0.375 * control + 0.0625 * last)


def test_before_training_the_curve_is_the_straight_line_and_afterwards_lower(small):
    result = small("mode_connectivity")
    middle = result.ends.mean(axis=0)
    np.testing.assert_allclose(result.controls[0], middle, atol=1e-4)
    np.testing.assert_allclose(result.control_distance[-1], 0, atol=1e-4)
    assert (result.losses[:, -1].max(axis=1) < 0.5 * result.losses[:, 0].max(axis=1)).all()
    np.testing.assert_allclose(
        result.losses[:, :, 0], result.losses[:, :1, 0].repeat(7, axis=1), rtol=1e-4
    )


def test_rescaled_layers_compute_the_same_and_only_the_plain_measure_changes():
    problem = network(moons(samples=50), hidden=(6,), seed=1)
    scaled = rescaled(problem, problem.start, 4.0)
    losses = [problem.loss(v, problem.data) for v in (problem.start, scaled)]
    np.testing.assert_allclose(*losses, rtol=1e-5)
    points = np.stack([problem.start, scaled])
    hessian = jax.jit(jax.hessian(lambda p: problem.loss(p, problem.data)))
    plain = [float(np.linalg.eigvalsh(hessian(point))[-1]) for point in points]
    assert abs(plain[1] / plain[0] - 1) > 0.5
    np.testing.assert_allclose(*filtered_curvature(problem, points), rtol=1e-4)


def test_the_first_step_below_a_target_and_the_sentence_without_one():
    run = Training(np.zeros((2, 3, 1)), np.array([[3.0, 1.0, 0.5], [2.0, 0.9, 1.1]]), np.arange(3))
    assert list(first_below(run, 1.0)) == [1, 1]
    with pytest.raises(
        UsageError, match=r"target: a run only came down to a loss of 0\.9, not to 0\.6"
    ):
        first_below(run, 0.6)


def test_the_mean_of_a_path_is_its_mean(small):
    result = small("swa")
    count = np.arange(1, len(result.steps) + 1)[:, None]
    np.testing.assert_allclose(result.means, np.cumsum(result.path, axis=0) / count, atol=1e-4)


def test_the_control_of_the_mean_is_the_same_run_until_its_rate_is_annealed_to_zero(small):
    """By hand: the rates, and that the runs are one up to the step at which they part."""
    result, rate = small("swa"), annealing(0.3, 100, 200)
    expected = [0.3, 0.3, 0.15 * (1 + np.cos(np.pi / 4)), 0.15, 0.0]
    np.testing.assert_allclose(
        [float(rate(s)) for s in (0, 100, 125, 150, 200)], expected, atol=1e-7
    )
    np.testing.assert_allclose(result.annealed_positions[:, 0], result.positions[:, 0], atol=1e-6)
    apart = np.linalg.norm(result.annealed_positions - result.positions, axis=-1)
    assert (apart[:, -1] > 0.01).all()
    moves = np.linalg.norm(np.diff(result.annealed_positions, axis=1), axis=-1)
    assert (moves[:, -1] < 0.3 * moves[:, 0]).all()


def test_one_start_alone_does_not_decide_how_far_ends_lie_apart():
    """A hundred evenly spaced ends and an outlier; SciPy's quantiles agree."""
    ends = np.linspace(0.0, 1.0, 101)
    assert spread(ends[None]) == pytest.approx(0.9)
    far = np.append(ends, 1000.0)
    assert spread(far[None])[0] < 0.95
    low, high = mquantiles(far, [0.05, 0.95], alphap=1, betap=1)
    assert spread(np.stack([far, 2 * far])) == pytest.approx([high - low, 2 * (high - low)])


def test_the_line_to_an_aligned_network_ends_in_the_same_function_and_is_lower(small):
    result = small("mode_connectivity")
    np.testing.assert_allclose(
        result.aligned_losses[:, [0, -1]], result.losses[:, 0, [0, -1]], rtol=1e-3
    )
    accuracies = result.accuracies[:, 0, [0, -1]]
    np.testing.assert_allclose(result.aligned_accuracies[:, [0, -1]], accuracies, atol=2e-3)
    assert (result.aligned_losses.max(axis=1) < result.losses[:, 0].max(axis=1)).all()


def test_a_straight_boundary_has_dimension_one_and_noise_two():
    ramp = np.tile(np.arange(65.0) - 31.5, (65, 1))
    assert box_dimension(ramp) == pytest.approx(1.0, abs=0.05)
    noise = np.random.default_rng(0).normal(size=(65, 65))
    assert box_dimension(noise) > 1.8
    assert np.isnan(box_dimension(np.ones((65, 65))))


def test_the_zoom_goes_to_where_the_boundary_is_rough_but_not_noise():
    """Half converges along the edge; it has teeth on the left, and is noise far right."""
    rows, columns = np.indices((65, 65))
    teeth = np.where(columns < 16, 2 * (columns // 2 % 2), 0)
    measure = np.where(rows < 32 + teeth, 1.0, -1.0)
    noise = np.random.default_rng(0).choice([1.0, -1.0], (32, 20))
    measure[16:48, 45:] = noise
    (left, right), (bottom, top) = closer(np.array([[0.0, 64.0], [0.0, 64.0]]), measure, 4.0)
    assert (right - left, top - bottom) == (16.0, 16.0)
    assert left < 16
    assert bottom < 32 < top


def test_the_boundary_of_a_convex_problem_is_a_plain_curve(small):
    """Gradient descent on a quadratic converges where every eigenvalue of I − D H is inside ±1."""
    result = small("trainability")
    width = len(result.second)
    hidden = np.tanh(result.inputs @ result.first / np.sqrt(width))
    hessian = 2 * hidden.T @ hidden / width**2 / len(hidden)
    axes = [np.linspace(*ends, len(result.control[0])) for ends in result.windows[0]]
    for row, column in [(0, 0), (3, 5), (7, 0), (2, 7), (7, 7)]:
        rates = 10.0 ** np.repeat([axes[0][column], axes[1][row]], width // 2)
        radius = np.abs(np.linalg.eigvals(np.eye(width) - rates[:, None] * hessian)).max()
        assert (result.control[0, row, column] > 0) == (radius < 1)


def test_runs_are_measured_by_where_they_end():
    falling, rising = 0.9 ** np.arange(50.0), 1.1 ** np.arange(50.0)
    assert 0 < measure_of(falling) < 1
    np.testing.assert_allclose(measure_of(falling), falling.mean(), rtol=1e-5)
    np.testing.assert_allclose(measure_of(rising), -(1 / rising).mean(), rtol=1e-5)
    lost = np.where(np.arange(50) < 5, 1.0, np.nan)
    np.testing.assert_allclose(measure_of(lost), -5 / 50, rtol=1e-5)
