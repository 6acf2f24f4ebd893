"""The spectra at three critical points: which points, and what is drawn of them when."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.text import Text

from animate import pipeline
from animate.networks.experiments.escape_directions.panels import (
    MOST_STROKES,
    CriticalPoints,
    ThreeSpectra,
)
from animate.scene.load import read_text
from tests.pictures import at, drawn

SCENE = "experiment: escape_directions\ntiming: {seconds: 1, fps: 2}\n"


@pytest.fixture
def shown(small, monkeypatch):
    result = small("escape_directions")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    return result, pipeline.stage(read_text(SCENE, "scene.yaml").scene).view


def test_the_three_are_the_highest_a_middle_and_the_lowest_off_the_plateau(small):
    result = small("escape_directions")
    off = [k for k in range(len(result.losses)) if not result.plateau[k] and result.draws[k] == 0]
    heights = {k: np.log(result.losses[k]) for k in off}
    middle = (max(heights.values()) + min(heights.values())) / 2
    assert list(result.three) == [
        max(off, key=heights.__getitem__),
        min(off, key=lambda k: abs(heights[k] - middle)),
        min(off, key=heights.__getitem__),
    ]


def test_each_spectrum_appears_with_its_point_and_crosses_zero_at_its_index(shown):
    result, view = shown
    axes, drawing = drawn(ThreeSpectra(), view)
    lines = [line for line in axes.lines if len(line.get_xdata()) == result.parameters]
    order = list(result.order)
    for line, place in zip(lines, result.three, strict=True):
        np.testing.assert_array_equal(line.get_ydata(), result.spectra[place])
        assert (np.asarray(line.get_ydata()) < -1e-7).sum() == result.index[place]
        drawing.show(at(order.index(place)))
        assert not line.get_visible()
        drawing.show(at(order.index(place) + 1))
        assert line.get_visible()


def glyphs(axes):
    """The strokes below each point, and the points."""
    strokes = next(each for each in axes.collections if len(each.get_paths()) > 1)
    dots = next(each for each in axes.collections if each is not strokes)
    return strokes, dots


def test_the_three_points_have_the_colours_of_their_spectra(shown):
    result, view = shown
    axes, drawing = drawn(CriticalPoints(), view)
    drawing.show(at(len(result.order)))
    strokes, dots = glyphs(axes)
    places = [list(result.order).index(place) for place in result.three]
    np.testing.assert_allclose(dots.get_offsets()[:, 1], result.losses[result.order])
    beside, _ = drawn(ThreeSpectra(), view)
    lines = [line for line in beside.lines if len(line.get_xdata()) == result.parameters]
    expected = [to_rgba(line.get_color()) for line in lines]
    np.testing.assert_allclose(dots.get_facecolors()[places], expected)
    np.testing.assert_allclose(strokes.get_edgecolors()[places], expected)


def counted(strokes):
    """The strokes below each point, each of which is one line straight down."""
    ends = [path.vertices.reshape(-1, 2, 2) for path in strokes.get_paths()]
    assert all((each[:, 0, 1] > each[:, 1, 1]).all() and (each[..., 0] == 0).all() for each in ends)
    assert all((each[1:, 0, 1] < each[:-1, 1, 1]).all() for each in ends), "apart"
    return [len(each) for each in ends]


def test_each_point_has_as_many_strokes_as_ways_down_and_comes_with_them(shown):
    result, view = shown
    axes, drawing = drawn(CriticalPoints(), view)
    strokes, dots = glyphs(axes)
    assert counted(strokes) == result.index[result.order].tolist()
    for step in (1, 3, len(result.order)):
        drawing.show(at(step))
        np.testing.assert_array_equal(strokes.get_offsets(), dots.get_offsets())
        assert len(dots.get_offsets()) == step


def test_more_ways_down_than_can_be_counted_are_bounded_and_the_bound_is_told(shown):
    result, view = shown
    many = replace(result, index=result.index + 11)
    axes, _ = drawn(CriticalPoints(), replace(view, result=many))
    expected = np.minimum(many.index[many.order], MOST_STROKES).tolist()
    assert counted(glyphs(axes)[0]) == expected
    assert expected != many.index[many.order].tolist()
    assert axes.get_xlabel().endswith(f"at most {MOST_STROKES}")
    assert "most" not in drawn(CriticalPoints(), view)[0].get_xlabel()


def test_a_name_stands_there_from_its_point_on_and_says_the_number(shown):
    result, view = shown
    axes, drawing = drawn(CriticalPoints(), view)
    names = [text for text in axes.texts if text.get_text().startswith("descent directions: ")]
    names.sort(key=lambda name: name.xy)
    places = [list(result.order).index(place) for place in result.three]
    assert len(names) == len(places)
    for name, place, critical in zip(names, places, result.three, strict=True):
        assert name.get_text().endswith(f": {result.index[critical]}")
        for step in (place, place + 1):
            drawing.show(at(step))
            assert name.get_visible() == (step > place)


def test_the_first_picture_shows_the_first_point(shown):
    _, view = shown
    assert view.timeline.step_at(0) == 1
    assert view.timeline.steps == len(shown[0].order)


@pytest.mark.parametrize("size", [(720, 480), (1080, 1080), (480, 320)])
def test_a_name_covers_no_point_and_no_other_name(shown, size):
    """The points go down in small steps; the last name has no room to its right."""
    result, view = shown
    losses = result.losses.copy()
    few = len(result.order) - 4
    steps = np.concatenate([np.geomspace(1.0, 0.1, few), np.geomspace(0.07, 0.05, 4)])
    losses[result.order] = steps
    view = replace(view, result=replace(result, losses=losses), pixels=size)
    axes, drawing = drawn(CriticalPoints(), view)
    drawing.show(at(len(result.order)))
    points = axes.transData.transform(glyphs(axes)[1].get_offsets())
    boxes = [Text.get_window_extent(name) for name in axes.texts]
    assert boxes
    for k, box in enumerate(boxes):
        assert not any(box.contains(*point) for point in points)
        assert not any(box.overlaps(other) for other in boxes[k + 1 :])
