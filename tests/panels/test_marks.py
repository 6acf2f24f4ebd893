"""What a map marks is seen over the trails that cross it, and below the heads."""

import numpy as np
from matplotlib.colors import to_rgb

from animate.pipeline import stage
from animate.scene.load import read_text
from animate.theme import theme

ACROSS = """
surface: sphere
start: [-1.5, 0]
steps: 32
optimizers: [{name: momentum, learning_rate: 0.02}]
panels: [{contour: {lens: none}}]
style: {size: [640, 480], annotate: none}
"""


def test_a_star_is_seen_over_the_trail_that_has_crossed_it():
    ready = stage(read_text(ACROSS, "x.yaml").scene)
    path = ready.view.trajectories.positions[0, 0, :, 0]
    assert path.max() > 0.3  # it went across
    assert abs(path[-1]) > 0.2  # and its head is beside it
    x, y = ready.figure.axes[0].transData.transform((0.0, 0.0))
    pixels = ready.picture(ready.count - 1)[..., :3]
    seen = pixels[pixels.shape[0] - 1 - int(y), int(x)]
    np.testing.assert_allclose(seen / 255, to_rgb(theme("light").minimum), atol=0.02)
