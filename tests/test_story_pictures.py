"""The storyboard through artists, pixels and files."""

import json
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from animate.pipeline import render, stage
from animate.scene.load import read_text
from animate.scene.story import build_story
from animate.text import Words
from animate.theme import theme
from tests.pictures import composed

SIZES = [(480, 360), (640, 480), (1280, 720), (1080, 1920)]
STORY = """
  - {at: 0, say: "One short sentence."}
  - {at: 20, say: "A caption with $\\\\gamma = 0.9$ that is long enough to be broken into lines, and goes on until nobody could say it in one breath.", pause: 0.8}
  - {at: 24, focus: {around: [0.3, 0], within: 0.004}, speed: 0.5, say: "Nearer."}
  - {at: 32, focus: none, say: ""}
  - {at: 40, say: "The end."}
"""  # noqa: E501  # one caption is one line
SCENE = """
title: A title
surface: saddle
optimizers:
  - {name: sgd, learning_rate: 0.02}
  - {name: adagrad, learning_rate: 0.1}
steps: 40
panels: [contour, loss]
timing: {seconds: 3, fps: 10}
style: {size: [320, 240]}
story:
"""
SCRIPT = read_text(SCENE + STORY, "s.yaml")


@pytest.fixture(scope="module")
def ready():
    return stage(SCRIPT.scene)


@pytest.fixture(scope="module")
def played(ready):
    return list(ready.frames())


def _again(ready, panels="[contour, loss]", story=STORY, **changes):
    """The same race in another picture."""
    scene = read_text(SCENE.replace("[contour, loss]", panels) + story, "s.yaml").scene
    line = scene.timeline(scene.steps)
    seen = build_story(scene.story, line, ready.view.terrain.window)
    view = replace(ready.view, timeline=line, story=seen, **changes)
    return composed(scene.panels, view, title="A title")


def _moment(ready, step, later=0.0):
    line = ready.view.timeline
    return line.frame_at(line.second_of(step) + later)


def test_a_frame_alone_equals_the_frame_in_sequence(ready, played):
    alone = _again(ready)
    last = ready.view.timeline.frames - 1
    for k in (_moment(ready, 24, 0.5), 3, _moment(ready, 30), last, _moment(ready, 32, 0.3), 0):
        assert (alone.picture(k) == played[k].rgba).all()


def test_what_changed_is_inside_of_the_rectangle_and_a_pause_changes_nothing(ready, played):
    for before, after in pairwise(played):
        differs = (before.rgba != after.rgba).any(-1)
        if after.changed is None:
            assert not differs.any()
            continue
        left, top, right, bottom = after.changed
        differs[top:bottom, left:right] = False
        assert not differs.any()
    assert played[_moment(ready, 20, 0.5)].changed is None


