"""A portrait picture has its panels one below the other where that makes them larger."""

from itertools import pairwise

import numpy as np
import pytest

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
