"""Scenes of functions of one variable: how they are written, and what is said of mistakes."""

import csv
import json

import numpy as np
import pytest

from animate import read
from animate.errors import SceneError, UnfitScene
from animate.pipeline import describe, solve
from animate.scene import load
from animate.scene.load import Trust, read_text
from animate.writers.table import write_table

RACE = "\noptimizers: [{name: sgd, learning_rate: 0.1}]\n"


def said(surface, more=""):
    with pytest.raises(SceneError) as caught:
        read_text(f"surface: {surface}{RACE}{more}", "s.yaml")
    return [line.removeprefix("s.yaml:") for line in caught.value.lines]


def paths_of(surface, more=""):
    return solve(
        read_text(f"surface: {surface}{RACE}steps: 5\n{more}", "s.yaml").scene
    ).trajectories


@pytest.mark.parametrize(
    ("start", "starts"),
    [
        ("-1.5", [-1.5]),
        ("2", [2.0]),
        ("[-1.5]", [-1.5]),
        ("[-1.5, 0.5]", [-1.5, 0.5]),
        ("[-1.5, 0.5, 1]", [-1.5, 0.5, 1.0]),
    ],
)
def test_a_start_is_a_number_and_several_are_a_list(start, starts):
    paths = paths_of('{formula: "x**2", window: [-2, 2]}', f"start: {start}")
    assert paths.positions.shape == (1, len(starts), 6, 1)
    expected = np.array(starts)[:, None] * 0.8 ** np.arange(6)
    np.testing.assert_allclose(paths.positions[0, ..., 0], expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("surface", "window"),
    [
        ('{formula: "a*x**2", window: [-2, 2], constants: {a: 2}}', ((-2, 2),)),
        ('{formula: "x**2", window: [-1, 3]}', ((-1, 3),)),
        ('{formula: "x**2", window: [[-1, 3], [0, 1]]}', ((-1, 3), (0, 1))),
        ("parabola", ((-2, 2),)),
        ("{name: parabola, window: [-1, 3]}", ((-1, 3),)),
    ],
)
def test_the_window_says_of_how_many_variables_a_surface_is(surface, window):
    scene = read_text(f"surface: {surface}{RACE}", "s.yaml").scene
    solution = solve(scene)
    assert solution.terrain.window == window
    assert solution.trajectories.positions.shape[-1] == len(window)
    (entry,) = scene.panels.cells()
    assert entry.name == ("curve" if len(window) == 1 else "contour")


def test_a_swarm_is_drawn_from_the_window_a_box_or_a_normal_distribution():
    box = paths_of("double_well", "start: {count: 300, within: [0.5, 1]}").positions[0, :, 0, 0]
    assert 0.5 <= box.min() < 0.51 < 0.99 < box.max() <= 1
    around = "start: {count: 300, within: {around: 0.5, std: 0.01}}"
    near = paths_of("double_well", around).positions[0, :, 0, 0]
    assert near.mean() == pytest.approx(0.5, abs=0.002)
    assert near.std() == pytest.approx(0.01, rel=0.2)
    whole = paths_of("double_well", "start: {count: 300}").positions[0, :, 0, 0]
    assert whole.min() < -1.9 < 1.9 < whole.max()


