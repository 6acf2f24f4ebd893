"""The description of a scene, against facts worked out from its trajectories by other means."""

import re
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize
from typer.testing import CliRunner

import animate
from animate.cli.app import app
from animate.figure.text.plain import plain
from animate.pipeline import describe, solve, trace
from animate.scene.load import read, read_text
from animate.text import Words
from animate.writers.source import read_source

DOT = "\N{MINUS SIGN}"


def _read(path, *settings):
    return read(Path(path), settings).scene


def scene_of(text):
    return read_text(text, "scene.yaml").scene


def first_there(path, loss, goal, reach):
    """The first index from which on the path is always near the goal, and lower than the lowest
    place of the circle around it whose radius is `reach`; 0 if never."""
    turns = np.linspace(0, 2 * np.pi, 100_000)
    rim = loss(goal[0] + reach * np.cos(turns), goal[1] + reach * np.sin(turns)).min()
    there = (np.hypot(*(path - goal).T) < reach) & (loss(*path.T) < rim)
    return int(np.flatnonzero(~there).max(initial=-1)) + 1 if there[-1] else 0


def beale(x, y):
    return sum((c - x + x * y**k) ** 2 for k, c in enumerate((1.5, 2.25, 2.625), 1))


def quartic(x, y):
    return x**2 - y**2 + y**4 / 4


def longest(holds):
    """The first and the last step of the longest time in which it holds."""
    spans = [match.span() for match in re.finditer("1+", "".join(str(int(h)) for h in holds))]
    first, end = max(spans, key=lambda span: span[1] - span[0])
    return first, end - 1


def test_the_runs_that_reach_the_minimum_and_the_distances_of_the_others():
    scene = _read("scenes/beale.yaml")
    paths, said = trace(scene), describe(scene)
    goal, reach = np.array([3.0, 0.5]), 0.03 * np.hypot(5.5, 4.0)
    steps = [first_there(path, beale, goal, reach) for path in paths.positions[:, 0]]
    losses = paths.losses[:, 0, -1]
    assert max(losses[k] for k in range(6) if steps[k]) < min(
        losses[k] for k in range(6) if not steps[k]
    )
    far = np.hypot(*(paths.positions[:, 0, -1] - goal).T)
    names = ["SGD", "Momentum", "Nesterov", "Adagrad", "RMSProp", "Adadelta"]
    arrived = sorted((s, n) for n, s in zip(names, steps, strict=True) if s)
    there = [f"{n} (step {s})" for s, n in arrived]
    away, low = (
        [f"{d:.3g} for {n}" for n, s, d in zip(names, steps, each, strict=True) if not s]
        for each in (far, losses)
    )
    assert said == (
        "In Beale’s valley five methods get close, Adadelta hardly starts: "
        "6 optimizers from (1, 1.5), 150 steps. "
        f"{there[0]} and {there[1]} reach the minimum (3, 0.5); RMSProp (step 150) ends nearer, "
        "but higher. At the end the distance to the "
        f"minimum (3, 0.5) is {', '.join(away[:-1])} and {away[-1]}. "
        f"At the end the loss is {', '.join(low[:-1])} and {low[-1]}."
    )


def test_the_same_in_russian_has_its_own_plurals_and_comma():
    scene = _read("scenes/article/12_learning_rate.yaml", "style.language=ru", "steps=31")
    said = describe(scene)
    assert "3 оптимизатора из точки (−3; 0,7), 31 шаг." in said
    assert "слишком велика (шаг 10) уходит из окна, потери растут; " in said
    assert "в самый раз (шаг 16) доходит до минимума (0; 0)." in said
    assert re.search(r"В конце до минимума \(0; 0\) остаётся: слишком мала \(2,\d+\)\.$", said)


def test_a_run_that_stalls_at_a_saddle_and_runs_that_pass_it():
    scene = _read("scenes/saddle.yaml", "steps=100")
    paths, said = trace(scene), describe(scene)
    near = 0.05 * np.hypot(4.0, 3.0)
    beside = np.hypot(*np.moveaxis(paths.positions[:, 0], -1, 0)) < near
    for name, k in (("Momentum", 1), ("Nesterov", 2)):
        first, last = longest(beside[k])
        assert f"{name} (steps {first}–{last})" in said
    assert f"SGD (step {np.flatnonzero(beside[0])[0]}) stalls at the saddle (0, 0)" in said
    x, y = 0.0, 0.0  # the Hessian of the built-in surface there, by hand: diag(2, −2) and mixed 0
    assert (2 - 12 * x**2) * (-2 + 12 * y**2) < 0


