"""Strips: several moments in one still, each as the picture of its step is."""

from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image
from typer.testing import CliRunner

from animate import pipeline as movie
from animate.cli.app import app
from animate.figure import Clock, Trails
from animate.figure.strip import Moments
from animate.figure.timeline import Timeline
from animate.scene.load import read_text
from tests.relief.ridge import artists

SCENE = """
surface: beale
optimizers: [sgd, adam]
learning_rate: 0.02
steps: 12
style: {{size: [320, 240], language: {language}}}
timing: {{seconds: 2, fps: 5, pace: steps}}
panels: {panels}
{more}
"""


def scene(panels="[contour]", more="", language="en"):
    return read_text(SCENE.format(panels=panels, more=more, language=language), "s").scene


def strip(count=None, *, seconds=(), **asked):
    return movie.stage(scene(**asked), Moments(count, seconds))


def titles(stage):
    return [each.get_title(loc="left") for each in stage.figure.axes if each.get_title(loc="left")]


def texts(stage):
    return [each.get_text() for each in stage.figure.texts]


def steps_of(moments, timeline):
    frames = moments.frames(Clock(timeline))
    return [Clock(timeline, frame=frame).at(0).step for frame in frames]


def test_moments_are_spaced_evenly_over_the_movement():
    assert steps_of(Moments(5), Timeline(150, seconds=6, fps=25)) == [0, 38, 75, 112, 150]
    assert steps_of(Moments(3), Timeline(100, pace="slowing")) == [0, 25, 100]


def test_each_panel_stands_at_its_step_whichever_frame_is_asked_for():
    stage = strip(4)
    assert titles(stage) == ["step 0", "step 4", "step 8", "step 12"]
    paths = movie.trace(scene()).positions[:, 0]
    picture = stage.picture(5)
    for each, step in zip(stage.paths, (0, 4, 8, 12), strict=True):
        assert isinstance(each, Trails)
        places = each.axes.transData.transform(paths[:, step])
        for (x, y), colour in zip(places[-1:], stage.view.colours[-1:], strict=True):
            pixel = picture[round(picture.shape[0] - y - 0.5), round(x - 0.5), :3]
            assert tuple(pixel) == tuple(round(255 * c) for c in to_rgb(colour))
    assert (stage.picture(0) == stage.picture(9)).all()


def test_the_ink_of_a_moment_grows_with_its_step():
    stage = strip(3)
    apart = (stage.picture(9) != stage.still).any(-1)
    inks = []
    for axes in stage.figure.axes[:3]:
        box = axes.get_window_extent()
        rows = slice(round(apart.shape[0] - box.y1), round(apart.shape[0] - box.y0))
        inks.append(apart[rows, round(box.x0) : round(box.x1)].sum())
    assert 0 < inks[0] < inks[1] < inks[2]


def test_the_seconds_may_be_given():
    assert titles(strip(seconds=(0.0, 0.4, 3.5))) == ["step 0", "step 3", "step 12"]


def test_the_legend_has_no_counter_and_every_name_once():
    said = texts(strip(3))
    assert not [each for each in said if "step" in each or "12" in each]
    assert said.count("SGD") == said.count("Adam") == 1


@pytest.mark.parametrize("panels", ["[loss, contour]", "[relief]", "[[contour], [formula]]"])
def test_other_panels(panels):
    stage = strip(2, panels=panels, language="ru")
    assert titles(stage) == ["шаг 0", "шаг 12"]
    assert len({each.get_window_extent().y0 for each in stage.figure.axes[:2]}) == 1


def test_a_panel_for_each_optimizer_is_a_row():
    stage = strip(3, panels="[{contour: {split: optimizers}}]")
    labels = [each.get_ylabel().split("\n")[0] for each in stage.figure.axes]
    assert labels[:6] == ["SGD", "", "", "Adam", "", ""]
    assert [len(each.points) for each in stage.paths] == [1] * 6


def test_many_moments_go_on_in_a_second_row_with_axes_named_at_the_edges():
    axes = strip(7, more="").figure.axes[:7]
    assert len({round(each.get_position().y0, 3) for each in axes}) == 2
    assert [bool(each.get_ylabel()) for each in axes] == [k in (0, 4) for k in range(7)]
    assert [bool(each.get_xlabel()) for each in axes] == [k >= 3 for k in range(7)]


