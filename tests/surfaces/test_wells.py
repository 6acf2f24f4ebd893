"""The surfaces whose shape is all options: Gaussian wells, the quadratic, sharp and wide."""

import jax
import numpy as np
import pytest
from scipy.optimize import minimize

from animate.errors import UsageError
from animate.scene import RaceScene
from animate.surfaces import built_in


def hessian(surface, point):
    with jax.enable_x64(True):
        return np.asarray(
            jax.jit(jax.hessian(lambda p: surface.function(p[0], p[1])))(np.array(point, float))
        )


def test_minimum_of_the_default_wells_is_where_scipy_finds_it():
    surface = built_in("gaussian_wells", {})

    def loss(p):
        places, widths = (
            np.array([[-1.6, -0.6], [0.4, 0.7], [1.9, -1.0]]),
            np.array([0.8, 0.6, 0.7]),
        )
        return -np.array([1.0, 0.7, 1.3]) @ np.exp(-((p - places) ** 2).sum(1) / 2 / widths**2)

    best = min(
        (
            minimize(loss, s, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-15})
            for s in [(-1.6, -0.6), (0.4, 0.7), (1.9, -1.0)]
        ),
        key=lambda result: result.fun,
    )
    np.testing.assert_allclose(surface.minima, [best.x], atol=1e-7)


def test_two_wells_of_equal_depth_are_both_minima():
    options = {"positions": ((-1, 0), (1, 0)), "depths": (2, 2), "widths": (0.5, 0.5)}
    left, right = sorted(built_in("gaussian_wells", options).minima)
    assert left[0] == pytest.approx(-right[0])
    assert -1 < left[0] < -0.9


def test_wells_that_run_together_have_one_minimum():
    options = {"positions": ((-0.3, 0), (0.3, 0)), "depths": (1, 1), "widths": (1, 1)}
    assert len(built_in("gaussian_wells", options).minima) == 1
    np.testing.assert_allclose(built_in("gaussian_wells", options).minima, [(0, 0)], atol=1e-9)


def test_wells_that_do_not_fit_together_are_refused():
    with pytest.raises(UsageError) as caught:
        built_in("gaussian_wells", {"depths": (1.0,)})
    assert str(caught.value) == (
        "gaussian_wells takes as many positions as depths and widths, got 3, 1 and 3"
    )


@pytest.mark.parametrize("angle", [0.0, 30.0, 90.0])
def test_quadratic_has_its_condition_number_along_its_angle(angle):
    matrix = hessian(built_in("quadratic", {"condition": 50.0, "angle": angle}), (0.3, -0.2))
    along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    np.testing.assert_allclose(np.linalg.eigvalsh(matrix), [1, 50], rtol=1e-12)
    np.testing.assert_allclose(matrix @ along, along, atol=1e-12)


@pytest.mark.parametrize("condition", [100.0, 400.0])
def test_ravine_has_its_condition_number_at_the_minimum(condition):
    matrix = hessian(built_in("ravine", {"condition": condition}), (0.0, 0.0))
    assert np.linalg.cond(matrix) == pytest.approx(condition)


def test_sharp_minimum_is_sharper_by_the_square_of_the_widths():
    surface = built_in("sharp_and_wide", {"sharp": 0.2, "wide": 0.8})
    sharp, wide = (np.linalg.eigvalsh(hessian(surface, point))[-1] for point in surface.minima)
    assert sharp / wide == pytest.approx(16, rel=0.02)


def test_monkey_saddle_has_no_curvature_at_its_middle():
    assert not hessian(built_in("monkey_saddle", {}), (0.0, 0.0)).any()


@pytest.mark.parametrize("name", ["ackley", "bukin6", "drop_wave", "schwefel"])
def test_gradient_is_zero_and_not_nan_at_a_kink(name):
    surface = built_in(name, {})
    point = surface.minima[0] if name != "schwefel" else (0.0, 0.0)
    with jax.enable_x64(True):
        gradient = jax.grad(lambda p: surface.function(p[0], p[1]))(np.array(point))
    assert not np.asarray(gradient).any()


def test_wells_are_written_as_lists_in_a_scene():
    wells = {"positions": [[-1, 0], [1, 0.5]], "depths": [1, 1.2], "widths": [0.6, 0.5]}
    same = {"positions": ((-1, 0), (1, 0.5)), "depths": (1, 1.2), "widths": (0.6, 0.5)}
    scene = RaceScene.model_validate(
        {"surface": {"name": "gaussian_wells"} | wells, "optimizers": ["sgd"]}
    )
    assert scene.surface.build().minima == built_in("gaussian_wells", same).minima
