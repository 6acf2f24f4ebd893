"""Whatever is wrong is told through the real command line: status 2, a line each, nothing done."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from animate.cli.app import app
from tests.test_hostile import EXPECTED, HOSTILE

RACE = "optimizers: [{name: sgd, learning_rate: 0.1}]\n"

PEAK = """
def peak():
    import pathlib, resource
    status = pathlib.Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return 1024 * int(lines["VmHWM"].split()[0])
"""
ALL_AT_ONCE = (
    PEAK
    + """
import json, sys
from typer.testing import CliRunner
from animate.cli.app import app
said = {}
for path in sys.argv[2:]:
    result = CliRunner().invoke(app, [sys.argv[1], path])
    said[path] = result.exit_code, result.stdout, result.stderr
said[""] = peak()
print(json.dumps(said))
"""
)


@pytest.mark.parametrize("command", ["check", "render"])
def test_the_hostile_folder_through_the_command_line(command: str, tmp_path: Path) -> None:
    paths = sorted(HOSTILE.iterdir())
    run = subprocess.run(
        [sys.executable, "-c", ALL_AT_ONCE, command, *paths],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    said = json.loads(run.stdout)
    assert said.pop("") < 400e6
    for path in paths:
        status, out, err = said[str(path)]
        assert (status, out) == (2, ""), path
        assert err.splitlines() == [f"{path}:{line}" for line in EXPECTED[path.stem]]
    assert list(tmp_path.iterdir()) == []


def formula(text: str, window: str = "[[-1, 1], [-1, 1]]", more: str = "") -> str:
    return f"surface: {{formula: '{text}', window: {window}}}\n{RACE}{more}"


SMALL = "style: {size: [64, 64]}\n"
NO_ROOM = "to 1e+100, and differ by more than 1e-10 of their size, got"
FULL = {
    "an empty window": (
        formula("x + y", "[[1, 1], [0, 1]]"),
        "1:37: window: x must run from the smaller to the larger number, got [1, 1]",
    ),
    "a window of next to no width": (
        formula("x + y", "[[0, 1], [1, 1.00000000000002]]"),
        f"1:37: window: y leaves no room for a picture: its ends may be up {NO_ROOM} "
        "[1.0, 1.00000000000002]",
    ),
    "a window as wide as the numbers": (
        formula("x + y", "[[-1.7e308, 1.7e308], [0, 1]]"),
        f"1:37: window: x leaves no room for a picture: its ends may be up {NO_ROOM} "
        "[-1.7e+308, 1.7e+308]",
    ),
    "a start without a loss": (
        formula("log(x) + y", more="start: [[0.5, 0.5], [-0.5, 0.5]]\n"),
        "3:21: the loss at the start [-0.5, 0.5] is not a finite number; begin elsewhere",
    ),
    "an own start without a loss": (
        formula("log(x) + y"),
        "1:10: the loss at the surface's own start [-0.64, 0.66] is not a finite number; "
        "give a start",
    ),
    "a surface nowhere": (
        formula("log(x) + y", "[[-2, -1], [-1, 1]]"),
        "1:10: the loss is a finite number nowhere in the window; choose another window",
    ),
    "beyond the numbers": (
        formula("1e308*(3 + x + y)"),
        "1:10: the loss is above 1e300 in all of the window; choose another window",
    ),
    "a start beyond the numbers": (
        formula("1e307*sin(x) + 0*y", more="start: [0.5, 0.5]\n"),
        "3:8: the loss at the start [0.5, 0.5] is above 1e300; begin elsewhere",
    ),
    "a start below the numbers": (
        formula("1e307*sin(x) + 0*y", more="start: [-0.5, 0.5]\n"),
        "3:8: the loss at the start [-0.5, 0.5] is below -1e300; begin elsewhere",
    ),
    "a tiny picture": (
        f"surface: beale\n{RACE}{SMALL}",
        "3:15: 64 × 64 pixels leave no room for the panel and the legend; make the picture "
        "larger, or set style.legend to false",
    ),
    "no rate": (
        "surface: {formula: '1e250*(x**2 + y**2)', window: [[-1, 1], [-1, 1]]}\n"
        "optimizers: [adam, sgd]\n",
        "2:20: no learning rate from 1e-35 to 10 keeps sgd among the finite numbers with steps "
        "that can be followed; give it a learning_rate",
    ),
    "mathtext": (
        f"title: 'a $\\frac{{1}}{{$ b'\nsurface: beale\n{RACE}",
        "1:8: the mathtext between $ and $ cannot be read: Expected \\frac{num}{den}",
    ),
    "a line break": (
        f'title: "a\\nb"\nsurface: beale\n{RACE}',
        "1:8: title: must be one line of text, got U+000A in it",
    ),
    "a sign that turns a terminal's line": (
        f'title: "a\u202eb"\nsurface: beale\n{RACE}',
        "1:8: title: must be without signs that turn the direction, got U+202E in it; letters that "
        "are written from right to left need none",
    ),
    "a sign that the font lacks": (
        f"title: 'the 🏔'\nsurface: beale\n{RACE}",
        "1:8: Source Sans Pro has no sign for '🏔'; leave it out or choose another theme",
    ),
    "a transparent colour": (
        "surface: beale\noptimizers: [{name: sgd, color: '#11223344'}]\n",
        "2:33: the colour '#11223344' is transparent; trails are opaque",
    ),
    "a schedule that optax refuses": (
        "surface: beale\noptimizers: [sgd]\nlearning_rate: "
        "{schedule: cosine_decay_schedule, init_value: 0.1, decay_steps: -3}\n",
        "3:16: optax cannot make this schedule: The cosine_decay_schedule requires positive "
        "decay_steps, got decay_steps=-3.",
    ),
    "a schedule that begins at the best rate": (
        "surface: beale\noptimizers: [sgd]\nlearning_rate: "
        "{schedule: cosine_decay_schedule, init_value: best, decay_steps: 3}\n",
        "3:62: learning_rate.init_value: must be a number, got 'best'; the whole of learning_rate "
        "is 'best', or a number",
    ),
    "a text among a schedule's steps": (
        "surface: beale\noptimizers: [sgd]\nlearning_rate: {schedule: "
        "piecewise_constant_schedule, init_value: 1, boundaries_and_scales: {'3': x}}\n",
        "3:100: learning_rate.boundaries_and_scales.3: must be a number, got 'x'",
    ),
    "a schedule that goes on below zero": (
        "surface: beale\noptimizers: [adam, sgd]\nlearning_rate: {schedule: linear_schedule, "
        "init_value: 0.1, end_value: -0.1, transition_steps: 100}\n",
        "3:16: learning_rate: must stay at a learning rate of at least 0, and is -0.002 after 51 "
        "of the 150 steps; let it end at 0 or above",
    ),
    "an optimizer's schedule below zero, beside a sweep": (
        "surface: beale\nsweep: {optimizers.adam.b1: [0.5, 0.9]}\noptimizers:\n- adam\n"
        "- {name: sgd, learning_rate: {schedule: polynomial_schedule, init_value: 0.1, "
        "end_value: -1, power: 1, transition_steps: 100}}\n",
        "5:30: optimizers[1].learning_rate: must stay at a learning rate of at least 0, and is "
        "-0.01 after 10 of the 150 steps; let it end at 0 or above",
    ),
    "levels": (
        f"surface: beale\n{RACE}panels: [contour: {{levels: 1000000000}}]\n",
        "3:28: panels[0].contour.levels: must be at most 256, got 1000000000",
    ),
    "a colormap": (
        f"surface: beale\n{RACE}panels: [contour: {{colormap: veridis}}]\n",
        "3:30: there is no colormap named 'veridis'. Did you mean 'viridis'?",
    ),
    "a file outside": (
        f"surface: {{grid: ../secret.npz}}\n{RACE}",
        "1:17: '../secret.npz' lies outside of the scene's folder; if you trust the scene, allow "
        "it with --allow-outside",
    ),
    "a file at the root": (
        f"surface: {{grid: /etc/passwd}}\n{RACE}",
        "1:17: '/etc/passwd' lies outside of the scene's folder; if you trust the scene, allow "
        "it with --allow-outside",
    ),
    "a link that leads outside": (
        f"surface: {{grid: link.csv}}\n{RACE}",
        "1:17: 'link.csv' lies outside of the scene's folder; if you trust the scene, allow "
        "it with --allow-outside",
    ),
    "more memory than there is": (
        f"surface: beale\n{RACE}start: {{count: 100000}}\nsteps: 1000000\n"
        "style: {size: [7680, 7680]}\n",
        "5:15: rendering needs about 8.8 GB of memory, and there are 2.0 GB; "
        "2511 × 2511 pixels would fit",
    ),
    "ten million starts": (
        f"surface: beale\n{RACE}start: {{count: 10000000}}\n",
        "3:16: rendering needs about 55.3 GB of memory, and there are 2.0 GB; "
        "300,000 starts would fit",
    ),
    "a day of basins": (
        f"surface: beale\n{RACE}panels: [{{basins: {{resolution: 480}}}}]\nsteps: 1000000\n",
        "3:9: rendering takes about 96 minutes; resolution: 268 would fit",
    ),
}


@pytest.mark.parametrize("name", FULL)
def test_a_scene_that_cannot_be_shown_gets_its_line(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, line = FULL[name]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("animate.scene.checks.available_memory", lambda: 2e9)
    Path("link.csv").symlink_to("/etc/passwd")
    Path("scene.yaml").write_text(text)
    result = CliRunner().invoke(app, ["render", "scene.yaml"])
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert result.stderr.splitlines() == [f"scene.yaml:{line}"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "scene.yaml"]


def test_who_is_trusted_may_read_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "bowl.csv").write_text(
        "x,y,z\n" + "".join(f"{x},{y},{x * x + y * y}\n" for x in range(5) for y in range(5))
    )
    monkeypatch.chdir(tmp_path / "inside")
    Path("scene.yaml").write_text(f"surface: {{grid: ../bowl.csv}}\n{RACE}")
    assert CliRunner().invoke(app, ["check", "scene.yaml"]).exit_code == 2
    result = CliRunner().invoke(app, ["check", "scene.yaml", "--allow-outside"])
    assert result.exit_code == 0, result.output
