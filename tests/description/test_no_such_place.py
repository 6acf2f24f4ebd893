"""What is no minimum, no saddle and no divergence is not described as one."""

import re

import numpy as np
import pytest

from animate.errors import SceneError
from animate.pipeline import describe, solve, stage
from animate.scene.load import read
from tests.description.test_describe import scene_of


def test_a_run_at_a_local_minimum_is_on_no_plateau():
    said = describe(
        scene_of("""
surface: {formula: "(x**2-1)**2 + 0.3*x + y**2", window: [[-2, 2], [-2, 2]]}
optimizers: [{name: sgd, learning_rate: 0.05}]
start: [1.6, 1]
steps: 100
""")
    )
    assert "reaches the local minimum (0.96, 0)" in said
    assert "plateau" not in said


def test_runs_in_minima_beyond_those_that_are_named_are_not_elsewhere():
    said = describe(
        scene_of("""
surface: {formula: "cos(3*x) + y**2", window: [[-6.1, 6.1], [-1, 1]]}
optimizers: [{name: sgd, learning_rate: 0.05}]
start: {count: 60}
steps: 200
""")
    )
    assert "in other minima" in said
    assert "elsewhere" not in said


@pytest.mark.parametrize("start", ["[1, 1]", "{count: 30}"])
def test_a_constant_has_no_minimum_to_reach(start):
    said = describe(
        scene_of(
            'surface: {formula: "7", window: [[-2, 2], [-2, 2]]}\n'
            f"optimizers: [{{name: sgd, learning_rate: 0.1}}]\nstart: {start}\nsteps: 10\n"
        )
    )
    assert "minimum" not in said
    assert "minima" not in said
    assert "valley" not in said


@pytest.mark.parametrize(
    ("formula", "start", "rate"),
    [
        ("x**3", "[1, 0]", 0.1),
        ("-exp(-50*(x**2 + y**2))", "[1, 0.5]", 0.1),
        ("x**20 + y**20", "[1.1, 1.1]", 0.01),
    ],
)
def test_inflections_and_rounding_are_neither_minima_nor_saddles(formula, start, rate):
    said = describe(
        scene_of(
            f'surface: {{formula: "{formula}", window: [[-2, 2], [-2, 2]]}}\nstart: {start}\n'
            f"optimizers: [{{name: sgd, learning_rate: {rate}}}]\n"
        )
    )
    assert "saddle" not in said
    assert formula.startswith("x**20") or "reach" not in said


def recorded(folder, rows):
    (folder / "p.csv").write_text("optimizer,step,x,y,loss\n" + "\n".join(rows) + "\n")
    return scene_of('surface: {formula: "x**2 + y**2", window: [[-2, 2], [-2, 2]]}\npaths: p.csv\n')


def test_a_recorded_path_that_ends_early_does_not_diverge(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = ["A,0,1,1,2", "A,1,0.5,0.5,0.5", "A,2,0.1,0.1,0.02", "B,0,1,1,2", "B,1,0.9,0.9,1.6"]
    scene = recorded(tmp_path, rows)
    said = describe(scene)
    assert "diverge" not in said
    assert "The recording ends before the others for B (step 1)." in said
    assert not solve(scene).trajectories.lost.any()


@pytest.mark.parametrize("bad", ["inf,0,0", "1,nan,3", "1,1,nan"])
def test_a_recorded_path_that_goes_on_without_numbers_diverges(tmp_path, monkeypatch, bad):
    monkeypatch.chdir(tmp_path)
    scene = recorded(tmp_path, ["A,0,1,1,2", f"A,1,{bad}"])
    assert describe(scene).endswith("A (step 0) diverges.")
    assert solve(scene).trajectories.lost.all()


def test_a_recorded_path_that_begins_without_numbers_is_refused_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SceneError, match="'A' has no finite x, y and loss at step 0"):
        solve(recorded(tmp_path, ["A,0,1,1,nan", "A,1,0,0,0"]))


