"""The boxes of a row: which panels get the room, one after the other."""

import pytest

from animate.figure.fitting import STRETCH, Need, boxes, solve
from animate.figure.grid import Grid

SQUARE = Need(0, 0, 0, 0, shape=1.0)
LONG = Need(0, 0, 0, 0, shape=2.0)
FREE = Need(0, 0, 0, 0)


def _widths(row, width):
    solved = list(boxes(solve(Grid([row]), width, 100.0, 0.0)))
    assert [height for *_, height in solved] == pytest.approx([100.0] * len(row))
    return [width for _, _, width, _ in solved]


@pytest.mark.parametrize(
    ("width", "square", "free"),
    [
        (150, 96, 54),  # the free panel has its least share, 36%; the square all of the rest
        (200, 100, 100),  # equal units are reached; the free panel takes the rest
        (294, 104, 190),  # the free panel is as wide as it may be; units stretch into the rest
        (400, 100 * STRETCH, 190),  # both are as wide as they may be, and room is left
    ],
)
def test_room_goes_to_equal_units_then_to_any_shape_then_to_stretched_units(width, square, free):
    assert _widths([SQUARE, FREE], width) == pytest.approx([square, free])
    assert _widths([FREE, SQUARE], width) == pytest.approx([free, square])


@pytest.mark.parametrize(
    ("width", "square", "long"),
    [
        (285, 95, 190),  # what is missing to equal units is shared in proportion
        (300, 100, 200),
        (315, 105, 210),  # and so is what stretches them
        (500, 100 * STRETCH, 200 * STRETCH),
    ],
)
def test_panels_with_a_shape_share_the_room_in_proportion(width, square, long):
    assert _widths([SQUARE, LONG], width) == pytest.approx([square, long])


def test_a_narrow_row_is_as_low_as_its_panels_need():
    (square, *_), free = solve(Grid([[SQUARE, FREE]]), 100.0, 100.0, 0.0).rows[0]
    assert square == SQUARE
    _, (_, _, width, height) = free
    assert (width, height) == pytest.approx((36.0, 64.0 * STRETCH))
