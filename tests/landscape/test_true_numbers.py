"""Gradient norms and curvatures of a network are those of the whole loss, at all its weights."""

import jax
import jax.flatten_util
import jax.numpy as jnp
import numpy as np
import pytest
from matplotlib.text import Text

from animate import pipeline as movie
from animate.scene.context import Trust
from animate.scene.load import read
from tests.landscape.conftest import SMALL_PICTURE

MINE = """
import jax.numpy as jnp
import numpy as np
from animate.networks import Problem

def make():
    generator = np.random.default_rng(0)
    x = generator.normal(size=(30, 3)).astype("float32")
    y = np.sin(x.sum(axis=1))
    def loss(p, batch):
        return jnp.mean((jnp.tanh(batch[0] @ p["a"] + p["b"]) @ p["c"] - batch[1]) ** 2)
    start = {"a": generator.normal(size=(3, 4)), "b": generator.normal(size=4),
             "c": generator.normal(size=4)}
    return Problem(loss, {k: v.astype("float32") for k, v in start.items()}, data=(x, y))
"""
STEPS, RATE = 30, 0.1


@pytest.fixture
def scene(tmp_path):
    (tmp_path / "mine.py").write_text(MINE)

    def made(panels):
        (tmp_path / "scene.yaml").write_text(
            "surface: {network: {python: 'mine:make'}, resolution: 5}\n"
            f"optimizers: [{{name: sgd, learning_rate: {RATE}}}]\nsteps: {STEPS}\nbatch: full\n"
            f"panels: {panels}\n" + SMALL_PICTURE
        )
        return read(tmp_path / "scene.yaml", trust=Trust(code=True)).scene

    return made


@pytest.fixture(scope="module")
def path():
    """The loss of one vector in float64, and the vectors on gradient descent's path."""
    space: dict = {}
    exec(MINE, space)
    problem = space["make"]()
    with jax.enable_x64(True):
        start, unravel = jax.flatten_util.ravel_pytree(
            jax.tree.map(lambda leaf: jnp.asarray(leaf, jnp.float64), problem.parameters)
        )
        data = tuple(np.asarray(part, np.float64) for part in problem.data)

        def loss(vector):
            return problem.loss(unravel(vector), data)

        points = [start]
        for _ in range(STEPS):
            points.append(points[-1] - RATE * jax.grad(loss)(points[-1]))
        norms = np.array([jnp.linalg.norm(jax.grad(loss)(each)) for each in points])
        eigenvalues = np.array([jnp.linalg.eigvalsh(jax.hessian(loss)(each)) for each in points])
    return norms, eigenvalues


def test_a_table_has_the_norm_of_the_whole_gradient(scene, path):
    norms, _ = path
    np.testing.assert_allclose(movie.trace(scene("contour")).gradient_norms[0, 0], norms, rtol=1e-3)


def test_a_panel_shows_the_norm_of_the_whole_gradient(scene, path):
    norms, _ = path
    stage = movie.stage(scene("gradient_norm"))
    np.testing.assert_allclose(stage.view.trajectories.gradient_norms[0, 0], norms, rtol=1e-3)
    (axes,) = (each for each in stage.figure.axes if each.get_ylabel().startswith("gradient norm"))
    low, high = axes.get_ylim()
    assert low <= norms.min() < norms.max() <= high


def test_curvature_is_that_of_the_hessian_of_all_weights(scene, path):
    _, eigenvalues = path
    stage = movie.stage(scene("curvature"))
    shown = stage.view.trajectories.curvatures[0, 0]
    expected = eigenvalues[:, [-1, 0]]
    np.testing.assert_allclose(shown, expected, atol=1e-3 * np.abs(expected).max())
    said = [text.get_text() for text in stage.figure.findobj(Text)]
    assert {"Hessian eigenvalues", "largest", "smallest"} <= set(said)
    assert "negative curvatures:" not in said


def test_what_nobody_shows_is_not_computed(scene):
    paths = movie.solve(scene("contour")).trajectories
    assert np.isnan(paths.gradient_norms).all()
    assert paths.curvatures is None
    assert movie.solve(scene("contour")).result.plane_losses is None


def test_a_relief_names_the_directions_of_the_plane(scene):
    view = movie.stage(scene("relief")).view
    assert view.axes[0].startswith("PC 1")
