"""Runs that were trained elsewhere, shown from their checkpoints, and planes that are kept."""

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import SceneError
from animate.networks.data import moons
from animate.scene.load import read
from animate.theme import THEMES
from tests.landscape.conftest import SMALL_PICTURE
from tests.npz import arrays_of

SURFACE = "surface: {network: {hidden: [4], activation: tanh}, data: moons, resolution: 7"
SHAPES = {"0.weight": (4, 2), "0.bias": (4,), "2.weight": (2, 4), "2.bias": (2,)}


def run(folder, name, steps, seed=0):
    """Files of a walk from one start, as a PyTorch user's state_dict has its names."""
    start = np.random.default_rng(0)
    weights = {key: start.normal(size=shape) for key, shape in SHAPES.items()}
    random = np.random.default_rng([1, seed])
    walk = []
    for step in steps:
        np.savez(folder / f"{name}_{step}.npz", **weights)
        walk.append(np.concatenate([np.ravel(each) for each in weights.values()]))
        weights = {
            key: each + 0.1 * random.normal(size=each.shape) for key, each in weights.items()
        }
    return np.stack(walk)


def loss(vector):
    """Cross-entropy of the tanh network at weights [P], in float64, by NumPy alone."""
    inputs, targets = moons().train
    parts = np.split(vector, np.cumsum([np.prod(shape) for shape in SHAPES.values()])[:-1])
    first, bias, second, other = (p.reshape(s) for p, s in zip(parts, SHAPES.values(), strict=True))
    logits = np.tanh(inputs @ first.T + bias) @ second.T + other
    logits -= logits.max(axis=1, keepdims=True)
    chosen = logits[np.arange(len(targets)), targets]
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - chosen)


def scene(folder, paths, surface=SURFACE, more=""):
    path = folder / "scene.yaml"
    path.write_text(
        f"{surface}}}\npaths: {{checkpoints: {paths}}}\npanels: [[contour, off_plane], [finding]]\n"
        + more
        + SMALL_PICTURE
    )
    return read(path).scene


def test_a_run_is_shown_from_its_checkpoints_without_training(tmp_path):
    walk = run(tmp_path, "SGD", range(0, 110, 10))
    stage = movie.stage(scene(tmp_path, "SGD_*.npz"))
    paths, result = stage.view.trajectories, stage.view.result
    assert paths.labels == ("SGD",)
    np.testing.assert_array_equal(paths.steps, range(0, 110, 10))
    np.testing.assert_allclose(paths.losses[0, 0], [loss(each) for each in walk], rtol=1e-5)
    centred = walk - walk.mean(axis=0)
    _, values, axes = np.linalg.svd(centred, full_matrices=False)
    np.testing.assert_allclose(result.share, (values**2 / (values**2).sum())[:2], rtol=1e-5)
    on_axes = np.abs(centred @ axes[:2].T)
    np.testing.assert_allclose(np.abs(paths.positions[0, 0]), on_axes, atol=1e-5)
    assert "PC 1" in stage.view.axes[0]
    assert "among 22 weights" in stage.view.finding
    assert (stage.picture(0) != stage.picture(1)).any()


def test_a_recorded_run_of_an_optimizers_name_has_its_colour(tmp_path):
    run(tmp_path, "a", range(5))
    run(tmp_path, "b", range(5), seed=1)
    stage = movie.stage(scene(tmp_path, '{Adam: "a_*.npz", Mine: "b_*.npz"}'))
    trails = THEMES["light"].trails
    assert stage.view.colours == (trails[3], trails[0])


def test_one_path_is_told_in_the_singular(tmp_path):
    run(tmp_path, "a", range(5))
    run(tmp_path, "b", range(5), seed=1)
    one = movie.solve(scene(tmp_path, "a_*.npz")).finding
    assert "of the path’s variance" in one
    assert "The path reaches up to " in one
    assert " from the start and lies up to " in one
    both = movie.solve(scene(tmp_path, '{A: "a_*.npz", B: "b_*.npz"}')).finding
    assert "The paths reach up to " in both
    assert " from the start and lie up to " in both


def test_a_run_may_end_before_another_and_has_not_diverged(tmp_path):
    run(tmp_path, "a", range(5))
    run(tmp_path, "b", range(3), seed=1)
    paths = movie.trace(scene(tmp_path, '{Long: "a_*.npz", Short: "b_*.npz"}'))
    assert paths.labels == ("Long", "Short")
    np.testing.assert_array_equal(paths.ends, [[4], [2]])
    assert not paths.diverged(1)


