"""A story's focus: colours, levels and key are those of what is in view, and a small map of the
whole shows where that is."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import AxesImage

from animate.figure.strip import Moments
from animate.panels.thumbnail import THUMBNAIL
from animate.pipeline import stage
from animate.scene.load import read_text
from tests.figure.arranged import panels_of

SCENE = """
title: A title
surface: saddle
optimizers:
  - {name: sgd, learning_rate: 0.02}
  - {name: adagrad, learning_rate: 0.1}
steps: 40
panels: [contour: OPTIONS]
timing: {seconds: 3, fps: 10}
style: {size: [640, 480]}
story:
  - {at: 10, focus: {around: [0.3, 0], within: 0.1}}
  - {at: 30, focus: none}
"""


def staged(options="{shade: false, lines: false}", moments=None, **sets):
    changes = tuple(f"{key.replace('__', '.')}={value}" for key, value in sets.items())
    text = SCENE.replace("OPTIONS", options)
    return stage(read_text(text, "x.yaml", changes).scene, moments)


@pytest.fixture(scope="module")
def ready():
    return staged()


def _windows(ready):
    line, story = ready.view.timeline, ready.view.story
    return [story.window_at(line.second_at(k)) for k in range(line.frames)]


def _near(ready):
    """A frame in the middle of the closer look."""
    line = ready.view.timeline
    return line.frame_at(line.second_of(25))


def _key_numbers(ready):
    """The numbers of the key, in the order of their places."""
    strip = next(axes for axes in ready.figure.axes if not axes.axison)
    box = strip.get_window_extent()
    found = [
        (each.get_window_extent().x0, float(each.get_text().replace("−", "-")))
        for each in ready.figure.texts
        if re.fullmatch(r"[−\d.]+", each.get_text())
        and box.y0 - 25 < each.get_window_extent().y0 < box.y0
        and each.get_window_extent().x1 > box.x0 - 5
    ]
    return [number for _, number in sorted(found)]


def _losses(window, side=400):
    x, y = (np.linspace(*sides, side) for sides in window)
    return x**2 - y[:, None] ** 2


def _colours(ready):
    (axes,) = panels_of(ready)
    return np.asarray(axes.images[0].get_array(), float)


def _small(ready):
    (axes,) = panels_of(ready)
    (found,) = [each for each in axes.get_children() if each.get_gid() == THUMBNAIL]
    return found


def test_the_colours_are_those_of_the_losses_in_view(ready):
    ready.picture(_near(ready))
    of_theme = 255 * ready.view.theme.terrain_colours(24)
    shown = _colours(ready)
    for end in (of_theme[0], of_theme[-1]):
        assert np.abs(shown - end).max(axis=-1).min() < 2
    heights = _losses(_windows(ready)[_near(ready)])
    rows, columns = shown.shape[:2]
    middle = heights[200, 200]
    share = (middle - heights.min()) / (heights.max() - heights.min())
    band = of_theme[int(24 * share)]
    assert np.abs(shown[rows // 2, columns // 2] - band).max() < 12


def test_the_key_has_numbers_of_what_is_in_view_and_says_so(ready):
    for frame in (0, _near(ready), _near(ready) - 8, ready.count - 1):
        ready.picture(frame)
        heights = _losses(_windows(ready)[min(frame, len(_windows(ready)) - 1)])
        numbers = _key_numbers(ready)
        assert len(numbers) >= 2
        slack = 0.01 * np.ptp(heights)
        assert heights.min() - slack <= min(numbers) < max(numbers) <= heights.max() + slack
        assert max(numbers) - min(numbers) > 0.3 * np.ptp(heights)
    words = [each for each in ready.figure.texts if each.get_text() == "loss in view"]
    assert len(words) == 1
    names = {each.get_fontname() for each in ready.figure.texts}
    assert len(names) == 1


def test_the_key_has_one_name_and_its_lowest_number_is_no_rounding():
    text = """
