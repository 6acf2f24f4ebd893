"""Circles are circles: the units of both axes in panels that show a surface from above."""

import numpy as np
import pytest

from animate.errors import SceneError
from animate.pipeline import stage
from animate.scene.load import read_text

SCENE = """
surface: {{formula: "x**2 + y**2", window: [[-{x}, {x}], [-1, 1]]}}
start: [0.7, 0.5]
optimizers: [{{name: sgd, learning_rate: 0.1}}, {{name: momentum, learning_rate: 0.05}}]
steps: 80
panels: {panels}
style: {{size: {size}, {more}}}
"""
LAYOUTS = [
    "[contour]",
    "[contour, relief]",
    "[contour, loss]",
    "[[contour, relief], [loss, contour]]",
    "{ratio: [2, 1], panels: [contour, loss]}",
    "[{contour: {split: optimizers}}]",
    "[{basins: {resolution: 8}}]",
]
SIZES = [(480, 360), (640, 480), (1280, 720), (720, 1280)]


def stretches(panels, x=1.0, size=(640, 480), more=""):
    """The unit of x over that of y, in every panel that shows the window."""
    text = SCENE.format(panels=panels, x=x, size=list(size), more=more)
    found = []
    for axes in stage(read_text(text, "x.yaml").scene).figure.axes:
        if axes.axison and np.allclose(axes.get_xlim(), (-x, x)):
            box = axes.get_window_extent()
            found.append((box.width / np.ptp(axes.get_xlim())) / (box.height / 2))
    assert found
    return np.array(found)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("panels", LAYOUTS)
def test_circles_are_circles_in_every_layout(panels, size):
    found = stretches(panels, size=size)
    assert (np.maximum(found, 1 / found) <= 1.1).all()


@pytest.mark.parametrize("x", [0.26, 0.5, 2.0, 3.9])
def test_units_are_equal_while_the_sides_differ_by_less_than_four(x):
    found = stretches("[contour, loss]", x=x)
    assert (np.maximum(found, 1 / found) <= 1.1).all()


def test_a_long_window_takes_the_room_that_there_is_unless_the_scene_says_otherwise():
    assert stretches("[contour]", x=8.0)[0] < 0.7
    assert stretches("[contour]", x=8.0, more="aspect: equal")[0] == pytest.approx(1, abs=0.1)
    wide = stretches("[contour]", size=(1280, 480), more="aspect: auto")
    assert wide[0] > 1.5


@pytest.mark.parametrize(("x", "more"), [(1.0, ""), (1.5, "aspect: auto"), (5.0, "")])
def test_arrows_are_always_in_equal_units(x, more):
    panels = "[{contour: {vectors: [gradient]}}, loss]"
    assert stretches(panels, x=x, more=more) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("window", "shape"),
    [
        ("[[-1e9, 1e9], [-1e-3, 1e-3]]", "1e+12 times as wide as high"),
        ("[[-1, 1], [-1000, 1000]]", "1,000 times as high as wide"),
    ],
)
def test_equal_units_without_room_are_told_with_the_shape(window: str, shape: str) -> None:
    text = f"""\
surface: {{formula: x**2 + y**2, window: {window}}}
optimizers: [sgd]
learning_rate: 0.1
steps: 3
style: {{aspect: equal}}
"""
    script = read_text(text, "scene.yaml")
    with pytest.raises(SceneError) as told, script.placing():
        stage(script.scene)
    assert told.value.lines == (
        f"scene.yaml:5:17: with equal units the window is {shape}, and a picture of 640 × 480 "
        "pixels has no room for it; leave aspect out, or choose another window",
    )


@pytest.mark.parametrize("size", [(640, 480), (960, 480), (1920, 1080)])
def test_a_panel_split_by_the_only_optimizer_is_as_large_as_the_one_beside_it(size):
    text = f"""
surface: himmelblau
start: [1, 1]
optimizers: [{{name: sgd, learning_rate: 0.01}}]
steps: 10
panels: [contour, {{basins: {{resolution: 8}}}}]
style: {{size: {list(size)}}}
"""
    figure = stage(read_text(text, "x.yaml").scene).figure
    first, second = (axes.get_window_extent() for axes in figure.axes if axes.axison)
    assert (first.width, first.height) == pytest.approx((second.width, second.height), abs=1)
    assert abs(first.y0 - second.y0) < 1 or abs(first.x0 - second.x0) < 1
