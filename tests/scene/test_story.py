"""The storyboard: the clock's beats, what is said when, where one looks, and the words for it."""

import numpy as np
import pytest

from animate.errors import SceneError
from animate.figure.story import FADE, ZOOM, Story
from animate.figure.timeline import EASE, Beat, Timeline
from animate.scene.load import read_text
from animate.scene.story import build_story

BEATS = (Beat(0, pause=0.5), Beat(30, speed=0.25), Beat(57, pause=2.0), Beat(60, 0.1, 2.0))
WHOLE = ((-2.0, 2.0), (-1.5, 1.5))
SCENE = """surface: saddle
optimizers:
  - {name: sgd, learning_rate: 0.02}
steps: 100
"""


def _script(story, extra=""):
    return read_text(f"{SCENE}{extra}story:\n{story}", "s.yaml")


@pytest.mark.parametrize("pace", ["steps", "slowing"])
def test_the_clock_follows_its_beats_averaged_over_a_moment(pace):
    line = Timeline(90, seconds=4, fps=50, pace=pace, beats=BEATS)
    power = 1 if pace == "steps" else 2
    marks = [(at / 90) ** (1 / power) for at in (0, 30, 57, 60, 90)]
    parts = np.diff(marks) * 4 / np.array([1, 0.25, 0.25, 2])
    pauses = [0.5, 0, 2.0, 0.1]
    durations = [each for pair in zip(pauses, parts, strict=True) for each in pair]
    knots = np.cumsum([0, *durations])
    assert line.length == pytest.approx(knots[-1])
    assert line.duration == line.length + 1.5
    shares = [*np.repeat(marks[:4], 2), 1]
    fine = np.linspace(-1, line.length + 1, 400_001)
    inside = np.interp(np.abs(fine), knots, shares) * np.sign(fine)
    beyond = 2 - np.interp(2 * line.length - fine, knots, shares)
    straight = np.where(fine > line.length, beyond, inside)
    area = np.concatenate([[0], np.cumsum((straight[1:] + straight[:-1]) / 2 * np.diff(fine))])
    seconds = np.array([line.second_at(k) for k in range(line.frames)])
    ends = [np.interp(seconds + half, fine, area) for half in (-EASE / 2, EASE / 2)]
    expected = 90 * ((ends[1] - ends[0]) / EASE) ** power
    found = [line.step_at(k) for k in range(line.frames)]
    np.testing.assert_allclose(found, expected, atol=2e-3)
    assert found[0] == 0
    assert found[-1] == 90


def test_a_pause_stands_exactly_on_its_step_and_nothing_runs_back_or_jerks():
    line = Timeline(90, seconds=4, fps=50, beats=BEATS)
    steps = np.array([line.step_at(k) for k in range(line.frames)])
    assert (steps == 57).sum() >= 50 * (2.0 - EASE) - 1
    moved = np.diff(steps)
    assert (moved >= 0).all()
    usual = 90 / 4 / 50
    assert np.abs(np.diff(moved)).max() < usual * 2 / (50 * EASE) * 1.05


def test_without_beats_the_clock_is_the_plain_one():
    plain, paced = Timeline(90, seconds=4), Timeline(90, seconds=4, beats=(Beat(40, speed=1.0),))
    assert paced.frames == plain.frames
    for k in range(plain.frames):
        assert paced.step_at(k) == pytest.approx(plain.step_at(k), abs=1e-6)


def test_a_caption_is_there_at_its_second_and_the_one_before_is_gone():
    story = Story(captions=((0.0, "one"), (3.0, "two"), (5.0, ""), (8.0, "three")))
    assert story.caption_at(0.0) == ("one", 1.0)
    assert story.caption_at(3.0 - 2 * FADE) == ("one", 1.0)
    assert story.caption_at(3.0 - FADE)[1] == pytest.approx(0.0, abs=1e-9)
    assert story.caption_at(3.0) == ("two", 1.0)
    assert story.caption_at(5.0) == ("", 0.0)
    assert story.caption_at(99.0) == ("three", 1.0)
    inks = np.array([story.caption_at(t)[1] for t in np.arange(0, 9, 0.01)])
    assert np.abs(np.diff(inks)).max() < 0.01 / FADE * 1.6
    assert Story().caption_at(1.0) == ("", 0.0)


def test_captions_close_together_still_take_turns():
    story = Story(captions=((0.0, "one"), (0.2, "two")))
    assert [story.caption_at(t) for t in (0.1, 0.2)] == [("one", 1.0), ("two", 1.0)]


def test_a_zoom_is_even_and_holds_one_point():
    near = ((0.5, 0.9), (-0.1, 0.2))
    story = Story(shots=((0.0, WHOLE), (2.0, near)))
    assert story.window_at(2.0) == WHOLE
    assert story.window_at(2.0 + ZOOM) == near
    seen = [np.array(story.window_at(2.0 + ZOOM * part)) for part in (0.2, 0.5, 0.8)]
    for window, share in zip(seen, (0.104, 0.5, 0.896), strict=True):
        np.testing.assert_allclose(np.ptp(window, axis=1), [4 * 0.1**share, 3 * 0.1**share])
    still = [(w[:, 0] * 4 + 2 * np.ptp(w, axis=1) * [1, 0]) for w in seen]  # affine in the size
    sizes = [np.ptp(w[0]) for w in seen]
    slope = (still[2] - still[0]) / (sizes[2] - sizes[0])
    np.testing.assert_allclose(still[1], still[0] + slope * (sizes[1] - sizes[0]), atol=1e-9)


