"""The end card: a ranking true to the paths, in the legend's room, and nothing else moves."""

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from animate.api import trace
from animate.errors import UnfitScene
from animate.figure.end_card import CARD
from animate.figure.standings import axis_of, ranked, shares
from animate.pipeline import play, solve, stage
from animate.scene.load import read, read_text
from animate.simulate.terrain import Terrain
from animate.text import Words
from animate.theme import theme
from tests.figure.arranged import panels_of
from tests.pictures import composed

RACE = """
surface: beale
optimizers:
  - {name: sgd, learning_rate: 0.01}
  - {name: momentum, learning_rate: 0.005}
  - {name: rmsprop, learning_rate: 0.05}
  - {name: nesterov, learning_rate: 0.005}
  - {name: sgd, learning_rate: 10, label: Lost}
steps: 150
timing: {seconds: 0.4, hold: 1}
"""
SWARM = """
surface: himmelblau
start: {count: 60, seed: 0}
optimizers: [{name: momentum, learning_rate: 0.001}]
steps: 200
panels: [{contour: {color_by: basin}}]
timing: {seconds: 0.4, hold: 1}
"""
RAVINE = "surface: ravine\noptimizers: [sgd, adam]\nsteps: 4\ntiming: {seconds: 0.2}\n"


@cache
def solved(text):
    scene = read_text(text, "x").scene
    return scene, solve(scene)


@cache
def ready_of(text):
    scene, solution = solved(text)
    ready = play(scene, solution)
    ready.picture(ready.count - 1)
    return ready


def card_of(ready):
    artists = ready.figure.get_children()
    return [each for each in artists if each.get_gid() == CARD and each.get_visible()]


def words_on(ready):
    return [each.get_text() for each in card_of(ready) if hasattr(each, "get_text")]


def boxes(artists):
    return [each.get_window_extent() for each in artists]


def lines(ready):
    """The card's own lines and words are told apart by what they have."""
    return [each for each in card_of(ready) if not hasattr(each, "get_text")]


def marks(ready):
    return [each for each in lines(ready) if each.get_marker() not in ("None", "", None)]


def test_the_ranking_is_by_the_losses_of_the_paths():
    ready, paths = ready_of(RACE), trace(solved(RACE)[0])
    last = {
        name: paths.losses[k, 0, np.searchsorted(paths.steps, paths.ends[k, 0])]
        for k, name in enumerate(ready.view.names)
    }
    order = [*sorted((name for name in last if name != "Lost"), key=last.__getitem__), "Lost"]
    texts = words_on(ready)
    names = [each for each in texts if each in last]
    assert names == order
    for name in order[:-1]:
        assert any(each.startswith(Words().number(float(last[name]), 3)) for each in texts)
    lost = int(paths.ends[paths.labels.index("Lost"), 0])
    assert f"✕ step {lost}" in texts


def test_dots_stand_in_the_order_of_the_losses_on_one_axis():
    ready = ready_of(RACE)
    view, found = ready.view, ranked(ready.view)
    axis = axis_of([each.loss for each in found if each.lost is None], view.terrain)
    drawn = marks(ready)
    assert len(drawn) == len(found) - 1  # a run that diverged has none
    across = [each.get_xdata()[0] for each in drawn]
    at = [axis.unit(each.loss) for each in found[:-1]]
    assert np.allclose(np.diff(across) / np.ptp(across), np.diff(at) / np.ptp(at))
    assert [each.get_color() for each in drawn] == [
        view.colours[each.optimizer] for each in found[:-1]
    ]


def test_arrivals_are_those_that_the_description_tells():
    view = ready_of(RACE).view
    told = [(each, step) for each, step in zip(view.names, view.arrivals, strict=True) if step]
    assert told
    for name, step in told:
        assert f"{name} (step {step})" in view.description
        assert any(each.endswith(f"★ {step}") for each in words_on(ready_of(RACE)))


