"""Problems and checkpoints of one's own: how they are trained, and what is refused."""

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import UsageError
from animate.scene.context import Trust
from animate.scene.load import read
from tests.landscape.conftest import SMALL_PICTURE

OWN = """
import jax.numpy as jnp
import numpy as np
from animate.networks import Problem

def make():
    x = np.random.default_rng(0).normal(size=(40, 3)).astype("float32")
    y = x @ np.array([1.0, -2.0, 0.5], "float32")
    def loss(params, batch):
        return jnp.mean((batch[0] @ params["w"] + params["b"] - batch[1]) ** 2)
    return Problem(loss, {"w": jnp.zeros(3), "b": jnp.zeros(())}, data=(x, y))

def wrong():
    return 3

def made_of(loss, data=(np.ones((4, 3)), np.ones(4)), **parameters):
    return Problem(loss, parameters or {"w": np.ones(3)}, data=data)

def fails():
    raise RuntimeError("no such file\\nand more")

def vector():
    return made_of(lambda p, batch: (batch[0] @ p["w"] - batch[1]) ** 2)

def shapes():
    return made_of(lambda p, batch: (batch[0].T @ p["w"]).mean())

def pair():
    return made_of(lambda p, batch: ((batch[0] @ p["w"]).mean(), {}))

def whole():
    return made_of(lambda p, batch: (p["w"] ** 2).sum(), data=None)

def uneven():
    return made_of(lambda p, batch: (batch[0] @ p["w"]).mean(), (np.ones((4, 3)), np.ones(5)))

def scalar():
    return made_of(lambda p, batch: (batch[0] @ p["w"]).mean(), (np.ones((4, 3)), 1.0))

def counting():
    return made_of(lambda p, batch: p["w"].sum(), w=np.ones(3), n=np.arange(3))

def one():
    return made_of(lambda p, batch: p["w"].sum(), w=np.ones(1))

def nothing():
    return made_of(lambda p, batch: jnp.log(-jnp.sum(p["w"] ** 2)))

def straight():
    return made_of(lambda p: (p["w"] ** 2).sum(), data=None)

def no_examples():
    return made_of(lambda p, batch: (batch[0] @ p["w"]).mean(), (np.ones((0, 3)), np.ones(0)))

def leaves():
    raise SystemExit(3)

def held_out():
    parameters = {"w": np.ones(3)}
    loss = lambda p, batch: (batch[0] @ p["w"]).mean()
    return Problem(loss, parameters, (np.ones((4, 3)),), (np.ones((4, 2)),))
"""


def own(tmp_path, reference, more=""):
    (tmp_path / "mine.py").write_text(OWN)
    scene = tmp_path / "scene.yaml"
    scene.write_text(
        f"surface: {{network: {{python: '{reference}'}}, resolution: 5{more}}}\n"
        "optimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 20\nbatch: full\n" + SMALL_PICTURE
    )
    return read(scene, trust=Trust(code=True)).scene


def test_a_problem_of_ones_own_is_trained(tmp_path):
    paths = movie.trace(own(tmp_path, "mine:make"))
    inputs = np.random.default_rng(0).normal(size=(40, 3)).astype("float32")
    targets = inputs @ np.array([1.0, -2.0, 0.5], "float32")
    weights, bias = np.zeros(3), 0.0
    for _ in range(20):
        error = inputs @ weights + bias - targets
        weights, bias = weights - 0.2 * inputs.T @ error / 40, bias - 0.2 * error.mean()
    expected = ((inputs @ weights + bias - targets) ** 2).mean()
    np.testing.assert_allclose(paths.losses[0, 0, -1], expected, rtol=1e-4)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("wrong", "mine:wrong must return an animate.networks.Problem, got int"),
        ("fails", "mine:fails() failed: RuntimeError: no such file (mine.py, line 20)"),
        (
            "vector",
            "the Problem's loss(parameters, batch) must be one real number, the mean over the "
            "examples; it gave float32 of shape [4]",
        ),
        (
            "shapes",
            "the Problem's loss(parameters, batch) cannot be traced by JAX: TypeError: dot_general "
            "requires contracting dimensions to have the same shape, got (4,) and (3,). (mine.py, "
            "line 26)",
        ),
        (
            "pair",
            "the Problem's loss(parameters, batch) must be one real number, the mean over the "
            "examples; it gave tuple",
        ),
        (
            "whole",
            "the Problem's loss(parameters), called so since it has no data, cannot be traced by "
            "JAX: TypeError: whole.<locals>.<lambda>() missing 1 required positional argument: "
            "'batch'",
        ),
        (
            "uneven",
            "the arrays of a Problem's data must have equally many examples along their first "
            "axis, got 4, 5",
        ),
        (
            "scalar",
            "the arrays of a Problem's data must have equally many examples along their first "
            "axis, got 4, none",
        ),
        (
            "counting",
            "a Problem's parameters must be a pytree of floating-point arrays; parameters['n'] is "
            "int64",
        ),
        (
            "no_examples",
            "the arrays of a Problem's data must have examples along their first axis, got 0",
        ),
        ("leaves", "mine:leaves() failed: SystemExit: 3 (mine.py, line 56)"),
        (
            "held_out",
            "the Problem's loss(parameters, batch) over the held-out examples, `test`, cannot be "
            "traced by JAX: TypeError: dot_general requires contracting dimensions to have the "
            "same shape, got (2,) and (3,). (mine.py, line 60)",
        ),
        ("one", "a Problem must have two parameters or more: a plane has two directions"),
        ("nothing", "the loss is nan already at the parameters it starts from"),
        (
            "straight",
            "plane: the paths lie on one straight line, which is in many planes; start elsewhere, "
            "or take the plane 'random'",
        ),
    ],
)
def test_what_is_no_problem_is_told(tmp_path, name, sentence):
    with pytest.raises(UsageError) as told:
        movie.stage(own(tmp_path, f"mine:{name}"))
    assert str(told.value) == sentence