def test_a_zoom_that_is_called_off_turns_back_from_where_it_was():
    near = ((0.5, 0.9), (-0.1, 0.2))
    story = Story(shots=((0.0, WHOLE), (2.0, near), (2.3, WHOLE)))
    before, after = story.window_at(2.3 - 1e-6), story.window_at(2.3 + 1e-6)
    np.testing.assert_allclose(before, after, atol=1e-4)
    assert story.window_at(2.3 + ZOOM) == WHOLE


def test_a_focus_grows_to_the_shape_of_the_window_and_stays_inside():
    story = """
  - {at: 10, focus: [[1.0, 1.4], [-0.1, 0.0]]}
  - {at: 30, focus: {around: [1.9, 0], within: 0.3}}
  - {at: 50, focus: none}
"""
    scene = _script(story).scene
    line = scene.timeline(scene.steps)
    shots = build_story(scene.story, line, WHOLE).shots
    np.testing.assert_allclose(shots[1][1], [[1.0, 1.4], [-0.2, 0.1]])
    np.testing.assert_allclose(shots[2][1], [[1.2, 2.0], [-0.3, 0.3]])
    assert shots[3][1] == WHOLE
    assert [second for second, _ in shots] == pytest.approx([0, 0.6, 1.8, 3.0])


@pytest.mark.parametrize("at", [95, 100])
def test_the_movement_lasts_until_the_last_zoom_is_over(at):
    scene = _script(f"  - {{at: {at}, focus: {{around: [0, 0], within: 0.2}}}}").scene
    line = scene.timeline(scene.steps)
    story = build_story(scene.story, line, WHOLE)
    assert line.length == pytest.approx(6 * at / 100 + ZOOM)
    assert story.window_at(line.second_at(line.frames - 1)) == story.shots[-1][1]
    assert line.step_at(line.frames - 1) == 100


@pytest.mark.parametrize(
    ("story", "said"),
    [
        ("  - {at: 10}", "6:5: nothing happens there; give it say, focus, pause or speed"),
        ("  - {at: 10, says: x}", "6:14: unknown key 'says'. Did you mean 'say'?"),
        ("  - {at: 10, speed: 0}", "6:21: story[0].speed: must be greater than 0, got 0"),
        ("  - {at: 10, pause: -1}", "6:21: story[0].pause: must be greater than 0, got -1"),
        (
            "  - {at: 10, pause: 1}\n  - {at: 10, speed: 2}",
            "7:10: story[1].at: must be after step 10, where the entry before is, got 10",
        ),
        (
            "  - {at: 101, pause: 1}",
            "6:10: story[0].at: must be at most 100, the last step, got 101",
        ),
        (
            "  - {at: 10, focus: [[1, 1], [0, 1]]}",
            "6:21: focus: x must run from the smaller to the larger number, got [1, 1]",
        ),
        (
            "  - {at: 0, speed: 0.001}",
            "6:3: pauses and slow motion make the movement last 6,000 seconds; "
            "at most 3,600 are allowed",
        ),
        (
            "  - {at: 10, say: 'a $\\alpa$ b'}",
            "6:19: the mathtext between $ and $ cannot be read: Unknown symbol: \\alpa",
        ),
        (
            "  - {at: 10, say: 'a \u4e2d b'}",
            "6:19: Source Sans Pro has no sign for '\u4e2d'; leave it out or choose another theme",
        ),
    ],
)
def test_mistakes_are_told_where_they_are(story, said):
    with pytest.raises(SceneError) as error:
        _script(story)
    assert error.value.lines == (f"s.yaml:{said}",)


def test_a_film_has_no_story():
    sweep = "sweep: {optimizers.sgd.learning_rate: [0.01, 0.02], as: film}\n"
    with pytest.raises(SceneError) as error:
        _script("  - {at: 10, pause: 1}", sweep)
    said = "a story goes by steps, and a film by values; leave one of them out"
    assert error.value.lines == (f"s.yaml:6:1: {said}",)


def test_a_focus_needs_a_panel_that_follows_it():
    with pytest.raises(SceneError, match="there is no 'contour' among the panels") as error:
        _script("  - {at: 10, focus: none}", "panels: [loss]\n")
    assert error.value.lines[0].startswith("s.yaml:7:21: ")


@pytest.mark.parametrize(
    ("focus", "said"),
    [
        ("[[1, 3], [0, 1]]", "must lie in the window [[-2, 2], [-1.5, 1.5]]"),
        ("{around: [0, 9], within: 1}", "must lie in the window [[-2, 2], [-1.5, 1.5]]"),
        ("{around: [0, 0], within: 1.0e-5}", "must not be smaller than 1/10000 of the window"),
    ],
)
def test_a_focus_lies_in_the_window(focus, said):
    from animate.sources.race import prepare

    script = _script(f"  - {{at: 10, focus: {focus}}}")
    with pytest.raises(SceneError) as error, script.placing():
        prepare(script.scene, ())
    assert error.value.lines == (f"s.yaml:6:21: story[0].focus: {said}",)
