"""Trails over a surface carry the time: paler at the start, a dot every so many steps."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from animate.figure.paths.course import recorded
from animate.figure.paths.timed import PALEST, dot_places, dotted_steps, strengths
from animate.figure.timeline import Timeline
from animate.panels import Contour, Loss
from animate.pipeline import stage
from animate.scene.load import read_text
from tests.pictures import at, drawn

SCENE = """
surface: {{name: quadratic, condition: 4}}
start: [-2.5, 1.5]
optimizers: [{{name: sgd, learning_rate: 0.05}}, {{name: momentum, learning_rate: 0.02}}]
steps: {steps}
panels: {panels}
timing: {{seconds: 1, fps: 5, pace: steps}}
style: {{{style}}}
"""


def player(style="", steps=40, panels="[contour]"):
    return stage(read_text(SCENE.format(style=style, steps=steps, panels=panels), "x.yaml").scene)


def dots_of(view, step):
    """What the contour's trails bear at `step`, in data coordinates: one array [n, 2] a path."""
    axes, drawing = drawn(Contour(), view)
    (trails,) = drawing.paths
    added = trails.add_artists(at(step))
    assert axes.lines
    small = [line for line in added if line.get_marker() == "o" and line.get_linestyle() == "None"]
    return [line.get_xydata() for line in small if line.get_zorder() == 5]


def test_dots_stand_where_the_paths_are_after_every_fifth_step():
    view = player().view
    assert dotted_steps(view.timeline).tolist() == [5, 10, 15, 20, 25, 30, 35]
    for own, path in zip(dots_of(view, 40), view.trajectories.positions[:, 0], strict=True):
        wanted = [tuple(np.round(path[step], 6)) for step in range(5, 40, 5)]
        found = [tuple(np.round(dot, 6)) for dot in own]
        assert 2 <= len(found) <= 7
        assert [place for place in wanted if place in found] == found


def test_dots_appear_with_their_step():
    view = player().view
    assert [len(each) for each in dots_of(view, 12)] == [2, 2]
    assert dots_of(view, 4.9) == []


def test_the_colour_is_full_at_the_end_or_where_the_loss_is_low():
    view = player().view
    course = recorded(view)
    by_time = strengths(view, course)
    assert by_time.shape == (2, 41)
    np.testing.assert_allclose(by_time[:, [0, -1]], [[PALEST, 1.0]] * 2)
    np.testing.assert_allclose(by_time[0], np.linspace(PALEST, 1.0, 41))
    by_loss = strengths(replace(view, trail_by="loss"), course)
    losses = view.trajectories.losses[:, 0]
    assert (np.argsort(by_loss[0], kind="stable") == np.argsort(-losses[0], kind="stable")).all()
    assert strengths(replace(view, trail_by="plain"), course) is None


@pytest.mark.parametrize("panels", ["[contour]", "[relief]"])
def test_each_way_gives_another_picture_and_a_fading_tail_has_no_dots(panels):
    last = 6
    pictures = {
        way: player(f"trail_by: {way}", panels=panels).picture(last).tobytes()
        for way in ("time", "loss", "plain")
    }
    assert len({*pictures.values()}) == 3
    fading = [player(f"trail: 9, trail_by: {w}", panels=panels) for w in ("time", "plain")]
    assert (fading[0].picture(last) == fading[1].picture(last)).all()


def test_curves_are_plain():
    view = player().view
    pictures = [drawn(Loss(), replace(view, trail_by=way)) for way in ("time", "plain")]
    (first,), (second,) = ([*drawing.paths] for _, drawing in pictures)
    assert len(first.add_artists(at(40))) == len(second.add_artists(at(40)))


@given(st.integers(1, 10**7), st.integers(0, 1000))
def test_there_are_few_dots_at_round_steps(steps, first):
    at = dotted_steps(Timeline(steps=first + steps, first=first))
    assert len(at) <= 16
    assert ((at > first) & (at < first + steps)).all()
    if len(at) > 1:
        (apart,) = set(np.diff(at).tolist())
        assert str(apart).rstrip("0") in ("1", "2", "5")
        assert (at % apart == 0).all()


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=2, max_size=60))
def test_no_two_dots_touch(points):
    points, steps = np.array(points), np.arange(float(len(points)))
    places, kept = dot_places(points, steps, np.arange(1, len(points) - 1), len(points), 4.0)
    np.testing.assert_allclose(places, points[kept])
    before = np.vstack([points[:1], places])
    assert (np.hypot(*np.diff(before, axis=0).T) >= 4.0).all()


def test_dots_end_where_a_path_ends_or_leaves_the_numbers():
    points = np.array([[0.0, 0.0], [50.0, 0.0], [100.0, 0.0], [np.nan, np.nan]])
    _, kept = dot_places(points, np.arange(4.0), np.array([1, 2, 3]), 2, 4.0)
    assert kept.tolist() == [1]


def test_a_vector_file_has_the_colours_of_the_picture():
    """Along each trail, from the palest to its own."""
    view = player().view
    axes, drawing = drawn(Contour(), view)
    (trails,) = drawing.paths
    trails.add_artists(at(40))
    own = to_rgb(view.colours[0])
    lines = [line for line in axes.lines if line.get_zorder() == 4]
    apart = [np.abs(np.subtract(to_rgb(line.get_color()), own)).max() for line in lines]
    first = apart[: apart.index(min(apart)) + 1]
    assert len(first) > 5
    assert first == sorted(first, reverse=True)
    assert first[-1] < 0.02