def test_a_plane_through_three_checkpoints(tmp_path):
    generator = np.random.default_rng(1)
    points = [{"b": generator.normal(size=()), "w": generator.normal(size=3)} for _ in range(3)]
    for name, point in zip("abc", points, strict=True):
        np.savez(tmp_path / f"{name}.npz", **point)
    scene = own(tmp_path, "mine:make", ", plane: {through: [a.npz, b.npz, c.npz]}")
    view = movie.stage(scene).view
    assert view.axes[0].startswith("first to second point (")
    assert view.axes[1].startswith("towards the third point (")
    first = np.concatenate([[points[0]["b"]], points[0]["w"]])
    second = np.concatenate([[points[1]["b"]], points[1]["w"]])
    along = (second - first) / np.linalg.norm(second - first)
    np.testing.assert_allclose(view.trajectories.positions[0, 0, 0, 0], -first @ along, rtol=1e-5)


def test_a_loss_below_zero_is_shown_as_it_is(tmp_path):
    (tmp_path / "below.py").write_text(
        OWN
        + """
def below():
    return made_of(lambda p, batch: jnp.mean((batch[0] @ p["w"] - batch[1]) ** 2) - 2)
"""
    )
    scene = tmp_path / "scene.yaml"
    scene.write_text(
        "surface: {network: {python: 'below:below'}, resolution: 5, plane: random}\n"
        "optimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 20\nbatch: full\n"
        "panels: [contour, off_plane]\n" + SMALL_PICTURE
    )
    stage = movie.stage(read(scene, trust=Trust(code=True)).scene)
    view = stage.view
    result = view.result
    heights = view.terrain.heights(*np.meshgrid(result.x, result.y))
    np.testing.assert_allclose(heights, result.z, rtol=1e-6)
    assert heights.min() < -1
    axes = next(each for each in stage.figure.axes if "true loss" in each.get_ylabel())
    assert axes.get_yscale() == "symlog"
    low, high = axes.get_ylim()
    every = np.concatenate([result.losses.ravel(), result.plane_losses.ravel()])
    assert every.min() < 0
    assert low <= every.min() < every.max() <= high


def test_paths_of_two_parameters_lie_on_their_plane(tmp_path):
    (tmp_path / "two.py").write_text(
        OWN
        + """
def two():
    return made_of(lambda p, batch: (np.array([1, 3]) * p["w"] ** 2).sum(), w=np.array([1.0, 0.7]))
"""
    )
    scene = tmp_path / "scene.yaml"
    scene.write_text(
        "surface: {network: {python: 'two:two'}, resolution: 5}\n"
        "optimizers: [{name: sgd, learning_rate: 0.05}]\nsteps: 20\nbatch: full\n"
        "panels: [contour, finding]\n" + SMALL_PICTURE
    )
    found = movie.stage(read(scene, trust=Trust(code=True)).scene).view.finding
    assert found.endswith(" and lies on the plane, to within a millionth of that.")
