"""All eigenvalues of a Hessian, against one written out by hand, and what is counted of them."""

import jax
import numpy as np
import pytest

from animate import pipeline
from animate.networks.curvature import spectra
from animate.networks.data import Data, digits
from animate.networks.experiments.escape_directions.compute import three_digits
from animate.networks.experiments.hessian_spectrum.compute import HessianSpectrum
from animate.networks.experiments.hessian_spectrum.panels import Spectrum, bar_edges
from animate.networks.network import network
from animate.networks.one_layer import derivatives
from animate.scene.load import read_text
from tests.pictures import at, drawn

SCENE = "experiment: hessian_spectrum\ntiming: {seconds: 1, fps: 2}\n"


def test_the_spectrum_is_that_of_the_hessian_written_out():
    """Its weights lie in another order there, which leaves the eigenvalues as they are."""
    inputs, targets = three_digits(80, seed=0)
    none = np.zeros((0, 4), np.float32), np.zeros(0, np.int32)
    data = Data(inputs.astype(np.float32), targets.astype(np.int32), *none, classes=3)
    problem = network(data, hidden=(4,), activation="tanh", seed=3)
    first, bias, second, last = (
        np.reshape(leaf, -1) for leaf in np.split(problem.start, [16, 20, 32])
    )
    first, second = first.reshape(4, 4).T, second.reshape(3, 4).T
    point = np.concatenate([first.ravel(), bias, second.ravel(), last]).astype(float)
    with jax.enable_x64(True):
        hessian = derivatives(point, data.inputs.astype(float), targets, hidden=4, decay=0.0)[2]
    expected = np.linalg.eigvalsh(np.asarray(hessian))
    found = spectra(problem, np.stack([problem.start, problem.start])[:, None])
    assert found.shape == (2, 1, problem.start.size)
    np.testing.assert_allclose(found[1, 0], expected, atol=1e-12)


def test_zero_are_the_weights_of_blank_pixels_and_the_shifts_of_all_logits(small):
    result = small("hessian_spectrum")
    blank = int((np.ptp(digits(samples=60, test=0.0).inputs, axis=0) == 0).sum())
    assert blank > 3
    np.testing.assert_array_equal(result.zero, 3 * blank + 2 + 1)


def test_shares_count_what_their_names_say():
    values = np.array([[[-2.0, -1e-3, 1e-14, 1e-3, 10.0], [-1e-3, -1e-14, 1e-3, 0.1, 0.5]]])
    result = HessianSpectrum(np.array([0, 9]), np.ones((1, 2)), values, values, rate=1.0)
    np.testing.assert_allclose(result.near, [[0.6, 0.6]])
    np.testing.assert_allclose(result.relatively_near, [[0.6, 0.2]])
    np.testing.assert_allclose(result.clearly_negative, [[0.2, 0.0]])
    np.testing.assert_allclose(result.negative, [[0.4, 0.2]])
    np.testing.assert_array_equal(result.zero, [[1, 1]])


@pytest.mark.parametrize("kept", [0, 3, 6])
def test_the_bars_hold_every_eigenvalue_of_the_latest_kept_step(kept, small, monkeypatch):
    result = small("hessian_spectrum")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    view = pipeline.stage(read_text(SCENE, "scene.yaml").scene).view
    axes, drawing = drawn(Spectrum(), view)
    drawing.show(at(result.steps[kept] + (0.4 if kept < 6 else 0.0)))
    bars = [bar for bar in axes.patches if bar.get_height() > 0]
    counts = np.round([bar.get_y() + bar.get_height() for bar in bars]).astype(int)
    assert counts.sum() == result.eigenvalues.shape[-1]
    (middle,) = (k for k, bar in enumerate(bars) if bar.get_x() < 0 < bar.get_x() + bar.get_width())
    share = counts[middle] / result.eigenvalues.shape[-1]
    np.testing.assert_allclose(share, result.near[0, kept])
    assert counts[:middle].sum() / counts.sum() == pytest.approx(result.clearly_negative[0, kept])
    assert (np.diff(bar_edges(result)) > 0).all()
