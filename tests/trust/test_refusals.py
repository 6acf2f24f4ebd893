"""Whatever is wrong is told through the real command line: status 2, a line each, nothing done."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from animate.budget import budget, room, too_large
from animate.cli.app import app
from animate.errors import SceneError
from animate.reading import read_text
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
        "1:10: the loss is a finite number nowhere in the window; choose another window",
    ),
    "a tiny picture": (
        f"surface: beale\n{RACE}{SMALL}",
        "3:15: 64 × 64 pixels leave no room for the panel and the legend; make the picture "
        "larger, or set style.legend to false",
    ),
    "no rate": (
        "surface: {formula: '1e250*(x**2 + y**2)', window: [[-1, 1], [-1, 1]]}\n"
        "optimizers: [adam, sgd]\n",
        "2:20: no learning rate from 1e-05 to 10 keeps sgd among the finite numbers with steps "
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
    "a sign that the font lacks": (
        f"title: 'the 🏔'\nsurface: beale\n{RACE}",
        "1:8: DejaVu Sans has no sign for '🏔'; leave it out or choose another theme",
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
    monkeypatch.setattr("animate.examining.room", lambda: 2e9)
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


@pytest.mark.parametrize(
    ("own", "files", "limit"),
    [
        ("0::/", {"memory.max": "3000000"}, 3e6),
        ("0::/", {"memory.max": "max"}, None),
        ("0::/a/b", {"a/b/memory.max": "max", "a/memory.max": "2000000"}, 2e6),
        ("5:cpu,memory:/a\n0::/", {"memory/a/memory.limit_in_bytes": "4000000"}, 4e6),
        ("5:memory:/gone", {"memory/memory.limit_in_bytes": "5000000"}, 5e6),
        ("5:memory:/a", {"memory/a/memory.limit_in_bytes": "9223372036854771712"}, None),
        ("", {}, None),
    ],
)
def test_the_memory_of_a_container(
    own: str,
    files: dict[str, str],
    limit: float | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("animate.budget.memory._CGROUPS", tmp_path)
    monkeypatch.setattr("animate.budget.memory._OWN_GROUP", tmp_path / "own")
    whole = room()
    (tmp_path / "own").write_text(own)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{text}\n")
    assert room() == (whole if limit is None else limit)


def test_the_budget_grows_with_what_is_asked_for() -> None:
    def of(more: str):
        return budget(read_text(f"surface: beale\n{RACE}{more}", "scene").scene)

    plain = of("")
    assert of("steps: 100000").positions > 100 * plain.positions
    assert of("style: {size: [1280, 960]}").picture == 4 * plain.picture
    assert of("timing: {seconds: 600}").seconds > 10 * plain.seconds
    assert of("steps: 1000000\nstart: {count: 1000}").positions < 5e9
    assert of("panels: [relief]").picture > plain.picture + 1e8
    assert of("panels: [contour: {vectors: [gradient]}]").positions > 3 * plain.positions
    searched = "surface: beale\noptimizers: [sgd, momentum]\nsteps: 100000\n"
    assert budget(read_text(searched, "s").scene).labour > 100 * of("steps: 100000").labour


def test_a_network_beyond_memory_is_refused_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("animate.examining.room", lambda: 2e9)
    text = f"surface: {{network: {{hidden: [512, 512, 512]}}}}\nsteps: 5000\n{RACE}"
    with pytest.raises(SceneError) as told:
        read_text(text, "scene.yaml")
    assert told.value.lines[0].startswith("scene.yaml:1:20: rendering needs about 3.")
    assert told.value.lines[0].endswith("there are 2.0 GB; make the network smaller")


def test_check_tells_that_there_is_no_room(tmp_path: Path) -> None:
    (tmp_path / "scene.yaml").write_text(f"surface: beale\n{RACE}{SMALL}")
    result = CliRunner().invoke(app, ["check", str(tmp_path / "scene.yaml")])
    assert result.exit_code == 2
    assert "scene.yaml:3:15: 64 × 64 pixels leave no room for the panel" in result.stderr


@pytest.mark.parametrize("more", ["steps: 900000", "style: {size: [3840, 2160]}"])
def test_what_is_said_to_fit_fits(more: str) -> None:
    scene = read_text(f"surface: beale\n{RACE}{more}", "scene").scene
    (mistake,) = too_large(scene, 450e6)
    if mistake.path == ("steps",):
        steps = int(mistake.message.split("; ")[1].split()[0])
        smaller = scene.model_copy(update={"steps": steps})
    else:
        width, _, height, *_ = mistake.message.split("; ")[1].split()
        style = scene.style.model_copy(update={"size": (int(width), int(height))})
        smaller = scene.model_copy(update={"style": style})
    assert list(too_large(smaller, 450e6)) == []
    assert budget(smaller).memory > 440e6


def test_memory_stays_below_the_estimate(tmp_path: Path) -> None:
    (tmp_path / "scene.yaml").write_text(
        f"surface: beale\n{RACE}noise: {{std: 1}}\nsteps: 300000\npanels: [contour, loss]\n"
        "timing: {seconds: 0.2, fps: 10}\nstyle: {size: [1280, 960]}\n"
    )
    program = (
        f"{PEAK}\nimport sys, animate, animate.budget\n"
        "script = animate.read(sys.argv[1])\n"
        "animate.render(script, sys.argv[1] + '.gif')\n"
        "print(peak(), animate.budget.budget(script.scene).memory)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "scene.yaml"],
        capture_output=True,
        text=True,
        check=True,
    )
    peak, estimate = map(float, run.stdout.split())
    assert estimate / 3 < peak < 1.2 * estimate
