"""What the dandelion says of distances is what the weights have, whoever is in the middle."""

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.patches import Circle

from animate import pipeline
from animate.figure import Moment
from animate.networks.experiments import EXPERIMENTS
from animate.networks.experiments.same_loss.dandelion import Dandelion, middles, nearest_ends
from animate.networks.experiments.same_loss.panels import Distances
from animate.scene.load import read_text
from tests.pictures import at, drawn

SCENE = "experiment: same_loss\ntiming: {seconds: 3, fps: 2}\nstyle: {language: %s}\n"


@pytest.fixture
def shown(small, monkeypatch):
    result = small("same_loss")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    return result, lambda language="en": pipeline.stage(read_text(SCENE % language, "s.yaml").scene)


def lengths(axes):
    """How far the ends of the stems are from the middle [run]."""
    (ends,) = (each for each in axes.collections if isinstance(each, PathCollection))
    (stems,) = (each for each in axes.collections if isinstance(each, LineCollection))
    np.testing.assert_allclose([stem[1] for stem in stems.get_segments()], ends.get_offsets())
    return np.hypot(*ends.get_offsets().T)


def test_stems_are_as_long_as_the_runs_are_apart_whoever_is_in_the_middle(shown):
    result, stage = shown
    axes, drawing = drawn(Dandelion(), stage().view)
    order, seen = middles(result.distances), set()
    for k, second in enumerate([0.1, 1.1, 2.1]):
        for place in (0, 7, -1):
            drawing.show(Moment(float(result.steps[place]), second))
            points = result.positions[:, place].astype(float)
            expected = np.linalg.norm(points - points[order[k]], axis=1)
            moved = points[order[k]] - result.positions[order[k], 0]
            expected[order[k]] = np.linalg.norm(moved)
            np.testing.assert_allclose(lengths(axes), expected, rtol=1e-5, atol=1e-6)
            (dotted,) = (p for p in axes.patches if isinstance(p, Circle) and p.get_ls() == ":")
            assert dotted.radius == pytest.approx(expected[order[k]], abs=1e-6)
        seen.add(int(order[k]))
    assert seen == {0, 1, 2}


def test_the_units_of_the_dandelion_are_equal_and_the_longest_stem_is_inside(shown):
    result, stage = shown
    axes, _ = drawn(Dandelion(), stage().view)
    assert min(np.abs([*axes.get_xlim(), *axes.get_ylim()])) > result.apart.max()
    player = stage()
    (x0, x1), (y0, y1) = player.figure.axes[0].get_xlim(), player.figure.axes[0].get_ylim()
    box = player.figure.axes[0].get_window_extent()
    assert box.width / box.height == pytest.approx((x1 - x0) / (y1 - y0), rel=0.01)


@pytest.mark.parametrize(
    ("language", "start", "apart"), [("en", "from its", "apart"), ("ru", "от начала", "до соседа")]
)
def test_the_last_picture_names_the_closest_pair_and_the_way_of_the_run(
    shown, language, start, apart
):
    result, stage = shown
    axes, drawing = drawn(Dandelion(), stage(language).view)
    drawing.show(Moment(float(result.steps[-1]), 3.0))
    last = middles(result.distances)[-1]
    told = " ".join(text.get_text() for text in axes.texts).replace(",", ".")
    least = result.distances[np.triu_indices(3, 1)].min()
    assert result.distances[last, nearest_ends(result.distances)[last]] == least
    for number, word in ((least, apart), (result.lengths[last], start)):
        assert f"{number:.1f} {word}" in told


def test_bands_and_words_are_of_all_pairs_at_the_same_step_and_nothing_comes_early(shown):
    result, stage = shown
    axes, drawing = drawn(Distances(), stage().view)
    band = next(each for each in axes.collections if isinstance(each, PolyCollection))
    for place in (0, 5, -1):
        drawing.show(at(result.steps[place]))
        points = result.positions[:, place].astype(float)
        pairs = np.linalg.norm(points[:, None] - points, axis=-1)[np.triu_indices(3, 1)]
        corners = band.get_paths()[0].vertices
        assert corners[:, 0].max() == result.steps[place]
        now = corners[corners[:, 0] == result.steps[place], 1]
        np.testing.assert_allclose([now.min(), now.max()], [pairs.min(), pairs.max()], rtol=1e-5)
        own = np.linalg.norm(points - result.positions[:, 0], axis=1)
        words = stage().view.words
        assert [text.get_text().split(": ")[1] for text in axes.texts[:2]] == [
            words.between(pairs, 3),
            words.between(own, 3),
        ]


