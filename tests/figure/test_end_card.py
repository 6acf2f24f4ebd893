"""The end card: a ranking true to the paths, in the legend's room, and nothing else moves."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from animate.api import trace
from animate.errors import Remark, UnfitScene
from animate.figure.free import PLATE
from animate.figure.standings import axis_of, ranked, shares
from animate.pipeline import play, stage
from animate.scene.load import read_text
from animate.simulate.terrain import Terrain
from animate.text import Words
from tests.figure.arranged import panels_of
from tests.figure.cards import RACE, SWARM, card_of, marks, ready_of, solved, words_on

RAVINE = "surface: ravine\noptimizers: [sgd, adam]\nsteps: 4\ntiming: {seconds: 0.2}\n"


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
    plates = [each for each in ready.figure.artists if each.get_gid() == PLATE]
    panel = panels_of(ready)[0].get_window_extent()
    for plate in plates:  # on the map, where it has a free corner
        box = plate.get_window_extent()
        assert panel.x0 < box.x0 <= columns.min() < columns.max() <= box.x1 < panel.x1
    assert plates or columns.min() > panel.x1
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
    told = sorted(counts / 60, reverse=True)[: len(found)]
    assert np.allclose([each.share for each in found], told, rtol=0, atol=1e-3)
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


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("style.size=[200, 160]", "has no room for the end card; enlarge style.size"),
        ("timing.hold=0", "is seen while the clip holds, and it does not"),
        ("timing.end=still", ""),
    ],
)
def test_a_card_that_was_asked_for_and_is_not_there_is_told(change, why, recwarn):
    scene = read_text(RACE, "x", settings=("timing.end=card", change)).scene
    ready = stage(scene)
    assert ready.count == ready.view.timeline.frames
    told = [str(each.message) for each in recwarn if issubclass(each.category, Remark)]
    assert any(why in each for each in told if why) == bool(why)
    assert why or not any("card" in each for each in told)


losses = some.floats(-1e6, 1e6, allow_subnormal=False)


@settings(deadline=None)
@example([2.4e-307, -43.0], 0.0)
@example([1e-320, 0.0], 0.0)
@example([1e-280, 3.0], 0.0)
@example([1.0, -2.220446049250313e-16], 2.0)
@example([0.0], 2.0)
@given(some.lists(losses, min_size=1, max_size=8), some.floats(-3, 3))
def test_every_axis_keeps_the_order_of_losses(ends, low):
    bowl = Terrain(lambda x, y: x * x + y * y + low, ((-1.0, 1.0), (-1.0, 1.0)))
    axis = axis_of(ends, bowl)
    at = [axis.unit(each) for each in sorted(ends)]
    assert all(-1e-9 <= each <= 1 + 1e-9 for each in at)
    assert all(b >= a - 1e-9 for a, b in pairwise(at))


def test_a_swarm_that_noise_keeps_moving_has_a_card_only_where_it_is_asked_for():
    noisy = SWARM + "noise: {std: 60}\n"
    assert not card_of(ready_of(noisy))
    assert card_of(ready_of(noisy.replace("hold: 1", "hold: 1, end: card")))
