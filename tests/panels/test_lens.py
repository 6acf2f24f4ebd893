"""The lens on a map: when it appears, that it is true, and that nothing is under it."""

import warnings
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.text import Text

from animate.errors import Remark, SceneError, UnfitScene
from animate.figure.free import plates
from animate.panels.lens import LENS
from animate.pipeline import stage
from animate.scene.load import read_text

SCENE = """
title: A title
surface: {surface}
optimizers: {optimizers}
steps: 80
panels: [{{contour: {{lens: {lens}}}}}]
timing: {{seconds: 2, fps: 20}}
style: {{size: {size}}}
{more}
"""
BOTH = "[{name: momentum, learning_rate: 0.02}, {name: nesterov, learning_rate: 0.02}]"
BOWL = "{name: quadratic, condition: 12, angle: 30}"


def staged(
    lens="auto", *, optimizers=BOTH, size="[640, 480]", surface=BOWL, more="", panels=None, **sets
):
    text = SCENE.format(lens=lens, optimizers=optimizers, size=size, surface=surface, more=more)
    text = text if panels is None else text.replace("[{contour", panels, 1)
    changes = tuple(f"{key.replace('__', '.')}={value}" for key, value in sets.items())
    return stage(read_text(text, "x.yaml", changes).scene)


def lens_of(ready, frame=None):
    ready.picture(ready.count - 1 if frame is None else frame)
    found = [each for each in ready.figure.axes if each.get_gid() == LENS]
    return found[0] if found and found[0].get_visible() else None


@pytest.fixture(scope="module")
def ready():
    return staged()


@pytest.fixture(scope="module")
def bare():
    """Without words, which keep away from a lens."""
    return staged(style__annotate="none")


@pytest.fixture(scope="module")
def without():
    return staged("none", style__annotate="none")


def begun(ready):
    """The first frame with the lens, from when the heads cover each other to the end."""
    paths = ready.view.trajectories
    axes, line = ready.figure.axes[0], ready.view.timeline
    one, other = axes.transData.transform(paths.positions[:, 0].reshape(-1, 2)).reshape(2, -1, 2)
    width = 2 * (ready.view.line("head") + ready.view.line("casing"))
    apart = np.flatnonzero(np.hypot(*(one - other).T) >= width)
    step = paths.steps[apart[-1] + 1]
    return next(k for k in range(line.frames) if line.step_at(k) >= step)


def test_it_appears_when_two_heads_cover_each_other_and_stays(bare, without):
    first = begun(bare)
    assert 0 < first < bare.count - 1
    for frame in (0, first - 1):
        assert lens_of(bare, frame) is None
        assert (bare.picture(frame) == without.picture(frame)).all()
    for frame in (first, first + 1, bare.view.timeline.frames - 1, bare.count - 1):
        assert lens_of(bare, frame) is not None
        assert (bare.picture(frame) != without.picture(frame)).any()


def test_a_frame_alone_equals_the_frame_in_sequence(ready):
    played = [each.rgba for each in ready.frames()]
    alone = staged()
    for k in (len(played) - 1, 0, begun(ready), begun(ready) - 1, begun(ready) + 3):
        assert (alone.picture(k) == played[k]).all()


def test_it_shows_true_positions_as_many_times_as_large_as_is_written_on_it(ready):
    axes, lens = ready.figure.axes[0], lens_of(ready)
    (words,) = [
        each.get_text() for each in lens.texts or lens.findobj(Text) if "×" in each.get_text()
    ]
    factor = int(words[1:])
    assert 3 <= factor <= 5
    points = np.array([[0.01, 0.02], [-0.03, 0.01], [0.02, -0.02]])
    small, large = (np.diff(each.transData.transform(points), axis=0) for each in (axes, lens))
    assert large == pytest.approx(factor * small, rel=1e-5)
    whole, magnified = ready.paths
    last = ready.view.timeline.frames - 1
    moment = type(ready._parts[0].clock)(ready.view.timeline).at(last)
    places = ready.view.trajectories.positions[:, 0, -1]
    assert magnified.heads(moment) == pytest.approx(lens.transData.transform(places))
    assert whole.heads(moment) == pytest.approx(axes.transData.transform(places))


