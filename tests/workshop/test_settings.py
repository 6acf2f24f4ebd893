"""What the command line has decided is not moved in the file, and every scene tells its loss."""

import pytest

from animate.errors import UsageError
from animate.workshop.draw import Desk
from animate.workshop.edits import Edit, version_of
from animate.workshop.tasks import Answer, Asking, Drawing, Picture
from tests.workshop.conftest import drawn

SCENE = """
surface: beale
optimizers: [{name: sgd, learning_rate: 0.01}]
start: [1, 1.5]
steps: 5
timing: {seconds: 0.5, fps: 2, hold: 0}
style: {size: [320, 240]}
"""


@pytest.fixture
def desk():
    return Desk(tell=print, wanted=lambda: True)


def told(desk, task):
    heard = []
    desk.tell = heard.append
    desk.do(task)
    return heard


@pytest.mark.parametrize(
    ("settings", "start", "cameras"),
    [
        ((), [1, 1.5], 1),
        (("start=[0.5, 0.5]",), None, 1),
        (("start.0=0.5",), None, 1),
        (("panels=[contour, relief]",), [1, 1.5], 0),
        (("style.theme=dark",), [1, 1.5], 1),
    ],
)
def test_what_settings_decide_is_not_moved(desk, tmp_path, settings, start, cameras):
    path = tmp_path / "s.yaml"
    path.write_text(f"{SCENE}panels: [contour, relief]\n")
    pictures = [each for each in told(desk, Drawing(path, settings)) if isinstance(each, Picture)]
    for each in pictures:
        head = drawn(each.data).head
        assert head["start"] == start
        assert len(head["cameras"]) == cameras


def test_every_scene_that_was_drawn_tells_its_loss(desk, tmp_path):
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(SCENE)
    second.write_text(SCENE.replace("beale", "saddle"))
    for path in (first, second):
        told(desk, Drawing(path))
    answers = [told(desk, Asking(path, 3.0, 0.5))[-1] for path in (first, second)]
    assert answers[0] == Answer(0.0)
    assert answers[1] != answers[0]


def test_a_camera_of_a_relief_that_is_not_in_the_file_is_refused():
    edit = Edit.of({"version": version_of(SCENE), "panel": ["panels", 1], "camera": [10, 20]})
    with pytest.raises(UsageError, match="there is no relief at that place of the scene any more"):
        edit.applied(SCENE)