def test_the_zoomed_picture_is_computed_anew_and_the_heads_stand_on_it(ready):
    ready = _again(ready, "[{contour: {shade: false}}, loss]")
    ready.picture(_moment(ready, 30))
    contour, loss = (axes for axes in ready.figure.axes if axes.axison)
    (left, right), (bottom, top) = contour.get_xlim(), contour.get_ylim()
    assert (left + right) / 2 == pytest.approx(0.3)
    assert (right - left, top - bottom) == pytest.approx((0.008 / 3 * 4, 0.008))
    (image,) = contour.images
    colours = np.asarray(image.get_array()) / 255
    rows, columns = colours.shape[:2]
    box = contour.get_window_extent()
    assert (columns, rows) == (round(box.width), round(box.height))
    x = left + (right - left) * (np.arange(columns) + 0.5) / columns
    y = bottom + (top - bottom) * (np.arange(rows) + 0.5) / rows
    heights = x**2 - y[:, None] ** 2
    low, high = heights.min(), heights.max()
    assert not ready.view.terrain.scale("auto").log
    shown = (heights - low) / (high - low)
    expected = ready.view.theme.terrain_colours(4096)[np.round(shown * 4095).astype(int)]
    assert np.median(np.abs(colours - expected)) < 0.01
    lines = np.flatnonzero(np.diff(colours[rows // 2].sum(-1)) < -1e-3)
    assert len(lines) > 4, f"level lines between {low:g} and {high:g}"
    assert loss.get_xlim()[1] > 40


def test_the_other_panels_stay_as_they_are(ready):
    near, far = _moment(ready, 30), _moment(ready, 19)
    limits = []
    for frame in (far, near):
        ready.picture(frame)
        loss = [axes for axes in ready.figure.axes if axes.axison][1]
        limits.append((loss.get_xlim(), loss.get_ylim(), loss.get_position().bounds))
    assert limits[0] == limits[1]


def test_a_head_out_of_the_zoomed_window_is_pointed_at(ready):
    """Adagrad has long left: a wedge of its colour at the edge, and nowhere a disc of it."""
    from matplotlib.colors import to_rgb

    blue = np.round(255 * np.array(to_rgb(ready.view.colours[1]))).astype(int)
    contour = ready.figure.axes[0]
    for step, near_edge in ((19, False), (30, True)):
        picture = ready.picture(_moment(ready, step))
        (left, bottom), (right, top) = np.round(contour.get_window_extent().get_points())
        inside = picture[240 - int(top) : 240 - int(bottom), int(left) : int(right), :3]
        rows, columns = np.nonzero((inside == blue).all(-1))
        height, width = inside.shape[:2]
        edge = np.minimum.reduce([rows, columns, height - 1 - rows, width - 1 - columns])
        assert (edge.max() < 12) == near_edge


def _boxes(ready):
    renderer = ready.figure.canvas.get_renderer()
    for axes in ready.figure.axes:
        if axes.axison:
            yield "axes", axes.get_tightbbox(renderer)
    for text in ready.figure.get_children():
        seen = isinstance(text, Text) and text.get_visible() and text.get_alpha() != 0
        if seen and text.get_text():
            yield text.get_text(), text.get_window_extent(renderer)


@pytest.mark.parametrize(
    ("looks", "size"),
    [*(("light", size) for size in SIZES), ("poster", SIZES[0]), ("paper", SIZES[1])],
    ids=str,
)
def test_captions_lie_on_nothing_and_nothing_is_cut_off(ready, size, looks):
    words = Words("en" if looks == "light" else "ru")
    panels = "[[contour], [loss]]" if looks == "light" else "[contour]"
    shown = _again(ready, panels, pixels=size, theme=theme(looks), words=words)
    said = set()
    for step, later in ((20, 0.5), (24, 0.6), (40, 0)):
        shown.picture(_moment(shown, step, later))
        found = list(_boxes(shown))
        said |= {name for name, _ in found}
        for name, box in found:
            assert box.x0 >= -0.5, name
            assert box.y0 >= -0.5, name
            assert box.x1 <= size[0] + 0.5, name
            assert box.y1 <= size[1] + 0.5, name
        for (one, a), (other, b) in combinations(found, 2):
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert not (wide > 1.5 and high > 1.5), f"{one!r} and {other!r} overlap"
    assert {"Nearer.", "The end."} <= said
    assert any("gamma" in each for each in said)


def test_nothing_moves_when_a_caption_changes(ready):
    places = set()
    for step in (0, 20, 40):
        ready.picture(_moment(ready, step))
        places.add(tuple(axes.get_position().bounds for axes in ready.figure.axes))
    assert len(places) == 1


def test_tick_labels_never_crowd_on_the_way(ready):
    shown = _again(ready, pixels=(480, 360))
    for frame in range(_moment(shown, 24), _moment(shown, 24, 1.0), 2):
        shown.picture(frame)
        contour = shown.figure.axes[0]
        for axis, side in ((contour.xaxis, 0), (contour.yaxis, 1)):
            low, high = sorted(axis.get_view_interval())
            spans = sorted(
                tuple(
                    tick.label1.get_window_extent(shown.figure.canvas.get_renderer()).get_points()[
                        :, side
                    ]
                )
                for tick in axis.get_major_ticks()
                if low <= tick.get_loc() <= high
            )
            assert len(spans) > 1
            for (_, end), (begin, _) in pairwise(spans):
                assert begin > end


def test_small_multiples_and_split_panels_follow(ready):
    shown = _again(ready, "[{contour: {split: optimizers}}]")
    shown.picture(_moment(shown, 30))
    limits = {axes.get_xlim() for axes in shown.figure.axes if axes.axison}
    assert len(limits) == 1
    assert next(iter(limits))[0] > 0.29


def test_a_swarm_follows(ready):
    shown = _again(ready, "[contour]", swarm=True)
    far, near = (shown.picture(_moment(shown, step)) for step in (19, 30))
    assert (far != near).any(-1).mean() > 0.1
    assert (shown.picture(_moment(shown, 19)) == far).all()


def test_a_vector_still_shows_the_zoomed_window_and_its_caption(ready, tmp_path):
    shown = _again(ready, "[contour]")
    shown.save_svg(_moment(shown, 30), tmp_path / "a.svg")
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "Nearer." in text
    assert "0.302" in text or "0.300" in text
    assert "One short" not in text


def test_a_camera_goes_on_while_the_race_rests(ready):
    story = "  - {at: 20, pause: 1}\n"
    shown = _again(ready, "[relief: {orbit: 30}]", story, pixels=(120, 90))
    frames = [_moment(shown, 20, later) for later in (0.4, 0.7)]
    assert [shown.view.timeline.step_at(frame) for frame in frames] == [20, 20]
    one, other = map(shown.picture, frames)
    assert (one != other).any()


def test_the_schema_tells_of_it():
    from animate.cli.report import schema_text

    entry = json.loads(schema_text())["$defs"]["StoryEntry"]
    assert list(entry["properties"]) == ["at", "say", "focus", "pause", "speed"]


def test_a_file_lasts_as_long_as_the_story(tmp_path):
    scene = SCENE.replace("panels: [contour, loss]", "panels: [loss]")
    script = read_text(
        scene + "  - {at: 10, pause: 1, speed: 0.5}\n  - {at: 30, speed: 1}", "s.yaml"
    )
    render(script, [tmp_path / "a.gif"], progress=lambda frames, _: frames, settings={})
    with Image.open(tmp_path / "a.gif") as film:
        shown = []
        for k in range(film.n_frames):
            film.seek(k)
            shown.append(film.info["duration"])
    assert sum(shown) == 1000 * (3 + 1 + 1.5 + 1.5)
    assert max(shown[:-1]) >= 600
