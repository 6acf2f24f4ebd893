"""A user without a home and without an entry in the system's list, as in a container."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from animate.files import cache_folder
from tests.trust.processes import SCENE

HOMELESS = """
import os, pwd, sys

def unknown(number):
    raise KeyError(f"getpwuid(): uid not found: {number}")

pwd.getpwuid = unknown
from animate.cli import main
main()
"""
EXPERIMENT = "experiment: {name: saddles, hidden: 2, steps: 20, kept: 2, seeds: [0]}\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a home of Windows is another")


@pytest.mark.parametrize(
    ("scene", "command"),
    [
        (SCENE, ["--help"]),
        (SCENE, ["render", "scene.yaml", "-q", "-o", "a.gif"]),
        (SCENE, ["trace", "scene.yaml", "-o", "a.csv"]),
        (EXPERIMENT, ["trace", "scene.yaml", "-o", "a.csv"]),
    ],
)
def test_every_command_works_without_a_home(scene: str, command: list[str], tmp_path: Path) -> None:
    (tmp_path / "scene.yaml").write_text(scene)
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run(
        [sys.executable, "-c", HOMELESS, *command],
        cwd=tmp_path,
        env=known,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, "")
    written = {"scene.yaml", *command[-1:]} - {"--help"}
    assert {path.name for path in tmp_path.iterdir()} == written


def test_without_a_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "ANIMATE_CACHE"):
        monkeypatch.delenv(name, raising=False)

    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr("pwd.getpwuid", unknown)
    assert cache_folder() is None
