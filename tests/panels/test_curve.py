"""The graph of a function of one variable: what stands on it, and where."""

import numpy as np
import pytest

from animate.errors import SceneError, UnfitScene
from animate.figure.free import PLATE
from animate.figure.graph import on_graph
from animate.figure.paths.swarm import Swarm
from animate.pipeline import play, solve, stage
from animate.scene.load import read, read_text
from animate.sources import view_of
from tests.pictures import at, drawn, first_panel

SCENE = """
surface: {surface}
optimizers: [{{name: sgd, learning_rate: {rate}}}, {{name: momentum, learning_rate: 0.02}}]
start: {start}
steps: 12
style: {{size: [400, 300]}}
timing: {{seconds: 1, fps: 10}}
{more}
"""


def scene(surface="double_well", start="-1.5", rate=0.05, more=""):
    return read_text(SCENE.format(surface=surface, start=start, rate=rate, more=more), "s").scene


def shown(**options):
    """The scene's view, its axes and what moves on them."""
    read = scene(**options)
    view = view_of(read, solve(read))
    return view, *drawn(first_panel(read), view)


def well(x):
    return x**4 - 2 * x**2 + 0.3 * x


@pytest.mark.parametrize("step", [0, 0.3, 1, 4.5, 12])
def test_every_head_is_a_ball_on_the_curve(step):
    view, axes, drawing = shown()
    (trails,) = drawing.paths
    x, y = axes.transData.inverted().transform(trails.heads(at(step))).T
    np.testing.assert_allclose(y, well(x), rtol=0, atol=0.02)  # a pixel is 0.05
    paths = view.trajectories
    np.testing.assert_allclose(x, paths.at(paths.positions, step)[:, 0, 0], atol=0.01)


def test_between_steps_trails_follow_the_curve_however_long_a_step_is():
    _, axes, drawing = shown(surface="parabola", rate=0.98, start="-1.9")
    (trails,) = drawing.paths
    x, y = axes.transData.inverted().transform(trails.points.reshape(-1, 2)).T
    np.testing.assert_allclose(y, x**2, atol=1e-9)
    apart = np.linalg.norm(np.diff(trails.points, axis=1), axis=-1)
    assert apart.max() < 30 < trails.axes.bbox.width / 3


@pytest.mark.parametrize("rate", [1e60, 3.5, 30])
def test_no_leap_out_of_the_window_makes_a_chord_of_a_trail(rate):
    """Neither of the run that leaps, nor of the others, of which one goes on."""
    _, axes, drawing = shown(surface="parabola", rate=rate, start="1.9")
    (trails,) = drawing.paths
    for path in axes.transData.inverted().transform(trails.points.reshape(-1, 2)).reshape(2, -1, 2):
        x, y = path[np.isfinite(path).all(axis=1)].T
        inside = np.abs(x) <= 2
        np.testing.assert_allclose(y[inside], x[inside] ** 2, atol=1e-9)
        both = inside[1:] & inside[:-1]
        assert np.abs(np.diff(x))[both].max() < 0.2
        seen = inside[1:] | inside[:-1]
        assert np.abs(np.diff(np.clip(x, -2, 2)))[seen].max() < 0.2


def test_a_recorded_path_lies_on_the_curve_whatever_losses_it_has(tmp_path):
    (tmp_path / "p.csv").write_text("optimizer,step,x,loss\na,5,1.5,7\na,6,1.0,8\n")
    (tmp_path / "s.yaml").write_text("surface: parabola\npaths: p.csv\n")
    found = read(tmp_path / "s.yaml").scene
    (trails,) = drawn(first_panel(found), view_of(found, solve(found)))[1].paths
    x, y = trails.axes.transData.inverted().transform(trails.points.reshape(-1, 2)).T
    np.testing.assert_allclose(y, x**2, atol=1e-9)


