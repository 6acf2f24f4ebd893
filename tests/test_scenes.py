"""Every scene in the folder is read, and draws."""

from pathlib import Path

import numpy as np
import pytest

from animate import pipeline as movie
from animate.scene import ExperimentScene
from animate.scene.load import read

ROOT = Path(__file__).parents[1]
SCENES = sorted((ROOT / "scenes").rglob("*.yaml"))
SMALL = ("style.size=[240, 180]", "timing.fps=2", "timing.seconds=1")


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_a_scene_is_read_and_explains_itself(path):
    assert read(path).scene.panels or isinstance(read(path).scene, ExperimentScene)
    assert path.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("path", sorted((ROOT / "scenes").glob("*.yaml")), ids=lambda p: p.stem)
def test_a_scene_draws_and_moves(path):
    stage = movie.stage(read(path, SMALL).scene)
    first, last = stage.picture(0), stage.picture(1)
    assert (first != last).any()
    assert len(np.unique(first[..., :3].reshape(-1, 3), axis=0)) > 20