surface: himmelblau
optimizers: [{name: momentum, learning_rate: 0.01}]
steps: 60
style: {size: [480, 360]}
timing: {seconds: 3, fps: 15}
story: [{at: 10, focus: {around: [3, 2], within: 1}}, {at: 35, focus: [[2, 5], [-4, 0]]}]
"""
    player = stage(read_text(text, "x.yaml").scene)
    names = set()
    for frame in range(0, player.view.timeline.frames, 3):
        player.picture(frame)
        texts = [each.get_text() for each in player.figure.texts if each.get_visible()]
        names |= {each for each in texts if each.startswith("loss in view")}
        assert not any("⁻³" in each for each in texts)
    assert len(names) == 1
    assert "0" in texts


def test_they_move_without_a_jump():
    scene = {"timing__fps": 50, "panels": "[contour: {shade: false, lines: false, levels: 256}]"}
    ready = staged(**scene)
    windows = _windows(ready)
    zoom = [k for k, window in enumerate(windows) if k and window != windows[k - 1]]
    assert len(zoom) > 60
    worst = 0.0
    for k in zoom[:12] + zoom[30:34] + zoom[-12:]:
        ready.picture(k - 1)
        before = _colours(ready)
        ready.picture(k)
        worst = max(worst, float(np.abs(_colours(ready) - before).mean()))
    assert worst < 5


@pytest.mark.parametrize("options", ["{labels: true}", "{levels: [-1, 0, 0.5, 1]}"])
def test_named_and_labelled_heights_keep_their_colours_and_key(options):
    ready = staged(options)
    ready.picture(0)
    whole = _key_numbers(ready)
    ready.picture(_near(ready))
    assert _key_numbers(ready) == whole
    assert not [each for each in ready.figure.texts if each.get_text() == "loss in view"]


def test_in_a_strip_one_key_stands_for_all_moments():
    ready = staged(moments=Moments(seconds=(0.0, 2.5)))
    ready.picture(0)
    whole = _losses(ready.view.terrain.window)
    assert max(_key_numbers(ready)) > 0.3 * whole.max()


def test_a_small_map_stands_in_a_corner_while_the_whole_is_not_seen(ready):
    (axes,), whole = panels_of(ready), ready.view.terrain.window
    seen = [window != whole for window in _windows(ready)]
    assert 5 < sum(seen) < len(seen)
    edge = ready.view.line("head") + ready.view.line("casing")
    low, high = axes.bbox.get_points()
    corners = set()
    for frame, turned in enumerate(seen):
        ready.picture(frame)
        corner = _small(ready).corner
        assert (corner is not None) == turned
        if corner is None:
            continue
        corners.add(tuple(corner))
        end = corner + _small(ready).size
        assert (low < corner).all()
        assert (end < high).all()
        moment = ready._parts[-2].clock.at(frame)
        heads = np.clip(ready.paths[0].heads(moment), low + edge, high - edge)
        away = np.hypot(*(heads - np.clip(heads, corner, end)).T)
        assert (away > edge).all()
    assert len(corners) == 1


def test_it_shows_the_whole_map_and_what_is_out_of_focus_is_shaded(ready):
    frame = _near(ready)
    picture = ready.picture(frame)[::-1].astype(float)
    small, window = _small(ready), np.array(_windows(ready)[frame])
    (x, y), (wide, high) = small.corner.round().astype(int), small.size.astype(int)
    shown = picture[y : y + high, x : x + wide, :3]
    ready.picture(0)
    whole = _colours(ready)
    rows, columns = whole.shape[:2]
    paper = 255 * np.array(to_rgb(ready.view.theme.paper))
    sides = np.array(ready.view.terrain.window)
    first = (window[:, 0] - sides[:, 0]) / np.ptp(sides, axis=1) * (wide, high)
    last = (window[:, 1] - sides[:, 0]) / np.ptp(sides, axis=1) * (wide, high)
    for place in ((0.1, 0.1), (0.9, 0.2), (0.5, 0.9), (0.2, 0.6)):
        column, row = int(place[0] * wide), int(place[1] * high)
        assert not ((first <= (column, row)) & ((column, row) <= last)).all()
        ground = whole[int(place[1] * rows), int(place[0] * columns)]
        assert shown[row, column] == pytest.approx(ground + 0.55 * (paper - ground), abs=8)
    ink = 255 * np.array(to_rgb(ready.view.theme.ink))
    dark = np.argwhere(np.abs(shown - ink).max(axis=-1) < 60)
    inner = dark[((dark > 3) & (dark < (high - 4, wide - 4))).all(axis=1)]
    assert inner.min(axis=0)[::-1] == pytest.approx(first, abs=2)
    assert inner.max(axis=0)[::-1] == pytest.approx(last, abs=2)


@pytest.mark.parametrize(
    "other",
    [
        {"style__size": "[320, 240]"},
        {"start": "{count: 20, within: window}"},
        {"start": "[[-1.9, -1.4], [1.9, 1.4]]", "optimizers": "[{name: sgd, learning_rate: 1e-6}]"},
    ],
    ids=str,
)
def test_there_is_none_without_room(other):
    ready = staged(**other)
    ready.picture(_near(ready))
    found = [each for axes in panels_of(ready) for each in axes.get_children()]
    small = [each for each in found if each.get_gid() == THUMBNAIL]
    assert all(each.corner is None for each in small) or other.get("start", "").startswith("[[")


@pytest.mark.parametrize("near", [False, True])
def test_vector_files_have_it(ready, tmp_path, near):
    path = tmp_path / "x.svg"
    ready.save_svg(_near(ready) if near else 0, path)
    images = sum(isinstance(each, AxesImage) for axes in panels_of(ready) for each in axes.images)
    keys = sum(bool(axes.images) for axes in ready.figure.axes if not axes.axison)
    assert path.read_text(encoding="utf-8").count("<image") == images + keys + near
