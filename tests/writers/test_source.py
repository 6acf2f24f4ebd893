"""The scene travels in the file and comes back character by character."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from animate import __version__
from animate.errors import UsageError
from animate.writers import write
from animate.writers.source import Source, read_source
from tests.writers.films import SCENE, film

NAMES = ["a.gif", "a.mp4", "a.webm", "a.webp", "a.apng", "a.png", "a.html", "a.embed.html"]
LONG = "# " + "Наискорейший спуск ∇f → 0, ‖θ‖ ≤ 1 — 😀\n" * 300
WINDOWS = 'surface: beale\r\n\r\n# "quoted" <tags> & ]]> \\ \t end without newline'


@pytest.mark.parametrize("text", [SCENE, LONG, WINDOWS, ""], ids=["plain", "long", "crlf", "empty"])
@pytest.mark.parametrize("name", NAMES)
def test_the_text_comes_back_exactly(tmp_path: Path, name: str, text: str) -> None:
    made = film(3, source=text)
    write(made.clip, made.frames(), tmp_path / name)
    assert read_source(tmp_path / name) == Source(text, __version__)


@pytest.mark.parametrize("name", NAMES)
def test_settings_and_description_travel_beside(tmp_path: Path, name: str) -> None:
    made = film(3, settings={"draft": True, "set": ["a.b=ж\n"]}, description="Six «trails»\n\nfall")
    write(made.clip, made.frames(), tmp_path / name)
    assert read_source(tmp_path / name) == Source(
        SCENE, __version__, {"draft": True, "set": ["a.b=ж\n"]}, "Six «trails»\n\nfall"
    )


@pytest.mark.parametrize("name", NAMES)
def test_without_a_source_nothing_is_said(tmp_path: Path, name: str) -> None:
    made = film(3, source=None, settings={"draft": True})
    write(made.clip, made.frames(), tmp_path / name)
    with pytest.raises(UsageError) as caught:
        read_source(tmp_path / name)
    assert str(caught.value) == (
        f"{tmp_path / name}: carries no scene; it was made with --no-source or by another tool"
    )
    assert b"draft" not in (tmp_path / name).read_bytes()


@pytest.mark.parametrize("source", [SCENE, None], ids=["a scene", "none"])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_was_cut_off_is_damaged_unless_its_scene_is_whole(
    tmp_path: Path, name: str, source: str | None
) -> None:
    made = film(3, source=source)
    write(made.clip, made.frames(), tmp_path / name)
    data, cut = (tmp_path / name).read_bytes(), tmp_path / f"cut-{name}"
    for length in range(16, len(data) - 1, 1 + len(data) // 40):
        cut.write_bytes(data[:length])
        assert _told(cut) in (source, f"{cut}: is damaged, so its scene cannot be read")


def _told(path: Path) -> str:
    """The scene in the file, or why there is none."""
    try:
        return read_source(path).text
    except UsageError as error:
        return str(error)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_private_goes_in(tmp_path: Path, name: str) -> None:
    made = film(3)
    write(made.clip, made.frames(), tmp_path / name)
    data = (tmp_path / name).read_bytes()
    for private in (str(tmp_path), tmp_path.name, Path.home().name):
        assert private.encode() not in data


@pytest.mark.skipif(shutil.which("gifsicle") is None, reason="gifsicle is not installed")
def test_it_survives_gifsicle(tmp_path: Path) -> None:
    made = film(12, source=LONG)
    write(made.clip, made.frames(), tmp_path / "a.gif")
    subprocess.run(
        ["gifsicle", "-O3", "--no-warnings", tmp_path / "a.gif", "-o", tmp_path / "b.gif"],
        check=True,
    )
    assert read_source(tmp_path / "b.gif").text == LONG


def test_it_survives_a_png_rewritten_with_compressed_text(tmp_path: Path) -> None:
    made = film(1, source=LONG)
    write(made.clip, made.frames(), tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        info = PngInfo()
        info.add_itxt("Comment", image.info["Comment"], zip=True)
        image.save(tmp_path / "b.png", pnginfo=info)
    assert read_source(tmp_path / "b.png").text == LONG


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.apng", "a.png", "a.mp4", "a.webm"])
def test_a_file_cut_short_gets_a_sentence(tmp_path: Path, name: str) -> None:
    made = film(3, source=LONG)
    write(made.clip, made.frames(), tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    for share in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9):
        cut = tmp_path / f"cut-{name}"
        cut.write_bytes(whole[: int(len(whole) * share)])
        try:
            assert read_source(cut).text == LONG
        except UsageError as error:
            assert str(error).startswith(f"{cut}: ")  # noqa: PT017 # either is right, so no raises()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"hello", "is no GIF, PNG, APNG, WebP, MP4, WebM, HTML, SVG or PDF file"),
        (b"", "is no GIF, PNG, APNG, WebP, MP4, WebM, HTML, SVG or PDF file"),
        (b"GIF89a", "is damaged, so its scene cannot be read"),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt", "is damaged, so its scene cannot be read"),
        (b"RIFF\0\0\0\0WEBPXMP \x05\0\0\0<!DOC", "is damaged, so its scene cannot be read"),
        (b"\0\0\0\x20ftypisom", "is damaged, so its scene cannot be read"),
    ],
)
def test_what_is_no_picture_gets_a_sentence(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(UsageError) as caught:
        read_source(path)
    assert str(caught.value) == f"{path}: {sentence}"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_source(tmp_path / "none.gif")
    assert str(caught.value) == (f"{tmp_path / 'none.gif'}: there is no such file")


def test_another_programs_comment_is_not_a_scene(tmp_path: Path) -> None:
    Image.fromarray(np.zeros((4, 4), np.uint8)).save(tmp_path / "a.gif", comment=b"made by hand")
    with pytest.raises(UsageError, match="carries no scene"):
        read_source(tmp_path / "a.gif")
