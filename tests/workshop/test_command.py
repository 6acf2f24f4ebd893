"""`animate watch` as a user meets it: one line with the address, saves, Ctrl-C."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

import animate.cli.workshop
from animate.cli.app import app
from tests.workshop.conftest import SCENE


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    (tmp_path / "race.yaml").write_text(SCENE, encoding="utf-8")
    return tmp_path / "race.yaml"


def states(address: str, name: str):
    """The states of a scene, as they come."""
    with urllib.request.urlopen(f"{address}events?scene={name}", timeout=120) as events:
        for line in events:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])


def alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
def test_a_save_by_rename_is_drawn_and_ctrl_c_ends_all(scene: Path):
    command = [sys.executable, "-m", "animate", "watch", str(scene), "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        address = program.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        told = states(address, "race.yaml")
        first = next(each for each in told if each["quality"] == "full")
        (scene.parent / "new").write_text(SCENE.replace("12\n", "14\n", 1), encoding="utf-8")
        (scene.parent / "new").rename(scene)
        assert next(
            each for each in told if each["quality"] == "full" and each["tag"] != first["tag"]
        )
        tasks = Path(f"/proc/{program.pid}/task/{program.pid}/children")
        children = [int(each) for each in tasks.read_text().split()]
        assert children
        os.kill(program.pid, signal.SIGINT)
        assert program.wait(30) == 130
        assert program.stderr.read() == "interrupted; what was not finished is as it was before\n"
        for _ in range(50):
            if not any(map(alive, children)):
                break
            time.sleep(0.1)
        assert not any(map(alive, children))


def test_what_lacks_is_told_with_what_brings_it(scene: Path, monkeypatch):
    monkeypatch.setattr(animate.cli.workshop, "find_spec", lambda _: None)
    result = CliRunner().invoke(app, ["watch", str(scene)])
    assert result.exit_code == 2
    assert result.stderr == (
        'animate watch needs more packages: pip install "animate-optimization[watch]"\n'
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("none.yaml", "there is no such file"),
        ("race.txt", "the name of a scene ends in .yaml or .yml"),
    ],
)
def test_what_is_no_scene_is_told(scene: Path, name, why):
    result = CliRunner().invoke(app, ["watch", str(scene.parent / name)])
    assert (result.exit_code, result.stderr) == (2, f"{scene.parent / name}: {why}\n")


def test_a_port_that_is_taken_is_told(scene: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(app, ["watch", str(scene), "--port", str(port)])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"--port {port}: ")
    assert result.stderr.endswith("; leave it out for a free one\n")
