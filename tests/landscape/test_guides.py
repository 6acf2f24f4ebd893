"""The guides for one's own network do what they say: their code is run as it stands."""

import re
from pathlib import Path

import jax
import numpy as np
import pytest

from animate import pipeline as movie
from animate.networks.checkpoints import read_checkpoint
from animate.networks.quantity import Quantity
from animate.scene.context import Trust
from animate.scene.load import read

GUIDE = (Path(__file__).parents[2] / "docs" / "networks.md").read_text(encoding="utf-8")
TINY = "timing: {seconds: 1, fps: 2}\n"


def block(heading, kind="python"):
    """The first block of code of `kind` below a heading."""
    return re.search(rf"^## {heading}$.*?```{kind}\n(.*?)```", GUIDE, re.S | re.M)[1]


@pytest.mark.parametrize("heading", ["Equinox", "Plain JAX"])
def test_a_model_of_ones_own_is_drawn(heading, tmp_path):
    (tmp_path / "mine.py").write_text(block(heading))
    scene = re.search(r"```yaml\n(.*?)```", GUIDE, re.S)[1]
    scene = scene.replace("resolution: 81", "resolution: 9").replace("steps: 500", "steps: 40")
    (tmp_path / "mine.yaml").write_text(scene + TINY)
    stage = movie.stage(read(tmp_path / "mine.yaml", trust=Trust(code=True)).scene)
    losses = stage.view.trajectories.losses
    assert (losses[:, 0, -1] < losses[:, 0, 0]).all()
    assert (stage.picture(0) != stage.picture(1)).any()
    assert len([line for line in block(heading).splitlines() if line.strip()]) <= 10


def test_held_out_examples_and_an_accuracy_are_shown(tmp_path):
    (tmp_path / "mine.py").write_text(block("Held-out examples and accuracy"))
    (tmp_path / "mine.yaml").write_text(
        "surface: {network: {python: 'mine:make'}, plane: random, resolution: 5, "
        "metric: accuracy, on: test}\n"
        "optimizers: [{name: sgd, learning_rate: 0.5}]\nsteps: 100\npanels: [contour, finding]\n"
        + TINY
    )
    solved = movie.solve(read(tmp_path / "mine.yaml", trust=Trust(code=True)).scene)
    assert solved.quantity == "accuracy, held out"
    assert solved.result.finals[Quantity("accuracy", "test")][0] > 0.6
    assert (solved.result.z <= 1.0).all()


def test_what_the_guide_saves_is_a_checkpoint(tmp_path):
    space = {}
    exec(block("Checkpoints"), space)
    parameters = {"w": np.arange(6.0).reshape(2, 3), "b": np.ones(2)}
    space["save"](tmp_path / "a.npz", parameters)
    leaves = jax.tree.leaves(parameters)
    found = read_checkpoint(tmp_path / "a.npz", {"b": (2,), "w": (2, 3)})
    np.testing.assert_array_equal(found, np.concatenate([np.ravel(leaf) for leaf in leaves]))


def test_planes_and_paths_made_elsewhere_are_drawn(tmp_path, monkeypatch):
    heading, space = "Planes and paths made elsewhere", {}
    monkeypatch.chdir(tmp_path)
    exec(block(heading), space)
    x, y = np.linspace(-1, 1, 6), np.linspace(-1, 1, 5)
    path = [(0.5, 0.5, 0.5), (0.2, 0.3, 0.13), (0.1, 0.1, 0.02)]
    space["write"](x, y, x**2 + y[:, None] ** 2, {"PyTorch's SGD": path})
    (tmp_path / "elsewhere.yaml").write_text(block(heading, "yaml") + TINY)
    view = movie.stage(read(tmp_path / "elsewhere.yaml").scene).view
    assert view.names == ("PyTorch's SGD",)
    np.testing.assert_array_equal(view.trajectories.positions[0, 0], [row[:2] for row in path])


def test_a_table_of_ones_own_is_learned(tmp_path):
    generator = np.random.default_rng(0)
    rows = [(*(k % 3 + generator.normal(size=2)), "abc"[k % 3]) for k in range(60)]
    lines = ["width,length,kind", *(",".join(map(str, row)) for row in rows)]
    (tmp_path / "flowers.csv").write_text("\n".join(lines))
    scene = block("Data of your own, and the program's network", "yaml")
    scene = scene.replace("test: 0.2}", "test: 0.2}, resolution: 7").replace("500", "40")
    (tmp_path / "flowers.yaml").write_text(scene + TINY)
    view = movie.stage(read(tmp_path / "flowers.yaml").scene).view
    assert view.result.facts["parameters"] == 16 * (2 + 1) + 16 * (16 + 1) + 3 * (16 + 1)
    assert view.trajectories.losses[0, 0, -1] < view.trajectories.losses[0, 0, 0]
