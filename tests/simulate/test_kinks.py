"""Minima that are kinks: found as any other, none where the loss goes on down or is smooth."""

import numpy as np
import pytest

from animate import pipeline
from animate.scene.load import read_text
from animate.simulate.kinks import kinks
from animate.simulate.lowest import lowest_minima
from animate.simulate.terrain import Terrain
from animate.surfaces.formula import compile_formula

ROUGH = "abs(sin(5*x)) + 0.1*x**2"
CROSSED = "abs(sin(3*x)) + abs(sin(2*y)) + 0.1*x**2"
PLANE = ((-2.0, 2.0), (-2.0, 2.0))


def terrain(formula, window):
    variables = ("x", "y")[: len(window)]
    return Terrain(compile_formula(formula, constants={}, variables=variables), window)


@pytest.mark.parametrize(
    ("formula", "window", "place", "kink"),
    [
        (ROUGH, ((-6.0, 6.0),), [5.6], [9 * np.pi / 5]),
        (CROSSED, PLANE, [1.03, 1.58], [np.pi / 3, np.pi / 2]),
        ("abs(x - y) + abs(x + y - 1)", PLANE, [0.52, 0.49], [0.5, 0.5]),
        ("10*abs(x) + abs(y - 0.3)", PLANE, [0.01, 0.32], [0, 0.3]),
        ("abs(x**3 - x)", ((-2.0, 2.0),), [0.98], [1.0]),  # between bent branches
    ],
)
def test_the_kink_beside_a_place_is_found_exactly(formula, window, place, kink):
    ground = terrain(formula, window)
    found = kinks(ground, np.array([place]), 0.02 * ground.diagonal)
    assert found.known.tolist() == [True]
    np.testing.assert_allclose(found.places, [kink], atol=1e-7)


@pytest.mark.parametrize(
    ("formula", "place"),
    [
        ("x**2 + y**2", [0.01, 0.02]),  # smooth: Newton's method finds it
        ("abs(x) + y", [0.0, 0.5]),  # the floor of a valley that goes on down
        ("abs(x - y) + 0.05*x", [0.3, 0.3]),
        ("-abs(x) - abs(y)", [0.0, 0.0]),
        ("abs(x) - abs(y)", [0.0, 0.0]),
        ("abs(x)*0 + 1", [0.2, 0.1]),
        ("abs(x - 1) + abs(y)", [0.5, 0.0]),  # too far away
        ("log(x)", [0.01, 0.0]),
        ("log(x**2 + y**2)", [0.01, 0.02]),  # a pole without bottom
        ("-1/sqrt(x**2 + y**2)", [0.01, 0.02]),
    ],
)
def test_there_is_no_kink_where_the_loss_goes_down_or_is_smooth(formula, place):
    ground = terrain(formula, PLANE)
    found = kinks(ground, np.array([place]), 0.02 * ground.diagonal)
    assert not found.known.any()
    assert np.isnan(found.places).all()
    assert np.isnan(found.bends).all()


@pytest.mark.parametrize(
    ("formula", "place", "off"),
    [
        ("abs(x - y)", [0.3, 0.33], lambda x, y: x - y),
        ("abs(x*y - 1)", [1.02, 1.01], lambda x, y: x * y - 1),
        ("3*abs(x**2 + y**2 - 1)", [0.6, 0.83], lambda x, y: x**2 + y**2 - 1),
    ],
)
def test_the_floor_of_a_valley_may_be_a_kink(formula, place, off):
    ground = terrain(formula, PLANE)
    found = kinks(ground, np.array([place]), 0.02 * ground.diagonal)
    assert found.known.tolist() == [True]
    assert abs(off(*found.places[0])) < 1e-9
    assert abs(off(*found.places[0])) < abs(off(*place))
    assert found.bends[0].tolist() == [0, 1]


@pytest.mark.parametrize("formula", ["abs(x - y)", "abs(x**2 + y**2 - 1)", "abs(x**2 - y)"])
def test_runs_that_rattle_about_such_a_floor_have_reached_it(formula):
    text = (
        f'surface: {{formula: "{formula}", window: [[-2, 2], [-2, 2]]}}\n'
        "optimizers: [{name: sgd, learning_rate: 0.03}]\nstart: {count: 150}\n"
    )
    said = pipeline.describe(read_text(text, "s").scene)
    assert said.endswith("The runs of SGD end: 100% at the floor of a valley of equal minima.")


