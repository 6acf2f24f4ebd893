"""The sentence read → solve → facet → compose → frames → write: each word once."""

import numpy as np
import pytest

from animate import pipeline
from animate.scene.load import read_text

SCENE = """
surface: {formula: "x**4/4 - x**2/4 + y**2", window: [[-2, 2], [-2, 2]]}
optimizers: %s
start: %s
steps: 12
panels: %s
style: {size: [320, 240]}
timing: {seconds: 0.5, fps: 16}
output: {max_size: 16kB}
"""
SGD = "[{name: sgd, learning_rate: 1.0}]"


def read(optimizers=SGD, start="[0.5, 0.5]", panels="[contour]"):
    return read_text(SCENE % (optimizers, start, panels), "s.yaml")


def test_a_scene_is_solved_once_whatever_its_size_and_targets(tmp_path, monkeypatch):
    solved, drawn = [], []
    solve, play = pipeline.solve_scene, pipeline.play
    monkeypatch.setattr(pipeline, "solve_scene", lambda *given: solved.append(1) or solve(*given))
    monkeypatch.setattr(pipeline, "play", lambda *given: drawn.append(1) or play(*given))
    targets = [tmp_path / name for name in ("a.gif", "b.webp", "c.apng")]
    written = pipeline.render(read(), targets, progress=lambda frames, _: frames, settings={})
    assert all(each.size <= 16_000 for each in written)
    assert len(solved) == 1
    assert len(drawn) > 1, "a smaller picture was tried"


def legend(script):
    player = pipeline.stage(script.scene)
    player.picture(player.view.timeline.frames - 1)
    return [text.get_text() for text in player.figure.texts if text.get_visible()]


@pytest.mark.parametrize(
    ("starts", "lost"), [("[[1.9, 0.5], [0.5, 0.5]]", False), ("[[1.9, 0.5], [1.95, 0.5]]", True)]
)
def test_the_legend_calls_an_optimizer_lost_when_all_of_its_runs_are(starts, lost):
    script = read("[{name: sgd, learning_rate: 1.5}]", starts)
    ends = pipeline.trace(script.scene).ends
    assert (ends < 12).any()
    assert any(text.startswith("✕ step") for text in legend(script)) == lost


@pytest.mark.parametrize(
    ("panels", "muted"),
    [
        ("[{contour: {color_by: basin}}]", True),
        ("[{contour: {color_by: loss}}]", True),
        ("[{contour: {color_by: basin}}, {text: {say: Words.}}]", True),
        ("[contour]", False),
        ("[{contour: {color_by: basin}}, loss]", False),
        ("[{contour: {color_by: basin}}, contour]", False),
    ],
)
def test_colours_are_muted_where_none_tells_the_optimizers_apart(panels, muted):
    script = read(SGD, "{count: 5, within: [[-1, 1], [-1, 1]]}", panels)
    view = pipeline.stage(script.scene).view
    assert (view.colours == (view.theme.muted,)) == muted


def test_prefixes_of_the_sentence_agree():
    scene = read().scene
    solution = pipeline.solve(scene)
    np.testing.assert_array_equal(solution.trajectories.losses, pipeline.trace(scene).losses)
    assert pipeline.play(scene, solution).view.description == pipeline.describe(scene)
