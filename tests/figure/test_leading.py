"""Lines of text stand as far apart as their formulas reach."""

from itertools import pairwise

import pytest

from animate.pipeline import stage
from animate.scene.load import read_text

FORMULA = r"$\sqrt{\frac{1}{\sqrt{1 - \lambda^2}}}$ and $w_{1_{2_3}}^{2^2}$ are read "
SHOWN = {
    "panel": "panels: [[contour], [{text: {say: '%s'}}]]\n",
    "caption": "panels: [contour]\nstory: [{at: 0, say: '%s', pause: 1}]\n",
}


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize(
    "say", [5 * "Only words are read here. ", 5 * FORMULA], ids=["words", "formulas"]
)
def test_no_line_strikes_the_one_above(shown, say):
    text = (
        "surface: beale\noptimizers: [{name: sgd, learning_rate: 0.01}]\nsteps: 5\n"
        f"style: {{size: [480, 640]}}\n{SHOWN[shown] % say.strip()}"
    )
    player = stage(read_text(text, "x.yaml").scene)
    assert player.picture(1).any()
    figure, renderer = player.figure, player.figure.canvas.get_renderer()
    words = [*figure.get_children(), *(each for axes in figure.axes for each in axes.texts)]
    lines = [each for each in words if getattr(each, "get_text", str)().count("read") > 0]
    boxes = [each.get_window_extent(renderer) for each in lines]
    boxes.sort(key=lambda box: -box.y1)
    assert len(boxes) > 1
    assert all(above.y0 > below.y1 for above, below in pairwise(boxes))
