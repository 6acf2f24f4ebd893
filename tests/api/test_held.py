"""A scene that is held: what it shows, writes and says, and what it refuses."""

import io
from base64 import b64decode
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import animate
from animate.writers.source import read_source


def test_it_is_three_lines(race):
    assert repr(race).splitlines() == [
        "<animate.Scene: surface beale, optimizers sgd, adam",
        " panels: contour",
        " 1 s at 10 frames a second, 320 × 240 pixels>",
    ]
    for path in sorted(Path("scenes").rglob("*.yaml"))[::9]:
        lines = repr(animate.read(path)).splitlines()
        assert len(lines) == 3
        assert max(map(len, lines)) < 120


def test_nothing_of_it_changes(race):
    with pytest.raises(AttributeError):
        race.script = None


def test_functions_and_methods_agree(race, tmp_path):
    np.testing.assert_array_equal(animate.trace(race).positions, race.trace().positions)
    assert animate.describe(race) == race.describe()
    (one,), (other,) = race.render(tmp_path / "a.gif"), animate.render(race, tmp_path / "b.gif")
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.size == other.size


@pytest.mark.parametrize("ending", ["gif", "mp4", "webm", "svg", "html"])
def test_a_stream_has_what_a_file_has(race, tmp_path, ending):
    stream = BytesIO()
    (file,) = race.render(tmp_path / f"scene.{ending}")
    (written,) = race.render(stream, format=f".{ending.upper()}")
    assert stream.getvalue() == file.path.read_bytes()
    assert (written.size, str(written.path)) == (file.size, f"scene.{ending}")


def test_paths_and_streams_are_written_together(race, tmp_path):
    with (tmp_path / "open.png").open("wb") as file:
        written = race.render(file, str(tmp_path / "a.gif"))
    assert [each.path.suffix for each in written] == [".png", ".gif"]
    assert read_source(tmp_path / "open.png").text == race.to_yaml()
    stream = BytesIO()
    written = race.render(tmp_path / "b.gif", stream, format="png")
    assert [each.path.name for each in written] == ["b.gif", "scene.png"]
    assert stream.getvalue() == (tmp_path / "open.png").read_bytes()
    one, two = BytesIO(), BytesIO()
    race.render(one, two, format="png", source=False)
    assert one.getvalue() == two.getvalue()
    (tmp_path / "b.png").write_bytes(one.getvalue())
    with pytest.raises(animate.UsageError, match="carries no scene"):
        read_source(tmp_path / "b.png")


@pytest.mark.parametrize(
    ("targets", "ending", "told"),
    [
        ((), None, "there is nothing to write to: give the path of a file, or a stream"),
        ((3,), None, "a target is the path of a file or a binary stream, got int"),
        ((b"a.gif",), None, "a target is the path of a file or a binary stream, got bytes"),
        (
            (StringIO(),),
            "gif",
            "a stream of text cannot take a picture; open it in binary mode, as",
        ),
        (("a.gif",), "gif", "format: is for streams; the ending of a path says its format"),
        ((BytesIO(),), None, "format: a stream has no ending, so name one of gif, mp4, webm, webp"),
        (
            (BytesIO(),),
            "csv",
            "format: must be one of gif, mp4, webm, webp, apng, png, html, svg, ",
        ),
        (
            (BytesIO(),),
            "",
            "format: must be one of gif, mp4, webm, webp, apng, png, html, svg, pdf",
        ),
        (("a.xyz",), None, "a.xyz: there is no format .xyz; the ending is one of .gif, .mp4"),
    ],
)
def test_what_is_no_target_is_told(race, targets, ending, told):
    with pytest.raises(animate.UsageError) as caught:
        race.render(*targets, format=ending)
    assert str(caught.value).startswith(told)


