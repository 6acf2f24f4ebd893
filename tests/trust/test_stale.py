"""A rendered file is up to date as long as nothing that it was made of has changed."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from animate.cli.app import app

GRID = "x,y,z\n" + "".join(f"{x},{y},{x * x + y * y}\n" for x in range(4) for y in range(4))
SCENE = """\
surface: SURFACE
optimizers: [{name: sgd, learning_rate: 0.01}]
steps: 2
timing: {seconds: 0.1, fps: 10, hold: 0}
style: {size: [200, 160], legend: false}
"""
MODULE = "def bowl(x, y):\n    return x**2 + {}*y**2\n"


@pytest.mark.parametrize(
    ("scene", "file", "before", "after"),
    [
        (SCENE.replace("SURFACE", "{grid: g.csv}"), "g.csv", GRID, GRID.replace(",18", ",9")),
        (
            SCENE.replace("SURFACE", "{python: 'own:bowl', window: [[-1, 1], [-1, 1]]}"),
            "own.py",
            MODULE.format(1),
            MODULE.format(3),
        ),
    ],
    ids=["grid", "python"],
)
def test_a_changed_file_is_rendered_anew(
    scene: str,
    file: str,
    before: str,
    after: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("scene.yaml").write_text(scene)
    Path(file).write_text(before)

    def said() -> str:
        result = CliRunner().invoke(app, ["render", "scene.yaml", "-o", "a.gif", "--allow-code"])
        assert result.exit_code == 0, result.output
        return result.stderr

    assert said() == "scene: 1 frames\n"
    first = Path("a.gif").read_bytes()
    assert said() == "a.gif: up to date; --force renders it anyway\n"
    Path(file).write_text(after)
    assert said() == "scene: 1 frames\n"
    assert Path("a.gif").read_bytes() != first
    assert said() == "a.gif: up to date; --force renders it anyway\n"
