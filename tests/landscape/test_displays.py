"""Networks, experiments and recorded paths as scenes: what they draw, what they refuse."""

from pathlib import Path

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import SceneError, UsageError
from animate.networks.experiments import EXPERIMENTS
from animate.scene import ExperimentScene, RecordedScene
from animate.scene.load import read, read_text
from tests.experiments.conftest import small_result
from tests.landscape.conftest import SMALL_PICTURE


def shown(text, **kwargs):
    return read_text(text + SMALL_PICTURE, "scene.yaml", **kwargs).scene


def test_the_options_of_a_scene_reach_the_experiment(monkeypatch):
    asked = {}
    monkeypatch.setattr(
        "animate.networks.experiments.table.run_experiment",
        lambda name, options, *_: asked.update(options) or small_result(name),
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
    with pytest.raises(UsageError, match="'spectrum' shows the experiment hessian_spectrum only"):
        movie.stage(shown("experiment: swa\npanels: [spectrum]"))


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
    assert len(list((tmp_path / "cache").glob("path-*"))) == 2
    again = movie.trace(shown(NETWORK))
    np.testing.assert_array_equal(again.losses, paths.losses)


def test_a_network_needs_a_learning_rate():
    text = NETWORK.replace("{name: sgd, learning_rate: 0.2}", "sgd")
    with pytest.raises(UsageError, match="a network's learning rate is not searched for"):
        movie.stage(shown(text))


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


def test_the_picture_counts_the_steps_as_the_table_of_paths_does(tmp_path):
    rows = [f"SGD,{step},{0.5 - step / 400},0.5,{200 - step}" for step in range(100, 151, 10)]
    rows += [f"Adam,{step},0.1,{step / 500},{150 - step}" for step in range(100, 131, 10)]
    stage = movie.stage(recording(tmp_path, "\n".join(rows) + "\n"))
    paths, clock = stage.view.trajectories, stage.view.timeline
    np.testing.assert_array_equal(paths.steps, range(100, 151, 10))
    np.testing.assert_array_equal(paths.ends, [[150], [130]])
    assert (clock.step_at(0), clock.step_at(clock.frames - 1)) == (100, 150)
    assert clock.second_of(100) == 0
    assert clock.second_of(125) == pytest.approx(clock.seconds / 2)
    assert "50 steps" in stage.view.description
    assert "step 130" in stage.view.description


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("SGD,0,0,0,1\n", "needs 2 to 1,000,000 rows, got 1"),
        ("SGD,0,0,zero,1\nSGD,1,0,0,1\n", "paths.csv:2: step, x, y and loss must be numbers"),
        (
            "SGD,0,0,0,1\nSGD,2,0,0,1\nAdam,0,0,0,1\nAdam,1,0,0,1\n",
            "the path of 'SGD' has no finite x, y and loss at step 1, though it goes on after it",
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
