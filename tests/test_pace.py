"""Where the clock is even, and how fast heads then are: through scenes and their trajectories."""

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from animate.figure.tempo import tempo_of
from animate.pipeline import solve, stage
from animate.scene.load import read_text
from animate.sources import view_of
from animate.sources.pace import moves_in, visible_moves

BEALE = """
surface: beale
optimizers:
  - {name: momentum, learning_rate: 0.005}
  - {name: adagrad, learning_rate: 0.4}
steps: 150
"""
SADDLE = """
surface: saddle
optimizers:
  - {name: sgd, learning_rate: 0.01}
  - {name: nesterov, learning_rate: 0.01}
  - {name: adagrad, learning_rate: 0.1}
steps: 100
"""


@cache
def _view(text):
    scene = read_text(text, "s.yaml").scene
    return view_of(scene, solve(scene, ()))


def _moves_by_frame(view):
    paths, clock = view.trajectories, view.timeline
    shown = [paths.at(paths.positions, clock.step_at(k)) for k in range(clock.frames)]
    return moves_in(view.terrain, np.stack(shown, axis=2), equal=True)


@pytest.mark.parametrize("text", [BEALE, SADDLE, BEALE + "panels: [relief]\n"])
def test_no_head_leaps_and_the_drama_has_its_time(text):
    view = _view(text)
    assert _moves_by_frame(view).max() < 0.1
    drawn = np.concatenate([[0], np.cumsum(visible_moves(view).sum((0, 1)))])
    half = view.timeline.share_of(np.interp(drawn[-1] / 2, drawn, view.trajectories.steps))
    assert 0.25 < half < 0.6
    plain = replace(view, timeline=replace(view.timeline, tempo=None))
    assert _moves_by_frame(view).max() < _moves_by_frame(plain).max()


def _positions(*runs):
    """Each run [step, 2] as an optimizer of its own."""
    return np.array(runs, float)[:, None]


def _moves(positions, *, equal=True):
    window = SimpleNamespace(window=((0.0, 3.0), (0.0, 4.0)))
    return moves_in(window, positions, equal=equal)


def test_moves_are_in_diagonals_and_count_as_far_as_they_are_in_the_window():
    moves = _moves(
        _positions(
            [[0, 0], [3, 4], [30, 4], [1, 1]],  # out of the window, and back again
            [[1, 1], [1, 2], [np.nan, np.nan], [np.nan, np.nan]],  # which ends
            [[2, 2], [2, 2], [2, 2], [1e300, -1e300]],
            [[-9, 2], [9, 2], [9, 3], [9, 9]],  # straight through it
        )
    )
    expected = [[1, 0, 0.402], [0.2, 0, 0], [0, 0, 0.283], [0.6, 0, 0]]
    np.testing.assert_allclose(moves[:, 0], expected, atol=1e-3)


def test_without_equal_units_the_window_is_a_square():
    moves = _moves(_positions([[0, 0], [3, 0], [3, 4], [0, 0]]), equal=False)
    np.testing.assert_allclose(moves[0, 0], [0.5**0.5, 0.5**0.5, 1])


STORY = BEALE + "story:\n  - {at: 0, say: Go, pause: 1}\n"
QUADRATIC = """
surface: {name: quadratic, window: [[-2, 2], [-2, 2]]}
start: [1.5, 1.5]
optimizers: [{name: sgd, learning_rate: 0.1}]
sweep: {surface.condition: [1, 5]}
steps: 30
"""
LOSS = BEALE + "panels: [loss]\n"


@pytest.mark.parametrize(
    ("text", "even"),
    [
        (BEALE, True),
        (BEALE + "panels: [relief, loss]\n", True),
        (BEALE + "start: {count: 20}\n", True),
        (BEALE + "sweep: {optimizers.momentum.momentum: [0, 0.9]}\n", True),
        (QUADRATIC, True),
        (STORY, True),
        (STORY + "  - {at: 9, speed: 0.5}\n", False),
        (STORY + "  - {at: 9, focus: {around: [1, 1], within: 0.1}}\n", False),
        (STORY + "  - {at: 9, speed: 0.5}\ntiming: {pace: even}\n", True),
        (LOSS, False),
        (LOSS + "timing: {pace: even}\n", False),
        (BEALE + "timing: {pace: steps}\n", False),
        (BEALE + "timing: {pace: slowing}\n", False),
        (BEALE + "sweep: {optimizers.momentum.momentum: [0, 0.9], as: film}\n", False),
        ("signal: spikes\noptimizers: [momentum]\nsteps: 40\n", False),
    ],
)
def test_the_clock_is_even_where_heads_are_followed_on_a_surface(text, even):
    assert (_view(text).timeline.tempo is not None) == even


def test_what_a_story_adds_to_an_even_clock_is_known_when_it_is_solved():
    text = STORY + "  - {at: 4, speed: 0.5}\n"
    by_steps, even = (
        read_text(f"{text}timing: {{pace: {pace}}}\n", "s.yaml").scene for pace in ("steps", "even")
    )
    assert by_steps.clock().length == pytest.approx(1 + 6 * (4 / 150 + 2 * 146 / 150))
    assert even.clock() is None
    line = view_of(even, solve(even, ())).timeline
    assert line.length == pytest.approx(1 + 6 * (2 - line.share_of(4)))


def test_the_same_scene_has_the_same_frames_in_any_order():
    scene = read_text(BEALE + "style: {size: [320, 240]}\n", "s.yaml").scene
    first, second = stage(scene), stage(scene)
    one = [first.picture(k) for k in (5, 90, 149)]
    other = [second.picture(k) for k in (149, 90, 5)]
    assert all((a == b).all() for a, b in zip(one, reversed(other), strict=True))


def test_all_values_of_a_swept_surface_share_one_clock():
    view = _view(QUADRATIC)
    assert visible_moves(view).shape == (2, 1, 30)
    assert view.select([1]).timeline is view.timeline


PLACES = st.integers(1, 6).flatmap(
    lambda count: arrays(
        float,
        (2, 2, count + 1, 2),
        elements=st.floats() | st.integers(-2, 5).map(float) | st.just(np.nan),
    )
)


@given(places=PLACES, equal=st.booleans())
def test_no_path_is_too_wild_for_the_clock(places, equal):
    moves = _moves(places, equal=equal)
    assert np.isfinite(moves).all()
    assert (moves >= 0).all()
    assert (moves <= 1 + 1e-9).all()
    tempo = tempo_of(np.arange(places.shape[2]), moves.max((0, 1)))
    assert (np.diff(tempo.shares) > 0).all()
    assert tempo.step_at(1.0) == places.shape[2] - 1
