"""Words find room where nothing else is, near what they are about."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some
from matplotlib.transforms import Bbox

from animate.figure.placing import Room

BOX = Bbox.from_extents(50.0, 30.0, 450.0, 330.0)
SIZE = (90.0, 24.0)
corners = some.tuples(some.floats(0, 500), some.floats(0, 400))


def gap_between(corner, size, points):
    """The distance of each point from a rectangle, which is 0 inside."""
    beyond = points - np.clip(points, corner, np.array(corner) + size)
    return np.hypot(*beyond.T)


@settings(max_examples=60, deadline=None)
@given(path=some.lists(corners, min_size=2, max_size=12), point=corners)
def test_words_lie_on_no_path_and_in_the_box(path, point):
    room, path = Room(BOX), np.array(path)
    room.take_path(path, 5.0)
    spot = room.spot(np.array(point), SIZE, 10.0, 120.0)
    if spot is None:
        return
    low, high = np.array(spot.corner), np.array(spot.corner) + SIZE
    assert (low >= BOX.p0).all()
    assert (high <= BOX.p1).all()
    along = np.linspace(0, 1, 400)[:, None]
    every = np.concatenate([a + along * (b - a) for a, b in pairwise(path)])
    inside = every[((every >= BOX.p0) & (every <= BOX.p1)).all(axis=1)]
    assert (gap_between(spot.corner, SIZE, inside) > 5.0 - 2.0).all()
    assert gap_between(spot.corner, SIZE, np.array([point]))[0] >= 5.0
    assert np.allclose(spot.leader, np.clip(point, low, high))


def test_words_stand_near_their_point_and_beside_each_other():
    room, point, taken = Room(BOX), np.array([250.0, 180.0]), []
    for _ in range(4):
        spot = room.spot(point, SIZE, 10.0, 300.0)
        assert spot is not None
        for x, y in taken:
            apart = np.abs(np.array(spot.corner) - (x, y))
            assert apart[0] >= SIZE[0] or apart[1] >= SIZE[1]
        taken.append(spot.corner)
        room.take(spot.corner, SIZE)
    distances = [gap_between(each, SIZE, point[None])[0] for each in taken]
    assert distances[0] <= 15.0
    assert distances[0] <= min(distances[1:])


def test_where_nothing_is_free_there_is_no_place():
    room = Room(BOX)
    room.take((60.0, 40.0), (380.0, 280.0))
    assert room.spot(np.array([250.0, 180.0]), SIZE, 10.0, 500.0) is None


def test_a_leader_rather_goes_round_than_over_a_path():
    room = Room(BOX)
    point = np.array([250.0, 180.0])
    room.take_path(np.array([[230.0, 100.0], [230.0, 300.0]]), 3.0)
    spot = room.spot(point, SIZE, 10.0, 200.0)
    assert spot is not None
    assert spot.corner[0] > 230.0


def test_moves_far_beyond_the_box_and_gaps_take_what_they_cross_alone():
    room = Room(BOX)
    room.take_path(np.array([[-1e12, 180.0], [1e12, 180.0], [np.nan, np.nan]]), 3.0)
    room.take_path(np.full((3, 2), np.inf), 3.0)
    spot = room.spot(np.array([250.0, 100.0]), SIZE, 10.0, 200.0)
    assert spot is not None


def test_no_leader_goes_over_words_and_no_words_stand_by_another_mark():
    room, point, other = Room(BOX), np.array([150.0, 180.0]), np.array([250.0, 180.0])
    for mark in (point, other):
        room.take_mark(mark, 6.0)
    for _ in range(3):
        spot = room.spot(point, SIZE, 10.0, 300.0)
        assert spot is not None
        own, theirs = (gap_between(spot.corner, SIZE, mark[None])[0] for mark in (point, other))
        assert own <= theirs
        room.take(spot.corner, SIZE)
    wall = Room(BOX)
    wall.take((160.0, 30.0), (40.0, 300.0))
    spot = wall.spot(np.array([150.0, 180.0]), (60.0, 24.0), 10.0, 300.0)
    assert spot is not None
    assert spot.corner[0] + 60.0 <= 160.0


def test_the_mark_of_a_place_may_stand_as_far_from_it_as_the_picture_is_large():
    for scale in (1.0, 3.0, 6.0):
        box = Bbox.from_extents(0.0, 0.0, 640.0 * scale, 480.0 * scale)
        room, point = Room(box), np.array([320.0, 240.0]) * scale
        room.take_mark(np.add(point, [0.0, 20.0 * scale]), 4.0)
        for y in np.arange(0.0, 265.0, 5.0):  # all is taken but what is above the mark
            room.take_path(scale * np.array([[0.0, y], [640.0, y]]), 3.0 * scale)
        assert room.spot(point, (90.0 * scale, 24.0 * scale), 10.0 * scale, 120.0 * scale)


def test_no_leader_goes_over_the_head_of_another_run():
    room, point = Room(BOX), np.array([250.0, 180.0])
    room.take_points(np.array([[250.0, 200.0], [270.0, 180.0], [250.0, 160.0]]), 6.0)
    for y in np.arange(30.0, 330.0, 4.0):  # words have room above alone
        if y < 222.0:
            room.take_path(np.array([[50.0, y], [450.0, y]]), 2.0)
    assert room.spot(point, SIZE, 12.0, 40.0) is None
    wide = Room(BOX)
    wide.take_points(np.array([[250.0, 200.0]]), 6.0)
    spot = wide.spot(point, SIZE, 12.0, 60.0)
    assert spot is not None
    assert spot.leader[1] < 196.0 or abs(spot.leader[0] - 250.0) > 6.0


def test_names_stand_as_much_nearer_to_their_own_mark_as_is_asked():
    room, point, other = Room(BOX), np.array([150.0, 180.0]), np.array([250.0, 180.0])
    for mark in (point, other):
        room.take_mark(mark, 6.0)
    spot = room.spot(point, SIZE, 10.0, 300.0, apart=40.0)
    assert spot is not None
    own, theirs = (gap_between(spot.corner, SIZE, mark[None])[0] for mark in (point, other))
    assert own + 40.0 <= theirs


def test_words_with_a_leader_may_stand_beyond_the_marks_of_others_but_not_beside_them():
    room, point = Room(BOX), np.array([250.0, 180.0])
    room.take_points(point[None], 6.0)
    marks = point + np.array([[40.0, 0.0], [-40.0, 0.0], [0.0, 25.0], [0.0, -25.0]])
    for mark in marks:
        room.take_mark(mark, 6.0)
    assert room.spot(point, SIZE, 10.0, 150.0) is None
    spot = room.spot(point, SIZE, 10.0, 150.0, enough=20.0)
    assert spot is not None
    assert gap_between(spot.corner, SIZE, marks).min() >= 20.0
