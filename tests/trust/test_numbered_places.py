"""Numbered pictures, p-%d.png: no frame takes the place of what it should not."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from animate.cli.app import app
from animate.errors import AnimateError, UsageError
from animate.writers import write, write_all
from animate.writers.places import check_places
from animate.writers.staging import Staging
from tests.trust.processes import names
from tests.writers.films import film

GRID = "surface: {grid: p-0001.png}\noptimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 9\n"
STORY = "story: [{at: 0, say: here}, {at: 4, pause: 1}]\n"


@pytest.fixture
def nothing_is_solved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, in which it fails to compute anything."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("animate.pipeline.solve", lambda *_: pytest.fail("it was solved"))
    return folder


def refused(*arguments: str) -> str:
    """What is said of a command that does nothing."""
    before = {path: path.is_file() and path.read_bytes() for path in Path().iterdir()}
    result = CliRunner().invoke(app, list(arguments))
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert before == {path: path.is_file() and path.read_bytes() for path in Path().iterdir()}
    return result.stderr


@pytest.mark.parametrize("more", ["", STORY])
@pytest.mark.parametrize("link", ["", "soft", "hard"])
def test_no_frame_takes_the_place_of_a_grid(nothing_is_solved: Path, more: str, link: str) -> None:
    shade = np.add.outer(np.arange(16), np.arange(16)).astype(np.uint8)
    Image.fromarray(shade * 8).save("p-0001.png")
    frame = "p-0001.png"
    Path("grid.yaml").write_text(GRID + more)
    if link:
        frame = "q-0003.png"
        Path(frame).hardlink_to("p-0001.png") if link == "hard" else Path(frame).symlink_to(
            "p-0001.png"
        )
    said = refused("render", "grid.yaml", "-o", f"{frame[0]}-%04d.png")
    assert said == f"{frame}: the scene reads this file; write another\n"


@pytest.mark.parametrize(
    "targets", [("p-%d.png", "p-0.png"), ("p-7.png", "p-%d.png"), ("p-%d.png", "./p-%02d.png")]
)
def test_a_frame_is_not_written_twice(nothing_is_solved: Path, targets: tuple[str, str]) -> None:
    arguments = [part for target in targets for part in ("-o", target)]
    said = refused("render", "scene.yaml", *arguments)
    assert said.endswith("is named twice; each file can be written only once\n")


def test_frames_that_cannot_be_are_told_under_their_names(nothing_is_solved: Path) -> None:
    Path("p-1.png").mkdir()
    os.mkfifo("q-2.png")
    Path("r-3.png").symlink_to("r-3.png")
    for name, why in (
        ("p-1.png", "is a folder; name a file in it, such as p-1.png/clip.gif"),
        ("q-2.png", "is not an ordinary file"),
        ("r-3.png", "cannot be the name of a file: "),
    ):
        said = refused("render", "scene.yaml", "-o", f"{name[0]}-%d.png")
        assert said.startswith(f"{name}: {why}")
    long = refused("render", "scene.yaml", "-o", "p-%0252d.png")
    assert long.endswith("cannot be the name of a file: File name too long\n")


@pytest.mark.parametrize(
    "name", ["50%done.png", "100% sure.png", "a%5d.png", "%%.png", "%s.png", "%d-%d.png", "%0d.png"]
)
def test_any_other_percent_is_itself(tmp_path: Path, name: str) -> None:
    made = film(3)
    write(made.clip, made.frames(), tmp_path / name)
    assert names(tmp_path) == [name]


def test_percents_beside_the_place_are_themselves(tmp_path: Path) -> None:
    made = film(2)
    write(made.clip, made.frames(), tmp_path / "50%s %02dpx.png")
    assert names(tmp_path) == ["50%s 00px.png", "50%s 01px.png"]


def test_what_lies_beyond_a_shorter_sequence_is_told(tmp_path: Path) -> None:
    def notes(frames: int) -> tuple[str, ...]:
        made = film(frames)
        return write(made.clip, made.frames(), tmp_path / "p-%d.png").notes

    (tmp_path / "p-007.png").write_bytes(b"none of them")
    assert notes(12) == ()
    said = f"{tmp_path / 'p-%d.png'}: ends with p-"
    assert notes(11) == (f"{said}10.png; p-11.png was there before and left as found",)
    assert notes(3) == (
        f"{said}2.png; p-3.png and 8 more beyond it were there before and left as found",
    )
    assert len(names(tmp_path)) == 13


def test_a_sequence_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place that is taken on the way, when all has been looked at, gives all others back."""
    (tmp_path / "p-0.png").write_bytes(b"old")
    (tmp_path / "p-1.png").symlink_to("elsewhere.png")
    (tmp_path / "p-2.png").mkdir()
    monkeypatch.setattr("animate.writers.making.check_places", lambda *_, **__: None)
    made = film(4)
    with pytest.raises(AnimateError, match=r"p-2.png: could not be written: Is a directory"):
        write_all(made.clip, made.frames(), {tmp_path / "a.gif": {}, tmp_path / "p-%d.png": {}})
    assert names(tmp_path) == ["p-0.png", "p-1.png", "p-2.png"]
    assert (tmp_path / "p-0.png").read_bytes() == b"old"
    assert (tmp_path / "p-1.png").readlink() == Path("elsewhere.png")


def test_without_second_names_nothing_that_was_there_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    def fail_at_the_end(place: Path) -> None:
        with Staging(place) as staging:
            staging.path.write_bytes(b"new")
            staging.commit()
            raise RuntimeError

    monkeypatch.setattr("os.link", refuse)
    (tmp_path / "a.gif").write_bytes(b"old")
    for name in ("a.gif", "b.gif"):
        with pytest.raises(RuntimeError):
            fail_at_the_end(tmp_path / name)
    assert (tmp_path / "a.gif").read_bytes() == b"new"
    assert names(tmp_path) == ["a.gif"]


def test_a_frame_that_is_a_link_takes_its_place(tmp_path: Path) -> None:
    (tmp_path / "p-1.png").symlink_to("real.png")
    (tmp_path / "real.png").write_bytes(b"old")
    made = film(2)
    write(made.clip, made.frames(), tmp_path / "p-%d.png")
    assert not (tmp_path / "p-1.png").is_symlink()
    assert (tmp_path / "real.png").read_bytes() == b"old"


def test_a_picture_without_the_scene_spares_the_file_that_carries_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for command, name in (("render", "z.gif"), ("still", "z.png")):
        assert CliRunner().invoke(app, [command, "scene.yaml", "-o", name]).exit_code == 0
        said = refused(command, name, "--no-source", "-o", f"./{name}")
        assert said == f"{name}: the scene reads this file; write another\n"
        assert CliRunner().invoke(app, [command, name, "-o", name]).exit_code == 0


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="the system has no /proc")
def test_a_folder_that_holds_no_files_is_told() -> None:
    with pytest.raises(UsageError, match=r"x.gif: cannot write in /proc: "):
        check_places([Path("/proc/x.gif")], size=100)