@pytest.mark.parametrize(
    ("paths", "surface", "sentence"),
    [
        (
            "no_*.npz",
            SURFACE,
            "2:8: 'no_*.npz': there is no such file",
        ),
        ("a_1.npz", SURFACE, "2:8: one file is named 'a_1.npz'; a run is two of them or more"),
        ("../*.npz", SURFACE, "'../*.npz' lies outside of the scene's folder"),
        (
            '{A: "a_*.npz", B: "a_[12].npz"}',
            SURFACE,
            "2:8: the run 'B' has no checkpoint of step 0, which others have; name the same steps "
            "for all runs, to the end of each",
        ),
        (
            "3",
            SURFACE,
            "2:22: paths.checkpoints: must be a pattern of files such as run/ckpt-*.pt, or a "
            "mapping from the names of runs to patterns, got 3",
        ),
        (
            "a_*.npz",
            "surface: {name: beale",
            "1:10: checkpoints are those of a network; give surface: {network: …}",
        ),
    ],
)
def test_checkpoints_that_do_not_fit_are_told_with_their_place(tmp_path, paths, surface, sentence):
    run(tmp_path, "a", range(3))
    with pytest.raises(SceneError) as told:
        scene(tmp_path, paths, surface)
    assert sentence in str(told.value)


def test_nothing_of_training_stands_beside_checkpoints(tmp_path):
    run(tmp_path, "a", range(3))
    with pytest.raises(SceneError) as told:
        scene(tmp_path, "a_*.npz", more="optimizers: [adam]\n")
    assert "optimizers: nothing is trained where the paths are checkpoints" in str(told.value)


def test_weights_of_another_network_are_told_at_the_paths(tmp_path):
    run(tmp_path, "a", range(3))
    path = tmp_path / "scene.yaml"
    scene(tmp_path, "a_*.npz", SURFACE.replace("[4]", "[5]"))
    with pytest.raises(SceneError) as told:
        movie.still(read(path), tmp_path / "x.png", None)
    assert "scene.yaml:2:8: " in str(told.value)
    assert "0.weight has shape [4, 2], and layers.0.weight of the network has [5, 2]" in str(
        told.value
    )


def spoil(folder, name, value=np.nan):
    """One weight of that file is no finite number."""
    with np.load(folder / name) as stored:
        arrays = dict(stored)
    arrays["0.bias"][1] = value
    np.savez(folder / name, **arrays)


def refused(script, folder):
    with pytest.raises(SceneError) as told:
        movie.still(script, folder / "x.png", None)
    return str(told.value)


def test_a_run_ends_where_its_weights_are_not_finite(tmp_path):
    run(tmp_path, "a", range(6))
    for step, value in ((4, np.nan), (5, np.inf)):
        spoil(tmp_path, f"a_{step}.npz", value)
    paths = movie.trace(scene(tmp_path, "a_*.npz"))
    assert paths.ends[0, 0] == 3
    assert paths.diverged(0)
    assert np.isfinite(paths.losses[0, 0]).tolist() == [True] * 4 + [False] * 2


def test_a_broken_file_in_the_middle_of_a_run_is_told(tmp_path):
    run(tmp_path, "a", range(3))
    spoil(tmp_path, "a_1.npz")
    scene(tmp_path, "a_*.npz")
    told = refused(read(tmp_path / "scene.yaml"), tmp_path)
    assert told.endswith(
        f":2:8: {tmp_path / 'a_1.npz'}: a weight is not finite, and those of later steps are; "
        "save the file again, or leave it out"
    )


def test_a_run_that_is_never_finite_again_is_told(tmp_path):
    run(tmp_path, "a", range(3))
    for step in (1, 2):
        spoil(tmp_path, f"a_{step}.npz")
    scene(tmp_path, "a_*.npz")
    told = refused(read(tmp_path / "scene.yaml"), tmp_path)
    assert told.endswith(
        f":2:8: {tmp_path / 'a_1.npz'}: the loss or a weight is not finite or very large there, "
        "the second checkpoint of the run, and no other run goes on: there is no path to show"
    )


