"""The cover of an MP4: its last picture, beside a video that is what it was without it."""

import io
from pathlib import Path

import av
import numpy as np
from av.stream import Disposition
from PIL import Image

from animate.writers import write, write_within
from animate.writers.cover import cover, cover_size
from tests.writers.films import film, psnr, seen_by_av


def covers(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        found = [s for s in container.streams.video if s.disposition & Disposition.attached_pic]
        return [next(container.decode(each)).to_ndarray(format="rgb24") for each in found]


def test_the_last_picture_is_the_cover(tmp_path: Path) -> None:
    made = film(12, fps=10, hold=0.5, size=(640, 360))
    write(made.clip, made.frames(), tmp_path / "a.mp4")
    (found,) = covers(tmp_path / "a.mp4")
    assert found.shape == (180, 320, 3)
    marks = slice(0, 4)
    small = [
        np.asarray(Image.fromarray(made.rgb(i)).resize((320, 180), Image.Resampling.LANCZOS))
        for i in range(12)
    ]
    likeness = [psnr(found[marks], each[marks]) for each in small]
    assert int(np.argmax(likeness)) == 11
    assert likeness[11] > 28


def test_the_video_stays_first_whole_and_alone_a_track(tmp_path: Path) -> None:
    made = film(150, fps=10, hold=0.5)  # longer than FFmpeg waits for a stream's packets
    write(made.clip, made.frames(), tmp_path / "a.mp4")
    with av.open(str(tmp_path / "a.mp4")) as container:
        first = container.streams.best("video")
        assert (first.index, first.codec_context.name) == (0, "h264")
        assert first.disposition == Disposition.default
        assert container.duration == 15_500_000
    assert len(seen_by_av(tmp_path / "a.mp4")) == 155
    data = (tmp_path / "a.mp4").read_bytes()
    assert data.count(b"trak") == data.count(b"covr") == 1
    assert data.index(b"covr") < data.index(b"mdat")


def test_an_odd_picture_has_a_cover_of_its_own_size(tmp_path: Path) -> None:
    made = film(3, size=(65, 47))
    write(made.clip, made.frames(), tmp_path / "a.mp4")
    assert covers(tmp_path / "a.mp4")[0].shape == (47, 65, 3)


def test_a_cover_costs_little() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (9, 16, 4), np.uint8)
    large = np.asarray(Image.fromarray(noise).resize((1920, 1080)))
    jpeg = cover(large)
    assert len(jpeg) < 20_000
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.size == cover_size(1920, 1080) == (320, 180)
    assert cover_size(1080, 1920) == (180, 320)
    assert cover_size(4096, 4) == (320, 1)


def test_the_cover_counts_for_the_limit(tmp_path: Path) -> None:
    def attempt(fps: float, scale: float):
        made = film(12, fps=fps, size=(round(320 * scale), round(240 * scale)))
        return made.clip, made.frames()

    clip, frames = attempt(10, 1)
    limit = write(clip, frames, tmp_path / "a.mp4").size - 1
    written = write_within(limit, attempt, tmp_path / "a.mp4", fps=10)
    assert written.notes
    assert written.size == (tmp_path / "a.mp4").stat().st_size <= limit
