"""The relief: its camera, its box, and trails that the surface hides."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from animate.engine import Racer, trace
from animate.errors import SceneError
from animate.figure import View, compose
from animate.figure.brush import Brush
from animate.heightfield import Camera
from animate.optimizers import OPTIMIZERS
from animate.panels import Contour, Relief
from animate.panels.relief.ahead import Ahead
from animate.panels.relief.ball import ball
from animate.panels.relief.box import Box
from animate.panels.relief.flight import Flight, Pose, eased, monotone
from animate.panels.relief.ground import Ground, draped
from animate.panels.relief.place import Place
from animate.reading import read_text
from animate.surfaces import built_in
from animate.terrain import Terrain
from animate.theme import theme
from animate.timeline import Timeline

STEPS = 40
PIXELS = (360, 300)


def view_of(function, window, start, rate=0.02, looks="light", frames=12, minima=()):
    racers = [Racer("sgd", OPTIMIZERS["sgd"].make, rate)]
    chosen = theme(looks)
    return View(
        terrain=Terrain(function, window, minima),
        trajectories=trace(function, racers, np.array([start]), STEPS),
        timeline=Timeline(STEPS, seconds=frames / 10, fps=10, hold=0),
        theme=chosen,
        pixels=PIXELS,
        names=("SGD",),
        notes=("",),
        colours=(chosen.trail(0),),
        constants=({},),
    )


def hill(x, y):
    """A ridge along x, and behind it, towards +y, a gentle slope down along x."""
    return 1.2 / (1.0 + 30.0 * y**2) - 0.25 * x


def ridge_view(**options):
    return view_of(hill, ((-1.0, 1.0), (-1.0, 1.0)), (-0.8, 0.45), rate=0.12, **options)


def model_of(stage):
    return stage._actors[0]._model


# The camera


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
    flight = Flight(Pose(-60, 35), 90, (), 4.0)
    assert flight.at(0.0).azimuth == -60
    assert flight.at(4.0).azimuth == pytest.approx(30)
    assert flight.at(2.0) == Pose(pytest.approx(-15), 35, 1.0)
    assert flight.moves
    assert not Flight(Pose(-60, 35), 0, (), 4.0).moves


def test_a_path_goes_through_its_shots_by_the_shorter_way_and_never_beyond():
    path = [
        {"at": 1, "azimuth": 170, "elevation": 20},
        {"at": 2, "azimuth": -170, "elevation": 60, "zoom": 2.0},
        {"at": 4, "elevation": 60},
    ]
    flight = Flight(Pose(160, 20), 0, path, 5.0)
    times = np.linspace(0, 5, 251)
    poses = [flight.at(t) for t in times]
    azimuth = np.array([p.azimuth for p in poses])
    elevation = np.array([p.elevation for p in poses])
    assert flight.at(1) == Pose(170, 20, 1.0)
    assert flight.at(2).azimuth == pytest.approx(190)
    assert flight.at(2).zoom == pytest.approx(2.0)
    assert flight.at(0) == flight.at(1)
    assert flight.at(5) == flight.at(4)
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


# The box


class Recorder(Brush):
    """A brush that notes what is written, and how opaque."""

    def __init__(self, clip):
        super().__init__(clip)
        self.written = []

    def polyline(self, *line):
        pass

    def hatch(self, *lines):
        pass

    def fill(self, renderer, outline, at, colour, rim=0.0):  # noqa: ARG002  # as the brush has it
        if not rim:
            self.written.append((id(outline), np.array(at), colour[3]))


@pytest.fixture(scope="module")
def labels():
    """What is written for an azimuth: (word, place, opacity) each."""
    from matplotlib.transforms import Bbox

    view = replace(ridge_view(), terrain=Terrain(lambda x, y: x + y, ((-1.0, 1.0), (0.0, 5.0))))
    brush = Recorder(Bbox([[0, 0], PIXELS]))
    box = Box(Ground(view.terrain, view.terrain.scale("linear")), view, brush)

    def written(azimuth):
        brush.written.clear()
        camera = Camera(azimuth, 30.0, 120.0, (180.0, 150.0), 0.6)
        box.draw_labels(None, camera, Place(camera, 0.0, 0.0))
        names = {id(path): word for (word, _), (path, _) in box._lettering._words.items()}
        return [(names[i], at, opacity) for i, at, opacity in brush.written]

    return written


def test_labels_change_sides_by_fading_and_never_jump(labels):
    seen = [labels(azimuth) for azimuth in range(-180, 181)]
    for name in ("x", "y", "loss"):
        total = [sum(opacity for word, _, opacity in each if word == name) for each in seen]
        assert min(total) > 0.6, name
        assert max(total) < 1.4, name
    for before, after in itertools.pairwise(seen):
        for word, at, opacity in after:
            if opacity > 0.6:
                assert any(w == word and np.linalg.norm(p - at) < 6 for w, p, _ in before), word


def test_no_number_stands_on_another(labels):
    """About 6 pixels high, and as wide a digit, they stand apart wherever the camera stands."""
    for azimuth in range(-180, 181, 3):
        clear = [(word, at) for word, at, opacity in labels(azimuth) if opacity > 0.3]
        for (one, here), (other, there) in itertools.combinations(clear, 2):
            across, upright = abs(here - there)
            assert across > 2.5 * (len(one) + len(other)) or upright > 6, (azimuth, one, other)


@pytest.mark.parametrize("azimuth", [-180, -90, 0, 90])
def test_at_right_angles_each_axis_is_labelled_once(azimuth, labels):
    for name in ("x", "y", "loss"):
        assert [o for n, _, o in labels(azimuth) if n == name] == [1.0]


def number(said):
    """A number as it is written in a picture."""
    mantissa, _, power = said.replace(",", "").partition(" × 10")
    lowered = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(mantissa) * 10.0 ** int(lowered or 0)


def test_heights_on_a_logarithmic_axis_stand_at_their_true_places():
    surface = built_in("beale", {})
    view = replace(ridge_view(), terrain=Terrain(surface.function, surface.window))
    scale = view.terrain.scale("log")
    from matplotlib.transforms import Bbox

    ticks = Box(Ground(view.terrain, scale), view, Brush(Bbox([[0, 0], PIXELS])))._t
    assert ticks.name == "loss, log scale"
    assert len(ticks.said) >= 4
    for at, said in zip(ticks.at, ticks.said, strict=True):
        value = number(said)
        knee = scale.offset / (scale.high - scale.low)
        share = (value - scale.low) / (scale.high - scale.low)
        assert at == pytest.approx(np.log1p(share / knee) / np.log1p(1 / knee), abs=2e-3)


@pytest.mark.parametrize("azimuth", range(-180, 180, 45))
@pytest.mark.parametrize("elevation", [-30, 10, 35, 90])
def test_nothing_of_the_box_is_cut_off(azimuth, elevation):
    stage = compose([[Relief(azimuth=azimuth, elevation=elevation)]], ridge_view(), legend=False)
    model = model_of(stage)
    corners = np.array(np.meshgrid([-0.5, 0.5], [-0.5, 0.5], [0, 1])).reshape(3, -1).T
    column, row, _ = model._camera(0.0).project(corners).T
    width, height = model._pixels
    assert 0 <= column.min() <= column.max() <= width
    assert 0 <= row.min() <= row.max() <= height
    ink = (stage.picture(0)[..., :3] != 255).any(-1)
    assert not ink[:, :2].any()
    assert not ink[:, -2:].any()


# Trails


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
    stage = compose([[panel]], ridge_view(), legend=False)
    solid = red(stage.picture(11))
    model = model_of(stage)
    path = model._course._draped
    place = model._placer(model._camera(0.0))(path.points)
    place = place[np.isfinite(place).all(1)][:-12]
    on = solid[(PIXELS[1] - place[:, 1]).astype(int), place[:, 0].astype(int)]
    assert len(on) > 20
    assert on.mean() < 0.1 if hidden else on.mean() > 0.8
    if hidden:
        tinted = stage.picture(11)[..., :3].astype(int)
        bare = compose([[panel]], replace(ridge_view(), colours=("#000000",)), legend=False)
        differs = (tinted != bare.picture(11)[..., :3]).any(-1)
        on = differs[(PIXELS[1] - place[:, 1]).astype(int), place[:, 0].astype(int)]
        assert 0.25 < on.mean() < 0.9


def test_a_frame_alone_equals_the_frame_in_sequence():
    panel = {"orbit": 40.0, "floor": True, "drop": True}
    played = [f.rgba for f in compose([[Relief(**panel)]], ridge_view()).frames()]
    alone = compose([[Relief(**panel)]], ridge_view())
    for k in (7, 2, 11, 0):
        assert (alone.picture(k) == played[k]).all()
    assert (played[0] != played[6]).any()


def test_colours_and_levels_are_those_of_the_contour():
    view = ridge_view()
    ours, theirs = Relief().key(view), Contour().key(view)
    assert ours is not None
    assert theirs is not None
    np.testing.assert_array_equal(ours.colours, theirs.colours)
    assert ours.scale == theirs.scale


def test_seen_from_above_the_relief_has_the_contours_colours():
    """On level ground the light leaves colours as they are: to within a few in 255."""

    def bowl(x, y):
        return x**2 + y**2

    window = ((-1.0, 1.0), (-1.0, 1.0))
    view = view_of(bowl, window, (0.9, 0.9))
    panel = Relief(azimuth=-90, elevation=90, lines=False, vertical=0.05, levels=12)
    stage = compose([[panel]], view, legend=False)
    picture, model = stage.picture(0), model_of(stage)
    colours = np.round(255 * view.theme.terrain_colours(12))
    scale = view.terrain.scale("auto")
    for x, y in ((0.0, 0.0), (0.4, -0.3), (-0.6, 0.1)):
        t = float(scale.unit(bowl(x, y)))
        column, row = model._placer(model._camera(0.0))(np.array([x / 2, y / 2, t]))
        got = picture[int(PIXELS[1] - row), int(column), :3].astype(int)
        want = np.array([np.interp(t * 12 - 0.5, np.arange(12), c) for c in colours.T])
        assert abs(got - want).max() <= 12


@pytest.mark.parametrize("option", ["floor", "drop"])
def test_an_option_adds_lines_under_the_surface(option):
    bare = compose([[Relief(elevation=10)]], ridge_view(), legend=False).picture(5)
    more = compose([[Relief(elevation=10, **{option: True})]], ridge_view(), legend=False)
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
    stage = compose([[Relief()]], view)
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

    ahead = Ahead(make, lambda k: k + 1 if k < 9 else None)
    assert [ahead.get(k) for k in range(10)] == [k * k for k in range(10)]
    assert made == list(range(10))
    assert ahead.get(3) == 9
    assert ahead.get(7) == 49
    assert made == [*range(10), 3, 7]


def test_a_relief_is_written_as_a_vector_file(tmp_path):
    stage = compose([[Relief()]], ridge_view())
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
    resting = compose([[Relief(**panel)]], ridge_view(), legend=False)
    turning = compose([[Relief(orbit=1e-9, **panel)]], ridge_view(), legend=False)
    for frame in (0, 7, 3):
        apart = abs(resting.picture(frame).astype(int) - turning.picture(frame))
        assert apart.max() <= 2  # opacities are rounded in each layer


def test_a_box_that_its_words_would_crowd_has_none():
    view = replace(ridge_view(), pixels=(320, 240))
    for panels, lettered in (([[Relief()]], True), ([[Contour(), Relief()]], False)):
        stage = compose(panels, view)
        stage.picture(0)
        (model,) = [each._model for each in stage._actors if isinstance(each, Relief)]
        assert bool(model._box._lettering._written) == lettered
        left, below, right, above = model._box.margins(*model._pixels, underneath=False)
        assert (left + right) / model._pixels[0] <= 0.5
        assert (below + above) / model._pixels[1] <= 0.5
