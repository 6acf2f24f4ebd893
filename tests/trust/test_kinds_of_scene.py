"""`animate.describe`, `render` and `trace` take every kind of scene, in every form it comes in."""

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import animate

LOOKS = "style: {size: [320, 240]}\ntiming: {seconds: 0.2, fps: 10, hold: 0}\n"
PATHS = "optimizer,step,x,y,loss\nmine,0,1,2,6\nmine,1,0.5,1,1.5\n"
KINDS = {
    "race": "surface: beale\noptimizers: [{name: adam, learning_rate: 0.1}]\nsteps: 5\n",
    "sweep": (
        "surface: {formula: 'x**2 + y**2', window: [[-1, 1], [-1, 1]]}\nsteps: 5\n"
        "optimizers: [{name: momentum, learning_rate: 0.1}]\nstory: [{at: 1, say: now}]\n"
        "start: {count: 3}\nnoise: {std: 0.1}\npanels: [contour: {levels: 5}, loss]\n"
    ),
    "network": (
        "surface: {network: {hidden: [4]}, resolution: 16}\nsteps: 5\n"
        "optimizers: [{name: adam, learning_rate: 0.1}]\n"
    ),
    "recorded": "surface: booth\npaths: paths.csv\n",
    "checkpoints": (
        "surface: {network: {hidden: [2]}, data: moons, resolution: 16, plane: random}\n"
        "paths: {checkpoints: 'run/*.npz'}\n"
    ),
    "signal": "signal: spikes\noptimizers: [momentum, adam]\nsteps: 15\n",
    "experiment": "experiment: {name: saddles, hidden: 2, steps: 50, kept: 5, seeds: [0]}\n",
}
FORMS: dict[str, Callable[[animate.Scene], object]] = {
    "held": lambda scene: scene,
    "script": lambda scene: scene.script,
    "model": lambda scene: scene.model,
    "text": lambda scene: scene.to_yaml(),
    "bytes": lambda scene: scene.to_yaml().encode(),
    "mapping": lambda scene: scene.script.origin.data,
    "pickled": lambda scene: pickle.loads(pickle.dumps(scene)),
    "pickled model": lambda scene: pickle.loads(pickle.dumps(scene.model)),
}


@pytest.fixture(params=KINDS)
def path(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "paths.csv").write_text(PATHS)
    (tmp_path / "run").mkdir()
    for step in range(3):
        shapes = ((2, 2), (2,), (2, 2), (2,))
        np.savez(tmp_path / "run" / f"{step}.npz", *(np.full(each, 0.1 * step) for each in shapes))
    path = tmp_path / "scene.yaml"
    path.write_text(KINDS[request.param] + LOOKS)
    return path


def test_every_form_of_every_kind_is_taken(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, told = animate.trace(path), animate.describe(str(path))
    (written,) = animate.render(path, tmp_path / "path.gif", source=False)
    assert told
    scene = animate.read(path)
    monkeypatch.chdir(tmp_path)
    for name, form in FORMS.items():
        given = form(scene)
        np.testing.assert_array_equal(animate.trace(given).positions, paths.positions, name)
        assert animate.describe(given) == told, name
        (other,) = animate.render(given, tmp_path / "other.gif", source=False)
        assert other.path.read_bytes() == written.path.read_bytes(), name


def test_a_pickled_scene_is_the_same(path: Path) -> None:
    scene = animate.read(path, settings=["timing.fps=20"])
    again = pickle.loads(pickle.dumps(scene))
    assert again.to_yaml() == scene.to_yaml()
    assert (again.script.name, again.script.inputs) == (scene.script.name, scene.script.inputs)
    assert again.model.timing.fps == 20