def test_a_story_zooms_and_speaks_at_its_own_moment():
    story = "story: [{at: 4, say: Here it turns., focus: [[0, 2], [0, 1.5]]}, {at: 9, focus: none}]"
    stage = strip(seconds=(0.0, 1.4, 3.9), more=story)
    stage.picture(0)
    first, zoomed = (each.get_xlim() for each in stage.figure.axes[:2])
    assert zoomed[1] - zoomed[0] < 0.9 * (first[1] - first[0])
    words = [text.get_text() for each in stage.figure.axes for text in each.texts]
    assert "Here it turns." in " ".join(words)


def test_a_moment_of_a_moving_camera_is_the_cameras_own():
    stage = strip(3, panels="[{relief: {orbit: 90}}]")
    stage.picture(5)
    azimuths = [each.seen_by.azimuth for each in artists(stage)]
    assert azimuths == pytest.approx([-60, -15, 30], abs=7)  # frame 4 of 0 to 9


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (["--strip", "1"], "--strip 1: a strip has 2 to 12 moments, got 1"),
        (["--strip", "13"], "--strip 13: a strip has 2 to 12 moments, got 13"),
        (
            ["--strip", "3", "--at", "0", "--at", "1"],
            "--strip 3: --at is given 2 times; give it as often, or leave one of the two out",
        ),
        (
            ["--at", "0", "--at", "0.01"],
            "--at several times: two of the moments show step 0; choose others, or leave --at out "
            "and give --strip 2 for moments evenly over the movement",
        ),
        (
            ["--strip", "2", "--at", "0", "--at", "0.01"],
            "--strip 2: two of the moments show step 0; ask for fewer, or choose others with --at",
        ),
        (
            ["--strip", "3", "--at", "0"],
            "--strip 3: --at is given once; give it as often, or leave one of the two out",
        ),
        (
            [part for k in range(13) for part in ("--at", str(k / 20))],
            "--at several times: a strip has 2 to 12 moments, got 13",
        ),
        (["--at", "0", "--at", "99"], "--at 99: the clip lasts 3.5 s; choose a moment within it"),
    ],
)
def test_mistakes_get_a_sentence(tmp_path, call, why):
    path = tmp_path / "s.yaml"
    path.write_text(SCENE.format(panels="[contour]", more="", language="en"))
    found = CliRunner().invoke(app, ["still", str(path), "-o", str(tmp_path / "s.png"), *call])
    assert (found.exit_code, found.stderr.strip()) == (2, why)
    assert not (tmp_path / "s.png").exists()


def test_of_values_side_by_side_every_value_is_a_row():
    stage = strip(3, more="sweep: {optimizers.adam.b1: [0, 0.9]}")
    labels = [each.get_ylabel().split("\n")[0] for each in stage.figure.axes[:6]]
    assert labels == ["b1 = 0", "", "", "b1 = 0.9", "", ""]
    assert titles(stage) == ["step 0", "step 6", "step 12"]
    paths = movie.trace(scene(more="sweep: {optimizers.adam.b1: [0, 0.9]}")).positions
    for number, trails in enumerate(stage.paths):
        ends = trails.axes.transData.transform(paths[[0, 1 + number // 3], 0, -1])
        np.testing.assert_allclose(trails.points[:, -1], ends, atol=1e-6)


def test_of_a_film_every_moment_shows_the_value_that_it_has_come_to():
    stage = strip(2, more="sweep: {optimizers.adam.b1: [0, 0.9], as: film}")
    assert titles(stage) == ["b1 = 0", "b1 = 0.9"]


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_command_writes_it(tmp_path, ending):
    path, target = tmp_path / "s.yaml", tmp_path / f"s.{ending}"
    path.write_text(SCENE.format(panels="[contour]", more="", language="en"))
    found = CliRunner().invoke(app, ["still", str(path), "-o", str(target), "--strip", "3"])
    assert found.exit_code == 0, found.stderr
    if ending == "svg":
        said = ["".join(each.itertext()) for each in ElementTree.parse(target).iter()]
        assert {"step 0", "step 6", "step 12"} <= set(said)
    elif ending == "png":
        stage = strip(3)
        with Image.open(target) as image:
            assert image.size == stage.view.pixels
            assert (np.asarray(image.convert("RGB")) == stage.picture(9)[..., :3]).all()
    else:
        assert target.read_bytes().startswith(b"%PDF-")
