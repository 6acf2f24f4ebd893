"""A curve that is level but for rounding is drawn level, on an axis of its own size."""

from animate.pipeline import stage
from animate.scene.load import read_text

SCENE = """
surface: giant_plateau
optimizers: [{name: nesterov, learning_rate: 0.01, momentum: 0.975}]
steps: 60
panels: [step_size]
"""


def test_rounding_does_not_fill_an_axis():
    ready = stage(read_text(SCENE, "x").scene)
    (axes,) = [each for each in ready.figure.axes if each.get_xlabel()]
    low, high = axes.get_ylim()
    assert low < 0.01 < high
    assert high - low > 1e-4
    ready.figure.canvas.draw()
    assert axes.get_yaxis().get_major_formatter().get_offset() == ""
