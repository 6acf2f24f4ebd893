"""Files of a network's plane and paths, shown as where the network is trained here."""

import subprocess
import sys

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import SceneError
from animate.networks.plane_files import PlaneFacts, read_plane, write_plane
from animate.scene.load import read
from tests.landscape.conftest import SMALL_PICTURE
from tests.npz import arrays_of

X, Y = np.linspace(-1, 2, 7), np.linspace(-2, 1, 6)
Z = np.exp(X**2 + Y[:, None] ** 2)
FACTS = PlaneFacts(
    plane="pca",
    share=np.array([0.6, 0.15]),
    walk_share=np.array([0.6, 0.16]),
    parameters=1234,
    length=5.25,
    eigenvalues=np.empty(0),
    statistics="kept",
)
ROWS = (
    "optimizer,step,x,y,loss,plane_loss,distance,accuracy\n"
    "Adam,0,1.5,0.5,3,2,0.5,0.1\nAdam,10,0.5,0.2,2,1.5,0.75,0.2\nAdam,20,0,0.1,1,1.25,0.25,0.3\n"
    "SGD,0,1.5,0.5,3,2,0.5,0.1\nSGD,10,nan,nan,nan,nan,nan,nan\n"
)


def scene(folder, rows=ROWS, more=""):
    write_plane(folder / "plane.npz", X, Y, Z, FACTS)
    (folder / "paths.csv").write_text(rows)
    (folder / "scene.yaml").write_text(
        "surface: {grid: plane.npz}\npaths: paths.csv\n"
        f"panels: [[contour, off_plane], [finding]]\n{more}{SMALL_PICTURE}"
    )
    return read(folder / "scene.yaml").scene


def test_what_is_written_is_read_again(tmp_path):
    write_plane(tmp_path / "plane.npz", X, Y, Z, FACTS)
    found = read_plane(tmp_path / "plane.npz")
    np.testing.assert_array_equal(found.z, Z)
    for name, value in vars(FACTS).items():
        np.testing.assert_array_equal(getattr(found.facts, name), value, name)
    least = ("x", "y", "z", "plane", "share", "walk_share", "parameters", "length")
    arrays = arrays_of(tmp_path / "plane.npz")
    np.savez(tmp_path / "least.npz", **{name: arrays[name] for name in least})
    facts = read_plane(tmp_path / "least.npz").facts
    assert (facts.quantity, facts.on, facts.statistics) == ("loss", "train", "")
    np.savez(tmp_path / "alone.npz", x=X, y=Y, z=Z)
    assert read_plane(tmp_path / "alone.npz") is None


def test_the_files_of_a_network_are_shown_as_one(tmp_path):
    stage = movie.stage(scene(tmp_path))
    view = stage.view
    assert view.axes == ("PC 1 (60% of variance)", "PC 2 (15% of variance)")
    assert view.finding == (
        "A plane among 1234 weights explains 75% of the paths’ variance (the best plane of equally "
        "long random walks explains 76%). The paths reach up to 5.25 from the start and lie up to "
        "0.75 off the plane, so the true loss may differ from that on it. Batch normalisation’s "
        "statistics on the plane are those of one checkpoint."
    )
    assert view.trajectories.diverged(1)
    (axes,) = (each for each in stage.figure.axes if "true loss" in each.get_ylabel())
    dotted = [line.get_ydata() for line in axes.lines if line.get_linestyle() == ":"]
    np.testing.assert_array_equal(dotted[0], [2, 1.5, 1.25])
    np.testing.assert_array_equal(dotted[1], [2, np.nan, np.nan])
    heights = view.terrain.heights(*np.meshgrid(X, Y))
    np.testing.assert_allclose(heights, Z, rtol=1e-5)


def test_a_part_of_the_plane_may_be_shown(tmp_path):
    path = tmp_path / "scene.yaml"
    scene(tmp_path)
    text = path.read_text().replace("plane.npz}", "plane.npz, window: [[-1, 1.75], [-1, 1]]}")
    path.write_text(text)
    assert movie.stage(read(path).scene).view.terrain.window == ((-1, 1.75), (-1, 1))


def test_paths_alone_are_no_network(tmp_path):
    rows = "\n".join(",".join(line.split(",")[:5]) for line in ROWS.splitlines())
    with pytest.raises(SceneError) as told:
        scene(tmp_path, rows)
    assert "'off_plane' shows a network only" in str(told.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("share", [0.5, np.nan]), ("share", [0.5]), ("walk_share", [1, 2, 3]), ("length", [np.inf])],
)
def test_damaged_facts_are_told(tmp_path, name, value):
    scene(tmp_path)
    arrays = arrays_of(tmp_path / "plane.npz")
    np.savez(tmp_path / "plane.npz", **(arrays | {name: np.array(value)}))
    with pytest.raises(SceneError) as told:
        movie.stage(read(tmp_path / "scene.yaml").scene)
    count = 1 if name == "length" else 2
    assert f"plane.npz: {name} must be {count} finite number" in str(told.value)


def test_nothing_heavy_is_imported_with_it():
    code = (
        "import sys, animate.torch; "
        "print([each for each in ('torch', 'jax', 'matplotlib.pyplot') if each in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