def test_its_levels_are_stretched_to_the_loss_there(ready):
    axes, lens = ready.figure.axes[0], lens_of(ready)
    (image,) = lens.images
    inside = np.asarray(image.get_array(), float)
    colours = ready.view.theme.terrain_colours(24) * 255
    for end in (colours[0], colours[-1]):
        assert np.abs(inside - end).max(axis=-1).min() < 6
    low, high = lens.transData.transform([lens.get_xlim()[0], lens.get_ylim()[0]]), lens.bbox.max
    assert low == pytest.approx(lens.bbox.min)
    assert (high <= axes.bbox.max).all()


@pytest.mark.parametrize("size", ["[640, 480]", "[1080, 1080]", "[720, 480]"])
@pytest.mark.parametrize("lens", ["auto", "{around: [0, 0], within: 0.1}"])
def test_it_covers_nothing(size, lens):
    ready = staged(lens, size=size)
    axes, shown = ready.figure.axes[0], lens_of(ready)
    box = shown.get_window_extent()
    paths = axes.transData.transform(ready.view.trajectories.positions.reshape(-1, 2))
    stars = axes.transData.transform(np.array(ready.view.terrain.minima))
    for places in (paths, stars):
        assert not ((places > box.p0) & (places < box.p1)).all(axis=-1).any()
    words = [
        each
        for each in axes.findobj(Text)
        if each.get_text() and each.get_visible() and each.axes is not shown
    ]
    for each in (*words, *plates(axes)):
        assert not box.overlaps(each.get_window_extent()), each
    assert axes.bbox.x0 < box.x0 < box.x1 < axes.bbox.x1
    assert axes.bbox.y0 < box.y0 < box.y1 < axes.bbox.y1


def test_outside_of_it_and_of_its_frame_and_lines_the_picture_is_the_same(bare, without):
    lens = lens_of(bare)
    differs = (bare.picture(bare.count - 1) != without.picture(without.count - 1)).any(-1)[::-1]
    allowed = np.zeros_like(differs)
    (x0, y0), (x1, y1) = np.round(lens.bbox.get_points()).astype(int)
    allowed[y0 - 2 : y1 + 2, x0 - 2 : x1 + 2] = True
    for line in bare.figure.axes[0].lines:
        if line.get_gid() == LENS:
            for a, b in zip(line.get_xydata()[:-1], line.get_xydata()[1:], strict=True):
                count = int(np.hypot(*(b - a))) + 2
                for x, y in np.linspace(a, b, count).round().astype(int):
                    allowed[y - 4 : y + 5, x - 4 : x + 5] = True
    assert differs.any()
    assert not (differs & ~allowed).any()


@pytest.mark.parametrize("steps", [60, 150, 200])
@pytest.mark.parametrize("within", [0.2, 0.22])
def test_words_lie_over_neither_its_frame_nor_its_lines(steps, within):
    near = "[{name: momentum, learning_rate: 0.005}, {name: nesterov, learning_rate: 0.005}]"
    lens = f"{{around: [3.05, 0.5], within: {within}}}"
    player = staged(lens, surface="beale", optimizers=near, steps=steps)
    axes, inner = player.figure.axes[0], lens_of(player)
    lines = [line.get_xydata() for line in axes.lines if line.get_gid() == LENS]
    assert inner is not None
    assert len(lines) >= 4
    words = [each for each in axes.findobj(Text) if each.get_text() and each.axes is not inner]
    boxes = [each.get_window_extent() for each in words if each.get_visible()]
    for line in lines:
        for a, b in pairwise(line):
            for at in np.linspace(a, b, int(np.hypot(*(b - a))) + 2):
                assert not any(box.contains(*at) for box in boxes)


def test_one_run_has_a_lens_where_one_is_named_from_when_it_comes_there():
    one = "[{name: momentum, learning_rate: 0.02}]"
    assert lens_of(staged(optimizers=one)) is None
    ready = staged("{around: [0, 0], within: 0.1}", optimizers=one)
    assert lens_of(ready, 0) is None
    lens = lens_of(ready)
    near = (np.abs(ready.view.trajectories.positions[0, 0]) <= 0.1).all(axis=-1)
    step = ready.view.trajectories.steps[near.argmax()]
    line = ready.view.timeline
    first = next(k for k in range(line.frames) if line.step_at(k) >= step)
    assert lens_of(ready, first - 1) is None
    assert lens_of(ready, first) is lens
    assert np.mean([lens.get_xlim(), lens.get_ylim()], axis=1) == pytest.approx(0, abs=1e-3)


