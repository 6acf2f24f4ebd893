"""A scene that gives no `batch` trains in batches of 64 samples."""

import numpy as np
import pytest

import animate

SCENE = """
surface:
  network: {hidden: [3], activation: tanh}
  data: {name: moons, samples: 200}
  resolution: 5
optimizers: [{name: sgd, learning_rate: 0.5}]
steps: 4
"""


@pytest.fixture
def losses(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path / "cache"))

    def trained(more=""):
        (tmp_path / "scene.yaml").write_text(SCENE + more)
        return animate.trace(tmp_path / "scene.yaml").losses

    return trained


def test_the_batch_is_64_by_itself(losses):
    np.testing.assert_array_equal(losses(), losses("batch: 64"))
    for other in ("8", "full"):
        assert not np.allclose(losses(), losses(f"batch: {other}"))
