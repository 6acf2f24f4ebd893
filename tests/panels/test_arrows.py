"""Arrows at the heads: where they begin and end, recomputed; what the legend says of them."""

import numpy as np
import pytest

from animate.figure.paths.arrows import outline
from animate.panels import Contour
from animate.panels.vectors import ORDER, factors
from animate.pipeline import stage
from animate.scene.load import read_text
from tests.pictures import at, drawn

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


def arrows(name):
    ready = stage(read_text(SCENE % f"{{name: {name}, learning_rate: {RATE}}}", "x.yaml").scene)
    axes, drawing = drawn(Contour(vectors=ORDER), ready.view)
    to_data = axes.transData.inverted().transform

    def ends(kind, step):
        drawing.show(at(step))
        corners = to_data(drawing.artists[ORDER.index(kind)].get_xy()[:-1])
        if kind == "lookahead":
            return corners.mean(axis=0)
        middle = len(corners) // 2
        return corners[[0, -1]].mean(axis=0), corners[middle]

    return ready, ends


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_arrows_begin_and_end_where_the_formula_says(name):
    ready, ends = arrows(f"{name}, momentum: {KEPT}")
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
    ready, _ = arrows("momentum")
    assert not ready.view.trajectories.inside.looks_ahead.any()
    ready, ends = arrows("nesterov")
    path = ready.view.trajectories.positions[0, 0]
    expected = path[2] + 0.9 * (path[2] - path[1])
    np.testing.assert_allclose(ends("lookahead", 2), expected, atol=1e-9)


def test_long_gradients_of_adam_are_scaled_and_the_legend_says_so():
    ready, ends = arrows("adam")
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
