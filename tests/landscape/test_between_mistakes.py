"""Mistakes in scenes between networks are told, at their place."""

import pytest

from animate import pipeline as movie
from animate.errors import Remark, SceneError
from animate.scene.load import read
from tests.landscape.between import SURFACE


@pytest.mark.parametrize(
    ("between", "more", "sentence"),
    [
        (
            "{checkpoints: [a.npz]}",
            "",
            "2:24: between.checkpoints: must be two or three files such as [a.pt, b.pt], or a "
            "mapping from names to files, got 1",
        ),
        (
            "{checkpoints: [a.npz, b.npz, c.npz], curve: bezier}",
            "",
            "2:10: a curve is trained between two checkpoints, and there are three",
        ),
        (
            "{checkpoints: [a.npz, b.npz], steps: 5}",
            "",
            "2:10: steps: is for a curve, and none is asked for; leave it out",
        ),
        (
            "{checkpoints: [a.npz, b.npz]}",
            "optimizers: [adam]\n",
            "optimizers: is not for networks that are compared; leave it out",
        ),
        (
            "{checkpoints: [a.npz, b.npz]}",
            "panels: contour\n",
            "'contour' shows a surface of two variables, and this scene has none; leave it out",
        ),
        (
            "{checkpoints: [a.npz, b.npz]}",
            "panels: gradient_norm\n",
            "'gradient_norm' is measured along the steps of runs, and here there are none; leave "
            "it out",
        ),
        (
            "{checkpoints: [a.npz, b.npz]}",
            "panels: profile\n",
            "'profile' shows a curve between two networks only; leave it out",
        ),
    ],
)
def test_mistakes_are_told_with_their_place(between_scene, between, more, sentence):
    with pytest.raises(SceneError) as told:
        between_scene(between, more)
    assert sentence in str(told.value)


def test_a_plane_of_its_own_is_refused(between_scene):
    surface = SURFACE.replace("resolution", "plane: pca, resolution")
    with pytest.raises(SceneError, match="the plane is that through the three networks"):
        between_scene("{checkpoints: [a.npz, b.npz]}", surface=surface)


def test_what_cannot_be_aligned_is_told_at_its_place(between_scene, tmp_path):
    surface = SURFACE.replace("activation: tanh", "activation: tanh, residual: true")
    between_scene("{checkpoints: [a.npz, b.npz], align: true}", surface=surface)
    with pytest.raises(SceneError) as told:
        movie.still(read(tmp_path / "scene.yaml"), tmp_path / "x.png", None)
    assert "scene.yaml:2:10: align is for chains of dense layers, and this network is none" in str(
        told.value
    )


def test_a_folder_that_cannot_be_written_is_told(between_scene, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", "/proc/nowhere")
    with pytest.warns(Remark, match=r"^/proc/nowhere cannot be written \(No such file"):
        solved = movie.solve(between_scene("{checkpoints: [a.npz, b.npz]}"))
    assert solved.finding
