"""Heads whose middle is on the axes are whole, also where they reach beyond them."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from animate.pipeline import stage
from animate.scene.load import read_text

SCENE = """
surface: {{formula: "x**2 + y**2", window: [[-1, 1], [-1, 1]]}}
optimizers: [{{name: sgd, label: " ", learning_rate: {rate}}}]
start: {start}
steps: 2
panels: [{panel}]
style: {{size: [320, 240], theme: {theme}, legend: false}}
"""


def _halves(theme, panel, rate, start):
    """The pixels in a head's colour at the left and right of its middle, below and above it."""
    text = SCENE.format(theme=theme, panel=panel, rate=rate, start=start)
    ready = stage(read_text(text, "x.yaml").scene)
    picture = ready.picture(ready.view.timeline.frames - 1)
    ((x, y),) = ready.paths[0].points[:, -1]
    colour = np.array(to_rgba(ready.view.colours[0])[:3]) * 255
    rows, columns = np.nonzero(np.abs(picture[..., :3] - colour).max(axis=-1) < 40)
    radius = ready.view.line("head")
    right, up = columns + 0.5 - x, len(picture) - rows - 0.5 - y
    near = np.hypot(right, up) <= radius
    axes = ready.paths[0].axes.get_window_extent()
    edge = min(x - axes.x0, axes.x1 - x, y - axes.y0, axes.y1 - y)
    return [int((near & half).sum()) for half in (right < 0, right > 0, up < 0, up > 0)], edge


@pytest.mark.parametrize("theme", ["light", "dark", "poster"])
@pytest.mark.parametrize(
    ("panel", "rate", "start"),
    [
        ("loss", 0.25, [-0.5, 0.5]),
        ("loss: {scale: log}", 0.5, [-0.5, 0.5]),
        ("contour", 1.0, [-0.99, 0.2]),
        ("contour", 1.0, [0.99, -0.99]),
    ],
)
def test_heads_at_an_edge_are_whole(theme, panel, rate, start):
    found, edge = _halves(theme, panel, rate, start)
    assert edge < 10
    assert min(found) > 0.6 * max(found)


def test_a_head_that_leaves_the_window_is_seen_at_every_moment():
    text = SCENE.format(theme="light", panel="contour", rate=-0.09, start=[0.2, 0.9])
    text = text.replace("rate: -0.09", "rate: 0.02").replace('"x**2 + y**2"', '"-0.5*y"')
    text = text.replace("steps: 2", "steps: 40\ntiming: {seconds: 4, fps: 25}")
    ready = stage(read_text(text, "x.yaml").scene)
    colour = np.array(to_rgba(ready.view.colours[0])[:3]) * 255
    seen: list[int] = []
    for frame in range(ready.view.timeline.frames):
        picture = ready.picture(frame)[..., :3]
        rows, _ = np.nonzero(np.abs(picture - colour).max(axis=-1) < 40)
        across = np.bincount(rows, minlength=len(picture))
        seen.append(int(across.max()))  # a head or a wedge is wider than the trail
    assert min(seen) >= ready.view.line("head")
