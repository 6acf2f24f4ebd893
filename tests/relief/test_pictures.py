"""The relief itself: trails that the surface hides, colours, odd surfaces, layers."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from animate.errors import SceneError
from animate.panels import Contour, Relief
from animate.panels.relief.ball import ball
from animate.panels.relief.ground import Ground, draped
from animate.panels.relief.prefetch import Prefetch
from animate.scene.load import read_text
from animate.theme import theme
from tests.pictures import composed
from tests.relief.ridge import PIXELS, hill, model_of, ridge_view, view_of


def test_a_path_is_laid_on_the_surface_between_its_records():
    view = ridge_view()
    ground = Ground(view.terrain, view.terrain.scale("linear"))
    path = np.array([[-1.0, -1.0], [1.0, 1.0], [5.0, 5.0], [np.nan, np.nan]])
    laid = draped(ground, path[None], np.arange(4))
    x, y, t = laid.points[np.isfinite(laid.points).all(1)].T
    np.testing.assert_allclose(t, ground.scale.unit(hill(2 * x, 2 * y)), atol=1e-9)
    assert abs(np.diff(x)).max() <= 0.012
    assert np.isnan(laid.points[laid.steps > 1.01]).all()
    np.testing.assert_allclose(laid.head(0, 0.5)[:2], [0.0, 0.0], atol=0.01)


def red(picture):
    """Where a picture has the first trail's own colour."""
    colour = np.round(255 * np.array(to_rgb(theme("light").trail(0))))
    return (abs(picture[..., :3].astype(int) - colour) < 60).all(-1)


@pytest.mark.parametrize(("azimuth", "hidden"), [(-90, True), (90, False)])
def test_a_trail_behind_the_ridge_is_faint_and_dashed_and_solid_before_it(azimuth, hidden):
    panel = Relief(azimuth=azimuth, elevation=20, scale="linear")
    stage = composed([[panel]], ridge_view(), legend=False)
    solid = red(stage.picture(11))
    model = model_of(stage)
    path = model.paths.draped
    place = model.placer(model.camera(0.0))(path.points)
    place = place[np.isfinite(place).all(1)][:-12]
    on = solid[(PIXELS[1] - place[:, 1]).astype(int), place[:, 0].astype(int)]
    assert len(on) > 20
    assert on.mean() < 0.1 if hidden else on.mean() > 0.8
    if hidden:
        tinted = stage.picture(11)[..., :3].astype(int)
        bare = composed([[panel]], replace(ridge_view(), colours=("#000000",)), legend=False)
        differs = (tinted != bare.picture(11)[..., :3]).any(-1)
        on = differs[(PIXELS[1] - place[:, 1]).astype(int), place[:, 0].astype(int)]
        assert 0.25 < on.mean() < 0.9


def test_a_frame_alone_equals_the_frame_in_sequence():
    panel = {"orbit": 40.0, "floor": True, "drop": True}
    played = [f.rgba for f in composed([[Relief(**panel)]], ridge_view()).frames()]
    alone = composed([[Relief(**panel)]], ridge_view())
    for k in (7, 2, 11, 0):
        assert (alone.picture(k) == played[k]).all()
    assert (played[0] != played[6]).any()


def test_colours_and_levels_are_those_of_the_contour():
    view = ridge_view()
    (ours,), (theirs,) = Relief().colour_keys(view), Contour().colour_keys(view)
    np.testing.assert_array_equal(ours.colours, theirs.colours)
    assert ours.scale == theirs.scale


def test_seen_from_above_the_relief_has_the_contours_colours():
    """On level ground the light leaves colours as they are: to within a few in 255."""

    def bowl(x, y):
        return x**2 + y**2

    window = ((-1.0, 1.0), (-1.0, 1.0))
    view = view_of(bowl, window, (0.9, 0.9))
    panel = Relief(azimuth=-90, elevation=90, lines=False, vertical=0.05, levels=12)
    stage = composed([[panel]], view, legend=False)
    picture, model = stage.picture(0), model_of(stage)
    colours = np.round(255 * view.theme.terrain_colours(12))
    scale = view.terrain.scale("auto")
    for x, y in ((0.0, 0.0), (0.4, -0.3), (-0.6, 0.1)):
        t = float(scale.unit(bowl(x, y)))
        column, row = model.placer(model.camera(0.0))(np.array([x / 2, y / 2, t]))
        got = picture[int(PIXELS[1] - row), int(column), :3].astype(int)
        want = np.array([np.interp(t * 12 - 0.5, np.arange(12), c) for c in colours.T])
        assert abs(got - want).max() <= 12


