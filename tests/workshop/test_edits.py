"""What is written into a scene's file: a start or a camera, and not a letter beside it."""

import pytest

from animate.errors import UsageError
from animate.scene.load import read_text
from animate.workshop.edits import Edit, version_of, write

HEAD = "surface: sphere  # round\noptimizers: [sgd]\n"


def edited(text, **change):
    return Edit(version_of(text), **change).applied(text)


@pytest.mark.parametrize(
    ("panels", "place", "expected"),
    [
        ("relief", ("panels",), "{relief: {azimuth: -40.0, elevation: 20.0}}"),
        (
            "[contour, relief]",
            ("panels", 1),
            "[contour, {relief: {azimuth: -40.0, elevation: 20.0}}]",
        ),
        (
            "{relief: {elevation: 50, light: 90}}",
            ("panels",),
            "{relief: {elevation: 20.0, light: 90, azimuth: -40.0}}",
        ),
    ],
)
def test_a_camera_is_written_in_its_place(panels, place, expected):
    text = f"{HEAD}panels: {panels}  # seen\nsteps: 5\n"
    changed = edited(text, panel=place, camera=(-40.0, 20.0))
    assert changed == f"{HEAD}panels: {expected}  # seen\nsteps: 5\n"
    (relief,) = [e for e in read_text(changed, "s.yaml").scene.entries if e.name == "relief"]
    assert (relief.panel.azimuth, relief.panel.elevation) == (-40.0, 20.0)


def test_a_scene_without_a_start_gets_one():
    changed = edited(HEAD, start=(1.0, -2.0))
    assert changed == f"start: [1.0, -2.0]\n{HEAD}"


def test_a_panel_that_is_no_relief_any_more_is_told():
    with pytest.raises(UsageError, match="there is no relief at that place of the scene any more"):
        edited(f"{HEAD}panels: contour\n", panel=("panels",), camera=(0.0, 20.0))


def test_what_an_anchor_repeats_is_left():
    focus = "focus: {around: *here, within: 1}"
    text = f"{HEAD}start: &here [1, 2]\nstory: [{{at: 0, {focus}}}]\n"
    with pytest.raises(UsageError, match="write it by hand"):
        edited(text, start=(0.0, 0.0))


def test_a_link_to_a_file_elsewhere_is_left(tmp_path):
    (tmp_path / "far").mkdir()
    real = tmp_path / "far" / "scene.yaml"
    real.write_text(HEAD)
    (tmp_path / "scene.yaml").symlink_to(real)
    with pytest.raises(UsageError, match="the scene is a link to a file elsewhere"):
        write(tmp_path / "scene.yaml", Edit(version_of(HEAD), start=(1.0, 1.0)))
    assert real.read_text() == HEAD


def test_marks_and_line_ends_stay(tmp_path):
    scene = tmp_path / "scene.yaml"
    text = "surface: sphere\r\noptimizers: [sgd]\r\nstart: [0, 1] # here\r\n"
    scene.write_bytes(b"\xef\xbb\xbf" + text.encode())
    write(scene, Edit(version_of(text), start=(2.0, 1.5)))
    assert scene.read_bytes() == b"\xef\xbb\xbf" + text.replace("[0, 1]", "[2.0, 1.5]").encode()