def test_a_still_is_the_frame_of_that_moment(race, tmp_path):
    race.render(tmp_path / "clip.apng")
    with Image.open(tmp_path / "clip.apng") as clip:
        clip.seek(5)
        sixth = np.asarray(clip.convert("RGB"))
    for at in (0.5, np.float32(0.5)):
        with Image.open(BytesIO(race.still(at=at).png)) as still:
            np.testing.assert_array_equal(np.asarray(still.convert("RGB")), sixth)
    written = race.still(tmp_path / "a.png", at=0.5)
    assert written.path.read_bytes() == race.still(at=0.5).png
    stream = BytesIO()
    race.still(stream, format="pdf", source=False)
    assert stream.getvalue().startswith(b"%PDF")


def test_a_strip_is_a_picture_of_several_moments(race, tmp_path):
    picture = race.strip(count=3)
    race.strip(tmp_path / "a.png", count=3)
    assert (tmp_path / "a.png").read_bytes() == picture.png
    assert picture.png != race.strip(at=[0, 0.5, 0.7]).png
    with Image.open(BytesIO(picture.png)) as image:
        assert repr(picture) == f"<Picture of {image.width} × {image.height} pixels>"


def test_a_picture_is_shown_with_its_description(race):
    data, beside = race.still()._repr_mimebundle_()
    assert b64decode(data["image/png"]) == race.still().png
    assert set(data) == {"image/png", "text/plain"}
    assert beside["image/png"]["alt"] == race.describe()


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda race: race.still(at=9), "at=9: the clip lasts 1 s; choose a moment within it"),
        (lambda race: race.still(at=-1), "at: must be 0 seconds or more, got -1"),
        (lambda race: race.still(at=float("nan")), "at: must be 0 seconds or more, got nan"),
        (lambda race: race.still(at="2"), "at: must be a number of seconds, got '2'"),
        (lambda race: race.still(at=b"2"), "at: must be a number of seconds, got b'2'"),
        (lambda race: race.still(at=True), "at: must be a number of seconds, got True"),
        (lambda race: race.still(at=10**400), f"at: must be a number of seconds, got 1{38 * '0'}…"),
        (
            lambda race: race.still(at=-(10**5000)),
            "at: must be a number of seconds, got a whole number of thousands of digits",
        ),
        (
            lambda race: race.still(at=np.array([0.1])),
            "at: must be a number of seconds, got array([0.1])",
        ),
        (
            lambda race: race.strip(at=np.zeros((2, 2))),
            "at: must be a number of seconds, got array([0., 0.])",
        ),
        (lambda race: race.strip(at=np.array(1.0)), "at: must be a list of seconds, got array(1.)"),
        (lambda race: race.strip(count=-1), "count=-1: a strip has 2 to 12 moments, got -1"),
        (
            lambda race: race.strip(count=10**5000),
            "count: a strip has 2 to 12 moments, got a whole number of thousands of digits",
        ),
        (
            lambda race: race.strip(count=np.ones(2)),
            "count: must be a whole number, got array([1., 1.])",
        ),
        (lambda race: race.strip(count=13), "count=13: a strip has 2 to 12 moments, got 13"),
        (lambda race: race.strip(count=2.5), "count: must be a whole number, got 2.5"),
        (lambda race: race.strip(at=[1]), "at: a strip has 2 to 12 moments, got 1"),
        (lambda race: race.strip(at=1), "at: must be a list of seconds, got 1"),
        (
            lambda race: race.strip(count=3, at=[0, 1]),
            "count=3: at is given 2 times; give it as often, or leave one of the two out",
        ),
        (
            lambda race: race.still("x.gif"),
            "x.gif: .gif holds a clip, and a still is one picture; the ending is one of .png, "
            ".svg, .pdf",
        ),
        (
            lambda race: race.still(io.BytesIO(), format="gif"),
            "format: must be one of png, svg, pdf, got 'gif'",
        ),
    ],
)
def test_a_moment_that_cannot_be_is_told_by_its_keyword(race, ask, told):
    with pytest.raises(animate.UsageError) as caught:
        ask(race)
    assert str(caught.value) == told