@pytest.mark.parametrize(
    ("surface", "more", "sentence"),
    [
        (
            '{formula: "x*y", window: [-2, 2]}',
            "",
            "1:20: the window of a formula of x and y is two intervals, such as [[-2, 2], [-1, 3]]",
        ),
        ('{formula: "x"}', "", "1:10: the key 'window' is missing"),
        ('{formula: "3"}', "", "1:10: the key 'window' is missing"),
        (
            "{name: beale, window: [-2, 2]}",
            "",
            "1:10: the window of beale is two intervals, such as [[-2, 2], [-1, 3]]",
        ),
        (
            "{name: parabola, window: [[-2, 2], [-1, 3]]}",
            "",
            "1:10: parabola is a function of one variable, whose window is an interval, "
            "such as [-2, 2]",
        ),
        (
            "{name: parabola, window: [2, -2]}",
            "",
            "1:35: window: x must run from the smaller to the larger number, got [2, -2]",
        ),
        (
            "parabola",
            "start: [[1, 2], [3, 4]]",
            "3:8: start: must be a number, a list of numbers or a mapping such as {count: 500}: "
            "the surface is a function of x alone",
        ),
        *(
            (
                "parabola",
                f"start: {start}",
                "3:8: start: must be a number, a list of numbers or a mapping such as {count: "
                "500}: the surface is a function of x alone",
            )
            for start in ("[[1, 2]]", "[]")
        ),
        ("beale", "start: []", "3:8: start: must be a point [x, y] or a list of points"),
        (
            "beale",
            "start: 1.5",
            "3:8: start: must be a point [x, y], a list of points or a mapping such as {count: "
            "500}, got 1.5",
        ),
        ("beale", "start: [1, 2, 3]", "3:8: start: must be a point [x, y] or a list of points"),
        (
            "parabola",
            "start: {count: 5, within: [[0, 1], [0, 1]]}",
            "3:8: within: must be window, or such as [0, 1] or {around: 0, std: 0.1}",
        ),
        (
            "beale",
            "start: {count: 5, within: [0, 1]}",
            "3:8: within: must be window, or such as [[0, 1], [0, 1]] or {around: [0, 0], "
            "std: 0.1}",
        ),
        (
            "parabola",
            "noise: {kind: sparse, every: 5, coordinate: y}",
            "3:8: coordinate: the surface is a function of x alone",
        ),
        (
            "parabola",
            "style: {aspect: equal}",
            "3:17: x and the loss of a function of one variable have no units alike; leave it out",
        ),
        (
            "parabola",
            "panels: [curve, {contour: {levels: 4}}]",
            "3:17: 'contour' shows a surface of two variables, and this one has x "
            "alone; show 'curve' instead",
        ),
        (
            "beale",
            "panels: curve",
            "3:9: 'curve' draws a function of one variable, and this surface has two; show "
            "'contour' instead",
        ),
        (
            "parabola",
            "story: [{at: 2, focus: [[0, 1], [0, 1]]}]",
            "3:24: there is no 'contour' among the panels, and no other follows; leave it out",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_remedy(surface, more, sentence):
    assert said(surface, more) == [sentence]


def test_a_start_without_a_loss_is_told_as_it_is_written():
    scene = read_text(
        f'surface: {{formula: "log(x)", window: [-2, 2]}}{RACE}start: -1.5', "s"
    ).scene
    with pytest.raises(UnfitScene, match=r"the loss at the start -1\.5 is not a finite number"):
        solve(scene)


def test_tables_of_paths_have_no_y_and_are_read_again(tmp_path):
    text = f"surface: double_well{RACE}start: [1.9, -0.5]\nsteps: 4\n"
    paths = solve(read_text(text, "s").scene).trajectories
    for ending in ("csv", "json", "npz"):
        write_table(paths, tmp_path / f"p.{ending}")
    with (tmp_path / "p.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["optimizer", "run", "step", "x", "loss", "grad_norm"]
    assert len(rows) == 10
    assert float(rows[0]["grad_norm"]) == pytest.approx(4 * 1.9**3 - 4 * 1.9 + 0.3)
    assert json.loads((tmp_path / "p.json").read_text())[0].keys() == rows[0].keys()
    with np.load(tmp_path / "p.npz") as stored:
        assert stored["positions"].shape == (1, 2, 5, 1)
    one = solve(read_text(text.replace("[1.9, -0.5]", "1.9"), "s").scene).trajectories
    write_table(one, tmp_path / "one.csv")
    (tmp_path / "again.yaml").write_text("surface: double_well\npaths: one.csv\n")
    again = read(tmp_path / "again.yaml")
    np.testing.assert_array_equal(solve(again.model).trajectories.positions, one.positions)
    assert [entry.name for entry in again.model.panels.cells()] == ["curve"]


def test_recorded_paths_over_a_line_need_x_and_loss(tmp_path):
    (tmp_path / "p.csv").write_text("optimizer,step,x\nsgd,0,1\nsgd,1,2\n")
    (tmp_path / "s.yaml").write_text("surface: parabola\npaths: p.csv\n")
    with pytest.raises(SceneError, match=r"p\.csv:1: the column 'loss' is missing"):
        read(tmp_path / "s.yaml")


def test_a_function_of_python_takes_as_many_arguments_as_the_window_has_intervals(tmp_path):
    (tmp_path / "mine.py").write_text("def bowl(x):\n    return 3 * x**2\n")
    text = f'surface: {{python: "mine:bowl", window: [-2, 2]}}{RACE}start: 1\nsteps: 2\n'
    script = read_text(text, str(tmp_path / "s.yaml"), trust=Trust(code=True))
    found = solve(script.scene).trajectories.positions[0, 0, :, 0]
    np.testing.assert_allclose(found, [1, 0.4, 0.16])


@pytest.mark.parametrize(
    ("surface", "more", "told"),
    [
        ("parabola", "start: -1.5", "SGD from x = −1.5, 5 steps."),
        ("{name: double_well, tilt: 0}", "start: 0.5", "reaches the minimum x = 1"),
        ("parabola", "start: {count: 50}", "100% in the minimum x = 0"),
        ('{formula: "-x**2", window: [-2, 2]}', "start: 0.5", "leaves the window"),
    ],
)
def test_the_description_says_places_as_values_of_x(surface, more, told):
    text = f"surface: {surface}{RACE}steps: {5 if 'from' in told else 60}\n{more}"
    assert told in describe(read_text(text, "s").scene)


def test_the_best_rate_is_searched_for():
    text = "surface: double_well\noptimizers: [sgd, momentum]\nsteps: 20\nstart: 1.9\n"
    rates = solve(read_text(text, "s").scene).trajectories.rates
    assert all(0.005 < rate < 0.1 for rate in rates)


def test_what_a_module_of_the_scene_imports_is_a_part_of_it(tmp_path):
    (tmp_path / "helper_of_mine.py").write_text("C = 1.0\n")
    (tmp_path / "mine.py").write_text(
        "import math\n\nfrom helper_of_mine import C\n\n\ndef bowl(x):\n    return C * x**2\n"
    )
    text = 'surface: {python: "mine:bowl", window: [-2, 2]}\noptimizers: [sgd]\n'
    (tmp_path / "s.yaml").write_text(text)
    before = load.read(tmp_path / "s.yaml", trust=Trust(code=True))
    names = {each.name for each in before.inputs}
    assert names == {"s.yaml", "mine.py", "helper_of_mine.py"}
    (tmp_path / "helper_of_mine.py").write_text("C = 2.0\n")
    assert load.read(tmp_path / "s.yaml", trust=Trust(code=True)).facts != before.facts
