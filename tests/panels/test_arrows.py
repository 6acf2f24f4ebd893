"""Arrows at the heads: where they begin and end, recomputed; what the legend says of them."""

import numpy as np
import pytest

from animate.figure.paths.arrows import outline
from animate.panels.vectors import factors
from animate.pipeline import stage
from animate.scene.load import read_text

SCENE = """
surface: {formula: "0.5*x**2 + 5*y**2", window: [[-3, 3], [-2, 2]]}
start: [-2.6, 1.3]
steps: 8
optimizers: [%s]
panels: [{contour: {vectors: [gradient, momentum, update, lookahead]}}]
"""
RATE, KEPT = 0.06, 0.8


def slope(place):
    return np.array([place[0], 10 * place[1]])


def drawn(name):
    ready = stage(read_text(SCENE % f"{{name: {name}, learning_rate: {RATE}}}", "x.yaml").scene)
    (panel,) = [each for each in ready._actors if hasattr(each, "vectors")]
    to_data = ready.figure.axes[0].transData.inverted().transform

    def ends(kind, step):
        panel.update(step)
        corners = to_data(panel._arrows._patches[kind][0].get_xy()[:-1])
        middle = len(corners) // 2
        return corners[[0, -1]].mean(axis=0), corners[middle]

    return ready, ends


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_arrows_begin_and_end_where_the_formula_says(name):
    ready, ends = drawn(f"{name}, momentum: {KEPT}")
    assert set(factors(ready.view, ("gradient", "momentum", "update")).values()) == {1.0}
    place, v = np.array([-2.6, 1.3]), np.zeros(2)
    for step in range(5):
        ahead = place - KEPT * v
        at = ahead if name == "nesterov" else place
        after = place - (KEPT * v + RATE * slope(at))
        if step:  # at the start there is no velocity, so no arrow
            np.testing.assert_allclose(ends("momentum", step), [place, ahead], atol=1e-9)
        np.testing.assert_allclose(ends("gradient", step), [at, at - RATE * slope(at)], atol=1e-9)
        np.testing.assert_allclose(ends("update", step + 0.6), [place, after], atol=1e-9)
        v, place = place - after, after


def test_only_those_that_look_ahead_have_a_ring():
    ready, _ = drawn("momentum")
    assert not ready.view.trajectories.inside.looks_ahead.any()
    ready, _ = drawn("nesterov")
    (panel,) = [each for each in ready._actors if hasattr(each, "vectors")]
    panel.update(2)
    ring = panel._arrows._patches["lookahead"][0].get_xy()
    path = ready.view.trajectories.positions[0, 0]
    expected = path[2] + 0.9 * (path[2] - path[1])
    centre = ready.figure.axes[0].transData.inverted().transform(ring[:-1].mean(axis=0))
    np.testing.assert_allclose(centre, expected, atol=1e-9)


def test_long_gradients_of_adam_are_scaled_and_the_legend_says_so():
    ready, ends = drawn("adam")
    factor = factors(ready.view, ("gradient", "momentum", "update", "lookahead"))
    assert factor["momentum"] == factor["update"] != factor["gradient"]
    place = np.array([-2.6, 1.3])
    reach = factor["gradient"] * RATE * slope(place)
    np.testing.assert_allclose(ends("gradient", 0), [place, place - reach], atol=1e-9)
    notes = [text.get_text() for text in ready.figure.texts]
    assert f"× {factor['update']:g}" in notes


def test_an_arrow_too_short_to_point_is_not_drawn():
    assert np.isnan(outline("arrow", np.zeros(2), np.array([1.0, 0.0]), 2.0)).all()
    arrow = outline("arrow", np.zeros(2), np.array([30.0, 0.0]), 2.0)
    np.testing.assert_allclose(arrow[3], [30.0, 0.0])
    np.testing.assert_allclose(arrow[[0, -1], 1], [1.0, -1.0])
