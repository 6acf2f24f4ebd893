"""The camera of the relief: turns, orbits and paths of shots."""

import numpy as np
import pytest

from animate.panels.relief.camera_path import CameraPath, Pose, eased, monotone


def test_a_turn_starts_and_ends_gently_and_is_even_between():
    share = np.linspace(0, 1, 1001)
    turned = np.array([eased(s) for s in share])
    speed = np.diff(turned) * 1000
    assert (turned[0], turned[-1]) == (0.0, 1.0)
    assert (speed > 0).all()
    assert speed[0] < 0.01
    assert speed[-1] < 0.01
    assert np.ptp(speed[250:750]) < 1e-9
    assert abs(np.diff(speed)).max() < 0.01


def test_an_orbit_turns_by_so_many_degrees():
    camera = CameraPath(Pose(-60, 35), 90, (), 4.0)
    assert camera.at(0.0).azimuth == -60
    assert camera.at(4.0).azimuth == pytest.approx(30)
    assert camera.at(2.0) == Pose(pytest.approx(-15), 35, 1.0)
    assert camera.moves
    assert not CameraPath(Pose(-60, 35), 0, (), 4.0).moves


def test_a_path_goes_through_its_shots_by_the_shorter_way_and_never_beyond():
    path = [
        {"at": 1, "azimuth": 170, "elevation": 20},
        {"at": 2, "azimuth": -170, "elevation": 60, "zoom": 2.0},
        {"at": 4, "elevation": 60},
    ]
    camera = CameraPath(Pose(160, 20), 0, path, 5.0)
    times = np.linspace(0, 5, 251)
    poses = [camera.at(t) for t in times]
    azimuth = np.array([p.azimuth for p in poses])
    elevation = np.array([p.elevation for p in poses])
    assert camera.at(1) == Pose(170, 20, 1.0)
    assert camera.at(2).azimuth == pytest.approx(190)
    assert camera.at(2).zoom == pytest.approx(2.0)
    assert camera.at(0) == camera.at(1)
    assert camera.at(5) == camera.at(4)
    assert (np.diff(azimuth) >= -1e-9).all()
    assert elevation.max() <= 60 + 1e-9
    assert elevation[times >= 2] == pytest.approx(60)
    assert abs(np.diff(azimuth, 2)).max() < 0.1


def test_the_cubic_meets_its_points_and_keeps_between_them():
    from scipy.interpolate import PchipInterpolator

    times, values = np.array([0.0, 1.0, 1.5, 4.0]), np.array([2.0, 3.0, 3.5, -1.0])
    at = np.linspace(0, 4, 101)
    ours = np.array([monotone(times, values, t) for t in at])
    theirs = PchipInterpolator(times, values)(at)
    inner = (at >= 1.0) & (at <= 1.5)
    np.testing.assert_allclose(ours[inner], theirs[inner], atol=1e-9)
    assert ours.max() <= 3.5 + 1e-9
    assert ours[0] == 2.0
    assert ours[-1] == -1.0
