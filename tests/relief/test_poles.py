"""A surface that falls or rises without end is cut at its box."""

import numpy as np
import pytest

from animate.panels.relief.ground import Ground
from animate.pipeline import stage
from animate.scene.load import read_text

SCENE = """
surface: {{formula: "{formula}", window: [[-2, 2], [-2, 2]]}}
optimizers: [{{name: sgd, learning_rate: 0.01}}]
start: [1.2, 0.7]
steps: 2
panels: [relief]
"""


@pytest.mark.parametrize(
    "formula", ["log(x) + y**2", "-1/(x**2 + y**2)", "tan(x) + y**2", "-log(abs(x)) - y"]
)
def test_a_surface_without_end_stays_in_its_box_and_in_the_picture(formula):
    ready = stage(read_text(SCENE.format(formula=formula), "x").scene)
    terrain = ready.view.terrain
    ground = Ground(terrain, terrain.scale())
    x, y = np.meshgrid(np.linspace(-2, 2, 2001), np.linspace(-2, 2, 11))
    heights = ground.lifted(np.stack([x, y], axis=-1).reshape(-1, 2))[:, 2]
    known = heights[np.isfinite(heights)]
    assert known.min() >= -0.02
    assert known.max() <= 1.02
    picture = ready.picture(ready.count - 1).astype(int)
    paper = picture[0, 0]
    assert np.abs(picture[-8:] - paper).max() < 8  # nothing runs out of the picture
