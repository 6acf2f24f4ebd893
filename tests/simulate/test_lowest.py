"""Global minima of surfaces that name none: right where they are said, none where unsure."""

import numpy as np
import pytest

from animate import pipeline
from animate.errors import UnfitScene
from animate.scene.load import read, read_text
from animate.simulate.lowest import lowest_minima
from animate.simulate.terrain import Terrain
from animate.surfaces import SURFACES, built_in
from animate.surfaces.formula import compile_formula
from animate.surfaces.grid import read_grid

SLOW = {"de_jong5", "shubert", "langermann"}
FORMULA = '{formula: "x**2 + 2*y**2", window: [[-10, 10], [-10, 10]]}'
SCENE = """
surface: {surface}
start: [-8, 7]
optimizers: [{{name: sgd, learning_rate: 0.05}}]
steps: 30
panels: [contour, distance, relief]
style: {{size: [960, 320]}}
title: Bowl
"""


def minima_of(formula):
    return lowest_minima(Terrain(compile_formula(formula, constants={}), ((-2, 2), (-2, 2))))


@pytest.mark.parametrize("name", [each for each in SURFACES if each not in SLOW])
def test_what_is_found_of_a_surface_is_what_it_names(name):
    surface = built_in(name, {})
    found = np.array(lowest_minima(Terrain(surface.function, surface.window)))
    low, high = np.array(surface.window).T
    named = [each for each in surface.minima or () if ((low < each) & (each < high)).all()]
    if len(found):
        assert len(found) == len(named)
        away = np.linalg.norm(found[:, None] - np.array(named), axis=-1).min(axis=1)
        assert away.max() < 1e-8 * np.linalg.norm(high - low)
    else:  # a line of minima, an edge or a kink's floor that is lower, or rings all over the window
        unsure = {"bukin6", "cliff", "drop_wave", "schaffer2", "schaffer4"}
        assert name in unsure or not named


@pytest.mark.parametrize(
    "formula",
    [
        "x**2 - y**2",
        "x + y",
        "1 + 0*x",
        "(x*y - 1)**2",
        "x**2 * y**2",
        "sqrt(x) + y**2",
        "exp(-x) + y**2",
        "minimum(x**2 + y**2, 1)",
        "where(x**2 + y**2 < 1, 0, (x**2 + y**2 - 1)**2)",
        "(x - 0.1)**2 + 1e6*(y - x**2)**2",
    ],
)
def test_valleys_floors_edges_and_slopes_have_no_minimum_that_is_sure(formula):
    assert minima_of(formula) == ()


@pytest.mark.parametrize(
    "formula",
    [
        "log(x**2 + y**2)",
        "log((x - 0.3)**2 + (y - 0.2)**2) + x**2",
        "-1/sqrt(x**2 + y**2)",
        "-1/(x**2 + y**2)",
    ],
)
def test_a_pole_without_bottom_is_no_minimum(formula):
    assert minima_of(formula) == ()


@pytest.mark.parametrize("formula", ["(x**2 + y**2)**0.05", "log(x**2 + y**2 + 1e-9)"])
def test_a_cusp_and_the_bottom_of_a_narrow_hollow_are_minima(formula):
    np.testing.assert_allclose(minima_of(formula), [(0, 0)], atol=1e-8)


def test_a_kink_a_flat_direction_and_one_of_two_wells():
    np.testing.assert_allclose(minima_of("abs(x - 0.3) + abs(y)"), [(0.3, 0)], atol=1e-8)
    np.testing.assert_allclose(minima_of("x**2 + y**4"), [(0, 0)], atol=1e-6)
    ((x, y),) = minima_of("x**4/4 - x**2 + 0.3*x + y**2")
    assert x == pytest.approx(min(np.roots([1, 0, -2, 0.3])), abs=1e-9)
    assert abs(y) < 1e-9


def test_a_formula_has_the_stars_and_the_distances_of_the_same_surface_built_in():
    scenes = [read_text(SCENE.format(surface=each), "s").scene for each in (FORMULA, "sum_squares")]
    own, known = (pipeline.stage(each) for each in scenes)
    np.testing.assert_allclose(own.view.terrain.minima, known.view.terrain.minima, atol=1e-9)
    one, other = (each.picture(0).astype(int) for each in (own, known))
    assert np.abs(one - other).mean() < 0.01
    told = own.view.description
    assert told == known.view.description
    assert told.endswith("SGD (step 22) reaches the minimum (0, 0).")