def test_minima_that_the_scene_does_not_name_are_found():
    scene = _read("scenes/article/09_saddle.yaml")
    said = describe(scene)
    found = minimize(lambda p: p[0] ** 2 - p[1] ** 2 + 0.25 * p[1] ** 4, (0.1, 1.0)).x
    path = trace(scene).positions[0, 0]
    step = first_there(path, quartic, found, 0.03 * np.hypot(3.6, 4.0))
    assert f"SGD (step {step})" in said
    assert f"reach the minimum (0, {found[1]:.2f})." in said
    inside = np.flatnonzero(np.hypot(*path.T) < 0.05 * np.hypot(3.6, 4.0))
    assert f". SGD (steps {inside[0]}–{inside[-1]}) lingers at the saddle (0, 0); " in said


def test_a_plateau_is_high_and_level():
    scene = _read("scenes/article/10_plateau.yaml")
    paths, said = trace(scene), describe(scene)
    level = paths.gradient_norms[0, 0] <= 0.05 * paths.gradient_norms.max()
    step = int(np.flatnonzero(~level).max()) + 1
    assert paths.losses[0, 0, -1] > 0.1 * paths.losses.max()
    assert f"SGD (step {step}) stalls on a plateau" in said


def test_a_run_that_diverges():
    scene = scene_of(
        "surface: {formula: 'x**2 + y**4', window: [[-2, 2], [-2, 2]]}\n"
        "start: [1, 1.5]\nsteps: 40\n"
        "optimizers: [{name: sgd, learning_rate: 0.9, label: wild}]\n"
    )
    paths, said = trace(scene), describe(scene)
    assert 0 < paths.ends[0, 0] < 40
    assert said == (
        f"x**2 + y**4: wild from (1, 1.5), 40 steps. wild (step {paths.ends[0, 0]}) diverges."
    )


def test_a_swarm_is_described_by_shares():
    scene = _read("scenes/swarm_himmelblau.yaml", "start.count=400")
    paths, said = trace(scene), describe(scene)
    minima = np.array([(3, 2), (-2.805, 3.131), (-3.779, -3.283), (3.584, -1.848)])
    away = np.linalg.norm(paths.positions[0, :, -1][:, None] - minima, axis=-1)
    ends = np.where(away.min(1) < 0.02 * np.hypot(11, 10), away.argmin(1), -1)
    assert "Momentum, 400 starts, 250 steps." in said
    for k, (x, y) in enumerate(minima):
        share = 100 * float(np.mean(ends == k))
        place = f"({x:.2f}, {y:.2f})".replace("-", DOT).replace(".00", "")
        assert f"{share:.3g}% in the minimum {place}" in said


def test_runs_that_noise_keeps_moving_are_told_by_their_basins():
    scene = _read("scenes/sharp_and_wide_noise.yaml")
    solution, said = solve(scene), describe(scene)
    places = solution.trajectories.positions[0, :, -1]
    for _ in range(4000):
        places = places - 0.005 * solution.terrain.gradients(places)
    sharp = 100 * float(np.mean(np.hypot(*(places - [-1.2, 0.0]).T) < 0.1))
    wide = 100 * float(np.mean(np.hypot(*(places - [1.2, 0.0]).T) < 0.1))
    assert sharp + wide == 100.0
    assert f"{wide:.3g}% in the basin of the minimum (1.2, 0)" in said
    assert f"{sharp:.3g}% in the basin of the minimum ({DOT}1.2, 0)" in said


def test_few_starts_are_counted():
    scene = scene_of(
        "surface: sphere\noptimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 60\n"
        "start: [[1, 1], [-1, 0.5], [2, 2]]\n"
    )
    assert describe(scene) == (
        "Sphere: SGD, 3 starts, 60 steps. The runs of SGD end: 3 of 3 in the minimum (0, 0)."
    )


def test_recorded_paths_are_described_from_the_surface_alone(tmp_path):
    rows = ["optimizer,step,x,y,loss"]
    rows += [f"mine,{k},{2 * 0.8**k},0,{(2 * 0.8**k) ** 2}" for k in range(31)]
    (tmp_path / "paths.csv").write_text("\n".join(rows))
    (tmp_path / "a.yaml").write_text("surface: {name: sphere}\npaths: paths.csv\n")
    script = animate.read(tmp_path / "a.yaml")
    low, high = np.array(script.model.surface.build().window).T
    reach = 0.03 * np.hypot(*(high - low))
    step = next(k for k in range(31) if 2 * 0.8**k < reach)
    assert animate.describe(script) == (
        f"Sphere: mine from (2, 0), 30 steps. mine (step {step}) reaches the minimum (0, 0)."
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "3 optimizers, 1 step. The start is (2, 0) for a; (1, 1.5) for b and c. "),
        ("ru", "3 оптимизатора, 1 шаг. Начинают: a в точке (2; 0); b и c в точке (1; 1,5). "),
    ],
)
def test_recorded_paths_with_starts_of_their_own_are_told_each(tmp_path, language, told):
    rows = ["a,0,2,0,4", "a,1,1,0,1", "b,0,1,1.5,2", "b,1,1,1,2", "c,0,1,1.5,2", "c,1,1,1,2"]
    (tmp_path / "paths.csv").write_text("\n".join(["optimizer,step,x,y,loss", *rows]))
    (tmp_path / "a.yaml").write_text(
        f"surface: sphere\npaths: paths.csv\nstyle: {{language: {language}}}\n"
    )
    assert told in animate.describe(tmp_path / "a.yaml")