def test_the_graph_is_the_function_in_all_of_the_window():
    _, axes, _ = shown()
    (line,) = [each for each in axes.lines if each.get_gid() == "graph of the function"]
    x, y = line.get_data()
    np.testing.assert_allclose(y, well(x), atol=1e-12)
    assert (x.min(), x.max(), axes.get_xlim()) == (-2, 2, (-2, 2))
    low, high = axes.get_ylim()
    assert low < well(-1.0358) < 8.6 < high
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("x", "loss")


@pytest.mark.parametrize(
    ("surface", "stars"),
    [
        ("{name: double_well, tilt: 0}", [(-1, -1), (1, -1)]),
        ('{formula: "abs(x - 0.5) + 2", window: [-2, 2]}', [(0.5, 2)]),
        ('{formula: "x", window: [-2, 2]}', []),
    ],
)
def test_minima_have_stars_on_the_curve(surface, stars):
    view, _, drawing = shown(surface=surface)
    places = on_graph(view).terrain.minima
    np.testing.assert_allclose(
        np.array(places).reshape(-1, 2), np.array(stars).reshape(-1, 2), atol=1e-6
    )
    offsets = [artist.get_offsets() for artist in drawing.artists if hasattr(artist, "get_offsets")]
    found = np.concatenate([each for each in offsets if len(each)] or [np.empty((0, 2))])
    for star in stars:
        assert np.abs(np.asarray(found) - star).max(axis=1).min() < 1e-6


def test_tangents_touch_the_curve_with_its_slope():
    view, axes, drawing = shown(more="panels: {curve: {tangents: true}}")
    tangents = [each for each in axes.lines if each.get_gid() == "tangent"]
    for step in (0, 2.5, 7):
        drawing.show(at(step))
        places = view.trajectories.at(view.trajectories.positions, step)[:, 0, 0]
        for x, line in zip(places, tangents, strict=True):
            (left, right), (low, high) = line.get_data()
            assert (left + right) / 2 == pytest.approx(x)
            assert (low + high) / 2 == pytest.approx(well(x))
            assert (high - low) / (right - left) == pytest.approx(4 * x**3 - 4 * x + 0.3)
            ends = axes.transData.transform([(left, low), (right, high)])
            assert np.linalg.norm(ends[1] - ends[0]) == pytest.approx(0.22 * axes.bbox.width)


def test_a_tangent_of_a_head_outside_of_the_window_is_not_drawn():
    _, axes, drawing = shown(surface="parabola", rate=1.2, more="panels: {curve: {tangents: true}}")
    tangents = [each for each in axes.lines if each.get_gid() == "tangent"]
    drawing.show(at(12))
    assert [each.get_visible() for each in tangents] == [False, True]


def test_the_dots_of_a_swarm_stay_on_the_curve():
    more = "panels: {curve: {color_by: basin}}"
    view, _, drawing = shown(start="{count: 40}", more=more)
    (swarm,) = drawing.paths
    assert isinstance(swarm, Swarm)
    artists = swarm.add_artists(at(0.5))
    x, y = np.concatenate(
        [each.get_offsets() for each in artists if hasattr(each, "get_offsets")]
    ).T
    assert len(x) == 80
    np.testing.assert_allclose(y, well(x), atol=0.02)
    ends = view.ends
    assert sorted(np.round(ends.minima[:, 0], 2)) == [-1.04, 0.96]
    there = np.abs(view.trajectories.positions[0, :, -1] - ends.minima[:, 0])
    at_one = there.min(axis=1) < 0.02 * 4
    assert (ends.which[0] == np.where(at_one, there.argmin(axis=1), -1)).all()
    assert {0, 1} <= set(ends.which[0].tolist())


