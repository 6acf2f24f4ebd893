"""Single runs, few and many starts, and maps of basins name the same minima, and each run one."""

import re

import numpy as np
import pytest

import animate
from animate.pipeline import describe, solve
from tests.description.test_describe import scene_of

FLOOR = "the floor of a valley of equal minima"

NEIGHBOURS = """
surface: {{formula: "(x-1)**3/3 - a**2*(x-1) + y**2", constants: {{a: 0.005}}, window: {window}}}
start: {start}
steps: 3000
optimizers: [{{name: sgd, learning_rate: 0.1}}]
"""


@pytest.mark.parametrize("window", ["[[0.2, 2], [-1, 1]]", "[[0.8, 1.2], [-0.2, 0.2]]"])
@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("[1.15, 0.1]", r"SGD \(step \d+\) reaches the local minimum \(1[.]\d+, 0\)[.]"),
        ("[0.995, 0.1]", r"SGD \(step \d\) stalls at the saddle \((1|0[.]99\d*), 0\)[.]"),
        ("[0.998, 0.1]", r"SGD \(step \d+\) reaches the local minimum \(1[.]\d+, 0\)[.]"),
    ],
)
def test_a_run_near_a_saddle_and_a_minimum_is_at_the_nearer_one(window, start, told):
    said = describe(scene_of(NEIGHBOURS.format(window=window, start=start)))
    assert re.fullmatch(told, said.split(" steps. ")[1])


VALLEYS = """
surface: {{formula: "{formula}", window: [[-3, 3], [-3, 3]]}}
optimizers: [{{name: sgd, learning_rate: 0.02}}]
start: {start}
steps: 400
"""


@pytest.mark.parametrize("formula", ["(x*y-1)**2", "(x - y)**2", "(x**2 + y**2 - 4)**2/8"])
@pytest.mark.parametrize("start", ["[1.5, 1.5]", "[2, 0.7]"])
def test_one_run_on_a_valley_is_told_so_as_many_are(formula, start):
    one = describe(scene_of(VALLEYS.format(formula=formula, start=start)))
    assert one.endswith(f"reaches {FLOOR}.")
    few = f"[{start}, [2.5, 1], [-1, -2]]"
    assert f"3 of 3 at {FLOOR}" in describe(scene_of(VALLEYS.format(formula=formula, start=few)))


def test_runs_that_are_on_their_way_to_a_valley_leave_it_one():
    text = VALLEYS.format(formula="(x*y-1)**2", start="{count: 200}")
    said = describe(scene_of(text.replace("0.02", "0.002").replace("400", "30")))
    assert f" at {FLOOR}" in said
    assert "in the minimum" not in said


@pytest.mark.parametrize("formula", ["x**2 + y**4", "x**2 + 30*y**2", "x**2 + y**2/500"])
def test_a_minimum_that_is_flat_in_one_direction_is_a_single_one(formula):
    for start in ("[0.5, 0.02]", "[[0.5, 0.02], [1, 0.01], [0.2, -0.02]]"):
        said = describe(scene_of(VALLEYS.format(formula=formula, start=start)))
        assert "the minimum (0, 0)" in said
        assert FLOOR not in said


@pytest.mark.parametrize(
    "formula", ["x**3 + y**2", "minimum(x**2 + y**2, 1)", "where(x > 0, x**2, -x**2) + y**2"]
)
def test_what_goes_down_or_lies_above_another_floor_is_no_minimum(formula):
    for start in ("[1.2, 0.5]", "[[1.2, 0.5], [1.5, 1], [1.1, -1]]"):
        said = describe(scene_of(VALLEYS.format(formula=formula, start=start)))
        assert FLOOR not in said
        assert "the minimum" not in said


GRID = """
surface: {grid: bowl.npz}
optimizers: [{name: sgd, learning_rate: 0.1}, {name: adam, learning_rate: 0.05}]
steps: 150
"""


@pytest.mark.parametrize(
    ("count", "at"),
    [(9, (0.25, -0.25)), (9, (0.25, 0.0)), (10, (0.0, 0.0)), (6, (0.0, 0.0)), (40, (0.0, 0.0))],
)
def test_a_flat_floor_between_equal_nodes_is_one_minimum_for_runs_swarms_and_basins(
    tmp_path, count, at
):
    x = np.linspace(-2, 2, count)
    z = (x - at[0]) ** 2 + (x[:, None] - at[1]) ** 2
    np.savez(tmp_path / "bowl.npz", x=x, y=x, z=z)
    more = {
        "one": "start: [1.45, 1.3]",
        "many": "start: {count: 300}",
        "basins": "start: [1.45, 1.3]\npanels: [{basins: {resolution: 24}}]",
    }
    for name, lines in more.items():
        (tmp_path / f"{name}.yaml").write_text(f"{GRID}{lines}\n")
        script = animate.read(tmp_path / f"{name}.yaml")
        said = animate.describe(script).replace("\N{MINUS SIGN}", "-")
        places = {tuple(map(float, each)) for each in re.findall(r"minimum \((.+?), (.+?)\)", said)}
        (place,) = places
        assert np.hypot(*(np.array(place) - at)) < 0.02
        assert FLOOR not in said
        assert "elsewhere" not in said
        assert "distance" not in said
    basins = solve(script.model).basins[24]
    assert len(basins.minima) == 1
    assert (basins.which == 0).mean() > 0.95


@pytest.mark.parametrize(
    ("count", "at", "node"), [(9, (0.3, -0.2), (0.5, 0.0)), (6, (0.3, 0.3), (0.4, 0.4))]
)
def test_a_minimum_between_nodes_is_named_at_the_lowest_node_alone(tmp_path, count, at, node):
    x = np.linspace(-2, 2, count)
    z = (x - at[0]) ** 2 + (x[:, None] - at[1]) ** 2
    np.savez(tmp_path / "bowl.npz", x=x, y=x, z=z)
    for lines in ("start: [-1.5, 1.5]", "start: {count: 200}", "panels: basins"):
        (tmp_path / "a.yaml").write_text(f"{GRID}{lines}\n")
        said = animate.describe(tmp_path / "a.yaml").replace("\N{MINUS SIGN}", "-")
        places = {tuple(map(float, each)) for each in re.findall(r"minimum \((.+?), (.+?)\)", said)}
        assert places == {node}
        assert FLOOR not in said


def test_a_run_exactly_on_a_degenerate_saddle_stalls_there_as_the_others_do():
    text = "surface: monkey_saddle\noptimizers: [sgd, newton]\nstart: [0.5, 0]\nsteps: 100\n"
    said = describe(scene_of(text))
    assert re.search(
        r"SGD \(step \d+\) and Newton \(step \d+\) stall at the saddle \(0, 0\)\.$", said
    )