@pytest.mark.parametrize(("formula", "language"), [("x", "en"), ("beale", "ru")])
def test_a_formula_keeps_its_letters_and_a_start_is_rounded(formula, language):
    scene = scene_of(
        f"surface: {{formula: {formula}, constants: {{beale: 1}}, window: [[-2, 2], [-1, 1]]}}\n"
        "optimizers: [{name: sgd, learning_rate: 0.1}]\nstart: [1.4500000000000002, 0.5]\n"
        f"style: {{language: {language}}}\n"
    )
    assert describe(scene).startswith(f"{formula}: SGD ")
    assert {"en": "from (1.45, 0.5), ", "ru": "из точки (1,45; 0,5), "}[language] in describe(scene)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 шагов"),
        (1, "1 шаг"),
        (2, "2 шага"),
        (5, "5 шагов"),
        (11, "11 шагов"),
        (12, "12 шагов"),
        (21, "21 шаг"),
        (22, "22 шага"),
        (104, "104 шага"),
        (111, "111 шагов"),
    ],
)
def test_russian_plurals(number, said):
    assert Words("ru").counted("step", number) == said


def test_english_plurals():
    assert [Words("en").counted("start", n) for n in (1, 2)] == ["1 start", "2 starts"]


def test_mathtext_becomes_letters():
    assert plain("Momentum $\\gamma = 0.9$") == "Momentum γ = 0.9"
    assert plain("costs \\$5") == "costs $5"
    assert plain("$x^2$") == "x^2"


TINY = """\
surface: beale
optimizers: [{name: sgd, learning_rate: 0.01}, {name: adam, learning_rate: 0.1}]
steps: 12
timing: {seconds: 0.4, fps: 10, hold: 0.2}
style: {size: [160, 120], language: ru}
"""


def test_every_file_carries_the_description(tmp_path):
    (tmp_path / "a.yaml").write_text(TINY)
    files = [tmp_path / f"a{ending}" for ending in (".gif", ".mp4", ".png", ".webp", ".apng")]
    animate.render(tmp_path / "a.yaml", *files)
    said = animate.describe(tmp_path / "a.yaml")
    assert said.startswith("Функция Била: 2 оптимизатора из точки (1; 1,5), 12 шагов. ")
    for file in files:
        assert read_source(file).description == said


def test_the_command_prints_it(tmp_path):
    (tmp_path / "a.yaml").write_text(TINY)
    result = CliRunner().invoke(
        app, ["describe", str(tmp_path / "a.yaml"), "--set", "style.language=en"]
    )
    assert result.stdout.startswith("Beale: 2 optimizers from (1, 1.5), 12 steps. ")
    assert result.exit_code == 0


@pytest.mark.parametrize("start", ["[1, 1]", "[[1, 1], [0, 1]]"])
def test_a_picture_without_a_title_is_described_without_its_colon(start):
    said = describe(
        scene_of(f'surface: beale\noptimizers: [sgd]\nstart: {start}\nsteps: 5\ntitle: ""\n')
    )
    assert said.startswith("SGD")


def test_losses_over_a_large_offset_have_the_digits_that_tell_them_apart():
    scene = scene_of(
        "surface: {formula: '-1e5+x**2+y**4', window: [[-1.3, 1.3], [-1, 1]]}\n"
        "optimizers: [{name: sgd, learning_rate: 0.1}, {name: adam, learning_rate: 0.1}]\n"
        "start: [1.2, 0.7]\nsteps: 40\n"
    )
    told = re.search(r"the loss is (\S+) for SGD and (\S+) for Adam", describe(scene))
    assert told is not None
    values = [float(each.replace(DOT, "-").replace(",", "")) for each in told.groups()]
    losses = trace(scene).losses[:, 0, -1]
    assert values[0] < values[1]
    np.testing.assert_allclose(values, losses, atol=1e-3)
