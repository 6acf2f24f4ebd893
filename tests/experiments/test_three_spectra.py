"""The spectra at three critical points: which points, and what is drawn of them when."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from animate import pipeline
from animate.networks.experiments.escape_directions.panels import CriticalPoints, ThreeSpectra
from animate.scene.load import read_text
from tests.pictures import at, drawn

SCENE = "experiment: escape_directions\ntiming: {seconds: 1, fps: 2}\n"


@pytest.fixture
def shown(small, monkeypatch):
    result = small("escape_directions")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    return result, pipeline.stage(read_text(SCENE, "scene.yaml").scene).view


def test_the_three_are_the_highest_a_middle_and_the_lowest_off_the_plateau(small):
    result = small("escape_directions")
    off = [k for k in range(len(result.losses)) if not result.plateau[k] and result.draws[k] == 0]
    heights = {k: np.log(result.losses[k]) for k in off}
    middle = (max(heights.values()) + min(heights.values())) / 2
    assert list(result.three) == [
        max(off, key=heights.__getitem__),
        min(off, key=lambda k: abs(heights[k] - middle)),
        min(off, key=heights.__getitem__),
    ]


def test_each_spectrum_appears_with_its_point_and_crosses_zero_at_its_index(shown):
    result, view = shown
    axes, drawing = drawn(ThreeSpectra(), view)
    lines = [line for line in axes.lines if len(line.get_xdata()) == result.parameters]
    order = list(result.order)
    for line, place in zip(lines, result.three, strict=True):
        np.testing.assert_array_equal(line.get_ydata(), result.spectra[place])
        assert (np.asarray(line.get_ydata()) < -1e-7).sum() == result.index[place]
        drawing.show(at(order.index(place)))
        assert not line.get_visible()
        drawing.show(at(order.index(place) + 1))
        assert line.get_visible()


def test_the_three_points_have_the_colours_of_their_spectra(shown):
    result, view = shown
    axes, drawing = drawn(CriticalPoints(), view)
    drawing.show(at(len(result.order)))
    few = axes.collections[0]
    np.testing.assert_allclose(few.get_offsets()[:, 1], result.losses[result.three])
    beside, _ = drawn(ThreeSpectra(), view)
    lines = [line for line in beside.lines if len(line.get_xdata()) == result.parameters]
    expected = [to_rgba(line.get_color()) for line in lines]
    np.testing.assert_allclose(few.get_facecolors(), expected)
