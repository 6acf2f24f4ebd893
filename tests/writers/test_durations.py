"""Every format lasts as long as the clip, and shows each picture at its time."""

from itertools import pairwise
from pathlib import Path

import av
import pytest

from animate.writers import write_all
from animate.writers.gif import schedule
from tests.writers.films import Film, at, film, psnr, seen_by_av, seen_by_pillow

ENDINGS = (".gif", ".mp4", ".webm", ".webp", ".apng")
TICK = {".gif": 0.01, ".mp4": 1e-6, ".webm": 0.001, ".webp": 0.001, ".apng": 1e-4}
# FFmpeg does not decode animated WebP, Pillow decodes no video.
PILLOW, FFMPEG = (".gif", ".webp", ".apng"), (".gif", ".mp4", ".webm", ".apng")
CASES = [(fps, hold) for fps in (10, 12, 24, 25, 30, 33, 50, 60) for hold in (0, 0.5, 2)]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}fps-hold{case[1]}", scope="module")
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    fps, hold = request.param
    made = film(max(fps // 3, 5), fps=fps, hold=hold)
    folder = tmp_path_factory.mktemp("durations")
    paths = {ending: folder / f"clip{ending}" for ending in ENDINGS}
    write_all(made.clip, made.frames(), {path: {} for path in paths.values()})
    return made, paths


def test_pillow_sees_the_whole_duration(written: tuple[Film, dict[str, Path]]) -> None:
    made, paths = written
    for ending in PILLOW:
        last = seen_by_pillow(paths[ending])[-1][1]
        assert last == pytest.approx(made.clip.duration, abs=TICK[ending] / 2 + 1e-9), ending


def test_ffmpeg_sees_the_whole_duration(written: tuple[Film, dict[str, Path]]) -> None:
    made, paths = written
    for ending in FFMPEG:
        with av.open(str(paths[ending])) as container:
            known = container.duration
        if known is not None:  # an APNG says it nowhere but in its frames
            tick = TICK[ending] + 1e-6
            assert known / av.time_base == pytest.approx(made.clip.duration, abs=tick), ending
        if ending != ".mp4" or made.clip.duration * made.clip.fps % 1 == 0:
            # (FFmpeg forgets the length of an MP4's last sample where frames are reordered.)
            last = seen_by_av(paths[ending])[-1][1]
            assert last == pytest.approx(made.clip.duration, abs=TICK[ending] + 1e-6), ending


def test_each_picture_is_shown_at_its_time(written: tuple[Film, dict[str, Path]]) -> None:
    made, paths = written
    shown = {e: seen_by_pillow(paths[e]) for e in PILLOW if e != ".gif"}
    shown |= {f"{e} by ffmpeg": seen_by_av(paths[e]) for e in FFMPEG if e != ".gif"}
    if made.clip.fps <= 50:
        shown |= {".gif": seen_by_pillow(paths[".gif"]), "gif by ffmpeg": seen_by_av(paths[".gif"])}
    for reader, frames in shown.items():
        for i in range(made.clip.frames):
            seconds = (i + 0.5) / made.clip.fps
            seen = at(frames, seconds)
            assert psnr(seen, made.rgb(i)) > 20, (reader, i)
            marks = made.marks
            right = psnr(seen[marks], made.rgb(i)[marks])
            for other in {max(i - 1, 0), min(i + 1, made.clip.frames - 1)} - {i}:
                assert right > psnr(seen[marks], made.rgb(other)[marks]), (reader, i)


@pytest.mark.parametrize("fps", [10, 24, 30, 33, 50, 60, 120, 29.97])
@pytest.mark.parametrize("hold", [0, 0.5, 2])
def test_gif_delays_are_never_so_short_that_browsers_slow_them(fps: float, hold: float) -> None:
    made = film(40, fps=fps, hold=hold)
    shown, end = schedule(made.clip)
    times = [*shown.values(), end]
    assert min(b - a for a, b in pairwise(times)) >= 2
    assert end == round(100 * made.clip.duration + 1e-9)
    assert next(iter(shown)) == 0
    assert list(shown)[-1] == 39
    for picture, start in shown.items():
        assert abs(picture / fps - start / 100) <= 0.02


def test_a_clip_of_one_picture_has_a_duration_too(tmp_path: Path) -> None:
    made = film(1, fps=25, hold=1.46)
    paths = [tmp_path / f"one{ending}" for ending in ENDINGS]
    write_all(made.clip, made.frames(), {path: {} for path in paths})
    for path in paths:
        shown = seen_by_pillow(path) if path.suffix == ".webp" else seen_by_av(path)
        assert psnr(shown[0][2], made.rgb(0)) > 20
    assert seen_by_pillow(tmp_path / "one.gif")[-1][1] == pytest.approx(1.5)


def test_a_picture_held_longer_than_a_gif_can_count(tmp_path: Path) -> None:
    made = film(2, fps=25, hold=700)
    write_all(made.clip, made.frames(), {tmp_path / "long.gif": {}})
    shown = seen_by_pillow(tmp_path / "long.gif")
    assert shown[-1][1] == pytest.approx(700.08)
    assert psnr(shown[-1][2], made.rgb(1)) > 20
