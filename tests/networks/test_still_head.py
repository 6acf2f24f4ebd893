"""The head of a path to which the plane is laid: it is said what it is where it stands still."""

import pytest

from animate import pipeline
from animate.scene.load import read_text

SCENE = """
surface: {network: {hidden: [24]}, data: {name: digits, samples: 60}, plane: %s, resolution: 5}
optimizers: [{name: sgd, learning_rate: 0.1, label: Rolling}]
steps: 20
panels: [[contour], [finding]]
style: {size: [480, 360]}
"""


@pytest.mark.parametrize("plane", ["filter_normalized", "random", "pca"])
def test_a_head_that_stands_still_is_said_to_be_the_trained_network(plane, tmp_path, monkeypatch):
    """On the random plane the window is as small as the path, and the head moves through it."""
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    view = pipeline.stage(read_text(SCENE % plane, "scene.yaml").scene).view
    result = view.result
    (x, y), last = result.positions[0].T, result.positions[0, -1]
    wide, high = result.x[-1] - result.x[0], result.y[-1] - result.y[0]
    share = 100 * max(abs(x - last[0]).max() / wide, abs(y - last[1]).max() / high)
    still = plane == "filter_normalized"
    assert (share < 2) == still
    number = f"{share:.1f}".removesuffix(".0")
    told = f"Rolling’s trained network, the dot, which moves by {number}% of the window"
    assert (told in view.finding) == ("trained network" in view.finding) == still
