"""Points of a plane by workers: the same numbers, from problems that are made again."""

import pickle
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from animate.errors import SceneError
from animate.pipeline import solve
from animate.scene.context import Trust
from animate.scene.load import Script, read
from animate.watch import Effort, Help

SCENE = """\
surface: {network: {python: "mine:make"}, plane: pca, resolution: 9}
optimizers: [{name: sgd, learning_rate: 0.1}, {name: adam, learning_rate: 0.01}]
steps: 6
panels: [contour]
"""
MODULE = """\
import jax, jax.numpy as jnp, numpy as np
from animate.networks import Problem

def make():
    draws = np.random.default_rng(%s)
    x, y = draws.standard_normal((64, 5)).astype("f4"), draws.integers(0, 3, 64)
    start = {"v": draws.standard_normal((5, 8)).astype("f4"), "w": np.ones((8, 3), "f4") / 8}

    def loss(p, batch):
        logits = jnp.tanh(batch[0] @ p["v"]) @ p["w"]
        chosen = jnp.take_along_axis(logits, batch[1][:, None], 1)[:, 0]
        return (jax.nn.logsumexp(logits, axis=1) - chosen).mean()

    return Problem(loss, start, data=(x, y))
"""


class Pickled(Executor):
    """Makes each call at once, of what another process would get; counts them."""

    def __init__(self) -> None:
        self.calls = 0

    def submit(self, fn, /, *args, **kwargs):
        self.calls += 1
        future = Future()
        try:
            function, args, kwargs = pickle.loads(pickle.dumps((fn, args, kwargs)))
            future.set_result(pickle.loads(pickle.dumps(function(*args, **kwargs))))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "scene.yaml").write_text(SCENE)
    (tmp_path / "mine.py").write_text(MODULE % "4")
    return read(tmp_path / "scene.yaml", trust=Trust(code=True))


def test_the_plane_is_the_same_bit_by_bit(script):
    alone = solve(script.scene, effort=Effort(fresh=True)).result.z
    executor = Pickled()
    helped = Effort(fresh=True, help=Help(executor, script.origin.again))
    np.testing.assert_array_equal(solve(script.scene, effort=helped).result.z, alone)
    assert executor.calls == 1


def test_points_that_are_kept_are_not_asked_for(script):
    executor = Pickled()
    helped = Effort(help=Help(executor, script.origin.again))
    first = solve(script.scene, effort=helped).result.z
    np.testing.assert_array_equal(solve(script.scene, effort=helped).result.z, first)
    assert executor.calls == 1


def test_another_problem_in_a_worker_is_told_at_the_surface(script, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "scene.yaml").write_text(SCENE)
    (other / "mine.py").write_text(MODULE % "5")
    again = partial(read, other / "scene.yaml", trust=Trust(code=True))
    with pytest.raises(SceneError) as raised, script.placing():
        solve(script.scene, effort=Effort(fresh=True, help=Help(Pickled(), again)))
    assert str(raised.value) == (
        f"{tmp_path}/scene.yaml:1:10: a worker makes another problem of this scene than this "
        "process does; its code, its data and its random numbers must be the same in each (give "
        "these a seed)"
    )
