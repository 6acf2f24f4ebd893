"""Networks, experiments and recorded paths as scenes: what they draw, what they refuse."""

from pathlib import Path

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import SceneError, UsageError
from animate.networks.experiments import EXPERIMENTS
from animate.scene import ExperimentScene, RecordedScene
from animate.scene.context import Trust
from animate.scene.load import read, read_text
from tests.experiments.conftest import small_result

SMALL_PICTURE = """
style: {size: [480, 360]}
timing: {seconds: 1, fps: 2}
"""


@pytest.fixture(autouse=True)
def no_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path / "cache"))


def shown(text, **kwargs):
    return read_text(text + SMALL_PICTURE, "scene.yaml", **kwargs).scene


def test_the_options_of_a_scene_reach_the_experiment(monkeypatch):
    asked = {}
    monkeypatch.setattr(
        "animate.networks.experiments.table.run_experiment",
        lambda name, options: asked.update(options) or small_result(name),
    )
    movie.stage(shown("experiment: {name: trainability, levels: 2, seeds: [5]}"))
    assert (asked["levels"], asked["seeds"], asked["zoom"]) == (2, (5,), 3.0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "experiment: sadles",
            "1:13: there is no experiment named 'sadles'. Did you mean 'saddles'?",
        ),
        ("experiment: {name: saddles, hiden: 3}", "unknown key 'hiden'. Did you mean 'hidden'?"),
        ("experiment: {name: saddles, hidden: 0}", "experiment.hidden: must be at least 1, got 0"),
        ("experiment: saddles\nsteps: 4", "unknown key 'steps'"),
        ("surface: beale\noptimizers: [sgd]\nbatch: 4", "batch: only a network has a batch"),
        (
            "surface: {network: {hidden: [3], activation: rellu}}\noptimizers: [sgd]",
            "network.activation: must be 'relu', 'tanh'",
        ),
        (
            "surface: {network: {}, data: {name: digits, sampels: 3}}\noptimizers: [sgd]",
            "unknown key 'sampels'. Did you mean 'samples'?",
        ),
        (
            "surface: {network: {python: 'mine:make'}}\noptimizers: [sgd]",
            "this scene runs the code of the module 'mine'",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(text, sentence):
    with pytest.raises(SceneError) as told:
        shown(text)
    assert sentence in str(told.value)


def test_a_panel_is_not_drawn_for_another_experiment(monkeypatch):
    monkeypatch.setattr(
        "animate.networks.experiments.table.run_experiment", lambda *_: small_result("swa")
    )
    with pytest.raises(UsageError, match="'profile' shows the experiment mode_connectivity only"):
        movie.stage(shown("experiment: swa\npanels: [profile]"))


NETWORK = """
surface:
  network: {hidden: [4], activation: tanh}
  data: {name: moons, samples: 60}
  resolution: 7
optimizers: [{name: sgd, learning_rate: 0.2}, {name: nesterov, learning_rate: 0.05}]
steps: 30
batch: 16
panels: [[contour, off_plane], [finding]]
"""


def test_a_network_is_trained_whole_and_drawn_on_its_plane(tmp_path):
    stage = movie.stage(shown(NETWORK))
    paths, result = stage.view.trajectories, stage.view.result
    assert paths.labels == ("sgd", "nesterov")
    assert paths.positions.shape == (2, 1, 31, 2)
    np.testing.assert_allclose(paths.losses[:, 0], result.losses)
    x, y = paths.positions[0, 0, -1]
    heights = stage.view.terrain.heights(np.array([result.x[2]]), np.array([result.y[3]]))
    np.testing.assert_allclose(heights, result.z[3, 2], rtol=1e-5)
    assert result.x[0] < x < result.x[-1]
    assert result.y[0] < y < result.y[-1]
    assert "of variance" in stage.view.axes[0]
    assert (stage.picture(0) != stage.picture(1)).any()
    assert len(list((tmp_path / "cache").iterdir())) == 1
    again = movie.trace(shown(NETWORK))
    np.testing.assert_array_equal(again.losses, paths.losses)


def test_a_network_needs_a_learning_rate():
    text = NETWORK.replace("{name: sgd, learning_rate: 0.2}", "sgd")
    with pytest.raises(UsageError, match="a network's learning rate is not searched for"):
        movie.stage(shown(text))


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


def recording(tmp_path, rows):
    x, y = np.linspace(-1, 1, 5), np.linspace(-1, 1, 4)
    np.savez(tmp_path / "plane.npz", x=x, y=y, z=x**2 + y[:, None] ** 2)
    (tmp_path / "paths.csv").write_text("optimizer,step,x,y,loss\n" + rows)
    scene = tmp_path / "scene.yaml"
    scene.write_text("surface: {grid: plane.npz}\npaths: paths.csv\n" + SMALL_PICTURE)
    return read(scene).scene


def test_paths_made_elsewhere_are_shown_as_they_are(tmp_path):
    rows = "Adam,0,0.5,0.5,0.5\nAdam,10,0.1,0.2,0.05\nSGD,0,0.5,0.5,0.5\nSGD,10,0.3,0.3,0.2\n"
    scene = recording(tmp_path, rows)
    assert isinstance(scene, RecordedScene)
    stage = movie.stage(scene)
    paths = stage.view.trajectories
    assert paths.labels == stage.view.names == ("Adam", "SGD")
    np.testing.assert_array_equal(paths.positions[0, 0], [[0.5, 0.5], [0.1, 0.2]])
    np.testing.assert_array_equal(paths.losses[1, 0], [0.5, 0.2])
    assert stage.view.timeline.steps == 10


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("SGD,0,0,0,1\n", "needs 2 to 1,000,000 rows, got 1"),
        ("SGD,0,0,zero,1\nSGD,1,0,0,1\n", "paths.csv:2: step, x, y and loss must be numbers"),
        (
            "SGD,0,0,0,1\nSGD,2,0,0,1\nAdam,0,0,0,1\nAdam,1,0,0,1\n",
            "must begin at step 0",
        ),
        ("SGD,0,0\nSGD,1,0,0,1\n", "the column 'y' is missing"),
    ],
)
def test_paths_that_do_not_fit_are_told(tmp_path, rows, sentence):
    with pytest.raises(SceneError) as told:
        recording(tmp_path, rows)
    assert sentence in str(told.value)


def test_every_scene_of_the_folder_is_read_and_explains_itself():
    folder = Path(__file__).parents[2] / "scenes" / "landscape"
    paths = sorted(folder.glob("*.yaml"))
    shown = [read(path).scene for path in paths]
    names = [each.experiment.name for each in shown if isinstance(each, ExperimentScene)]
    assert sorted(names) == sorted(EXPERIMENTS)
    for path in paths:
        comment = [line for line in path.read_text().splitlines() if line.startswith("# ")]
        assert len(comment) >= 2
        assert "@" not in "".join(comment)
