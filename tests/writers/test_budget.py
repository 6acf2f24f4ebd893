"""A file within a size: what is given up comes in its order and is told."""

import re
from pathlib import Path

import pytest

from animate.errors import UsageError
from animate.writers import write, write_within
from animate.writers.budget import in_units, parse_size
from tests.writers.films import Film, film, seen_by_pillow


def drawn(fps: float, scale: float) -> Film:
    size = round(160 * scale), round(120 * scale)
    return film(round(fps), fps=fps, moving=True, size=size)


def attempt(fps: float, scale: float):
    made = drawn(fps, scale)
    return made.clip, made.frames()


def sizes(tmp_path: Path, **options: object) -> int:
    made = drawn(24, 1)
    return write(made.clip, made.frames(), tmp_path / "full.gif", **options).size


def test_what_fits_is_written_as_asked(tmp_path: Path) -> None:
    full = sizes(tmp_path)
    written = write_within(full, attempt, tmp_path / "a.gif", fps=24)
    assert (written.size, written.notes) == (full, ())
    assert (tmp_path / "a.gif").read_bytes() == (tmp_path / "full.gif").read_bytes()


def test_first_colors_go(tmp_path: Path) -> None:
    limit = sizes(tmp_path) - 1
    path = tmp_path / "a.gif"
    written = write_within(limit, attempt, path, fps=24)
    assert written.size == path.stat().st_size <= limit
    (note,) = written.notes
    assert re.sub(r"is (128|64|32),", "is N,", note) == (
        f"{path}: colors is N, to stay within {in_units(limit)}"
    )


def test_then_frames_then_pixels(tmp_path: Path) -> None:
    coarsest, path = sizes(tmp_path, colors=32), tmp_path / "a.gif"
    fewer = write_within(coarsest - 1, attempt, path, fps=24)
    within = f"to stay within {in_units(coarsest - 1)}"
    assert fewer.notes == (
        f"{path}: colors is 32, {within}",
        f"{path}: 16 frames a second instead of 24, {within}",
    )
    smaller = write_within(coarsest // 4, attempt, path, fps=24)
    assert smaller.size <= coarsest // 4
    assert smaller.notes[1].startswith(f"{path}: 8 frames a second instead of 24, ")
    assert smaller.notes[2].startswith(f"{path}: 120×90 pixels instead of 160×120, ")
    assert seen_by_pillow(path)[-1][1] == pytest.approx(1.0)


def test_what_was_asked_for_is_not_given_up(tmp_path: Path) -> None:
    full = sizes(tmp_path, colors=64)
    written = write_within(full - 1, attempt, tmp_path / "a.gif", fps=24, colors=64)
    assert not any("colors" in note for note in written.notes)


def test_a_size_that_cannot_be_met_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(b"old")
    with pytest.raises(UsageError) as caught:
        write_within(900, attempt, tmp_path / "a.gif", fps=24)
    assert str(caught.value) == (
        f"{tmp_path / 'a.gif'}: does not fit into 900 bytes, even with the fewest colors, "
        "8 frames a second and 38% of the size; allow more, or show fewer seconds"
    )
    assert (tmp_path / "a.gif").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "even"),
    [
        ("a.png", "38% of the size; allow more"),
        ("p-%d.png", "8 frames a second and 38% of the size; allow more, or show fewer seconds"),
        ("a.apng", "the fewest colors, 8 frames a second and 38% of the size; allow more, or show "
         "fewer seconds"),
        ("a.mp4", "the lowest quality, 8 frames a second and 38% of the size; allow more, or show "
         "fewer seconds"),
    ],
)  # fmt: skip
def test_a_refusal_names_what_was_tried(tmp_path: Path, name: str, even: str) -> None:
    path = tmp_path / name
    with pytest.raises(UsageError) as caught:
        write_within(150, attempt, path, fps=24)
    assert str(caught.value) == f"{path}: does not fit into 150 bytes, even with {even}"


def test_one_picture_of_a_clip_loses_no_frames(tmp_path: Path) -> None:
    made = drawn(24, 1)
    limit = write(made.clip, made.frames(), tmp_path / "full.png").size - 1
    (note,) = write_within(limit, attempt, tmp_path / "a.png", fps=24).notes
    assert "120×90 pixels instead of 160×120" in note


@pytest.mark.parametrize("name", ["a.mp4", "a.webm", "a.webp", "a.apng"])
def test_every_format_can_be_made_smaller(tmp_path: Path, name: str) -> None:
    made = drawn(24, 1)
    limit = int(write(made.clip, made.frames(), tmp_path / name).size * 0.7)
    written = write_within(limit, attempt, tmp_path / name, fps=24)
    assert written.size <= limit
    assert written.notes


def test_a_still_loses_pixels_not_frames(tmp_path: Path) -> None:
    def still(fps: float, scale: float):
        made = film(1, size=(round(160 * scale), round(120 * scale)), moving=True)
        return made.clip, made.frames()

    clip, frames = still(25, 1)
    limit = write(clip, frames, tmp_path / "a.png").size - 1
    (note,) = write_within(limit, still, tmp_path / "a.png", fps=25).notes
    assert "120×90 pixels instead of 160×120" in note


@pytest.mark.parametrize(
    ("text", "size"),
    [("1MB", 10**6), ("500 kB", 500_000), ("1.5 MiB", 1_572_864), (12345, 12345), ("3k", 3000)],
)
def test_sizes_are_read(text: str | int, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "big", "-1MB", "1 TB", "0", "MB", "1e6"])
def test_sizes_that_are_none_get_a_sentence(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_size(text)
    assert str(caught.value) == f"must be a size such as 500kB, 1MB or 2.5 MiB, got {text!r}"
