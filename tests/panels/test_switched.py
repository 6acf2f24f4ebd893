"""A ring stands on the map where another method follows, from then on."""

import numpy as np

from animate import pipeline
from animate.scene.load import read_text

SCENE = """
surface: beale
optimizers:
  - {name: adam, learning_rate: 0.1, then: {name: sgd, learning_rate: 0.01, at: 30}}
  - {name: sgd, learning_rate: 0.01}
steps: 60
panels: PANEL
style: {size: [320, 240], legend: false}
timing: {seconds: 2, hold: 0, fps: 4}
"""


def test_the_map_has_a_ring_where_the_run_was_once_it_has_come_there():
    player = pipeline.stage(read_text(SCENE.replace("PANEL", "contour"), "s").scene)
    view, axes = player.view, player.figure.axes[0]
    places, steps, owners = view.switched()
    paths = view.trajectories
    assert (steps.tolist(), owners.tolist()) == ([30], [0])
    np.testing.assert_array_equal(places[0], paths.positions[0, 0, paths.steps == 30][0])
    rings = [each for each in axes.collections if each.get_zorder() == 5]
    last = view.timeline.frames - 1
    player.picture(0)
    assert np.isnan(np.asarray(rings[0].get_offsets(), float)).all()
    player.picture(last)
    np.testing.assert_array_equal(rings[0].get_offsets(), places)


def test_the_relief_has_a_ring_too(monkeypatch):
    scene = read_text(SCENE.replace("PANEL", "relief"), "s").scene
    ready = pipeline.stage(scene)
    last = ready.view.timeline.frames - 1
    early, late = ready.picture(1).copy(), ready.picture(last).copy()
    none = np.empty((0, 2)), np.empty(0), np.empty(0, int)
    monkeypatch.setattr("animate.figure.view.View.switched", lambda view: none)  # noqa: ARG005
    bare = pipeline.stage(scene)
    assert (bare.picture(1) == early).all()
    assert (bare.picture(last) != late).any()
