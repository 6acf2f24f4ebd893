"""The language of formulas: Python's own arithmetic, and a sentence for all else."""

import math
from typing import Any

import jax
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from animate.errors import FormulaError
from animate.surfaces.formula import compile_formula


def refusal_of(text: str) -> FormulaError | None:
    try:
        compile_formula(text)
    except FormulaError as error:
        return error
    return None


def _formulas() -> st.SearchStrategy[str]:
    number = st.floats(-9, 9, allow_nan=False).map(lambda n: f"({n!r})")
    leaf = st.sampled_from(["x", "y", "pi"]) | number | st.integers(0, 9).map(str)

    def grow(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        operator = st.sampled_from(["+", "-", "*", "/", "<", ">=", "=="])
        function = st.sampled_from(["sin", "exp", "tanh", "sqrt", "abs", "arctan"])
        return st.one_of(
            st.tuples(part, operator, part).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
            st.tuples(part, operator, part).map(lambda p: f"-{p[0]}{p[1]}{p[2]}"),
            st.tuples(part, st.integers(-3, 4)).map(lambda p: f"{p[0]}**{p[1]}"),
            st.tuples(function, part).map(lambda p: f"{p[0]}({p[1]})"),
            st.tuples(part, part, part).map(lambda p: f"where({p[0]} > {p[1]}, {p[2]}, {p[0]})"),
        )

    return st.recursive(leaf, grow, max_leaves=12)


PYTHON: dict[str, Any] = {
    "__builtins__": {},
    "x": 1.3,
    "y": -0.7,
    "pi": math.pi,
    "sin": math.sin,
    "exp": math.exp,
    "tanh": math.tanh,
    "sqrt": math.sqrt,
    "abs": abs,
    "arctan": math.atan,
    "where": lambda condition, a, b: a if condition else b,
}


@settings(max_examples=100, deadline=None, derandomize=True)
@example("-x**2")
@example("-x<y")
@given(_formulas())
def test_formulas_are_pythons_own_arithmetic(text: str) -> None:
    """Where Python has a finite real value, ours is the same; elsewhere ours may be refused."""
    try:
        expected = eval(text, dict(PYTHON))
    except (ArithmeticError, ValueError, TypeError):
        return
    if isinstance(expected, complex):
        return
    refusal = refusal_of(text)
    if refusal:
        assert "does not fit" in str(refusal) or not math.isfinite(expected)
        return
    with jax.enable_x64(True):
        value = compile_formula(text)(1.3, -0.7)
        np.testing.assert_allclose(value, expected, rtol=1e-9, atol=1e-12)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet="xy()+-*/.,<>=! 0123456789esinwhr_^'[]\n²é\x00", max_size=40))
def test_any_text_is_a_formula_or_a_sentence(text: str) -> None:
    refusal = refusal_of(text)
    if refusal:
        assert str(refusal).isprintable()
        assert 0 <= refusal.column <= len(text)