def test_distances_of_aligned_networks_are_the_least_over_all_orders_of_hidden_units():
    """Of four hidden units all 24 orders are tried, with the layers taken apart by hand."""
    result = EXPERIMENTS["same_loss"].make(runs=3, hidden=(4,), steps=60, kept=2)
    ends = result.positions[:, -1].astype(float)
    assert ends.shape == (3, 64 * 4 + 4 + 4 * 10 + 10)
    for one, other in combinations(range(3), 2):
        found = [
            np.linalg.norm(ends[one] - reordered(ends[other], list(order)))
            for order in permutations(range(4))
        ]
        assert result.aligned_distances[one, other] == pytest.approx(min(found), rel=1e-5)
        assert result.distances[one, other] == pytest.approx(found[0], rel=1e-5)
    np.testing.assert_array_equal(result.aligned_distances, result.aligned_distances.T)


def reordered(vector, order):
    """W₁ [4, 64], b₁, W₂ [10, 4], b₂ in a row, with the hidden units in another order."""
    first, bias, second, last = np.split(vector, [256, 260, 300])
    parts = first.reshape(4, 64)[order], bias[order], second.reshape(10, 4)[:, order], last
    return np.concatenate([part.ravel() for part in parts])


def test_aligned_distances_come_at_the_end_and_lie_on_no_band(shown):
    result, stage = shown
    told = stage().view.words.between(result.aligned_distances[np.triu_indices(3, 1)], 3)
    for size in ((720, 800), (400, 800), (230, 800)):
        axes, drawing = drawn(Distances(), replace(stage().view, pixels=size))
        upright = axes.lines[-1]
        for place, seen in ((0, False), (-1, True)):
            drawing.show(at(result.steps[place]))
            assert upright.get_visible() == seen
            assert all(text.get_visible() == seen for text in axes.texts[2:])
        pairs = result.aligned_distances[np.triu_indices(3, 1)]
        assert list(upright.get_ydata()) == [pairs.min(), pairs.max()]
        assert all(told in text.get_text() for text in axes.texts[2:])


def test_what_was_found_is_said_at_the_end_only(shown):
    _, stage = shown
    player = stage()
    lines = player.figure.axes[-1].texts
    player.picture(0)
    assert lines
    assert not any(line.get_visible() for line in lines)
    player.picture(player.view.timeline.frames - 1)
    assert all(line.get_visible() for line in lines)


@pytest.mark.parametrize("size", [(720, 480), (360, 480)])
def test_lengths_stand_below_the_wheel_behind_a_sign_of_their_colours(shown, size):
    result, stage = shown
    axes, drawing = drawn(Dandelion(), replace(stage().view, pixels=size))
    drawing.show(Moment(float(result.steps[-1]), 3.0))
    lowest = axes.transData.transform((0.0, -float(result.apart.max())))[1]
    told = [text for text in axes.texts if text.get_text().endswith(("start", "apart"))]
    assert len(told) == 2
    assert all(text.get_visible() for text in told)
    assert all(text.get_window_extent().y1 < lowest for text in told)


@pytest.mark.parametrize("width", [400, 230])
def test_words_about_distances_lie_on_no_band_and_are_broken_where_they_are_wide(shown, width):
    result, stage = shown
    axes, drawing = drawn(Distances(), replace(stage().view, pixels=(width, 800)))
    drawing.show(at(result.steps[-1]))
    for text in axes.texts:
        assert text.get_visible()
        box = axes.transData.inverted().transform_bbox(text.get_window_extent())
        inside = result.steps > box.x0
        for rows in (result.apart[inside], result.travelled.T[inside]):
            assert (rows.min(axis=1) > box.y1).all() or (rows.max(axis=1) < box.y0).all()
