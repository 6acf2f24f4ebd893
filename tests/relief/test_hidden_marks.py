"""A star at the foot of a hole is hidden by the hole's wall at every size of the picture."""

import pytest

from animate.figure.paths.brush import Brush
from animate.pipeline import stage
from animate.scene.load import read_text

SCENE = """
surface: giant_plateau
start: [-2.8, -2.5]
optimizers: [{{name: nesterov, learning_rate: 0.01}}]
steps: 4
panels: {{ratio: [1, 1.1], panels: [contour, relief: {{elevation: {elevation}}}]}}
style: {{size: {size}}}
"""
STAR = 11
"""Points of its outline: five outer and five inner ones, and the first again."""


@pytest.mark.parametrize(("elevation", "shown"), [(45, False), (90, True)])
def test_a_mark_is_hidden_or_not_whatever_the_size(monkeypatch, elevation, shown):
    fills: list[tuple[int, float]] = []
    fill = Brush.fill

    def spy(self, renderer, outline, at, colour, rim=0.0):
        fills.append((len(outline.vertices), float(colour[3])))
        return fill(self, renderer, outline, at, colour, rim)

    monkeypatch.setattr(Brush, "fill", spy)
    for size in ([480, 320], [640, 360], [720, 400], [720, 480], [1080, 600]):
        text = SCENE.format(elevation=elevation, size=size)
        stage(read_text(text, "x").scene).picture(0)
    stars = [opacity for corners, opacity in fills if corners == STAR]
    assert len(stars) == 5
    assert {each == 1.0 for each in stars} == {shown}, stars
