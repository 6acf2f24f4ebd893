"""Formulas: their values and derivatives against NumPy."""

import math
import subprocess
import sys
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from animate.errors import FormulaError
from animate.surfaces.formula import compile_formula

X, Y = np.random.default_rng(7).uniform(-2, 2, (2, 200))


NUMPY = {
    "x": (X, "x"),
    "constant": (np.full_like(X, 3.0), "3"),
    "signs": (-X + +Y - (-2), "-x + +y - (-2)"),
    "power before minus": (-(X**2), "-x**2"),
    "powers lean right": (2.0 ** (X**2), "2**x**2"),
    "whole power below zero": (X**3 * Y**-2, "x**3 * y**-2"),
    "whole power as a float": (X**4, "x**4.0"),
    "beale": (
        (1.5 - X + X * Y) ** 2 + (2.25 - X + X * Y**2) ** 2 + (2.625 - X + X * Y**3) ** 2,
        "(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
    ),
    "circular": (np.sin(X) * np.cos(Y) + np.tan(X / 2), "sin(x)*cos(y) + tan(x/2)"),
    "inverse": (
        np.arcsin(X / 2) - np.arccos(Y / 2) + np.arctan(X),
        "arcsin(x/2) - arccos(y/2) + arctan(x)",
    ),
    "hyperbolic": (np.sinh(X) - np.cosh(Y) + np.tanh(X), "sinh(x) - cosh(y) + tanh(x)"),
    "growth": (np.exp(X) + np.log(Y**2 + 1), "exp(x) + log(y**2 + 1)"),
    "roots": (np.sqrt(X**2 + Y**2) + np.abs(X) ** 0.3, "sqrt(x**2 + y**2) + abs(x)**0.3"),
    "varying power": ((X**2 + 1) ** Y, "(x**2 + 1)**y"),
    "sign": (np.sign(X) * np.abs(Y), "sign(x)*abs(y)"),
    "extremes": (np.minimum(X, Y) - np.maximum(X, 0), "minimum(x, y) - maximum(x, 0)"),
    "where": (np.where(X > Y, X**2, -Y), "where(x > y, x**2, -y)"),
    "a chain of comparisons": (((X > -1) & (X <= Y)) * X, "(-1 < x <= y)*x"),
    "equality": (np.where(X == Y, 1, 2.0), "where(x == y, 1, 2) + 0*(x != y) "),
    "named numbers": (np.cos(2 * np.pi * X) + np.e, "cos(2*pi*x) + e"),
    "folded": (X * math.sqrt(2) * math.sin(1) ** 2, "x * sqrt(2) * sin(1)**2"),
    "several lines": (X + Y, "  x\n  + y\n"),
    "short numbers": (0.5 * X + 1e-3 * Y + 2e1, ".5*x + 1e-3*y + 2.e+1"),
}


@pytest.mark.parametrize("name", NUMPY)
def test_values_are_numpys(name: str) -> None:
    expected, text = NUMPY[name]
    with jax.enable_x64(True):
        np.testing.assert_allclose(compile_formula(text)(X, Y), expected, rtol=1e-13, atol=1e-13)


def test_gradients_are_finite_differences() -> None:
    step = 1e-6

    def slopes_and_differences(x: Any, y: Any) -> dict[str, Any]:
        found = {}
        for name, (_, text) in NUMPY.items():
            f = compile_formula(text)
            slopes = jax.grad(lambda x, y, f=f: f(x, y).sum(), (0, 1))(x, y)
            along_x = (f(x + step, y) - f(x - step, y)) / (2 * step)
            along_y = (f(x, y + step) - f(x, y - step)) / (2 * step)
            found[name] = slopes, (along_x, along_y)
        return found

    with jax.enable_x64(True):
        found = jax.jit(slopes_and_differences)(X, Y)
    for name, (slopes, differences) in found.items():
        scale = 1 + np.hypot(*differences)
        worst = np.max(np.abs(np.subtract(slopes, differences)) / scale)
        assert worst < 1e-6, name