@pytest.mark.parametrize("text", [RACE, SWARM])
def test_only_the_legend_changes_and_frames_before_are_as_without(text):
    ready = ready_of(text)
    assert ready.count == ready.view.timeline.frames + 1
    before, after = (ready.picture(ready.count - k) for k in (2, 1))
    rows, columns = np.nonzero((before != after).any(axis=-1))
    panel = panels_of(ready)[0].get_window_extent()
    assert columns.min() > panel.x1
    assert rows.max() < ready.view.pixels[1] - panel.y0 + 2
    scene, solution = solved(text)
    timing = scene.timing.model_copy(update={"end": "still"})
    still = play(scene.model_copy(update={"timing": timing}), solution)
    assert still.count == still.view.timeline.frames
    for k in (0, 4, still.count - 1):
        assert np.array_equal(still.picture(k), ready.picture(k))
    assert np.array_equal(ready.picture(ready.count - 1), after)


def test_the_clip_still_shows_its_frames_when_they_are_due():
    ready = ready_of(RACE)
    line = ready.view.timeline
    assert ready.frame_at(line.length - 0.01) == line.frames - 1
    assert ready.frame_at(line.length + 0.01) == ready.frame_at(line.duration) == line.frames
    assert len(list(ready.frames())) == ready.count


def test_a_swarm_has_its_shares():
    ready = ready_of(SWARM)
    found = shares(ready.view)
    assert sum(each.share for each in found) == pytest.approx(1.0)
    counts = np.bincount(ready.view.ends.which.ravel(), minlength=ready.view.ends.places)
    assert [each.share for each in found] == sorted(counts / 60, reverse=True)[: len(found)]
    for each in found:
        percent = Words()("percent", value=Words().number(100 * each.share, 3))
        assert percent in words_on(ready)


@pytest.mark.parametrize(
    ("more", "card"),
    [
        ("", True),
        ("timing: {hold: 0}", False),
        ("timing: {end: still}", False),
        ("style: {legend: false}", False),
        ("panels: [{contour: {split: optimizers}}]", False),
        ("optimizers: [sgd]", False),
        ("optimizers: [sgd]\ntiming: {end: card}", True),
        ("sweep: {optimizers.sgd.learning_rate: [0.001, 0.002], as: film}", False),
    ],
)
def test_what_ends_with_a_card(more, card):
    key = more.partition(":")[0]
    text = "\n".join(line for line in RAVINE.splitlines() if not key or not line.startswith(key))
    text = text.replace("timing: {seconds: 0.2}", "") if "timing" in more else text
    ready = stage(read_text(f"{text}\n{more}\n", "x").scene)
    assert ready.count - ready.view.timeline.frames == card


@pytest.mark.parametrize(
    "text",
    [
        "signal: sine\nlearning_rate: 0.1\noptimizers: [sgd]",
        "surface: ravine\noptimizers: [sgd]\nstart: [[1, 1], [2, 1]]",
    ],
)
def test_a_card_for_what_cannot_be_ranked_is_refused(text):
    scene = read_text(f"{text}\nsteps: 4\ntiming: {{end: card}}\n", "x").scene
    with pytest.raises(UnfitScene, match="card"):
        stage(scene)


losses = some.floats(-1e6, 1e6, allow_subnormal=False)


@settings(deadline=None)
@example([2.4e-307, -43.0], 0.0)
@example([1e-320, 0.0], 0.0)
@example([1e-280, 3.0], 0.0)
@given(some.lists(losses, min_size=1, max_size=8), some.floats(-3, 3))
def test_every_axis_keeps_the_order_of_losses(ends, low):
    bowl = Terrain(lambda x, y: x * x + y * y + low, ((-1.0, 1.0), (-1.0, 1.0)))
    axis = axis_of(ends, bowl)
    at = [axis.unit(each) for each in sorted(ends)]
    assert all(-1e-9 <= each <= 1 + 1e-9 for each in at)
    assert all(b >= a - 1e-9 for a, b in pairwise(at))


@cache
def view_of(language):
    scene = solved(RACE)[0]
    style = scene.style.model_copy(update={"language": language})
    return stage(scene.model_copy(update={"style": style})).view


