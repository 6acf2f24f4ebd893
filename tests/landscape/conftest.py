"""What the tests of this folder share: a small picture, a cache of their own, and scenes between
networks."""

import optax
import pytest

from animate.networks.training import train
from animate.scene.load import read
from tests.landscape.between import PROBLEM, STARTS, SURFACE, save

SMALL_PICTURE = """
style: {size: [480, 360]}
timing: {seconds: 1, fps: 2}
"""


@pytest.fixture(autouse=True)
def no_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def models():
    options = {"steps": 400, "keep": [400], "batch": 20, "seeds": [0, 1, 2]}
    return train(PROBLEM, optax.sgd(0.3), starts=STARTS, **options).positions[:, 0]


@pytest.fixture
def between_scene(tmp_path, models):
    for name, vector in zip("abc", models, strict=True):
        save(tmp_path / f"{name}.npz", vector)

    def made(between, more="", surface=SURFACE, picture=SMALL_PICTURE):
        path = tmp_path / "scene.yaml"
        path.write_text(f"{surface}between: {between}\n{more}{picture}")
        return read(path).scene

    return made
