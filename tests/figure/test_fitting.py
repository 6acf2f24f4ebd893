"""The boxes of a row: which panels get the room, one after the other."""

import pytest

from animate.figure.fitting import boxes, solve
from animate.figure.grid import Grid
from animate.figure.need import STRETCH, Need, Spacing

SQUARE = Need(0, 0, 0, 0, shape=1.0)
LONG = Need(0, 0, 0, 0, shape=2.0)
FREE = Need(0, 0, 0, 0)


def _widths(row, width):
    solved = list(boxes(solve(Grid([row]), width, 100.0, Spacing(0.0))))
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
    (square, *_), free = solve(Grid([[SQUARE, FREE]]), 100.0, 100.0, Spacing(0.0)).rows[0]
    assert square == SQUARE
    _, (_, _, width, height) = free
    assert (width, height) == pytest.approx((36.0, 64.0 * STRETCH))


def stacked(*needs, height=100.0, enough=0.0, **given):
    """Boxes of panels one below the other in a picture 100 wide."""
    grid = Grid([[need] for need in needs], **given)
    return list(boxes(solve(grid, 100.0, height, Spacing(0.0, enough))))


def test_a_map_takes_the_width_before_a_panel_below_it_takes_height():
    (_, _, wide, high), (*_, low) = stacked(SQUARE, FREE, height=130.0)
    assert wide == pytest.approx(100.0, abs=STRETCH * 8)
    assert high + low == pytest.approx(130.0)
    assert high > 1.4 * low


def test_a_panel_yields_no_more_than_half_nor_below_what_is_enough():
    halves = [box[3] for box in stacked(FREE, FREE)]
    assert halves == pytest.approx([50.0, 50.0])
    assert stacked(SQUARE, FREE)[1][3] == pytest.approx(25.0)
    assert stacked(SQUARE, FREE, enough=40.0)[1][3] == pytest.approx(40.0)
    assert stacked(SQUARE, FREE, enough=400.0)[1][3] == pytest.approx(50.0)


def test_what_does_not_yield_has_as_much_as_a_map():
    relief = Need(0, 0, 0, 0, yields=False)
    assert [box[3] for box in stacked(SQUARE, relief)] == pytest.approx([50.0, 50.0])


def test_what_a_flat_map_leaves_goes_to_the_others():
    flat = Need(0, 0, 0, 0, shape=5.0)
    heights = [box[3] for box in stacked(flat, FREE, FREE)]
    assert heights == pytest.approx([20 * STRETCH, *[(100 - 20 * STRETCH) / 2] * 2])


def test_heights_that_a_scene_gives_hold():
    assert [box[3] for box in stacked(SQUARE, FREE, heights=(1, 3))] == pytest.approx([25, 75])


def test_words_begin_where_the_axes_above_them_do():
    labelled, words = Need(20, 0, 0, 0), Need(0, 0, 0, 0, height=lambda width: 800 / width)
    grid = Grid([[labelled, FREE], [words]])
    first, _, below = boxes(solve(grid, 100.0, 100.0, Spacing(0.0)))
    assert (below[0], *below[2:]) == pytest.approx((first[0], 80.0, 10.0))


def test_a_grid_without_some_cells_keeps_its_empty_places_and_ratios():
    whole = Grid([["a", "b"], ["c", None], ["words"]], [(1, 2), (1, 2), None], (3, 2, 1))
    left = whole.kept(lambda cell: cell != "words")
    assert (left.rows, left.widths, left.heights) == (
        [["a", "b"], ["c", None]],
        [[1, 2], [1, 2]],
        [3, 2],
    )
    assert Grid([["a", "words"]], [(1, 2)]).kept(lambda cell: cell != "words").rows == [["a"]]
    assert not Grid([[Grid([["words"]])]]).kept(lambda cell: cell != "words").rows


def test_rows_begin_at_one_edge_and_their_columns_are_aligned():
    rows = [
        [Need(9, 0, 2, 0), Need(4, 0, 0, 0)],
        [Need(3, 0, 5, 0), Need(7, 0, 6, 0)],
        [Need(0, 0, 0, 0, height=lambda _: 20.0)],
    ]
    grid = solve(Grid(rows), 300.0, 200.0, Spacing(10.0)).rows
    placed = [[cell[1] for cell in row] for row in grid]
    assert {row[0][0] for row in placed} == {9.0}
    (above, below) = (row[1] for row in placed[:2])
    assert above == pytest.approx((above[0], above[1], below[2], above[3]))
    assert above[0] == pytest.approx(below[0])
