"""What a scene would take is told before it is begun, and refused where it is too much."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from animate.cli.app import app
from animate.errors import SceneError
from animate.networks.cost import training
from animate.networks.experiments import EXPERIMENTS
from animate.scene.limits import available_memory, estimate, too_large
from animate.scene.load import read_text
from tests.trust.test_refusals import PEAK, RACE, SMALL


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
    monkeypatch.setattr("animate.scene.limits.memory._CGROUPS", tmp_path)
    monkeypatch.setattr("animate.scene.limits.memory._OWN_GROUP", tmp_path / "own")
    whole = available_memory()
    (tmp_path / "own").write_text(own)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{text}\n")
    assert available_memory() == (whole if limit is None else limit)


def test_the_estimate_grows_with_what_is_asked_for() -> None:
    def of(more: str):
        return estimate(read_text(f"surface: beale\n{RACE}{more}", "scene").scene)

    plain = of("")
    assert of("steps: 100000").positions > 100 * plain.positions
    assert of("style: {size: [1280, 960]}").picture == 4 * plain.picture
    assert of("timing: {seconds: 600}").seconds > 10 * plain.seconds
    assert of("steps: 1000000\nstart: {count: 1000}").positions < 5e9
    assert of("panels: [relief]").picture > plain.picture + 1e8
    assert of("panels: [contour: {vectors: [gradient]}]").positions > 3 * plain.positions
    searched = "surface: beale\noptimizers: [sgd, momentum]\nsteps: 100000\n"
    assert (
        estimate(read_text(searched, "s").scene).bounded_seconds
        > 100 * of("steps: 100000").bounded_seconds
    )


def test_a_network_beyond_memory_is_refused_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("animate.scene.checks.available_memory", lambda: 2e9)
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
    assert estimate(smaller).memory > 440e6


def test_memory_stays_below_the_estimate(tmp_path: Path) -> None:
    (tmp_path / "scene.yaml").write_text(
        f"surface: beale\n{RACE}noise: {{std: 1}}\nsteps: 300000\npanels: [contour, loss]\n"
        "timing: {seconds: 0.2, fps: 10}\nstyle: {size: [1280, 960]}\n"
    )
    program = (
        f"{PEAK}\nimport sys, animate, animate.scene.limits\n"
        "script = animate.read(sys.argv[1])\n"
        "animate.render(script, sys.argv[1] + '.gif')\n"
        "print(peak(), animate.scene.limits.estimate(script.model).memory)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "scene.yaml"],
        capture_output=True,
        text=True,
        check=True,
    )
    peak, estimate = map(float, run.stdout.split())
    assert estimate / 3 < peak < 1.2 * estimate


def refused(text: str, room: float, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("animate.scene.checks.available_memory", lambda: room)
    with pytest.raises(SceneError) as told:
        read_text(text, "scene.yaml")
    (line,) = told.value.lines
    return line.removeprefix("scene.yaml:")


def test_a_network_that_takes_hours_is_refused_with_the_steps_that_would_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = f"surface: {{network: {{hidden: [512, 512, 512]}}}}\n{RACE}batch: 64\nsteps: "
    assert refused(f"{network}1000000", 1e11, monkeypatch) == (
        "4:8: rendering takes about 74 minutes; 380,000 steps would fit"
    )
    fits = estimate(read_text(f"{network}380000", "scene.yaml").scene)
    assert 0.9 * 1800 < fits.bounded_seconds < 1800


@pytest.mark.parametrize(
    ("experiment", "line"),
    [
        (
            "{name: escape_directions, hidden: 512}",
            "rendering needs about 275.6 GB of memory, and there are 8.0 GB; make the networks "
            "smaller",
        ),
        (
            "{name: escape_directions, paths: 512, iterations: 100000}",
            "rendering takes about 39 hours; iterations: 1200 would fit",
        ),
        (
            "{name: sharpness, other_rate: 1.0e-300}",
            "rendering needs about 4e+298 GB of memory, and there are 8.0 GB; make the networks "
            "smaller",
        ),
    ],
)
def test_an_experiment_beyond_bounds_is_refused(
    experiment: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(f"experiment: {experiment}\n", 8e9, monkeypatch) == f"1:13: {line}"


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_experiment_tells_what_it_takes(name: str) -> None:
    own = estimate(read_text(f"experiment: {name}\n", "scene.yaml").scene)
    assert 300e6 < own.memory < 3e9
    assert 0 < own.bounded_seconds < 60


def test_training_counts_two_operations_a_weight_and_example_and_three_passes_a_step() -> None:
    one = {"runs": 1, "examples": 100, "batch": 10, "kept": 0}
    least = training((4, 3), steps=0, **one).seconds
    more = training((4, 3), steps=1000, **one).seconds - least
    assert more == pytest.approx(1000 * (4e-5 + 2e-11 * 2 * 15 * 3 * 10))


def test_check_tells_what_an_experiment_takes(tmp_path: Path) -> None:
    (tmp_path / "scene.yaml").write_text("experiment: swa\n")
    result = CliRunner().invoke(app, ["check", str(tmp_path / "scene.yaml")])
    assert result.exit_code == 0, result.output
    assert ": the experiment swa, about " in result.stdout
    assert " MB and " in result.stdout