def test_a_network_that_diverges_has_no_loss_of_nan(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    text = (
        "surface: {network: {hidden: [4]}, resolution: 8}\nsteps: 5\n"
        "optimizers: [{name: sgd, learning_rate: 1e30}, {name: adam, learning_rate: 0.01}]\n"
    )
    said = describe(scene_of(text))
    assert "nan" not in said
    assert "diverges" in said


ROUNDED = """
surface: {{grid: g.npz}}
optimizers:
  - {{name: sgd, learning_rate: 0.05}}
  - {{name: adam, learning_rate: 0.05}}
  - {{name: momentum, learning_rate: 0.02}}
start: {start}
steps: 60
"""


@pytest.mark.parametrize("start", ["[0.3, 0.2]", "[0.9, 0.1]", "[-0.9, -0.35]", "[1.0, 0.0]"])
@pytest.mark.parametrize(
    ("losses", "nowhere"),
    [(lambda r2: r2 < 1, ["saddle", "minimum"]), (lambda r2: 1e15 + r2, ["saddle"])],
    ids=["booleans", "far from zero"],
)
def test_a_grid_bends_no_less_than_its_numbers_are_rounded(
    tmp_path, monkeypatch, losses, nowhere, start
):
    monkeypatch.chdir(tmp_path)
    knots = np.linspace(-2, 2, 21)
    x, y = np.meshgrid(knots, knots)
    np.savez("g.npz", x=knots, y=knots, z=losses(x**2 + y**2))
    said = describe(scene_of(ROUNDED.format(start=start)))
    assert [word for word in nowhere if word in said] == []


@pytest.mark.parametrize("start", ["[1.2, 0.7]", "[0.5, 1.3]", "[1.5, -1]"])
@pytest.mark.parametrize("optimizers", ["[sgd, adam]", "[{name: sgd, learning_rate: 0.04}]"])
def test_the_edge_of_a_flat_floor_is_neither_a_saddle_nor_a_minimum_of_its_own(start, optimizers):
    said = describe(
        scene_of(
            'surface: {formula: "where(x**2 + y**2 < 1, 0, (x**2 + y**2 - 1)**2)", '
            f"window: [[-2, 2], [-2, 2]]}}\nstart: {start}\noptimizers: {optimizers}\nsteps: 60\n"
        )
    )
    assert "the floor of a valley of equal minima" in said
    assert "saddle" not in said
    assert "the minimum" not in said


@pytest.mark.parametrize("formula", ["x**3 + y**3", "x**5 + y**5", "x**3 + y**5"])
def test_a_place_that_bends_nowhere_is_no_maximum(formula):
    said = describe(
        scene_of(
            f'surface: {{formula: "{formula}", window: [[-2, 2], [-2, 2]]}}\nstart: [0.5, 0.5]\n'
            "optimizers: [{name: sgd, learning_rate: 0.1}, {name: adam, learning_rate: 0.1}]\n"
        )
    )
    assert "maximum" not in said


SLOPES = {
    "[0, 0]": ("x**2 + y**2", "reaches the minimum (0, 0)"),
    "[1, 1]": ("(x - y)**2", "reaches the floor of a valley of equal minima"),
}


@pytest.mark.parametrize("start", SLOPES)
def test_a_run_that_begins_at_a_minimum_has_reached_it(start):
    formula, told = SLOPES[start]
    said = describe(
        scene_of(
            f'surface: {{formula: "{formula}", window: [[-2, 2], [-2, 2]]}}\nstart: {start}\n'
            "optimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 20\n"
        )
    )
    assert said.endswith(f"SGD (step 0) {told}.")


def test_a_floor_that_is_too_steep_across_to_be_followed_is_still_one():
    text = "surface: cliff\noptimizers: [lbfgs]\nstart: {count: 300}\n"
    said = describe(scene_of(text))
    shares = [float(each) for each in re.findall(r"([\d.]+)% (?:at the floor|in the min)", said)]
    found = solve(scene_of(text))
    low, high = np.array(found.terrain.window).T
    ends = found.trajectories.positions[0, :, -1]
    there = ((low <= ends) & (ends <= high)).all(-1) & (found.trajectories.losses[0, :, -1] < 1e-6)
    assert "at the floor of a valley of equal minima" in said
    assert "in the minimum" not in said
    assert sum(shares) == pytest.approx(100 * np.mean(there), abs=0.05)


def test_a_run_that_goes_most_of_its_way_is_on_no_plateau(tmp_path, monkeypatch):
    """The slope at the wall, which Adam meets, makes all others small."""
    monkeypatch.chdir(tmp_path)
    across, up = np.linspace(-1, 1, 15), np.linspace(-2, 2, 13)
    x, y = np.meshgrid(across, up)
    bowl = 1 + 0.1 * (x - 0.3) ** 2 + 0.1 * y**2
    np.savez("g.npz", x=across, y=up, z=np.where(x > 0.3, 1e6 * (x - 0.3) ** 2 + 1, bowl))
    text = "surface: {grid: g.npz}\nstart: [-0.7, 1.1]\nsteps: 100\n"
    said = describe(scene_of(f"{text}optimizers: [{{name: sgd, learning_rate: 0.05}}, adam]\n"))
    assert "plateau" not in said


@pytest.mark.parametrize("starts", [200, 5000])
def test_runs_in_more_minima_than_have_colours_are_not_elsewhere(starts):
    """Rastrigin's function has 121 minima in its window."""
    text = "surface: rastrigin\noptimizers: [{name: sgd, learning_rate: 0.004}]\nsteps: 60\n"
    scene = scene_of(f"{text}start: {{count: {starts}}}\n")
    slopes = solve(scene).trajectories.gradient_norms[0, :, -1]
    said = describe(scene)
    assert (slopes < 1e-3).all()
    assert "in other minima" in said
    assert "elsewhere" not in said


def test_a_run_beyond_the_edge_of_a_grid_has_left_it_and_not_diverged(tmp_path):
    x, y = np.linspace(-1, 1, 21), np.linspace(-2, 2, 21)
    rows = [f"{a},{b},{a + 2 * b}" for a in x for b in y]
    (tmp_path / "g.csv").write_text("\n".join(["x,y,z", *rows]))
    text = "surface: {grid: g.csv}\noptimizers: [{name: sgd, learning_rate: 0.05}]\nsteps: 60\n"
    (tmp_path / "s.yaml").write_text(text + "start: [0.8, 1.55]\n")
    # x goes down by 0.05 and y by 0.1 a step: after 35 they are -0.95 and -1.95
    said = describe(read(tmp_path / "s.yaml").scene)
    assert said == "G: SGD from (0.8, 1.55), 60 steps. SGD (step 35) leaves the surface."


BARRIERS = """
surface: {formula: "-log(x) - log(1 - x) + y**2", window: [[-0.1, 1.1], [-1, 1]]}
optimizers: [{name: sgd, learning_rate: 0.2}]
steps: 40
"""
INSIDE = "start: {count: 40, within: [[0.02, 0.98], [-1, 1]]}\n"


def test_shares_tell_runs_apart_that_leave_the_surface_and_that_diverge():
    script = scene_of(BARRIERS + INSIDE)
    x = solve(script).trajectories.positions[0, :, 0, 0]
    beyond = np.zeros(40, bool)
    for _ in range(40):
        x = x - 0.2 * (1 / (1 - x) - 1 / x)
        beyond |= np.abs(x - 0.5) >= 0.5
    assert 0 < beyond.sum() < 40
    assert f"{beyond.mean() * 100:.3g}% leave the surface" in describe(script)
    assert "diverge" not in describe(script)


def test_infinity_less_infinity_is_a_divergence():
    said = describe(
        scene_of("""
surface: {formula: "x**4 - y**4", window: [[-2, 2], [-2, 2]]}
optimizers: [{name: sgd, learning_rate: 1}]
start: [1.5, 1.5]
steps: 40
""")
    )
    assert "diverges" in said
    assert "leaves the surface" not in said


def test_curves_say_of_runs_that_leave_the_surface_how_they_count():
    ready = stage(scene_of(BARRIERS + INSIDE + "panels: [loss]\n"))
    gone = int(ready.view.trajectories.lost.sum())
    assert 0 < gone < 40
    (label,) = (each.get_ylabel() for each in ready.figure.axes if each.get_ylabel())
    told = f"{gone} of 40 runs leave the surface and count as ∞"
    assert " ".join(label.split()) == f"loss: median and quartiles; {told}"


def test_a_leap_far_off_the_surface_leaves_it_too():
    said = describe(
        scene_of("""
surface: {formula: "log(x)", window: [0.01, 3]}
optimizers: [{name: sgd, learning_rate: 10}]
start: 0.02
steps: 5
""")
    )
    assert said == "log(x): SGD from x = 0.02, 5 steps. SGD (step 0) leaves the surface."
