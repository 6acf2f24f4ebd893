"""What was computed of a network of one's own is kept, and a killed run goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from animate import pipeline as movie
from animate.scene.context import Trust
from animate.scene.load import read
from animate.watch import Effort

MINE = """
import jax.numpy as jnp
import numpy as np
from animate.networks import Problem
from helper import SCALE

def make():
    x = np.random.default_rng(0).normal(size=(300, 3)).astype("float32")
    y = SCALE * np.sin(x.sum(axis=1))
    def loss(p, batch):
        return jnp.mean((jnp.tanh(batch[0] @ p["a"]) @ p["b"] - batch[1]) ** 2)
    start = np.random.default_rng(1)
    return Problem(loss, {"a": start.normal(size=(3, 8)).astype("float32"),
                          "b": start.normal(size=8).astype("float32")}, data=(x, y))
"""
SCENE = """
title: First
surface: {network: {python: "mine:make"}, resolution: 9}
optimizers: [{name: momentum, learning_rate: 0.02}, {name: adam, learning_rate: 0.01}]
steps: 60
batch: 20
panels: [contour, off_plane]
style: {size: [480, 360]}
timing: {seconds: 1, fps: 2}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine.py").write_text(MINE)
    (tmp_path / "helper.py").write_text("SCALE = 1.0\n")
    (tmp_path / "scene.yaml").write_text(SCENE)
    return tmp_path


def stages(folder, *settings, fresh=False, table=False):
    """What is heard of while the scene is solved, and its solution."""
    heard = dict[str, int]()

    def hear(what, done, count):
        heard[what] = heard.get(what, 0) + 1

    scene = read(folder / "scene.yaml", settings, trust=Trust(code=True)).scene
    panels = () if table else None
    return heard, movie.solve(scene, panels, table=table, effort=Effort(fresh, hear))


def test_a_second_run_trains_nothing(folder):
    first, solved = stages(folder)
    assert first["training"] == 2 * 61
    assert first["points"] >= 2
    for settings in ([], ["title=Other"], ["style.theme=dark"], ["timing.fps=5"]):
        heard, again = stages(folder, *settings)
        assert heard == {}
        assert (again.result.z == solved.result.z).all()


def test_only_what_depends_on_a_change_is_computed(folder):
    stages(folder)
    assert set(stages(folder, "surface.resolution=7")[0]) == {"points"}
    assert set(stages(folder, table=True)[0]) == {"gradients"}
    assert set(stages(folder, "surface.plane=random")[0]) == {"points"}
    more = stages(folder, "optimizers.1.learning_rate=0.02")[0]
    assert more["training"] == 61


@pytest.mark.parametrize("file", ["mine.py", "helper.py"])
def test_changed_code_is_trained_anew(folder, file):
    stages(folder)
    with (folder / file).open("a") as text:
        text.write("# another line\n")
    assert stages(folder)[0]["training"] == 2 * 61


def test_fresh_forgets(folder):
    stages(folder)
    assert stages(folder, fresh=True)[0]["training"] == 2 * 61
    assert stages(folder)[0] == {}


KILLED = """
import sys, os, signal
from pathlib import Path
from animate import pipeline
from animate.scene.context import Trust
from animate.scene.load import read
from animate.watch import Effort
heard = 0
def hear(what, done, count):
    global heard
    heard += 1
    if heard == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
script = read(Path("scene.yaml"), trust=Trust(code=True))
pipeline.render(script, [Path("out.gif")], progress=lambda frames, _: frames, settings={},
                effort=Effort(watch=hear))
"""


def run(folder, cache, at):
    """A process of its own, that ends itself when it has heard so often of progress."""
    around = os.environ | {"ANIMATE_CACHE": str(folder / cache)}
    command = [sys.executable, "-c", KILLED, str(at)]
    return subprocess.run(command, cwd=folder, env=around, check=False).returncode


def test_a_killed_run_goes_on_and_gives_the_same_bytes(folder):
    assert run(folder, "whole", 0) == 0
    expected = (folder / "out.gif").read_bytes()
    kept = {file.name: file.read_bytes() for file in Path(folder / "whole").glob("*.rows")}
    (folder / "out.gif").unlink()
    for at in (30, 40, 2):
        assert run(folder, "killed", at) == -signal.SIGKILL
    assert run(folder, "killed", 0) == 0
    assert (folder / "out.gif").read_bytes() == expected
    assert {file.name: file.read_bytes() for file in Path(folder / "killed").glob("*.rows")} == kept
