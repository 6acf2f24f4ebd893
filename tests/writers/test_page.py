"""The HTML page, read by a parser and a decoder of the tests' own."""

import csv
import html
import re
import zlib
from pathlib import Path

import numpy as np
import pytest

import animate
from animate import pipeline
from animate.errors import UsageError
from animate.figure.clip import Frame, changed
from animate.pipeline import play, solve
from animate.scene.load import read_text
from animate.writers import write, write_all
from animate.writers.export import Provenance
from animate.writers.page.pictures import Pictures
from animate.writers.source import read_source
from tests.writers.films import film, seen_by_pillow
from tests.writers.pages import FILM, Page, decoded, page_of, read_page

FLAGSHIP = Path(__file__).parents[2] / "scenes/beale.yaml"
ATTACK = "</script><script>hacked=1</script>\"'&lt;"
STORY = """
surface: saddle
optimizers: [{name: sgd, learning_rate: 0.05}, {name: adagrad, learning_rate: 0.1}]
steps: 60
timing: {seconds: 2, fps: 10, hold: 0.5}
style: {size: [320, 240], language: ru}
story:
  - {at: 0, say: "Оба стартуют на хребте.", pause: 0.5}
  - {at: 20, say: "Ближе: $x$ и $y$.", focus: {around: [0, 0], within: 0.4}}
  - {at: 40, say: "", focus: none}
"""


