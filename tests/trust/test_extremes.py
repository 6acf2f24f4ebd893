"""Scenes that generated ones, or hostile ones, have found to end in a traceback."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from animate.cli.app import app
from tests.trust.generated import outcome

DIVERGING = [
    {"name": "sgd", "learning_rate": 1e300, "clip": 1},
    {"name": "sam", "learning_rate": 1e300, "clip": 5.2},
    {"name": "momentum", "learning_rate": 0.01, "momentum": 1e308},
    {"name": "adam", "learning_rate": 1e99},
    {"name": "sgd", "learning_rate": 1e20},
]
FAR = [[-1e99, 1e99], [-1e99, 1e99]]


def scene(panel: object, window: list[list[float]]) -> dict:
    return {
        "surface": {"formula": "x**2 + y**2", "window": window},
        "optimizers": DIVERGING,
        "panels": [panel],
        "steps": 6,
        "timing": {"seconds": 0.2, "fps": 5, "hold": 0},
        "style": {"size": [400, 300]},
    }


@pytest.mark.parametrize(
    ("panel", "window"),
    [
        ("slice", [[-3, 2.7], [-1, 0.8]]),
        ({"slice": {"along": "gradient"}}, FAR),
        ({"contour": {"vectors": ["gradient", "momentum", "update", "lookahead"]}}, FAR),
        ({"loss": {"split": "optimizers"}}, FAR),
    ],
    ids=["a step of 1e300", "down a gradient of 1e99", "arrows of 1e200", "losses up to 1e300"],
)
def test_what_has_no_end_is_drawn_as_far_as_it_goes(
    panel: object, window: list[list[float]], tmp_path: Path
) -> None:
    """No warning either: pytest makes errors of them."""
    assert outcome(scene(panel, window), tmp_path) == 0


def test_no_sign_of_a_scene_or_its_files_is_a_command_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "evil.mplstyle").write_text("\x1b[31mfoo: 1\n")
    path = tmp_path / "scene.yaml"
    text = {"surface": "beale", "optimizers": ["sgd"], "style": {"theme": "evil.mplstyle"}}
    path.write_text(yaml.safe_dump(text))
    result = CliRunner().invoke(app, ["check", str(path)])
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{path}:4:10: ")
    assert "\\x1b[31mfoo" in line
    assert line.isprintable()
