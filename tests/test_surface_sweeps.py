"""Sweeps of a number of the surface: each value is the scene with that number in it."""

from itertools import pairwise, product

import numpy as np
import pytest

from animate import pipeline as movie
from animate.figure import Moment
from animate.figure.strip import Moments
from animate.scene.load import read_text
from tests.surface_sweeps import STARTS, SWEPT, alone, scene


@pytest.mark.parametrize(("kind", "start"), list(product(SWEPT, STARTS)))
def test_every_value_runs_as_the_scene_with_that_number_does(kind, start):
    film, grid = (
        movie.trace(scene(kind=kind, layout=layout, start=start)) for layout in ("film", "grid")
    )
    _, key, values = SWEPT[kind]
    assert film.swept == grid.swept == (key, tuple(float(v) for v in values for _ in range(2)))
    assert film.labels == ("sgd", "adam") * len(values)
    for k, value in enumerate(values):
        single = movie.trace(alone(kind, value, start=start))
        for paths in (film, grid):
            own = paths.only([2 * k, 2 * k + 1])
            assert own.rates == single.rates
            for name in ("positions", "losses", "gradients", "ends", "steps"):
                np.testing.assert_array_equal(getattr(own, name), getattr(single, name))


def test_the_best_rate_is_searched_for_each_value():
    rates = [each.rates[0] for each in map(movie.trace, (alone("built in", v) for v in (1, 40)))]
    assert rates[0] != rates[1]


def terrains(stage):
    """The colours of each terrain from the left to the right, [column, 3]."""
    seen = [axes for axes in stage.figure.axes if axes.get_xlabel() == "x"]
    pictures = [np.asarray(axes.get_images()[0].get_array(), float) for axes in seen]
    return [each[..., :3].mean(axis=0) for each in pictures]


PLANES = '{formula: "a*x", constants: {a: 1}, window: [[0, 1], [0, 1]]}'
PLANE = """
surface: {surface}
sweep: {{surface.constants.a: [1, 2], as: {layout}}}
optimizers: [{{name: sgd, learning_rate: 0.001}}]
steps: 5
start: [0.9, 0.9]
style: {{size: [640, 400]}}
timing: {{seconds: 1, fps: 4}}
panels: [{{contour: {{levels: 200, lines: false, scale: linear}}}}, relief]
"""


@pytest.mark.parametrize("layout", ["grid", "film"])
def test_a_colour_is_one_height_with_every_value(layout):
    stage = movie.stage(read_text(PLANE.format(surface=PLANES, layout=layout), "s").scene)
    low = terrains(stage)[0]
    stage.picture(3)
    high = terrains(stage)[-1]
    last = len(low) // 2 * 2
    np.testing.assert_allclose(low[:last:2], high[: last // 2], atol=6)
    assert np.abs(low - high).max() > 40


def heads_of(stage, start, last=12.0):
    """Where the heads of the first panel are at the `last` step, [path, 2], as data."""
    path, moment = stage.paths[0], Moment(last, 0.0)
    if start != "swarm":
        return path.axes.transData.inverted().transform(path.heads(moment))
    (dots,) = path.add_artists(moment)
    found = np.array(dots.get_offsets())
    dots.remove()
    return found


@pytest.mark.parametrize("start", STARTS)
def test_a_film_shows_each_value_in_the_same_places(start):
    panels = "[contour, loss, curvature]"
    film = scene(layout="film", start=start, panels=panels)
    stage = movie.stage(film)
    shown = []
    for frame, value in ((0, 0), (2, 0.5), (4, 1.1)):
        picture = stage.picture(frame)
        counted = [each.get_text() for each in stage.figure.texts]
        assert f"{value:.3f}" in counted or f"{value:.2f}" in counted
        paths = movie.trace(alone("formula", value, start=start))
        expected = paths.positions[:, :, -1].reshape(-1, 2)
        np.testing.assert_allclose(heads_of(stage, start), expected, atol=1e-4)
        boxes = [(axes.bbox.bounds, axes.get_ylim()) for axes in stage.figure.axes]
        shown.append((boxes, picture))
    assert shown[0][0] == shown[1][0] == shown[2][0]
    for frame, (_, picture) in zip((4, 2, 0), reversed(shown), strict=True):
        assert (stage.picture(frame) == picture).all(), "it depends on those before it"


def test_a_film_of_a_relief_turns_while_the_surface_changes():
    panels = "[{relief: {orbit: 90}}]"
    stage = movie.stage(scene(layout="film", panels=panels))
    pictures = [stage.picture(k) for k in range(6)]
    assert all((one != two).any() for one, two in pairwise(pictures))


def test_each_cell_has_its_value_its_minima_and_the_rate_that_was_found():
    one = "[{name: sgd, label: GD}]"
    stage = movie.stage(scene(kind="built in", optimizers=one, panels="[contour, distance]"))
    titles = [axes.get_title("left").replace("\n", " ") for axes in stage.figure.axes]
    rates = [movie.trace(alone("built in", v, optimizers=one)).rates[0] for v in (1, 10.5, 40)]
    values = ("1", "10.5", "40")
    wanted = [f"condition = {v}, η = {r:.6g}" for v, r in zip(values, rates, strict=True)]
    assert [each.replace("  ", " ") for each in titles if each] == wanted
    assert stage.view.names == ("GD",)
    assert stage.view.notes == (f"{min(rates):.2g}–{max(rates):.2g}",)


@pytest.mark.parametrize("layout", ["grid", "film"])
def test_a_strip_has_the_values(layout):
    stage = movie.stage(scene(layout=layout), Moments(3))
    said = [axes.get_title("left") for axes in stage.figure.axes]
    names = [axes.get_ylabel() for axes in stage.figure.axes]
    for value in ("a = 0", "a = 0.5", "a = 1.1"):
        assert any(each.startswith(value) for each in (said if layout == "film" else names))


@pytest.mark.parametrize(
    "panels", ["[{contour: {color_by: basin}}]", "[{basins: {resolution: 8}}]"]
)
def test_minima_keep_their_order_and_the_runs_theirs(panels):
    shown = movie.solve(scene(start="swarm", panels=panels))
    for k, value in enumerate(SWEPT["formula"][2]):
        single = movie.solve(alone("formula", value, start="swarm", panels=panels))
        ground = shown.grounds[k]
        pairs = [(ground.ends, single.ends)]
        pairs += [(ground.basins[side], single.basins[side]) for side in single.basins]
        for ours, theirs in pairs:
            assert sorted(ours.minima.tolist()) == ours.minima.tolist()
            places = [*map(tuple, theirs.minima.tolist()), "floor", None]
            moved = [*map(tuple, ours.minima.tolist()), "floor", None]
            for before, after in zip(theirs.which.ravel(), ours.which.ravel(), strict=True):
                assert moved[after] == places[before]
