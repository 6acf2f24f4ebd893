"""The camera that finds its own place: where the trails are seen, the same in every picture."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from animate.figure.strip import Moments
from animate.panels import Relief
from animate.panels.relief import SWING, bearing
from animate.panels.relief.camera_path import Pose
from animate.panels.relief.course import course
from animate.panels.relief.ground import Ground
from animate.panels.relief.sightlines import AZIMUTHS, Rays
from animate.pipeline import stage
from animate.scene.load import read, read_text
from animate.simulate.terrain import Terrain
from tests.pictures import composed
from tests.relief.ridge import artists, model_of, ridge_view, view_of

SCENES = Path(__file__).parents[2] / "scenes" / "relief"


def turned(azimuth):
    """An azimuth as one from -180 to 180."""
    return (azimuth + 180.0) % 360.0 - 180.0


def seen_at_the_end(ready):
    """The share of the trails' length that a relief shows at its end, by its depth picture."""
    artist, last = model_of(ready), ready.view.timeline.frames - 1
    sight, laid = artist.sight(last), artist.paths.draped
    length = np.nan_to_num(np.linalg.norm(np.diff(laid.points, axis=0), axis=-1))
    length[laid.starts[1:-1] - 1] = 0.0
    clear = sight.clear(np.nan_to_num(laid.points))
    return (length * (clear[1:] & clear[:-1])).sum() / length.sum()


@pytest.mark.parametrize("name", ["saddle", "himmelblau"])
@pytest.mark.parametrize("size", ["640, 480", "320, 240"])
def test_four_fifths_of_the_trails_are_seen_at_the_end(name, size):
    scene = read(SCENES / f"{name}.yaml", [f"style.size=[{size}]"]).scene
    assert seen_at_the_end(stage(scene)) >= 0.8


def test_the_camera_stands_on_the_side_of_the_ridge_where_the_trail_is():
    view = ridge_view()
    panel = Relief(elevation=20, scale="linear")
    camera = model_of(composed([[panel]], view, legend=False)).camera
    azimuths = [turned(camera(k / 10).azimuth) for k in range(12)]
    assert min(azimuths) > 20
    assert max(azimuths) < 160


def test_rays_find_what_the_depth_picture_does():
    view = ridge_view()
    ground = Ground(view.terrain, view.terrain.scale("linear"))
    paths = view.trajectories
    points = course(ground, paths.positions[0], paths.steps, [float(paths.last_step)], None)
    rays = Rays(ground, points, below=False)
    for elevation in (15.0, 40.0):
        clear = rays.seen(elevation, [0.6]).clear[: len(points.samples)].mean(0)
        for azimuth in (-90.0, -45.0, 0.0, 90.0):
            panel = Relief(azimuth=azimuth, elevation=elevation, vertical=0.6, scale="linear")
            share = seen_at_the_end(composed([[panel]], view, legend=False))
            assert clear[round(azimuth / 360 * AZIMUTHS) % AZIMUTHS] == pytest.approx(
                share, abs=0.1
            )


def test_what_a_scene_names_is_kept():
    view, path = ridge_view(), ({"at": 0, "azimuth": 10}, {"at": 1, "azimuth": 20})
    assert Relief(azimuth=-60).start(view) == Pose(-60, 35)
    assert Relief(azimuth=-30, elevation=50, orbit=90).start(view) == Pose(-30, 50)
    assert Relief(orbit=90).start(view) == Pose(-60, 35)
    assert Relief(path=path).camera_path(Relief(path=path).start(view), 1.0).at(0.0).azimuth == 10
    assert not Relief(azimuth=-60).traits.moves
    assert Relief().traits.moves
    assert not Relief(azimuth="auto", orbit=0).traits.moves
    assert Relief(elevation=12).start(view).elevation == 12


def test_it_swings_to_either_side_and_an_orbit_is_laid_the_same_way():
    view = ridge_view()
    for panel, turn in ((Relief(), SWING), (Relief(azimuth="auto", orbit=-90), -90)):
        start = panel.start(view)
        path = panel.camera_path(start, 1.1)
        azimuths = np.array([path.at(k / 10).azimuth for k in range(12)])
        assert azimuths[-1] - azimuths[0] == pytest.approx(turn)
        assert (np.diff(azimuths) * turn > 0).all()
        assert 0 < turned(start.azimuth + turn / 2) < 180


def test_where_no_side_shows_the_trail_the_camera_rises_unless_the_scene_says_how_high():
    def well(x, y):
        return (x**2 + y**2) / (0.02 + x**2 + y**2)

    view = view_of(well, ((-1.0, 1.0), (-1.0, 1.0)), (0.1, 0.05), rate=0.02)
    assert Relief(scale="linear").start(view).elevation > 40
    assert Relief(elevation=35, scale="linear").start(view).elevation == 35
    assert Relief().start(ridge_view()).elevation == 35


def test_the_pose_is_one_for_every_size_and_is_found_once():
    view = ridge_view()
    first = Relief().start(view)
    assert Relief().start(replace(view, pixels=(1080, 1350))) is first
    bearing.forget()
    assert Relief().start(view) == first


def test_a_strip_shows_what_the_clip_shows_at_its_moments():
    scene = read_text(
        "surface: saddle\noptimizers: [adam]\nsteps: 30\npanels: [relief]\n"
        "timing: {seconds: 1, fps: 10}\nstyle: {size: [320, 240]}\n",
        "x.yaml",
    ).scene
    clip, strip = stage(scene), stage(scene, Moments(3))
    strip.picture(0)
    for shown, frame in zip(artists(strip), (0, 4, 9), strict=True):
        pose, other = shown.seen_by, model_of(clip).camera(frame / 10)
        assert pose.azimuth == pytest.approx(other.azimuth, abs=3.0)
        assert pose.elevation == other.elevation


@pytest.mark.parametrize("elevation", [None, -30.0, 90.0])
def test_nothing_to_be_seen_is_no_matter(elevation):
    view = view_of(lambda x, y: np.nan * (x + y), ((-1.0, 1.0), (-1.0, 1.0)), (0.5, 0.5))
    pose = Relief(elevation=elevation).start(view)
    assert np.isfinite([pose.azimuth, pose.elevation]).all()


@pytest.mark.parametrize(("elevation", "azimuth"), [(20.0, 270), (-20.0, 90)])
def test_a_slope_is_seen_from_above_before_it_and_from_below_behind_it(elevation, azimuth):
    terrain = Terrain(lambda x, y: y + 0.0 * x, ((-1.0, 1.0), (-1.0, 1.0)))
    ground = Ground(terrain, terrain.scale("linear"))
    line = np.stack([np.linspace(-0.5, 0.5, 9), np.zeros(9)], axis=-1)
    points = course(ground, line[None], np.arange(9), [8.0], None)
    clear = Rays(ground, points, below=elevation < 0).seen(elevation, [0.9]).clear.mean(0)
    across = AZIMUTHS // 2
    assert clear[azimuth * AZIMUTHS // 360] == 1.0
    assert clear[(azimuth * AZIMUTHS // 360 + across) % AZIMUTHS] == 0.0
