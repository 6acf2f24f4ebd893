"""Planes of two parameters, and of one layer: where they are, what they are called, mistakes."""

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import SceneError
from animate.scene.context import Trust
from animate.scene.load import read
from tests.landscape.conftest import SMALL_PICTURE

MODULE = """
import jax, jax.numpy as jnp, numpy as np
from animate.networks import Problem

def line():
    x = np.linspace(-1, 1, 40, dtype="float32")
    y = 2 * x - 1 + 0.1 * np.sin(9 * x)
    def loss(p, batch):
        return jnp.mean((p["w"] * batch[0] + p["b"] - batch[1]) ** 2)
    return Problem(loss, {"w": jnp.float32(0.5), "b": jnp.float32(0.3)}, data=(x, y))
"""
X = np.linspace(-1, 1, 40, dtype="float32").astype(float)
Y = 2 * X - 1 + 0.1 * np.sin(9 * X)
OWN = "surface: {network: {python: 'own:line'}, resolution: 7, plane: PLANE}\n"
MLP = (
    "surface: {network: {hidden: [5], activation: tanh}, data: {name: moons, samples: 60}, "
    "resolution: 7, plane: PLANE}\n"
)
RUN = "optimizers: [{name: sgd, learning_rate: 0.3}]\nsteps: 30\nbatch: 20\n"


@pytest.fixture
def solved(tmp_path):
    (tmp_path / "own.py").write_text(MODULE)

    def made(surface, plane):
        path = tmp_path / "scene.yaml"
        path.write_text(
            surface.replace("PLANE", plane)
            + RUN
            + "panels: [[contour, off_plane], [finding]]\n"
            + SMALL_PICTURE
        )
        return movie.solve(read(path, trust=Trust(code=True)).scene)

    return made


def test_two_parameters_keep_their_names_and_values(solved):
    one = solved(OWN, "parameters")
    assert one.axes == ("b", "w")
    assert "on the plane, to within a millionth" in one.finding
    result = one.result
    np.testing.assert_allclose(result.positions[0, 0], [0.3, 0.5], atol=1e-6)
    expected = [[np.mean((w * X + b - Y) ** 2) for b in result.x] for w in result.y]
    np.testing.assert_allclose(result.z, expected, rtol=1e-5)
    assert solved(OWN, "{parameters: [w, b]}").axes == ("w", "b")


def test_numbers_of_arrays_are_named_with_their_places(solved):
    one = solved(MLP, "{parameters: ['layers.0.weight[3, 1]', 'layers.1.bias[0]']}")
    result = one.result
    assert one.axes[0].startswith("layers.0.weight[3, 1] (")
    assert one.axes[1].endswith("% of variance)")
    changed = np.flatnonzero(result.axes.any(axis=0))
    np.testing.assert_array_equal(changed, [3 * 2 + 1, 10 + 5 + 10])
    assert result.distances.max() > 0


@pytest.mark.parametrize("along", ["pca", "random", "filter_normalized"])
def test_directions_of_a_layer_live_in_it_alone(solved, along):
    one = solved(MLP, f"{{layer: layers.1, along: {along}}}")
    result = one.result
    outside, inside = result.axes[:, :15], result.axes[:, 15:]
    assert not outside.any()
    assert inside.any(axis=1).all()
    assert "of layers.1 (" in one.axes[0]
    assert 0 < result.facts["share"] < 1
    if along == "filter_normalized":
        weights = result.origin[15:25].reshape(2, 5)
        lengths = np.linalg.norm(inside[0, :10].reshape(2, 5), axis=1)
        np.testing.assert_allclose(lengths, np.linalg.norm(weights, axis=1), rtol=1e-6)


def test_a_layers_plane_is_read_again_from_its_file(solved, tmp_path):
    first = solved(MLP, "{layer: layers.1, along: random}")
    script = read(tmp_path / "scene.yaml")
    for name in ("plane.npz", "paths.csv"):
        movie.write_trace(script, tmp_path / name)
    (tmp_path / "again.yaml").write_text(
        "surface: {grid: plane.npz}\npaths: paths.csv\npanels: contour\n" + SMALL_PICTURE
    )
    assert movie.solve(read(tmp_path / "again.yaml").scene).axes == first.axes


@pytest.mark.parametrize(
    ("plane", "sentence"),
    [
        (
            "parameters",
            "plane: parameters is for a network of two, and this one has 27 parameters; name two "
            "of them, {parameters: [a, b]}",
        ),
        (
            "{parameters: [layers.0.wait, layers.0.bias]}",
            "the network has no parameter named 'layers.0.wait'. Did you mean 'layers.0.weight'?",
        ),
        (
            "{parameters: [layers.0.weight, layers.0.bias]}",
            "layers.0.weight has shape [5, 2]; name one of its numbers, such as "
            "layers.0.weight[0, 0]",
        ),
        (
            "{parameters: ['layers.0.bias[5]', 'layers.0.bias[0]']}",
            "layers.0.bias has shape [5]; name one of its numbers, such as layers.0.bias[0]",
        ),
        (
            "{parameters: ['layers.0.bias[1]', 'layers.0.bias[1]']}",
            "a plane has two directions; name two different parameters",
        ),
        (
            "{layer: layers.2}",
            "the network has no layer named 'layers.2'. Did you mean 'layers.1'?",
        ),
        (
            "{layer: layers.1.bias}",
            "plane: layers.1.bias has no filters; take along: random",
        ),
    ],
)
def test_what_is_not_there_is_told(solved, plane, sentence):
    with pytest.raises(Exception) as told:  # noqa: PT011  # what solving raises is placed by reading
        solved(MLP, plane)
    assert sentence in str(told.value)


def test_another_kind_is_a_mistake_with_its_place(solved):
    with pytest.raises(SceneError) as told:
        solved(MLP, "3")
    assert (
        "must be a kind of plane, or a mapping with through, directions, parameters or layer"
        in str(told.value)
    )
