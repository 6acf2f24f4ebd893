"""A place on a narrow valley's floor is no minimum, though no difference of heights says so."""

import numpy as np
import pytest

from animate import pipeline
from animate.simulate.terrain import Terrain
from animate.simulate.valleys import leads_down
from animate.surfaces import built_in
from animate.surfaces.formula import compile_formula
from tests.description.test_describe import scene_of

WINDOW = ((-2.0, 2.0), (-2.0, 2.0))


def down(formula, place):
    terrain = Terrain(compile_formula(formula, constants={}), WINDOW)
    return bool(leads_down(terrain, np.array([place], float))[0])


@pytest.mark.parametrize(
    ("formula", "on_the_way", "minimum"),
    [
        ("abs(x + y) + 0.001*x**2", (0.5, -0.5), (0, 0)),
        ("sqrt(abs(y - x**2/4)) + 0.01*abs(x)", (1, 0.25), (0, 0)),
        ("(1 - x)**2 + 100*(y - x**2)**2", (0.5, 0.25), (1, 1)),
        ("abs(x) + abs(y)", (0.5, 0), (0, 0)),
        ("x**2 + y**4", (0, 0.5), (0, 0)),
        ("sin(30*x) + 0.1*x + y**2", (0, 0), (-np.pi / 60, 0)),
    ],
)
def test_a_valley_goes_down_and_a_minimum_does_not(formula, on_the_way, minimum):
    assert down(formula, on_the_way)
    assert not down(formula, minimum)


def test_all_of_the_floor_of_bukin6_goes_down_but_its_minimum():
    surface = built_in("bukin6", {})
    x = np.array([-14.0, -12.34, -11.0, -9.0, -6.0, -10.0])
    found = leads_down(Terrain(surface.function, surface.window), np.stack([x, x**2 / 100], -1))
    assert found.tolist() == [True] * 5 + [False]


@pytest.mark.parametrize("start", ["[-13, -1.02]", "{count: 300}"])
def test_no_place_on_the_floor_of_bukin6_is_named_but_its_minimum(start):
    for optimizers in ("[sgd, lbfgs]", "[lbfgs]"):
        said = pipeline.describe(
            scene_of(f"surface: bukin6\noptimizers: {optimizers}\nstart: {start}\n")
        )
        assert said.count("minimum") == said.count("minimum (\N{MINUS SIGN}10, 1)") > 0
        assert "plateau" not in said  # a kink's slope makes none of all the rest