def test_nothing_is_looked_for_unless_it_is_shown(monkeypatch):
    def unwanted(terrain):
        raise AssertionError

    monkeypatch.setattr("animate.sources.ground.lowest_minima", unwanted)
    scene = read_text(SCENE.format(surface=FORMULA), "s").scene
    assert pipeline.trace(scene).last_step == 30


def test_a_distance_without_a_sure_minimum_is_refused_with_the_reason():
    surface = '{formula: "x*y", window: [[-9, 9], [-9, 9]]}'
    scene = read_text(SCENE.format(surface=surface), "s").scene
    with pytest.raises(UnfitScene, match="none in the window is sure to be the lowest"):
        pipeline.solve(scene)


X, Y = np.linspace(-1, 1, 21), np.linspace(-1, 1, 15)
BOWL = X**2 + Y[:, None] ** 2


def grid(folder, z):
    np.savez(folder / "g.npz", x=X, y=Y, z=z)
    return read_grid(folder / "g.npz")


def test_the_lowest_nodes_of_a_grid_are_its_minima(tmp_path):
    assert grid(tmp_path, BOWL).minima == ((0.0, 0.0),)
    spike = BOWL.copy()
    spike[7, 10] = 1e9
    np.testing.assert_allclose(grid(tmp_path, spike).minima, [(-0.1, 0), (0.1, 0)], atol=1e-12)
    for unsure in (X + 0 * BOWL, np.maximum(BOWL, 0.3), X**2 + 0 * BOWL, 0 * BOWL):
        assert grid(tmp_path, unsure).minima == ()
    assert grid(tmp_path, 4e299 * (BOWL - 1)).minima == ((0.0, 0.0),)
    spike[7, 10] = np.nan
    assert grid(tmp_path, spike).minima == ()


@pytest.mark.parametrize("start", ["[0.1, 0.1]", "[0.5, 0.5]", "[0, 0]", "{count: 40}"])
def test_runs_that_stand_on_a_node_beside_a_cliff_have_reached_it(tmp_path, start):
    grid(tmp_path, np.where(X < 0, 1e8 * X**2 + 1, BOWL))
    (tmp_path / "s.yaml").write_text(
        f"surface: {{grid: g.npz}}\nstart: {start}\nsteps: 60\n"
        "optimizers: [{name: sgd, learning_rate: 0.1}]\n"
    )
    said = pipeline.describe(read(tmp_path / "s.yaml").scene)
    assert "the minimum (0, 0)" in said
    assert said.count("minimum") == 1


@pytest.mark.parametrize(
    ("formula", "at"), [("1 + x**8", 0), ("(x - 0.3)**8 + 1", 0.3), ("x**6 + 100", 0)]
)
def test_a_constant_does_not_move_a_flat_minimum(formula, at):
    text = f"surface: {{formula: '{formula}', window: [-1.5, 1.5]}}\noptimizers: [sgd]\n"
    ((found,),) = pipeline.solve(read_text(text, "s").scene).terrain.minima
    assert found == pytest.approx(at, abs=1e-6)


@pytest.mark.parametrize("ratio", [0.001, 4000, 1e6])
def test_minima_are_found_whatever_the_units_of_one_side(ratio):
    """The same bowl and well, with y in other units: the same places, times the ratio."""
    for formula in ("(x - 0.5)**2 + (y/c - 0.3)**2", "(x**2 - 1)**2 + 0.3*x + (y/c)**2"):
        loss = compile_formula(formula, constants={"c": ratio})
        plain = compile_formula(formula, constants={"c": 1.0})
        found = np.array(lowest_minima(Terrain(loss, ((-2, 2), (-2 * ratio, 2 * ratio)))))
        wanted = np.array(lowest_minima(Terrain(plain, ((-2, 2), (-2, 2)))))
        assert len(wanted) == 1
        np.testing.assert_allclose(found / [1, ratio], wanted, atol=1e-8)
