"""What the process that stays keeps of one drawing changes nothing of the next."""

import pytest

from animate.workshop.draw import Desk
from animate.workshop.tasks import Drawing, Picture, Wrong

SCENE = """
surface: {surface}
optimizers:
- {{name: sgd, learning_rate: {rate}}}
- {{name: momentum, learning_rate: 0.005}}
steps: {steps}
noise: {{std: {std}}}
panels: [{{contour: {contour}}}, loss]
style: {style}
timing: {{seconds: 0.5, fps: 4, hold: 0}}
"""
USUAL = {
    "surface": "beale",
    "rate": 0.01,
    "steps": 30,
    "std": 0,
    "contour": "{}",
    "style": "{size: [320, 240]}",
}
CHANGES = [
    {"rate": 0.02},
    {"steps": 300},
    {"std": 0.3},
    {"surface": "{name: beale, window: [[-1, 3], [-2, 2]]}"},
    {"contour": "{levels: 7}"},
    {"contour": "{colormap: magma, lines: false}"},
    {"contour": "{shade: false, labels: true}"},
    {"contour": "{scale: linear, filled: false}"},
    {"style": "{size: [300, 240]}"},
    {"style": "{size: [320, 240], theme: dark}"},
    {"style": "{size: [320, 240], font_size: 1.4}"},
]


def drawn(desk: Desk, path, **changes) -> bytes:
    """The whole clip as the page is told it."""
    told = []
    desk.tell = told.append
    path.write_text(SCENE.format(**{**USUAL, **changes}), encoding="utf-8")
    desk.do(Drawing(path))
    assert not [each for each in told if isinstance(each, Wrong)]
    *_, whole = (each for each in told if isinstance(each, Picture))
    assert whole.quality == "full"
    return whole.data


@pytest.fixture
def path(tmp_path):
    return tmp_path / "scene.yaml"


def new_desk() -> Desk:
    return Desk(tell=print, wanted=lambda: True)


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_a_picture_after_others_is_that_of_a_new_process(path, changes):
    stays = new_desk()
    first = drawn(stays, path)
    other = drawn(stays, path, **changes)
    assert other != first
    assert other == drawn(new_desk(), path, **changes)
    assert drawn(stays, path) == first