def test_second_derivatives_are_the_formulas_own() -> None:
    function = compile_formula("x**3*y + where(x > 0, sqrt(x), 0)*y**2")
    points = np.array([(1.7, -0.4), (-1.2, 0.9)])
    with jax.enable_x64(True):
        hessians = jax.jit(jax.vmap(jax.hessian(lambda p: function(*p))))(points)
    for hessian, (x, y) in zip(hessians, points, strict=True):
        root = max(x, 0) ** 0.5
        slope, bend = (0.5 / root, -0.25 / root**3) if x > 0 else (0, 0)
        mixed = 3 * x**2 + 2 * y * slope
        expected = [[6 * x * y + bend * y**2, mixed], [mixed, 2 * root]]
        np.testing.assert_allclose(hessian, expected, rtol=1e-12)


KINKS = [
    ("x**2 + y**3", (0.0, 0.0), (0, 0)),
    ("x**2 + y**3", (-2.0, -2.0), (-4, 12)),
    ("x**0 + y", (0.0, 0.0), (0, 1)),
    ("sqrt(x**2 + y**2)", (0.0, 0.0), (0, 0)),
    ("(x**2 + y**2)**0.5", (0.0, 0.0), (0, 0)),
    ("(x**2 + y**2)**1.5", (0.0, 0.0), (0, 0)),
    ("abs(x) + y", (0.0, 0.0), (0, 1)),
    ("where(x > 0, sqrt(x), 0) + y", (-1.0, 0.0), (0, 1)),
    ("where(x > 0, x*log(x), 0)", (0.0, 1.0), (0, 0)),
]


def test_nothing_surprises_at_a_kink() -> None:
    def derivatives(points: Any) -> Any:
        formulas = [compile_formula(text) for text, _, _ in KINKS]
        return [
            (jax.grad(lambda p, f=f: f(*p))(point), jax.hessian(lambda p, f=f: f(*p))(point))
            for f, point in zip(formulas, points, strict=True)
        ]

    with jax.enable_x64(True):
        found = jax.jit(derivatives)(np.array([point for _, point, _ in KINKS]))
    for (text, _, expected), (gradient, hessian) in zip(KINKS, found, strict=True):
        np.testing.assert_allclose(gradient, expected, err_msg=text)
        assert np.isfinite(hessian).all(), text


def test_shapes_broadcast_and_types_stay() -> None:
    function = compile_formula("1")
    assert function(np.zeros((3, 1)), np.zeros((1, 4))).shape == (3, 4)
    with jax.enable_x64(True):
        assert function(1, 2).dtype == jnp.float64
        assert function(jnp.float32(1), 2).dtype == jnp.float32


def test_variables_and_constants_are_the_callers() -> None:
    function = compile_formula("k*t + e", variables=("t",), constants={"k": 2})
    assert function(3.0) == pytest.approx(6 + math.e)
    with pytest.raises(TypeError, match="takes 1 arrays, got 2"):
        function(1.0, 2.0)


@pytest.mark.parametrize(
    ("constants", "said"),
    [
        ({"sin": 1.0}, "a constant cannot be named 'sin': it means something else"),
        ({"x": 1.0}, "a constant cannot be named 'x': it means something else"),
        ({"a b": 1.0}, "a constant cannot be named 'a b'"),
        ({"a": math.nan}, "the constant 'a' must be a finite number, got nan"),
    ],
)
def test_a_constant_is_a_finite_number_with_a_name_of_its_own(
    constants: dict[str, float], said: str
) -> None:
    with pytest.raises(FormulaError) as caught:
        compile_formula("x", constants=constants)
    assert str(caught.value) == said


def test_a_mistake_is_found_without_jax() -> None:
    script = (
        "import sys\n"
        "from animate.surfaces.formula import compile_formula\n"
        "compile_formula('sin(x)**2 + where(x > y, 1, exp(-y))')\n"
        "assert not {'jax', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