def test_arrows_lie_along_x_and_end_where_the_step_does():
    more = "panels: {curve: {vectors: [update]}}"
    view, axes, drawing = shown(surface="parabola", rate=0.3, more=more)
    arrow = drawing.artists[0]
    drawing.show(at(0))
    points = axes.transData.inverted().transform(arrow.get_path().vertices)
    step = view.inside.updates[0, 0, 0, 0]
    assert points[:, 0].max() == pytest.approx(-1.5 + step, abs=0.02)
    assert np.abs(points[:, 1].mean() - 2.25) < 0.2


@pytest.mark.parametrize(
    ("formula", "seen", "cut"),
    [("1/x**2", 0.5, 1e3), ("-1/abs(x)", -1.0, -1e3), ("log(abs(x))", 0.0, -50)],
)
def test_a_pole_leaves_room_for_the_rest(formula, seen, cut):
    _, axes, _ = shown(surface=f'{{formula: "{formula}", window: [-2, 2]}}', rate=1e-4)
    low, high = axes.get_ylim()
    assert low < seen < high
    assert not low <= cut <= high
    assert high - low < 500


def test_a_pole_that_changes_sign_leaves_a_gap():
    _, axes, _ = shown(surface='{formula: "1/x", window: [-2, 2]}', rate=1e-4)
    (line,) = [each for each in axes.lines if each.get_gid() == "graph of the function"]
    x, y = line.get_data()
    gap = np.flatnonzero(np.isnan(y))
    assert np.abs(x[gap - 1]).max() < 0.01
    assert np.isnan(y).any()


def test_what_happens_is_said_on_the_curve():
    view, _, _ = shown(start="1.9")
    assert view.told_on == "map"
    assert {each.kind for each in view.landmarks} == {"minimum", "local minimum", "maximum"}


def test_vectors_and_tangents_of_a_swarm_are_refused():
    with pytest.raises(SceneError, match="cannot draw 'vectors' at a swarm"):
        scene(start="{count: 4}", more="panels: {curve: {vectors: [update]}}")
    read = scene(start="{count: 4}", more="panels: {curve: {tangents: true}}")
    with pytest.raises(UnfitScene, match="'tangents' are drawn at heads, and a swarm has dots"):
        play(read, solve(read))


BESIDE = """
surface: double_well
optimizers: [{name: sgd, learning_rate: 0.02}]
steps: 200
start: {count: 200}
panels: [curve]
style: {size: [900, 600], legend: false}
timing: {seconds: 1, fps: 20}
"""


def test_nothing_of_a_swarm_is_drawn_beside_the_curve():
    player = stage(read_text(BESIDE, "s").scene)
    (axes,) = (each for each in player.figure.axes if each.axison)
    x = np.linspace(-2, 2, 4001)
    graph = axes.transData.transform(np.stack([x, well(x)], axis=1))
    for frame in range(2, 10):
        drawn_on = (player.picture(frame)[..., :3] != player.still[..., :3]).any(axis=-1)
        rows, columns = np.nonzero(drawn_on)
        inside = (columns > axes.bbox.x0) & (columns < axes.bbox.x1) & (rows < 600 - axes.bbox.y0)
        places = np.stack([columns[inside] + 0.5, 600 - rows[inside] - 0.5], axis=1)
        assert len(places) > 500
        stars = axes.transData.transform(on_graph(player.view).terrain.minima)
        places = places[(np.linalg.norm(places[:, None] - stars, axis=-1) > 20).all(axis=1)]
        away = np.linalg.norm(graph[:, None] - places, axis=-1).min(axis=0)
        assert away.max() < 9  # a dot and its halo


def test_a_legend_that_is_the_counter_alone_has_no_paper_on_the_curve():
    """Where names stand at the heads, and a graph has no colours to tell of."""
    text = SCENE.format(
        surface='{formula: "x**4 - x**2", window: [-2, 2]}', start="1.5", rate=0.05, more=""
    )
    player = stage(read_text(text.replace("size: [400, 300]", "labels: direct"), "s").scene)
    assert not player.figure.findobj(lambda each: each.get_gid() == PLATE)