def test_from_nowhere_none_is_found():
    ground = terrain(CROSSED, PLANE)
    found = kinks(ground, np.array([[np.nan, 0.0], [1e9, 1e9], [np.inf, 0.0]]), 0.1)
    assert not found.known.any()


SCENE = """
surface: {{formula: "{formula}", window: {window}}}
start: {start}
optimizers: [{{name: sgd, learning_rate: {rate}}}]
steps: 150
"""


def test_a_run_comes_to_the_kink_not_to_rest_at_the_maximum_beside_it():
    text = SCENE.format(formula=ROUGH, window=[-6, 6], start=5.5, rate=0.005)
    said = pipeline.describe(read_text(text, "s").scene)
    assert said.endswith("SGD (step 2) reaches the local minimum x = 5.65.")


@pytest.mark.parametrize(
    ("formula", "window", "start", "rate", "said"),
    [
        ("abs(x**3 - x)", [-2, 2], 1.4, 0.002, "SGD (step 44) reaches the minimum x = 1."),
        (
            "abs(x - 1)*abs(x + 0.5)",
            [-3, 3],
            "[-1.5, 2]",
            0.004,
            "1 of 2 in the minimum x = −0.5, 1 of 2 in the minimum x = 1.",
        ),
        ("abs(x - 1.9999)", [-2, 2], 1, 0.05, "At the end the loss is 0.0001 for SGD."),
        (
            "abs(x) - 0.9*x - 5*x**2",  # with a top at 0.01
            [-1, 1],
            -0.05,
            0.0005,
            "reaches the local minimum x = 0.",
        ),
        ("log(abs(x))", [-2, 2], 0.01, 1e-6, "At the end the loss is −4.5 for SGD."),
        ("x**8", [-2, 2], 0.9, 0.02, "the distance to the minimum x = 0 is 0.435 for SGD."),
        (
            "abs(x - 2*y)",
            [[-2, 2], [-2, 2]],
            [0.9, 0.75],
            0.02,
            "SGD (step 4) reaches the floor of a valley of equal minima.",
        ),
    ],
)
def test_what_is_said_of_runs_near_kinks_poles_and_edges(formula, window, start, rate, said):
    text = SCENE.format(formula=formula, window=window, start=start, rate=rate)
    assert pipeline.describe(read_text(text, "s").scene).endswith(said)


def test_the_kink_nearer_than_a_top_is_the_one_that_a_run_comes_to():
    text = SCENE.format(formula="abs(x**2 - 1) + 0.2*x", window=[-2, 2], start=1.4, rate=0.003)
    assert "reaches the local minimum x = 1." in pipeline.describe(read_text(text, "s").scene)


def test_global_minima_that_are_kinks_of_bent_branches_are_all_known():
    ground = terrain("abs(x**3 - x)", ((-2.0, 2.0),))
    np.testing.assert_allclose(lowest_minima(ground), [[-1], [0], [1]], atol=1e-9)


@pytest.mark.parametrize(
    ("formula", "place"), [("x**8 + y**8", (0, 0)), ("(x - 0.3)**6 + (y + 0.2)**8", (0.3, -0.2))]
)
def test_the_flattest_minima_of_powers_are_where_they_are(formula, place):
    ((x, y),) = lowest_minima(terrain(formula, PLANE))
    assert (x, y) == pytest.approx(place, abs=1e-3)


def test_a_swarm_ends_in_kinks_as_in_other_minima():
    swarm = "{count: 300, seed: 3}"
    text = SCENE.format(formula=CROSSED, window=[[-2, 2], [-2, 2]], start=swarm, rate=0.005)
    view = pipeline.stage(read_text(text, "s").scene).view
    ends = view.ends
    assert ends is not None
    kinks_x, kinks_y = np.pi / 3 * np.arange(-1, 2), np.pi / 2 * np.arange(-1, 2)
    expected = {(round(x, 4), round(y, 4)) for x in kinks_x for y in kinks_y}
    found = {(round(x, 4) + 0.0, round(y, 4) + 0.0) for x, y in ends.minima.tolist()}
    assert found == expected
    x, y = np.abs(view.trajectories.positions[0, :, 0]).T
    tops = (np.abs(x - np.pi / 6) < 0.05) | (np.abs(y - np.pi / 4) < 0.05)  # runs are on their way
    assert (ends.which[0, ~tops & (x < 1.5)] >= 0).all()
    assert (ends.which[0, x > 1.6] < 0).all()  # to the kinks beyond the window
