"""What holds for every surface of the table, whatever its formula."""

import subprocess
import sys
from collections.abc import Callable
from functools import cache

import jax
import numpy as np
import pytest

from animate.surfaces import SURFACES, Surface, built_in

EVERY = tuple(SURFACES)


@cache
def compiled(name: str) -> tuple[Surface, Callable]:
    """The surface and its jitted values and gradients at points [n, axis]."""
    surface = built_in(name, {})

    def one(point):
        return surface.function(*point)

    return surface, jax.jit(jax.vmap(jax.value_and_grad(one)))


def evaluate(name: str, points) -> tuple[np.ndarray, np.ndarray]:
    """Values [n] and gradients [n, axis] at points; one batch size, so one compilation."""
    axes = len(built_in(name, {}).window)
    points = np.asarray(points, float).reshape(-1, axes)
    padded = np.resize(points, (BATCH, axes))
    with jax.enable_x64(True):
        values, gradients = compiled(name)[1](padded)
    return np.asarray(values)[: len(points)], np.asarray(gradients)[: len(points)]


BATCH = 4096


def inside(name: str, count: int) -> np.ndarray:
    """`count` points drawn evenly from the window."""
    window = np.array(built_in(name, {}).window)
    random = np.random.default_rng(7)
    return random.uniform(window[:, 0], window[:, 1], (count, len(window)))


@pytest.mark.parametrize("name", EVERY)
def test_start_and_minima_lie_inside_the_window(name):
    surface = built_in(name, {})
    for point in (surface.start, *surface.minima):
        for value, (low, high) in zip(point, surface.window, strict=True):
            assert low <= value <= high


@pytest.mark.parametrize("name", EVERY)
def test_gradient_agrees_with_central_differences(name):
    points = inside(name, 8)
    surface = built_in(name, {})
    step = 1e-6 * np.ptp(surface.window, axis=1)
    corners = [points + sign * step * axis for axis in np.eye(len(step)) for sign in (1, -1)]
    after, before = np.moveaxis(evaluate(name, corners)[0].reshape(len(step), 2, -1), 1, 0)
    differences = (after - before).T / (2 * step)
    scale = np.abs(evaluate(name, points)[0]).max() + np.abs(differences).max()
    np.testing.assert_allclose(evaluate(name, points)[1], differences, rtol=1e-5, atol=1e-7 * scale)


@pytest.mark.parametrize("name", [name for name in EVERY if built_in(name, {}).minima])
def test_no_step_down_leads_away_from_a_minimum(name):
    """The gradient is zero, or points out of the window from a minimum on its edge."""
    surface = built_in(name, {})
    minima, window = np.array(surface.minima), np.array(surface.window)
    downhill = minima - evaluate(name, minima)[1]
    np.testing.assert_allclose(np.clip(downhill, *window.T), minima, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", [name for name in EVERY if built_in(name, {}).minima])
def test_nothing_in_the_window_lies_lower_than_the_minima(name):
    values = evaluate(name, built_in(name, {}).minima)[0]
    assert np.ptp(values) < 1e-12
    assert evaluate(name, inside(name, BATCH))[0].min() >= values.min() - 1e-12


def test_the_table_is_read_without_jax():
    program = "import sys, animate.surfaces; sys.exit('jax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_options_move_the_minimum():
    assert built_in("rosenbrock", {"a": 2.0}).minima == ((2.0, 4.0),)
