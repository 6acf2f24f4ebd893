"""Text → JAX function, by an allow-list over Python's own `ast`; nothing is ever evaluated.

The language: variables, numbers, named constants, + - * / ** and parentheses, comparisons, and the
functions of `words.FUNCTIONS`. A comparison counts 1 where it holds and 0 where it does not.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from animate.surfaces.formula.smooth import differentiable
from animate.surfaces.formula.summands import without_constants
from animate.surfaces.formula.syntax import tree_of
from animate.surfaces.formula.terms import Compiler
from animate.surfaces.libraries import Array

__all__ = ["compile_formula", "compile_relief"]

NOTHING: Mapping[str, Any] = MappingProxyType({})


def compile_formula(
    text: str,
    *,
    variables: tuple[str, ...] = ("x", "y"),
    constants: Mapping[str, float] = NOTHING,
    beside: Mapping[str, str] = NOTHING,
) -> Callable[..., Array]:
    """The function of `variables`, in their order, that `text` describes.

    It takes JAX arrays or floats, works elementwise, and gives the shape that its arguments
    broadcast to. `beside` says how what stands beside the formula is written there, by the names
    that authors write into it instead. Reading needs no JAX; the first call does. Derivatives of
    every order are taken forward through `where`, so that the branch not taken never spoils them,
    and are 0 at the zero of `sqrt`, `abs` and fractional powers (a subgradient of the cone
    sqrt(x**2 + y**2)).

    Raises FormulaError with the column, from 0, of what is not in the language.

    >>> from jax import grad
    >>> bowl = compile_formula("x**2 + a*y**2", constants={"a": 3.0})
    >>> float(bowl(1.0, 2.0)), float(grad(bowl)(1.0, 2.0))
    (13.0, 2.0)
    """
    compiler = Compiler(text, variables, constants, beside)
    return differentiable(compiler.compile(tree_of(text)), variables)


def compile_relief(
    text: str,
    *,
    variables: tuple[str, ...] = ("x", "y"),
    constants: Mapping[str, float] = NOTHING,
) -> tuple[Callable[..., Array] | None, float]:
    """The function of `variables` that `text` is without the constants among its summands, and
    their sum; None and 0 where there are none. Raises FormulaError.

    >>> relief, base = compile_relief("x**2 + 1e6")
    >>> float(relief(0.5, 0.0)) if relief else 0, base
    (0.25, 1000000.0)
    """
    compiler = Compiler(text, variables, constants, NOTHING)
    tree, base = without_constants(tree_of(text), compiler.constant)
    return (differentiable(compiler.compile(tree), variables), base) if base else (None, 0.0)
