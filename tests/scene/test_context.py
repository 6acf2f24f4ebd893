"""Files that a scene names: none outside of its folder, by whatever way, unless it is allowed."""

import json
from pathlib import Path

import numpy as np
import pytest

from animate.errors import SceneError
from animate.scene.context import Trust
from animate.scene.load import read_text

OUTSIDE = (
    "lies outside of the scene's folder; if you trust the scene, allow it with --allow-outside"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The scene's folder, which has a grid, beside another whose name begins like its own."""
    for name in ("scene", "scene-secret"):
        (tmp_path / name).mkdir()
        x = np.linspace(-1, 1, 5)
        np.savez(tmp_path / name / "x.npz", x=x, y=x, z=np.add.outer(x**2, x**2))
    return tmp_path / "scene"


def complaint(folder: Path, **scene: object) -> str:
    with pytest.raises(SceneError) as caught:
        read_text(json.dumps(scene), str(folder / "s.yaml"))
    (line,) = caught.value.lines
    return line.removeprefix(f"{folder / 's.yaml'}:")


def read_grid(folder: Path, name: str, trust: Trust) -> Path:
    scene = json.dumps({"surface": {"grid": name}, "optimizers": ["sgd"]})
    script = read_text(scene, str(folder / "s.yaml"), trust=trust)
    return Path(script.scene.surface.grid).resolve()


@pytest.mark.parametrize(
    "name",
    [
        "../scene-secret/x.npz",
        "./../scene-secret/x.npz",
        "../scene/../scene-secret/x.npz",
        "link.npz",
        "linked/x.npz",
    ],
)
def test_a_file_of_a_folder_beside_it_is_refused(folder: Path, name: str) -> None:
    (folder / "link.npz").symlink_to(folder.parent / "scene-secret" / "x.npz")
    (folder / "linked").symlink_to(folder.parent / "scene-secret")
    said = complaint(folder, surface={"grid": name}, optimizers=["sgd"])
    assert said == f"1:22: {name!r} {OUTSIDE}"
    allowed = read_grid(folder, name, Trust(outside=True))
    assert allowed == folder.parent / "scene-secret" / "x.npz"


@pytest.mark.parametrize("name", ["x.npz", "./x.npz", "../scene/x.npz"])
def test_a_file_of_its_own_folder_is_read(folder: Path, name: str) -> None:
    assert read_grid(folder, name, Trust()) == folder / "x.npz"


@pytest.mark.parametrize(
    "scene",
    [
        {"surface": "beale", "paths": "FILE.csv"},
        {"surface": "beale", "optimizers": ["sgd"], "style": {"theme": "FILE.mplstyle"}},
        {"surface": {"network": {}, "data": {"csv": "FILE.csv"}}, "optimizers": ["sgd"]},
        {
            "surface": {"network": {}, "plane": {"through": ["x.npz", "x.npz", "FILE.npz"]}},
            "optimizers": ["sgd"],
        },
    ],
    ids=["paths", "theme", "data", "checkpoint"],
)
def test_every_key_that_names_a_file_is_held_to_its_folder(folder: Path, scene: dict) -> None:
    text = json.dumps(scene).replace("FILE", "../scene-secret/x")
    line = complaint(folder, **json.loads(text))
    place, _, _ = line.partition(": ")
    assert place == f"1:{text.index('../scene-secret')}"
    assert line.endswith(OUTSIDE)
