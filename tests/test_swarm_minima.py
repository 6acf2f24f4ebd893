"""The minima that swarms end in are found, once for all panels and the description."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from animate import pipeline as movie
from animate.panels.swarms import STARTS
from animate.scene.load import read_text

OWN = """
surface: {{formula: "{formula}", window: [[-2.2, 2.2], [-1.5, 1.5]]}}
optimizers: {optimizers}
start: {{count: 60}}
steps: {steps}
panels: [{{contour: {{color_by: basin{split}}}}}{more}]
style: {{size: [480, 360]}}
timing: {{seconds: 1, fps: 2}}
"""
TWO = "x**4/4 - x**2 + 0.3*x + y**2"
RESTLESS = "{name: adam, learning_rate: 0.5}"  # it still swings about the minima at the end
CALM = "{name: sgd, learning_rate: 0.05}"


def own(formula, optimizers, *, steps=60, split="", more=""):
    options = {"formula": formula, "optimizers": optimizers, "steps": steps}
    return movie.stage(read_text(OWN.format(**options, split=split, more=more), "s").scene).view


def test_minima_are_found_where_runs_have_not_come_to_rest():
    view = own(TWO, f"[{RESTLESS}]")
    assert view.ends is not None
    roots = np.sort(np.roots([1, 0, -2, 0.3]))[[0, 2]]
    np.testing.assert_allclose(np.sort(view.ends.minima[:, 0]), roots, atol=1e-9)
    assert (view.ends.which >= 0).all()
    assert "elsewhere" not in view.description


def test_every_panel_and_the_description_know_the_same_minima():
    view = own(
        TWO,
        f"[{CALM}, {RESTLESS}]",
        split=", split: optimizers",
        more=", {basins: {resolution: 8, split: optimizers}}",
    )
    assert view.ends is not None
    np.testing.assert_array_equal(view.basins[8].minima, view.ends.minima)
    for k in (0, 1):
        chosen = view.select([k]).ends
        assert chosen is not None
        np.testing.assert_array_equal(chosen.minima, view.ends.minima)
        np.testing.assert_array_equal(chosen.which, view.ends.which[[k]])


def test_the_floor_of_a_valley_of_equal_minima_is_one_place():
    view = own("(x*y - 1)**2", "[{name: sgd, learning_rate: 0.02}]", steps=400)
    assert view.ends is not None
    assert view.ends.floors == 1
    assert len(view.ends.minima) == 0
    assert (view.ends.which == 0).mean() > 0.9
    assert "at the floor of a valley of equal minima" in view.description


def test_minima_that_differ_or_stand_apart_are_no_valley(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    axis = np.linspace(0, 1, 7)
    rough = np.random.default_rng(2).normal(size=(7, 7))
    np.savez("rough.npz", x=axis, y=axis, z=rough)
    text = (
        "surface: {grid: rough.npz}\noptimizers: [{name: adam, learning_rate: 0.02}]\n"
        "start: {count: 100}\nsteps: 200\nstyle: {size: [320, 240]}\n"
    )
    view = movie.stage(read_text(text, "s").scene).view
    assert view.ends is not None
    assert view.ends.floors == 0
    assert len(view.ends.minima) > 2
    for x, y in view.ends.minima:
        near = view.terrain.heights(
            x + np.array([-1, 0, 1, 0]) * 0.01, y + np.array([0, -1, 0, 1]) * 0.01
        )
        assert (
            near[np.isfinite(near)] >= view.terrain.heights(np.array(x), np.array(y)) - 1e-9
        ).all()


def test_two_starts_in_two_minima_are_enough_to_know_both():
    text = (
        'surface: {formula: "(x**2-1)**2 + y**2", window: [[-2, 2], [-2, 2]]}\n'
        "optimizers: [{name: sgd, learning_rate: 0.05}]\nsteps: 100\n"
        "start: [[1.5, 1.5], [-1.5, 1.5]]\nstyle: {size: [320, 240]}\n"
    )
    view = movie.stage(read_text(text, "s").scene).view
    assert "elsewhere" not in view.description
    assert view.ends is not None
    np.testing.assert_allclose(np.sort(view.ends.minima[:, 0]), [-1, 1], atol=1e-6)


@pytest.mark.parametrize("size", [(1280, 960), (1920, 1080)])
def test_tails_are_lines_in_large_pictures_too(size):
    text = (
        'surface: {formula: "x**2 + y**2", window: [[-4, 4], [-3, 3]]}\n'
        "start: {count: 200, within: {around: [0, 0], std: 1.5}}\nnoise: {std: 12}\nsteps: 40\n"
        "optimizers: [{name: sgd, learning_rate: 0.15}]\npanels: [contour]\n"
        f"style: {{size: [{size[0]}, {size[1]}], legend: false, theme: dark}}\n"
    )
    ready = movie.stage(read_text(text, "x").scene)
    swarm, picture = ready.paths[0], ready.picture(ready.view.timeline.frames - 1)
    tinted = np.abs(picture[..., :3].astype(int) - ready.still[..., :3]).max(axis=-1) > 8
    for x, y in swarm.axes.transData.transform(ready.view.trajectories.positions[0, :, -1]):
        reach = int(2 * ready.view.line("head")) + 2
        row, column = int(len(tinted) - y), int(x)
        tinted[max(row - reach, 0) : row + reach + 1, max(column - reach, 0) : column + reach] = 0
    padded = np.pad(tinted, 1)
    beside = np.zeros(tinted.shape, int)
    for row in range(3):
        for column in range(3):
            beside += padded[row : row + len(tinted), column : column + tinted.shape[1]]
    assert (beside[tinted] >= 3).mean() > 0.9


def test_runs_that_all_stay_far_outside_are_described():
    text = (
        'surface: {formula: "x**2 + sin(y)", window: [[-2, 2], [-2, 2]]}\n'
        "optimizers: [{name: sgd, learning_rate: 0.1}, adadelta]\n"
        "start: [[1, 195], [195, 0]]\nsteps: 5\nnoise: {std: 0.1}\n"
    )
    view = movie.stage(read_text(text, "s").scene).view
    assert view.ends is not None
    assert (view.ends.which == -1).all()
    assert "2 of 2 elsewhere" in view.description


def test_every_start_stays_as_a_speck_in_the_colour_of_its_minimum():
    scene = OWN.format(formula=TWO, optimizers=f"[{CALM}]", steps=60, split="", more="")
    player = movie.stage(read_text(scene, "s").scene)
    (specks,) = (each for each in player.figure.findobj() if each.get_gid() == STARTS)
    view = player.view
    np.testing.assert_array_equal(specks.get_offsets(), view.trajectories.positions[0, :, 0])
    colours = [view.theme.trail(int(k)) for k in view.ends.which[0]]
    assert [to_hex(each) for each in specks.get_facecolors()] == [to_hex(each) for each in colours]
    assert len({*colours}) == 2
