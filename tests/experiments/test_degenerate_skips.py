"""Degenerate and negative shares without and with skips, against Hessians made anew."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from animate import pipeline
from animate.networks.data import digits, pooled, pooled_digits
from animate.networks.experiments.degenerate_skips.compute import DegenerateSkips
from animate.networks.experiments.degenerate_skips.panels import EigenvalueSizes, SkipShares
from animate.scene.load import read_text
from tests.pictures import at, drawn

SCENE = "experiment: degenerate_skips\ntiming: {seconds: 1, fps: 2}\n"


def loss(vector, inputs, targets, *, skips):
    """The cross-entropy of three hidden layers of three units, written out."""
    x, place = inputs, 0
    for layer, (fan_in, fan_out) in enumerate(((16, 3), (3, 3), (3, 3), (3, 10))):
        weight = vector[place : place + fan_in * fan_out].reshape(fan_out, fan_in)
        place += fan_in * fan_out
        new = x @ weight.T + vector[place : place + fan_out]
        place += fan_out
        if layer < 3:
            new = jnp.tanh(new)
        x = x + new if skips and layer in (1, 2) else new
    chosen = jnp.take_along_axis(jax.nn.log_softmax(x), targets[:, None], axis=1)
    return -chosen.mean()


@pytest.mark.parametrize("skips", [False, True])
def test_eigenvalues_are_those_of_a_hessian_written_out(skips, small):
    result = small("degenerate_skips")
    data = digits(samples=60, test=0.0)
    with jax.enable_x64(True):
        point = result.positions[int(skips), 1, -1].astype(np.float64)
        inputs = pooled(data.inputs).astype(np.float64)
        hessian = jax.hessian(loss)(point, inputs, data.targets, skips=skips)
        expected = np.linalg.eigvalsh(np.asarray(hessian))
        value = loss(point, inputs, data.targets, skips=skips)
    np.testing.assert_allclose(result.eigenvalues[int(skips), 1, -1], expected, atol=1e-8)
    np.testing.assert_allclose(result.losses[int(skips), 1, -1], value, rtol=1e-5)


def test_both_networks_have_the_same_weights_at_the_start(small):
    start = small("degenerate_skips").positions[:, :, 0]
    np.testing.assert_array_equal(start[0], start[1])
    assert (start[0, 0] != start[0, 1]).any()


def test_pixels_are_averaged_two_by_two():
    picture = np.arange(64.0)[None]
    np.testing.assert_allclose(pooled(picture)[0, :2], [4.5, 6.5])
    np.testing.assert_allclose(pooled(picture)[0, 4], 20.5)
    assert pooled_digits(20).inputs.shape == (20, 16)


def made_up():
    losses = np.array([[[3.0, 0.9, 0.5, 0.6]], [[3.0, 0.7, 0.5, 0.1]]])
    values = np.tile([-2.0, -1e-3, 1e-13, 0.5, 1.0], (2, 1, 4, 1))
    values[1, 0, 2] = [-4.0, -1.0, -1.0, 0.5, 1.0]
    return DegenerateSkips(np.arange(4), losses, values, values, depth=2)


def test_shares_count_against_the_largest_in_size_and_losses_are_made_equal():
    result = made_up()
    np.testing.assert_allclose(result.degenerate, [[[0.4] * 4], [[0.4, 0.4, 0.0, 0.4]]])
    np.testing.assert_allclose(result.negative, [[[0.4] * 4], [[0.4, 0.4, 0.6, 0.4]]])
    np.testing.assert_array_equal(result.zero[0], [[1, 1, 1, 1]])
    np.testing.assert_allclose(result.level, [0.5])
    np.testing.assert_allclose(result.at_level(result.negative), [[0.4], [0.6]])


def staged(result, monkeypatch):
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    return pipeline.stage(read_text(SCENE, "scene.yaml").scene).view


def test_the_curve_of_sizes_crosses_the_dotted_line_at_the_degenerate_share(small, monkeypatch):
    result = small("degenerate_skips")
    axes, drawing = drawn(EigenvalueSizes(), staged(result, monkeypatch))
    drawing.show(at(result.steps[2] + 0.4))
    near, *curves = axes.lines
    for k, line in enumerate(curves):
        sizes, shares = line.get_data()
        below = shares[sizes < near.get_xdata()[0]].max(initial=0.0)
        assert below == pytest.approx(result.degenerate[k // 2, k % 2, 2])


@pytest.mark.parametrize("of", ["degenerate", "negative"])
def test_shares_against_the_loss_stand_where_the_losses_are(of, small, monkeypatch):
    result = small("degenerate_skips")
    axes, drawing = drawn(SkipShares(of=of, against="loss"), staged(result, monkeypatch))
    left, right = axes.get_xlim()
    assert left > result.losses.max() > result.losses.min() > right
    (trails,) = drawing.paths
    shares = getattr(result, of)[:, 0]
    places = np.stack([result.losses[:, 0], shares], axis=-1)
    pixels = axes.transData.transform(places.reshape(-1, 2)).reshape(places.shape)
    np.testing.assert_allclose(trails.points, pixels, atol=1e-6)
