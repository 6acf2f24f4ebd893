"""The tempo of an even clock, and the ruler that shows it."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from animate.figure.ruler import ticks
from animate.figure.tempo import tempo_of
from animate.figure.timeline import Beat, Timeline
from animate.panels import Contour
from tests.figure.arranged import FOUR, view_of
from tests.pictures import composed

MOVES = st.integers(1, 60).flatmap(
    lambda count: arrays(float, count, elements=st.floats(0, 1) | st.just(0.0))
)


def _timeline(moves, gaps=1, first=0, **options):
    steps = first + gaps * np.arange(len(moves) + 1)
    return Timeline(int(steps[-1]), first=first, tempo=tempo_of(steps, moves), **options)


@given(moves=MOVES, gaps=st.integers(1, 50), first=st.sampled_from([0, 7, 5000]))
def test_an_even_clock_rises_from_the_first_step_to_the_last_in_the_time_asked(moves, gaps, first):
    line = _timeline(moves, gaps, first, seconds=2.5, fps=20, hold=1.0)
    shown = [line.step_at(frame) for frame in range(line.frames)]
    assert (line.frames, line.duration) == (50, 3.5)
    assert (shown[0], shown[-1]) == (first, line.steps)
    assert all(after > before for before, after in pairwise(shown))
    for step in (first, (first + line.steps) / 2, line.steps):
        assert line.step_at(line.share_of(step) * (line.frames - 1)) == pytest.approx(step)


@given(moves=MOVES)
def test_no_update_is_hurried_over_and_the_largest_lasts_longest(moves):
    lasts = np.diff(tempo_of(np.arange(len(moves) + 1), moves).shares)
    assert lasts.min() >= 0.166 / len(moves)
    single = np.zeros(40)
    single[17] = 0.3
    assert np.argmax(np.convolve(np.diff(tempo_of(np.arange(41), single).shares), [1] * 5)) == 19


def test_where_nothing_moves_all_updates_last_equally_long():
    line = _timeline(np.zeros(30))
    plain = Timeline(30)
    shown = [[each.step_at(k) for k in range(line.frames)] for each in (line, plain)]
    np.testing.assert_allclose(*shown, atol=1e-9)


def test_paths_of_a_single_step_have_a_clock():
    assert _timeline(np.empty(0), first=40).step_at(3) == 40


@given(moves=MOVES)
def test_a_pause_is_added_to_an_even_clock_and_comes_at_its_step(moves):
    line = _timeline(moves, 3, seconds=4.0)
    paused = replace(line, beats=(Beat(3, pause=1.5),))
    assert paused.length == pytest.approx(5.5)
    rest = paused.frame_at(paused.second_of(3) + 0.8)
    assert paused.step_at(rest) == pytest.approx(3, abs=0.1)


@given(
    moves=MOVES,
    gaps=st.integers(1, 2000),
    first=st.integers(0, 3000),
    width=st.floats(5, 400),
)
def test_ticks_stand_apart_at_round_steps(moves, gaps, first, width):
    line = _timeline(moves, gaps, first)
    found = ticks(line, width)
    assert len(found) <= 17
    assert all(first <= step <= line.steps for step in found)
    if len(found) > 1:
        apart = found[1] - found[0]
        assert set(np.diff(found)) == {apart}
        assert str(apart).rstrip("0") in ("1", "2", "5")
        assert not any(step % apart for step in found)
        places = [width * line.share_of(step) for step in found]
        assert min(np.diff(places)) >= 2.5


def test_ticks_of_a_usual_race_are_ten_steps_apart():
    assert ticks(Timeline(150), 100.0) == list(range(0, 151, 10))


def _ruler(ready):
    line = next(each for each in ready.figure.artists if each.get_gid() == "ruler")
    mark = next(each for each in ready.figure.artists if each.get_gid() == "clock")
    return line.get_xdata(), mark


def _left(view):
    """A view whose heads go a long way in their first steps."""
    moves = np.where(np.arange(40) < 8, 0.2, 0.002)
    return replace(view, timeline=_timeline(moves, seconds=4, fps=10), pixels=(1280, 960))


def test_the_mark_goes_evenly_and_is_at_a_tick_at_its_step():
    view = _left(view_of(FOUR))
    ready = composed([[Contour()]], view)
    line, mark = _ruler(ready)
    start, end = line[:2]
    at = line[3::3]
    steps = ticks(view.timeline, (end - start) * 1280)
    expected = [start + (end - start) * view.timeline.share_of(step) for step in steps]
    np.testing.assert_allclose(at, expected)
    places = []
    for frame in range(view.timeline.frames):
        ready.picture(frame)
        places.append(mark.get_xdata()[0])
    np.testing.assert_allclose(places, np.linspace(start, end, len(places)))
    assert steps[1] == 5
    gaps = np.diff(at)
    assert gaps[0] > 3 * gaps[-1]


@pytest.mark.parametrize(("pace", "there"), [("steps", False), ("even", False), ("slowing", True)])
def test_there_is_a_ruler_only_where_updates_last_differently(pace, there):
    view = replace(view_of(FOUR), timeline=Timeline(8, pace=pace))
    ready = composed([[Contour()]], view)
    assert there == any(each.get_gid() == "ruler" for each in ready.figure.artists)


@pytest.mark.parametrize("legend", [True, False])
@pytest.mark.parametrize("size", [(320, 240), (640, 480), (480, 800), (1280, 720)])
def test_the_ruler_is_drawn_whole_below_its_counter(size, legend):
    view = replace(_left(view_of(FOUR)), pixels=size)
    ready = composed([[Contour()]], view, legend=legend)
    ready.picture(3)
    renderer = ready.figure.canvas.get_renderer()
    line = next(each for each in ready.figure.artists if each.get_gid() == "ruler")
    box = line.get_window_extent(renderer)
    assert box.x0 >= 0
    assert box.y0 >= 0
    assert box.x1 <= size[0]
    counter = next(each for each in ready.figure.texts if each.get_text() == "step")
    assert box.y1 < counter.get_window_extent(renderer).y0 + 1
    below = size[1] - round(size[1] * line.get_ydata()[0])
    rows = ready.still[below - 2 : below + 2, round(box.x0) + 1 : round(box.x1) - 1, :3]
    assert (rows != ready.still[0, 0, :3]).any(-1).any(0).all()
