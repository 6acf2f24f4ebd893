"""The clock."""

import numpy as np
import pytest

from animate.figure.timeline import Timeline


@pytest.mark.parametrize("fps", [1, 10, 24, 25, 30, 33, 60])
@pytest.mark.parametrize("seconds", [0.01, 1, 2.5, 6])
def test_the_first_frame_is_the_start_and_the_last_the_end(fps, seconds):
    line = Timeline(150, seconds=seconds, fps=fps)
    assert line.frames == max(1, round(seconds * fps))
    assert line.step_at(line.frames - 1) == 150
    if line.frames > 1:
        assert line.step_at(0) == 0


def test_equal_time_a_step():
    line = Timeline(90, seconds=4, fps=25)
    steps = [line.step_at(k) for k in range(line.frames)]
    np.testing.assert_allclose(np.diff(steps), 90 / 99)


def test_slowing_gives_the_first_steps_more_time():
    line = Timeline(90, seconds=4, fps=25, pace="slowing")
    taken = np.diff([line.step_at(k) for k in range(line.frames)])
    assert (np.diff(taken) > 0).all()
    assert line.step_at(line.frames - 1) == 90


def test_the_frame_on_the_screen():
    line = Timeline(10, seconds=2, fps=25)
    assert [line.frame_at(s) for s in (0, 0.039, 0.04, 1.0, 99)] == [0, 0, 1, 25, 49]
