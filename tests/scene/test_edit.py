"""Settings are worked into the author's text: comments stay, and it says what the settings say."""

import re
from pathlib import Path

import pytest

from animate.scene.load import read_text
from animate.scene.yaml import parse

SCENES = sorted((Path(__file__).parents[2] / "scenes").rglob("*.yaml"))
TEXT = """\
# A race.
surface: beale   # the surface
optimizers:
  # three of them
  - adam         # first
  - {name: sgd, learning_rate: 0.01}   # second
  - name: momentum
    momentum: 0.9
timing: {}
style:
  size: [640, 480]  # pixels
panels:
  - contour
noise:
"""


def changed_lines(*settings: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    text = read_text(TEXT, "scene.yaml", settings).text
    old, new = TEXT.splitlines(), text.splitlines()
    return [each for each in old if each not in new], [each for each in new if each not in old]


@pytest.mark.parametrize(
    ("settings", "gone", "come"),
    [
        (["surface=booth"], ["surface: beale   # the surface"], ["surface: booth   # the surface"]),
        (
            ["surface.window=[[-1, 1], [-2, 2]]"],
            ["surface: beale   # the surface"],
            ["surface: {name: beale, window: [[-1, 1], [-2, 2]]}   # the surface"],
        ),
        (
            ["optimizers.adam.learning_rate=0.1"],
            ["  - adam         # first"],
            ["  - {name: adam, learning_rate: 0.1}         # first"],
        ),
        (
            ["optimizers.sgd.learning_rate=best"],
            ["  - {name: sgd, learning_rate: 0.01}   # second"],
            ["  - {name: sgd, learning_rate: best}   # second"],
        ),
        (
            ["optimizers.momentum.clip=1.5"],
            ["  - name: momentum"],
            ["  - clip: 1.5", "    name: momentum"],
        ),
        (
            ["timing.fps=30", "timing.seconds=2"],
            ["timing: {}"],
            ["timing: {seconds: 2, fps: 30}"],
        ),
        (["style.theme=dark"], [], ["  theme: dark"]),
        (["steps=20", "title='A: b, c'"], [], ["title: 'A: b, c'", "steps: 20"]),
        (["panels.contour.levels=9"], ["  - contour"], ["  - {contour: {levels: 9}}"]),
        (["noise.std=7"], ["noise:"], ["noise: {std: 7}"]),
        (["panels=[loss]"], ["  - contour"], ["  [loss]"]),
        (["style={theme: dark}"], ["  size: [640, 480]  # pixels"], ["  {theme: dark}  # pixels"]),
    ],
)
def test_only_what_is_set_changes(settings: list[str], gone: list[str], come: list[str]) -> None:
    assert changed_lines(*settings) == (gone, come)


def test_a_value_that_an_alias_repeats_is_replaced_by_writing_all_anew() -> None:
    text = "surface: beale\noptimizers: [sgd]\nsteps: &n 20  # steps\nseed: *n\n"
    script = read_text(text, "scene.yaml", ["steps=30"])
    assert parse(script.text).data == parse(text).data | {"steps": 30}
    assert "#" not in script.text


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_every_scene_keeps_its_comments(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    script = read_text(source, str(path), ["timing.fps=7", "style.size=[720, 700]", "title=A"])
    expected = parse(source).data
    expected.setdefault("timing", {})["fps"] = 7
    expected.setdefault("style", {})["size"] = [720, 700]
    assert parse(script.text).data == expected | {"title": "A"}
    comments = re.findall("(?:^| )# .*", source, re.MULTILINE)
    assert [each for each in comments if each not in script.text] == []