@pytest.mark.parametrize("option", ["floor", "drop"])
def test_an_option_adds_lines_under_the_surface(option):
    bare = composed([[Relief(elevation=10)]], ridge_view(), legend=False).picture(5)
    more = composed([[Relief(elevation=10, **{option: True})]], ridge_view(), legend=False)
    changed = (bare != more.picture(5)).any(-1)
    assert 20 < changed.sum() < 0.2 * changed.size


@pytest.mark.parametrize(
    "function",
    [
        lambda x, y: 0.0 * (x + y) + 3.0,
        lambda x, y: np.nan * (x + y),
        lambda x, y: (x * y) ** 0.5,
        lambda x, y: 1.0 / (x * x + y * y),
        lambda x, y: (x > 0.1) * 1.0 + 0.1 * y,
    ],
    ids=["flat", "nowhere", "quadrants", "pole", "cliff"],
)
def test_odd_surfaces_are_drawn(function):
    view = view_of(function, ((-1.0, 1.0), (-1.0, 1.0)), (0.5, 0.5))
    stage = composed([[Relief()]], view)
    assert stage.picture(0).shape == (PIXELS[1], PIXELS[0], 4)


def test_a_ball_is_round_lit_from_above_and_keeps_its_place():
    colour = np.array([0.8, 0.2, 0.2])
    for at in ((20.3, 30.8), (-4.6, 7.1)):
        rgba, left, top = ball(np.array(at), 6.0, colour, np.ones(3), 1.0)
        alpha = rgba[..., 3] / 255.0
        rows, columns = np.indices(alpha.shape) + 0.5
        x, y = left + columns, top - rows
        assert (alpha * x).sum() / alpha.sum() == pytest.approx(at[0], abs=0.01)
        assert (alpha * y).sum() / alpha.sum() == pytest.approx(at[1], abs=0.01)
        assert alpha.sum() == pytest.approx(np.pi * 49, rel=0.01)
        middle = len(rgba) // 2
        assert rgba[middle - 3, middle, 0] > rgba[middle + 3, middle, 0] + 20


def test_pictures_are_begun_ahead_in_a_sequence_and_not_otherwise():
    made = []

    def make(k):
        made.append(k)
        return k * k

    pictures = Prefetch(make, lambda k: k + 1 if k < 9 else None)
    assert [pictures.get(k) for k in range(10)] == [k * k for k in range(10)]
    assert made == list(range(10))
    assert pictures.get(3) == 9
    assert pictures.get(7) == 49
    assert made == [*range(10), 3, 7]


def test_a_relief_is_written_as_a_vector_file(tmp_path):
    stage = composed([[Relief()]], ridge_view())
    target = tmp_path / "relief.svg"
    stage.save_svg(11, target)
    text = target.read_text(encoding="utf-8")
    assert text.count("<image") >= 1
    assert "step" in text


def test_a_wrong_option_gets_its_sentence():
    scene = "surface: beale\noptimizers: [adam]\npanels:\n  - relief: {path: [{at: 0, tilt: 3}]}\n"
    with pytest.raises(SceneError) as caught:
        read_text(scene, "x.yaml")
    assert "tilt" in str(caught.value)
    with pytest.raises(SceneError, match="90"):
        read_text(scene.replace("{path: [{at: 0, tilt: 3}]}", "{elevation: 120}"), "x.yaml")


@pytest.mark.parametrize("panel", [{"floor": True, "drop": True}, {"elevation": -20.0}])
def test_a_resting_camera_shows_what_it_would_show_if_all_were_drawn_anew(panel):
    """A camera that turns too little to be seen draws all of every picture."""
    resting = composed([[Relief(azimuth=-60, **panel)]], ridge_view(), legend=False)
    turning = composed([[Relief(orbit=1e-9, **panel)]], ridge_view(), legend=False)
    for frame in (0, 7, 3):
        apart = abs(resting.picture(frame).astype(int) - turning.picture(frame))
        assert apart.max() <= 2  # opacities are rounded in each layer