def test_one_that_would_reach_beyond_the_map_is_moved_inside():
    ready = staged("{around: [2.39, 1.79], within: 0.1}")
    (left, right), (bottom, top) = ready.view.terrain.window
    lens = lens_of(ready)
    assert left <= lens.get_xlim()[0]
    assert lens.get_xlim()[1] <= right + 1e-9
    assert bottom <= lens.get_ylim()[0]
    assert lens.get_ylim()[1] <= top + 1e-9


def test_one_that_has_no_room_is_left_out_and_told():
    with pytest.warns(Remark, match="the lens has no room on its map of"):
        ready = staged("{around: [0, 0], within: 1.5}")
    assert lens_of(ready) is None
    with pytest.warns(Remark, match="enlarge style.size"):
        staged("{around: [0, 0], within: 0.1}", size="[240, 180]")


@pytest.mark.parametrize(
    "other",
    [
        {"size": "[240, 180]"},
        {"optimizers": "[{name: sgd, learning_rate: 0.02}, {name: sgd, learning_rate: 0.0001}]"},
        {"optimizers": "[{name: sgd, learning_rate: 0.02}, {name: sgd, learning_rate: 0.02}]"},
        {"more": "start: {count: 30, within: window}"},
        {"more": "sweep: {optimizers.momentum.momentum: [0.8, 0.9]}"},
        {"more": "sweep: {optimizers.momentum.momentum: [0.8, 0.9], as: film}"},
        {"more": "story: [{at: 30, focus: {around: [0, 0], within: 0.4}}]"},
        {"panels": "[{contour: {vectors: [gradient]}}, {contour"},
    ],
    ids=str,
)
def test_by_itself_there_is_none_without_room_or_need_and_nothing_is_told(other):
    with warnings.catch_warnings():
        warnings.simplefilter("error", Remark)
        ready = staged(**{"lens": "auto", **other})
    ready.picture(ready.count - 1)
    first = [each for each in ready.figure.axes if each.get_gid() == LENS]
    assert len(first) == (1 if "panels" in other and first else 0)


@pytest.mark.parametrize(
    ("lens", "more", "told"),
    [
        ("{around: [9, 0], within: 0.1}", "", "lens.around: must lie in the window"),
        ("{around: [0, 0], within: 0}", "", "lens.within: must be greater than 0"),
        ("{around: [0, 0], within: 1e-300}", "", "lens.within: must be at least"),
        ("{around: [0, 0], within: 1, x: 2}", "", "unknown key 'x'"),
        ("{around: [0, 0]}", "", "the key 'within' is missing"),
        ("wide", "", "lens: must be 'auto' or 'none' or a mapping"),
        ("{around: [0, 0], within: 0.1}", "start: {count: 9, within: window}", "leave lens out"),
        (
            "{around: [0, 0], within: 0.1}",
            "sweep: {optimizers.momentum.momentum: [0.8, 0.9]}",
            "leave lens out",
        ),
    ],
)
def test_mistakes_are_told_at_their_place(lens, more, told):
    with pytest.raises((SceneError, UnfitScene)) as caught:
        staged(lens, more=more)
    if isinstance(caught.value, UnfitScene):
        (mistake,) = caught.value.mistakes
        assert mistake.path[:4] == ("panels", 0, "contour", "lens")
        told_there = ".".join(map(str, mistake.path[3:])) + ": " + mistake.message
        assert told.removeprefix("lens.") in told_there
    else:
        assert any(told in line for line in caught.value.lines)


def test_names_beside_heads_have_no_lens_among_them():
    with pytest.raises(UnfitScene, match="names beside heads stand where a lens has its frame"):
        staged("{around: [0, 0], within: 0.1}", style__labels="direct")
    assert lens_of(staged(style__labels="direct")) is None


@pytest.mark.parametrize(("frame", "seen"), [(0, False), (-1, True)])
def test_vector_files_show_what_the_frame_shows(ready, tmp_path, frame, seen):
    path = tmp_path / "x.svg"
    ready.save_svg(range(ready.count)[frame], path)
    text = path.read_text(encoding="utf-8")
    assert (text.count("<image") == 1 + seen) or text.count("<image") > 1 + seen
    assert ("×" in text) == seen