@pytest.fixture(scope="module")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the flagship scene as a page, a GIF and an MP4."""
    folder = tmp_path_factory.mktemp("flagship")
    animate.render(FLAGSHIP, *(folder / f"beale.{each}" for each in ("html", "gif", "mp4")))
    return folder


def _played(text: str, tmp_path: Path):
    """The player of a scene, and the page of it."""
    script = read_text(text, "scene.yaml")
    player = play(script.scene, solve(script.scene))
    clip = Provenance(script.text, {}).clip(player)
    write(clip, player.frames(), tmp_path / "a.html")
    return player, read_page(tmp_path / "a.html")


@pytest.mark.parametrize("size", [(64, 64), (70, 50), (16, 5)], ids=str)
@pytest.mark.parametrize("moving", [False, True], ids=["flat", "moving"])
def test_the_frames_are_those_of_the_gif(
    tmp_path: Path, moving: bool, size: tuple[int, int]
) -> None:
    made = film(14, fps=10, size=size, moving=moving)
    write_all(made.clip, made.frames(), {tmp_path / "a.html": {}, tmp_path / "a.gif": {}})
    page = read_page(tmp_path / "a.html")
    seen = {round(10 * start): picture for start, _, picture in seen_by_pillow(tmp_path / "a.gif")}
    pictures = page.pictures()
    assert pictures.shape == (14, size[1], size[0], 3)
    for k, picture in enumerate(pictures):
        shown = max(start for start in seen if start <= k)
        np.testing.assert_array_equal(picture, seen[shown])
    facts = page.facts
    assert (facts["frames"], facts["fps"], facts["duration"]) == (14, 10, 1.4)


def test_the_flagship_s_frames_are_those_of_its_gif(flagship: Path) -> None:
    pictures = read_page(flagship / "beale.html").pictures()
    shown = seen_by_pillow(flagship / "beale.gif")
    for k, picture in enumerate(pictures):
        seconds = (k + 0.5) / 25
        seen = next(each for start, end, each in shown if start <= seconds < end)
        np.testing.assert_array_equal(picture, seen)


def test_the_flagship_s_page_is_at_most_half_larger_than_its_video(flagship: Path) -> None:
    page, video = (flagship / f"beale.{each}" for each in ("html", "mp4"))
    assert page.stat().st_size <= 1.5 * video.stat().st_size


def test_segments_end_when_they_are_full_and_each_stands_alone() -> None:
    rng = np.random.default_rng(0)
    shown = [rng.integers(0, 4, (40, 33), np.uint8) for _ in range(9)]
    packer, segments = Pictures(33, 40, most=5000), []
    for k, picture in enumerate(shown):
        done = packer.add(picture, (0, 0, 33, 40) if k else None)
        segments += [done] if done else []
    segments.append(packer.close())
    assert [(each.first, each.count) for each in segments] == [(0, 4), (4, 4), (8, 1)]
    unpacked = [decoded(zlib.decompress(each.data), 33, 40) for each in segments]
    np.testing.assert_array_equal(np.concatenate(unpacked), shown)


def test_a_colour_that_comes_back_costs_no_colour() -> None:
    one, other = np.zeros((16, 16), np.uint8), np.full((16, 16), 7, np.uint8)
    packer = Pictures(16, 16)
    for picture in (one, other, one, other):
        packer.add(picture, (0, 0, 16, 16))
    data = zlib.decompress(packer.close().data)
    assert np.frombuffer(data[:12], "<u4").tolist() == [4, 3 * 256, 256]
    np.testing.assert_array_equal(decoded(data, 16, 16), [one, other, one, other])


def test_nothing_leaves_the_page(flagship: Path) -> None:
    page = read_page(flagship / "beale.html")
    text = re.sub(r"class=animate-frames.*?</script>", "", (flagship / "beale.html").read_text())
    assert not re.search(r"https?:|//[a-z]|@import|url\(", re.sub(r"(?m)^\s*//.*$", "", text))
    places = [e.attributes.get(k) for e in page.elements for k in ("src", "href", "srcset", "data")]
    assert {each for each in places if each is not None} == {"data:,"}


def test_the_numbers_are_those_of_trace(flagship: Path) -> None:
    page = read_page(flagship / "beale.html")
    animate.pipeline.write_trace(animate.read(FLAGSHIP).script, flagship / "paths.csv")
    with (flagship / "paths.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    numbers = page.numbers
    assert numbers["steps"] == list(range(151))
    names = list(dict.fromkeys(row["optimizer"] for row in rows))
    for name, run in zip(names, numbers["runs"], strict=True):
        own = [row for row in rows if row["optimizer"] == name]
        for column in ("x", "y", "loss"):
            given = [float(f"{float(row[column]):.6g}") for row in own]
            assert run[column] == given, (name, column)


def test_the_steps_of_the_frames_are_those_that_the_picture_counts(tmp_path: Path) -> None:
    player, page = _played(STORY, tmp_path)
    timeline = player.view.timeline
    counted = [int(timeline.step_at(min(k, timeline.frames - 1))) for k in range(player.count)]
    assert [int(step) for step in page.numbers["at"]] == counted
    assert page.facts["total"] == "из 60"


def test_the_story_s_captions_are_stops_where_they_are_there_in_full(tmp_path: Path) -> None:
    player, page = _played(STORY, tmp_path)
    stops = page.facts["stops"]
    assert [text for _, text in stops] == ["Оба стартуют на хребте.", "Ближе: x и y."]
    story, timeline = player.view.story, player.view.timeline
    for frame, text in stops:
        caption, ink = story.caption_at(timeline.second_at(frame))
        assert caption.replace("$", "") == text
        assert ink == 1.0
        assert frame == 0 or story.caption_at(timeline.second_at(frame - 1))[1] < 1.0
    assert page.all("html")[0].attributes["lang"] == "ru"
    assert page.part("play").attributes["aria-label"] == "Пуск"
    assert "hidden" not in page.part("next").attributes


def test_a_plane_is_where_the_picture_has_it_in_every_frame(tmp_path: Path) -> None:
    player, page = _played(STORY, tmp_path)
    (plane,) = page.numbers["planes"]
    left, top, right, bottom = plane["box"]
    assert len(plane["windows"]) > 1
    for frame in (0, 9, 14, 17, player.count - 1):
        player.picture(frame)
        axes = next(each for each in player.figure.axes if each.get_xlabel() == "x")
        x0, x1, y0, y1 = plane["windows"][min(frame, len(plane["windows"]) - 1)]
        for x, y in ((0.1, -0.2), (0.3, 0.05)):
            across = left + (x - x0) / (x1 - x0) * (right - left)
            down = bottom - (y - y0) / (y1 - y0) * (bottom - top)
            place = axes.transData.transform((x, y))
            np.testing.assert_allclose((across, 240 - down), place, atol=0.02)


def test_a_film_counts_its_values(tmp_path: Path) -> None:
    player, page = _played(FILM, tmp_path)
    facts = page.facts
    assert facts["film"]
    assert facts["stops"] == [[0, "0.00"], [4, "0.500"], [8, "0.900"]]
    assert [run["value"] for run in facts["runs"]] == [0, 1, 2]
    paths = player.view.trajectories
    last = [run["loss"] for run in page.numbers["runs"]]
    whole = pipeline.trace(read_text(FILM, "scene.yaml").scene)
    assert last == [[float(f"{loss:.6g}")] for loss in whole.losses[:, 0, -1].tolist()]
    assert page.numbers["steps"] == [paths.last_step]
    assert page.numbers["planes"] == []


def test_texts_of_a_scene_stay_texts(tmp_path: Path) -> None:
    quoted = ATTACK.replace("'", "''")
    named = "</script><script>hacked=2//"
    scene = f"""
        title: '{quoted}'
        surface: sphere
        optimizers: [{{name: sgd, learning_rate: 0.1, label: '{named}'}}]
        steps: 10
        timing: {{seconds: 0.5, fps: 10, hold: 0}}
        style: {{size: [640, 480]}}
        story: [{{at: 2, say: '{quoted}'}}]
        """
    _, page = _played(scene, tmp_path)
    _, plain = _played(scene.replace(quoted, "x").replace(named, "y"), tmp_path)
    assert [each.name for each in page.elements] == [each.name for each in plain.elements]
    assert page.all("title")[0].text == ATTACK
    assert page.part("picture").attributes["aria-label"] == ATTACK
    assert page.facts["stops"][0][1] == ATTACK
    assert page.facts["runs"][0]["name"] == named
    assert ATTACK in page.part("told").text


def test_a_snippet_holds_the_page(tmp_path: Path) -> None:
    made = film(5, description='Six "trails" & <more>')
    write_all(made.clip, made.frames(), {tmp_path / "a.html": {}, tmp_path / "a.embed.html": {}})
    snippet = read_page(tmp_path / "a.embed.html")
    (frame,) = snippet.elements
    assert frame.name == "iframe"
    assert frame.attributes["title"] == 'Six "trails" & <more>'
    assert frame.attributes["srcdoc"] == (tmp_path / "a.html").read_text(encoding="utf-8")
    inside = page_of(html.unescape(frame.attributes["srcdoc"]))
    np.testing.assert_array_equal(
        inside.pictures()[3], read_page(tmp_path / "a.html").pictures()[3]
    )
    assert read_source(tmp_path / "a.embed.html").description == 'Six "trails" & <more>'


def test_long_paths_are_thinned_to_the_steps_that_frames_show(tmp_path: Path) -> None:
    scene = """
        surface: sphere
        optimizers: [{name: sgd, learning_rate: 0.001}]
        steps: 30000
        timing: {seconds: 1, fps: 10, hold: 0, pace: steps}
        style: {size: [320, 240]}
        """
    _, page = _played(scene, tmp_path)
    numbers = page.numbers
    assert numbers["total"] == 30001 or numbers["total"] > len(numbers["steps"])
    assert set(map(int, numbers["at"])) >= set(numbers["steps"])
    assert numbers["planes"] == []  # the path between these steps is not known there


def test_the_same_scene_gives_the_same_page(tmp_path: Path) -> None:
    made = film(6)
    for name in ("a.html", "b.html"):
        write(made.clip, made.frames(), tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_fewer_colours_make_it_smaller_and_too_few_are_refused(tmp_path: Path) -> None:
    made = film(6, moving=True)
    write(made.clip, made.frames(), tmp_path / "a.html")
    write(made.clip, made.frames(), tmp_path / "b.html", colors=16)
    page = read_page(tmp_path / "b.html")
    assert len(page.facts["palette"]) == 15 * 6
    assert (tmp_path / "b.html").stat().st_size < (tmp_path / "a.html").stat().st_size
    with pytest.raises(UsageError, match=r"^colors: are 8 to 256, got 7$"):
        write(made.clip, made.frames(), tmp_path / "c.html", colors=7)


def test_a_picture_that_does_not_change_takes_no_tiles(tmp_path: Path) -> None:
    made = film(1)
    frames = [Frame(made.pictures[0], None if k else (0, 0, 64, 64)) for k in range(3)]
    assert changed(made.pictures[0], made.pictures[0]) is None
    clip = film(3).clip
    write(clip, frames, tmp_path / "a.html")
    page: Page = read_page(tmp_path / "a.html")
    assert np.frombuffer(page.segments[0][:12], "<u4").tolist() == [3, 0, 0]


def test_the_page_of_a_function_of_one_variable_tells_where_its_runs_are(tmp_path: Path) -> None:
    text = (
        'surface: {formula: "x**4 - x**2", window: [-2, 2]}\nstart: 1.8\nsteps: 6\n'
        "optimizers: [{name: sgd, learning_rate: 0.01}]\n"
        "timing: {seconds: 0.5, fps: 2, hold: 0}\nstyle: {size: [320, 240]}\n"
    )
    path = tmp_path / "a.html"
    animate.render(text, path)
    (run,) = read_page(path).numbers["runs"]
    x = animate.trace(text).positions[0, 0, :, 0]
    np.testing.assert_allclose(run["x"], x, rtol=1e-5)
    assert run["y"] == []
    page = path.read_text(encoding="utf-8")
    assert "<th scope=col data-no=no_x data-about=axis_x >x" in page
    assert "<th scope=col data-no=no_y data-about=axis_y hidden>" in page