@settings(max_examples=25, deadline=None)
@given(
    some.data(),
    some.sampled_from([(320, 240), (640, 480), (1280, 720), (1920, 1080), (1080, 1350)]),
    some.sampled_from(["light", "dark", "paper"]),
    some.sampled_from(["en", "ru"]),
)
def test_no_words_or_dots_lie_on_others(data, size, looks, language):
    view = view_of(language)
    paths = view.trajectories
    found = paths.losses.copy()
    ends = data.draw(some.lists(some.floats(1e-12, 1e5), min_size=5, max_size=5))
    last = paths.steps.searchsorted(paths.ends[:, 0])
    found[range(5), 0, last] = ends
    arrivals = tuple(data.draw(some.sampled_from([None, 7, 150])) for _ in range(5))
    view = replace(
        view,
        pixels=size,
        theme=theme(looks),
        trajectories=replace(paths, losses=found),
        arrivals=arrivals,
    )
    ready = composed(solved(RACE)[0].panels, view)
    ready.picture(ready.count - 1)
    texts = [each for each in card_of(ready) if hasattr(each, "get_text") and each.get_text()]
    found = boxes(texts)
    width, height = size
    for k, box in enumerate(found):
        assert box.x0 >= 0
        assert box.x1 <= width
        assert box.y0 >= 0
        assert box.y1 <= height
        for other in found[:k]:
            across = min(box.x1, other.x1) - max(box.x0, other.x0)
            up = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert across <= 1 or up <= 0.35 * min(box.height, other.height)
    for dot in marks(ready):
        box = dot.get_window_extent()
        x = (box.x0 + box.x1) / 2
        y = (box.y0 + box.y1) / 2
        assert not any(b.x0 < x < b.x1 and b.y0 + 1 < y < b.y1 - 1 for b in found)


OFFSET = """
surface: {formula: "1e9+x**2+y**2", window: [[-1, 1], [-1, 1]]}
start: [0.5, 0.7]
optimizers:
  - {name: sgd, learning_rate: 0.1}
  - {name: momentum, learning_rate: 0.05}
  - {name: adam, learning_rate: 0.1}
steps: 60
timing: {seconds: 0.4, hold: 1}
"""


@pytest.mark.parametrize("size", [(640, 480), (320, 240), (480, 640)])
def test_over_a_large_offset_heights_are_told_that_differ(size):
    ready = ready_of(f"{OFFSET}style: {{size: [{size[0]}, {size[1]}]}}\n")
    paths = ready.view.trajectories
    above = sorted(float(each) - 1e9 for each in paths.losses[:, 0, -1])
    told = words_on(ready)
    for height in above:
        assert any(each.split("  ")[0] == Words().number(height, 3) for each in told)
    assert len({Words().number(each, 3) for each in above}) == len(above)
    assert "height above lowest" in " ".join(told)
    assert not any("…" in each for each in told)


@pytest.mark.parametrize("size", [(320, 240), (640, 480), (720, 480)])
@pytest.mark.parametrize("scene", ["scenes/beale.yaml", "scenes/relief/himmelblau.yaml"])
def test_a_dot_is_nearer_to_its_own_name_than_to_the_next(scene, size):
    ready = stage(read(Path(scene), [f"style.size=[{size[0]}, {size[1]}]"]).scene)
    ready.picture(ready.count - 1)
    lines_of = sorted(
        (
            each
            for each in card_of(ready)
            if hasattr(each, "get_text") and each.get_text() in ready.view.names
        ),
        key=lambda each: -each.get_window_extent().y0,
    )
    dots = sorted((each.get_window_extent() for each in marks(ready)), key=lambda each: -each.y0)
    capital = 0.66 * ready.view.type("legend")
    for dot, own, following in zip(dots, lines_of, lines_of[1:], strict=False):
        high = ready.view.pixels[1]
        above, below = own.get_position()[1] * high, following.get_position()[1] * high + capital
        middle = (dot.y0 + dot.y1) / 2
        assert above - middle < middle - below


def test_a_swarm_that_noise_keeps_moving_has_a_card_only_where_it_is_asked_for():
    noisy = SWARM + "noise: {std: 60}\n"
    assert not card_of(ready_of(noisy))
    assert card_of(ready_of(noisy.replace("hold: 1", "hold: 1, end: card")))