def test_two_points_of_a_run_are_in_many_planes(tmp_path):
    run(tmp_path, "a", range(3))
    spoil(tmp_path, "a_2.npz")
    scene(tmp_path, "a_*.npz")
    told = refused(read(tmp_path / "scene.yaml"), tmp_path)
    assert "plane: the paths lie on one straight line" in told
    scene(tmp_path, "a_*.npz", f"{SURFACE}, plane: random")
    assert movie.still(read(tmp_path / "scene.yaml"), tmp_path / "x.png", None).path.exists()


def test_no_plane_goes_through_weights_that_are_not_finite(tmp_path):
    run(tmp_path, "a", range(3))
    spoil(tmp_path, "a_1.npz")
    surface = f"{SURFACE}, plane: {{through: [a_0.npz, a_1.npz, a_2.npz]}}"
    with pytest.raises(SceneError) as told:
        scene(tmp_path, "a_*.npz", surface)
    sentence = "a_1.npz: 1 of the 22 weights are not finite, and no plane goes through them"
    assert sentence in str(told.value)


def test_steps_that_repeat_are_told_at_the_paths(tmp_path):
    run(tmp_path, "a", range(3))
    run(tmp_path, "b", range(3))
    with pytest.raises(SceneError) as told:
        scene(tmp_path, "'[ab]_*.npz'")
    assert "scene.yaml:2:8: 'a_0.npz' and 'b_0.npz' are both of step 0" in str(told.value)


SCENE = "surface: {grid: plane.npz}\npaths: paths.csv\npanels: [[contour, off_plane], [finding]]\n"


def test_what_trace_writes_is_shown_as_the_network_was(tmp_path):
    run(tmp_path, "a", range(5))
    scene(tmp_path, "a_*.npz")
    script = read(tmp_path / "scene.yaml", ["panels=[contour, off_plane]"])
    first = movie.stage(script.scene)
    for name in ("plane.npz", "paths.csv"):
        movie.write_trace(script, tmp_path / name)
    (tmp_path / "again.yaml").write_text(SCENE + SMALL_PICTURE)
    again = movie.stage(read(tmp_path / "again.yaml", ["panels=[contour, off_plane]"]).scene)
    assert first.view.finding.startswith(f"{again.view.finding} Last loss, ")
    assert again.view.axes == first.view.axes
    assert (again.picture(1) == first.picture(1)).all()


def test_two_runs_stand_on_one_plane(tmp_path):
    run(tmp_path, "a", range(6))
    other = run(tmp_path, "b", range(4), seed=1)
    scene(tmp_path, "a_*.npz")
    movie.write_trace(read(tmp_path / "scene.yaml"), tmp_path / "a.npz")
    kept = arrays_of(tmp_path / "a.npz")
    for through, origin in (("", kept["origin"]), (", through: b_0.npz", other[0])):
        plane = f"{SURFACE}, plane: {{directions: a.npz{through}}}"
        result = movie.stage(scene(tmp_path, "b_*.npz", plane)).view.result
        expected = (other - origin) @ kept["directions"].T
        np.testing.assert_allclose(result.positions[0], expected, atol=1e-5)
        at = np.array([result.x[2], result.y[4]]) @ kept["directions"] + origin
        np.testing.assert_allclose(result.z[4, 2], loss(at), rtol=1e-5)


def test_directions_of_another_network_are_refused(tmp_path):
    run(tmp_path, "a", range(4))
    scene(tmp_path, "a_*.npz")
    movie.write_trace(read(tmp_path / "scene.yaml"), tmp_path / "a.npz")
    plane = ", plane: {directions: a.npz}"
    wider = SURFACE.replace("[4]", "[5]") + plane
    scene(tmp_path, "a_*.npz", wider)
    with pytest.raises(SceneError) as told:
        movie.still(read(tmp_path / "scene.yaml"), tmp_path / "x.png", None)
    sentence = "a.npz: the directions are those of a network with other weights"
    assert str(told.value).endswith(sentence)
    scene(tmp_path, "a_*.npz", f"{SURFACE}, plane: {{directions: a_0.npz}}")
    with pytest.raises(SceneError, match=r"a_0\.npz has no directions; animate trace writes them"):
        movie.still(read(tmp_path / "scene.yaml"), tmp_path / "x.png", None)


def test_the_schema_takes_both_forms(tmp_path):
    import jsonschema

    from animate.scene.schema import json_schema

    surface = {"network": {"hidden": [4]}, "data": "moons"}
    for paths in ("run/*.pt", {"SGD": "a*.pt", "Adam": "b*.pt"}):
        jsonschema.validate({"surface": surface, "paths": {"checkpoints": paths}}, json_schema())
