"""A portrait picture has its panels one below the other where that makes them larger."""

from itertools import pairwise

import numpy as np
import pytest

from animate.pipeline import stage
from animate.scene.load import read_text
from tests.figure.arranged import arranged, panels_of


def boxes(panels, size):
    return [axes.get_window_extent() for axes in panels_of(arranged(panels, size))]


@pytest.mark.parametrize("panels", ["[[contour, loss]]", "[[loss, contour]]"])
@pytest.mark.parametrize("size", [(1080, 1350), (540, 675), (480, 800)])
def test_a_row_of_panels_is_stacked_in_a_tall_picture(panels, size):
    tall, wide = boxes(panels, size), boxes(panels, (size[1], size[0]))
    assert all(upper.y0 > lower.y1 for upper, lower in pairwise(tall))
    assert wide[0].x1 < wide[1].x0
    assert wide[0].y0 < wide[1].y1


def test_rows_stay_where_stacked_panels_would_be_smaller():
    many = boxes("[[contour, loss], [gradient_norm, distance], [curvature, loss]]", (640, 720))
    assert len({round(box.y0) for box in many}) == 3


@pytest.mark.parametrize("panels", ["[[contour, loss]]", "[[contour, relief]]"])
def test_few_rows_of_a_tall_picture_are_blank(panels):
    """With the lines of the legend between which there is paper too; side by side it was a half."""
    picture = arranged(panels, (1080, 1350), title="A title").picture(0)[..., :3]
    blank = (picture == picture[0, 0]).all(axis=(1, 2))
    assert np.mean(blank) < 0.3


@pytest.mark.parametrize("size", [(600, 750), (560, 700)])
@pytest.mark.parametrize("panels", ["[[contour, loss], [distance]]", "[[contour, relief]]"])
def test_the_legend_stands_beside_a_map_at_the_top_where_that_makes_it_no_smaller(panels, size):
    picture = arranged(panels, size)
    map_, *others = (axes.get_window_extent() for axes in panels_of(picture))
    named = [text for text in picture.figure.texts if "by squares" in text.get_text()]
    (name,) = (text.get_window_extent() for text in named)
    assert name.x0 > map_.x1
    assert map_.y0 < name.y0 < map_.y1
    assert all(other.y1 < map_.y0 for other in others)
    assert all(other.x1 > name.x0 for other in others)


@pytest.mark.parametrize("size", [(480, 960), (540, 1100)])
def test_split_maps_take_the_width_before_a_panel_below_them_takes_height(size):
    *maps, loss = boxes("[{contour: {split: optimizers}}, loss]", size)
    assert all(each.width > 0.37 * size[0] for each in maps)
    assert max(each.y1 for each in maps) > loss.y1
    assert loss.height > 0.12 * size[1]


@pytest.mark.parametrize("size", [(480, 640), (600, 640)])
def test_panels_of_which_a_column_is_too_high_stand_in_rows(size):
    """The smallest map is then larger."""
    curves = "curvature, distance, gradient_norm"
    shown, *others = boxes(f"[contour, {curves}]", size)
    assert shown.width > 0.3 * size[0]
    assert len({round(each.y0) for each in (shown, *others)}) == 2


def test_small_multiples_stand_in_the_rows_that_leave_them_most_room():
    """Each row of them takes height for its titles and numbers."""
    sweep = "sweep: {optimizers.sgd.learning_rate: [0.001, 0.002, 0.003, 0.004]}"
    text = f"surface: beale\noptimizers: [sgd]\nsteps: 5\n{sweep}\nstyle: {{size: [1000, 400]}}\n"
    maps = panels_of(stage(read_text(text, "x").scene))
    assert len({round(each.get_window_extent().y0) for each in maps}) == 1
    assert min(each.get_window_extent().width for each in maps) > 160


@pytest.mark.parametrize("size", [(1080, 540), (1280, 720), (640, 480)])
def test_a_relief_has_the_larger_part_beside_a_map(size):
    both = arranged("[[contour, relief]]", size).figure.axes[:2]
    map_, relief = (axes.get_window_extent() for axes in both)
    assert relief.width > 1.05 * map_.width
    assert relief.height >= map_.height - 1