REFUSED = {
    "": (0, "the formula is empty"),
    " \n ": (0, "the formula is empty"),
    "9**9**9**9": (3, "9**9**9 does not fit in a number"),
    "x + 1e999": (4, "1e999 does not fit in a number"),
    "9" * 1999: (0, f"{'9' * 39}… does not fit in a number"),
    "exp(1000)*x": (0, "exp(1000) does not fit in a number"),
    "1e308*10*x": (0, "1e308*10 does not fit in a number"),
    "x**5000": (3, "the exponent 5000 is out of bounds: at most 1000 either way"),
    "x**(-1e9)": (4, "the exponent -1e+09 is out of bounds: at most 1000 either way"),
    "x + 1/0": (4, "1/0 divides by zero"),
    "0**-1": (0, "0**-1 divides by zero"),
    "(-8)**(1/3)": (0, "(-8)**(1/3) is not a real number"),
    "log(-1)": (0, "log(-1) is not a real number"),
    "x" * 2001: (2000, "the formula is 2001 characters long, and at most 2000 are read"),
    "(" * 60 + "x" + ")" * 60: (50, "the formula is nested deeper than 50 levels"),
    "-" * 60 + "x": (51, "the formula is nested deeper than 50 levels"),
    "sin(" * 51 + "x" + ")" * 51: (50 * 4 + 3, "the formula is nested deeper than 50 levels"),
    "x+" * 900 + "x": (0, "the formula has more than 500 numbers, names and operations"),
    "-" * 1999 + "x": (0, "the formula has more than 500 numbers, names and operations"),
    "x^2": (1, "'^' is not in the language. Use ** for powers."),
    "é + x²": (5, "'²' is not in the language. Use **2 for a square."),
    "x − y": (2, "'−' is not in the language. Use - to subtract."),
    "x & y": (2, "'&' is not in the language. Use (a)*(b) for 'and'."),
    "x % 2": (2, "'%' is not in the language."),
    "x # y": (2, "'#' is not in the language."),
    "'a'": (0, '"\'" is not in the language.'),
    "[1, 2]": (0, "'[' is not in the language. Use ( and ) to group."),
    "lambda: x": (6, "':' is not in the language."),
    "(z := x)": (3, "':' is not in the language."),
    "x\x00": (1, "U+0000 is not in the language."),
    "z = x": (
        2,
        "'=' is not in the language. Give only what stands to its right; use == to compare.",
    ),
    "sin(x=2)": (
        5,
        "'=' is not in the language. Give only what stands to its right; use == to compare.",
    ),
    "x + 2x": (4, "there is no sign between 2 and x. Write 2*x."),
    "2 x": (0, "there is no sign between 2 and x. Write 2*x."),
    "0x10": (0, "there is no sign between 0 and x10. Write 0*x10."),
    "2j": (0, "there is no sign between 2 and j. Write 2*j."),
    "2(x)": (0, "2 is not a function. To multiply, write a * before the parenthesis."),
    "y(x)": (0, "y is not a function. To multiply, write a * before the parenthesis."),
    "x y": (2, "cannot read 'y' here"),
    "x +": (3, "the formula ends too early"),
    "(x": (0, "'(' is never closed"),
    "x)": (1, "')' closes nothing"),
    "x\n+ sine(y)": (4, "unknown name 'sine'. Did you mean 'sin'?"),
    "ln(x)": (0, "unknown name 'ln'. Did you mean 'log'?"),
    "2*π": (2, "unknown name 'π'. Did you mean 'pi'?"),
    "pow(x, 2)": (0, "unknown name 'pow'. Use ** for powers."),
    "print(x)": (0, "unknown name 'print'. The variables are x and y."),
    "eval(x)": (0, "unknown name 'eval'. The variables are x and y."),
    "__import__": (0, "unknown name '__import__'. The variables are x and y."),
    "sin": (0, "'sin' is a function. Write sin(…)."),
    "1 + sin(x, y)": (4, "sin takes 1 argument, got 2"),
    "where(x > 0, 1)": (0, "where takes 3 arguments, got 2"),
    "minimum()": (0, "minimum takes 2 arguments, got 0"),
    "sin(*x)": (4, "'*' needs a value on its left"),
    "np.sin(x)": (0, "a dot may stand only inside a number. Write sin alone."),
    "().__class__": (0, "a dot may stand only inside a number"),
    "x.real": (0, "a dot may stand only inside a number"),
    "(sin)(x).a(y)": (0, "a dot may stand only inside a number"),
    "(a for a in x)": (0, "(a for a in x) is not in the language"),
    "x if x > 0 else y": (
        0,
        "'if' and 'else' are not in the language. Use where(condition, a, b).",
    ),
    "where(x > 0 and y > 0, 1, 2)": (
        6,
        "'and' is not in the language. Multiply: (x > 0)*(y > 0).",
    ),
    "x or y": (0, "'or' is not in the language. Use maximum(x > 0, y > 0)."),
    "not x": (0, "'not' is not in the language. Turn the comparison round."),
    "x is y": (0, "x is y is not in the language"),
    "x in y": (0, "x in y is not in the language"),
    "x//2": (0, "'//' is not in the language. Use / to divide."),
    "1,5*x": (0, "a comma ends the number; write 1.5 with a point"),
    "x, y": (0, "a comma may stand only between the arguments of a function"),
    "True": (0, "True is not in the language"),
    "None": (0, "None is not in the language"),
    "...": (0, "... is not in the language"),
    "await x": (0, "await x is not in the language"),
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:20].encode("unicode_escape"))
def test_what_is_not_in_the_language_gets_its_sentence(text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        compile_formula(text)
    assert (caught.value.column, str(caught.value)) == REFUSED[text]
