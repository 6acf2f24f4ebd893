"""Paths cut into segments: nothing that could be seen is lost, nothing comes before its time."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Bbox, IdentityTransform

from animate.figure.paths.brush import Brush
from animate.figure.paths.segments import NEAR, segments

SOLID = np.array([])
DASHES = np.array([9.0, 4.0, 2.0, 4.0])


def walk(count: int, size: float) -> np.ndarray:
    return 200 + np.cumsum(np.random.default_rng(1).normal(0, size, (count, 2)), axis=0)


def distance(points: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """From each point to the nearest of the segments."""
    begin, along = lines[:, 0], lines[:, 1] - lines[:, 0]
    squared = np.maximum((along**2).sum(-1), 1e-300)
    to = points[:, None] - begin
    share = np.clip((to * along).sum(-1) / squared, 0, 1)
    return np.linalg.norm(to - share[..., None] * along, axis=-1).min(-1)


def shown(lines: np.ndarray, times: np.ndarray, step: float) -> np.ndarray:
    """The ends of what is drawn at `step`."""
    begin, end = times[times[:, 0] < step].T
    share = np.minimum((step - begin) / (end - begin), 1)[:, None]
    first, last = lines[times[:, 0] < step].swapaxes(0, 1)
    return first + share * (last - first)


@pytest.mark.parametrize("size", [0.001, 0.02, 0.1, 3.0])
def test_what_is_drawn_is_the_path(size: float) -> None:
    path = walk(700, size)
    lines, _ = segments(path, np.arange(700.0), SOLID)
    assert distance(path, lines).max() <= NEAR
    whole = np.stack([path[:-1], path[1:]], axis=1)
    assert distance(lines.reshape(-1, 2), whole).max() < 1e-9
    assert (lines[0, 0] == path[0]).all()
    assert (lines[-1, 1] == path[-1]).all()


def test_every_step_that_shows_is_a_segment_of_its_own() -> None:
    path = walk(500, 2.0)
    lines, times = segments(path, np.arange(500.0), SOLID)
    assert (lines == np.stack([path[:-1], path[1:]], axis=1)).all()
    assert (times == np.stack([np.arange(499), np.arange(1, 500)], axis=1)).all()


def test_a_million_steps_at_rest_are_hardly_any_segments() -> None:
    path = np.array([300.0, 200.0]) * np.exp(-np.arange(1_000_000) / 1000)[:, None]
    lines, _ = segments(path, np.arange(1e6), SOLID)
    assert len(lines) < 400 / NEAR


def test_a_path_that_waits_is_not_ahead_of_its_head() -> None:
    path = np.array([[0.0, 0], *[[10, 0]] * 90, [60, 0], [61, 0]])
    lines, times = segments(path, np.arange(93.0), SOLID)
    for step in (0.5, 1, 40, 89.9, 90, 90.5, 91.5):
        head = np.interp(step, np.arange(93), path[:, 0])
        assert shown(lines, times, step)[:, 0].max() == pytest.approx(head, abs=1e-9)


@pytest.mark.parametrize("size", [0.02, 0.5, 30.0])
def test_dashes_are_as_long_as_they_should(size: float) -> None:
    path = walk(2000, size)
    lines, times = segments(path, np.arange(2000.0), DASHES)
    solid, _ = segments(path, np.arange(2000.0), SOLID)
    whole = np.linalg.norm(solid[:, 1] - solid[:, 0], axis=1).sum()
    inked = np.linalg.norm(lines[:, 1] - lines[:, 0], axis=1).sum()
    rounds, rest = divmod(whole, 19)
    assert inked == pytest.approx(11 * rounds + min(rest, 9) + np.clip(rest - 13, 0, 2))
    assert (times[:, 0] < times[:, 1]).all()
    assert (np.diff(times[:, 1]) >= 0).all()


def test_a_dashed_path_may_leave_for_the_end_of_the_numbers() -> None:
    path = np.array([[0.0, 0], [100, 0], [1e290, -1e300], [100, 100], [100, 0]])
    lines, times = segments(path, np.arange(5.0), DASHES)
    assert len(lines) < 60
    assert [9.0, 0.0] in lines.reshape(-1, 2).tolist()
    assert times.max() == pytest.approx(3.99)
    scribble = np.tile([[0.0, 0.0], [19_000.0, 0.0]], (10_000, 1))
    assert len(segments(scribble, np.arange(2e4), DASHES)[0]) == 19_999


def test_what_is_no_number_is_not_drawn() -> None:
    path = np.array([[0.0, 0], [5, 0], [np.nan, 0], [7, 0], [9, 0]])
    lines, times = segments(path, np.arange(5.0), SOLID)
    assert lines.tolist() == [[[0, 0], [5, 0]], [[7, 0], [9, 0]]]
    assert times.tolist() == [[0, 1], [3, 4]]
    for number in (0, 1):
        assert len(segments(path[2 - number : 3 - number], np.arange(1.0), DASHES)[0]) == 0


def test_a_path_may_begin_later_than_its_clock():
    path = np.array([[np.nan, 0.0], [7, 0], [9, 0]])
    lines, times = segments(path, np.arange(3.0), SOLID)
    assert lines.tolist() == [[[7, 0], [9, 0]]]
    assert times.tolist() == [[1, 2]]


def test_strokes_in_one_call_are_the_strokes_one_by_one() -> None:
    together, apart = RendererAgg(200, 150, 72), RendererAgg(200, 150, 72)
    path = walk(400, 9.0) - 100
    path[50:53] = [[1e9, -1e12], [30, 30], [30, 30]]
    lines = np.stack([path[:-1], path[1:]], axis=1)
    rng = np.random.default_rng(2)
    colours, widths = rng.uniform(size=(399, 4)), rng.uniform(0.5, 6, 399)
    brush = Brush(Bbox([[10, 10], [150, 140]]))
    brush.stroke(together, lines, colours, widths)
    for line, colour, width in zip(lines, colours, widths, strict=True):
        brush._gc.set_foreground(tuple(colour), isRGBA=True)
        brush._gc.set_linewidth(width)
        apart.draw_path(brush._gc, Path(line), IdentityTransform())
    assert (np.asarray(together.buffer_rgba()) == np.asarray(apart.buffer_rgba())).all()
    assert np.asarray(apart.buffer_rgba())[..., 3].any()


@pytest.mark.parametrize("pattern", [SOLID, DASHES], ids=["solid", "dashed"])
def test_a_path_goes_on_behind_a_gap(pattern: np.ndarray) -> None:
    path = np.stack([10.0 * np.arange(12), np.zeros(12)], axis=1)
    path[[0, 4, 5, 9, 11]] = np.nan
    lines, times = segments(path, np.arange(12.0), pattern)
    drawn = lines[..., 0][np.ptp(times, axis=1) > 1e-6]
    assert {drawn.min(), drawn.max()} == {10.0, 80.0}
    assert not ((drawn.min(1) < 60) & (drawn.max(1) > 30)).any()
    assert not len(shown(lines, times, 0.9))
    canvas = RendererAgg(120, 20, 72)
    colours, widths = np.tile([0.0, 0, 0, 1], (len(lines), 1)), np.full(len(lines), 4.0)
    Brush(Bbox([[0, 0], [120, 20]])).stroke(canvas, np.add(lines, [0, 10]), colours, widths)
    ink = np.asarray(canvas.buffer_rgba())[9, :, 3] > 128
    assert ink[[10, 60, 80, 99, 100]].all()
    assert not ink[[45, 55, 90, 105]].any()
    if pattern is SOLID:
        assert lines[-1].tolist() == [[99, 0], [101, 0]]
        assert shown(lines, times, 9.9)[:, 0].max() == 80
        assert shown(lines, times, 10.0)[:, 0].max() == pytest.approx(101)
