"""The words of the language: functions, constants, and common mistakes for either."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from animate.registry import clipped, nearest


@dataclass(frozen=True)
class Function:
    """How many arguments it takes, and how it acts on plain numbers."""

    arity: int
    on_numbers: Callable[..., float]


def _sign(number: float) -> float:
    return float(number > 0) - float(number < 0)


def _where(condition: float, true: float, false: float) -> float:
    return true if condition else false


FUNCTIONS: Mapping[str, Function] = {
    "sin": Function(1, math.sin),
    "cos": Function(1, math.cos),
    "tan": Function(1, math.tan),
    "arcsin": Function(1, math.asin),
    "arccos": Function(1, math.acos),
    "arctan": Function(1, math.atan),
    "sinh": Function(1, math.sinh),
    "cosh": Function(1, math.cosh),
    "tanh": Function(1, math.tanh),
    "exp": Function(1, math.exp),
    "log": Function(1, math.log),
    "sqrt": Function(1, math.sqrt),
    "abs": Function(1, math.fabs),
    "sign": Function(1, _sign),
    "minimum": Function(2, min),
    "maximum": Function(2, max),
    "where": Function(3, _where),
}

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}

MEANT: Mapping[str, str] = {
    "ln": "log",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "sen": "sin",
    "tg": "tan",
    "sgn": "sign",
    "fabs": "abs",
    "max": "maximum",
    "min": "minimum",
    "π": "pi",
    "if": "where",
}

SIGNS: Mapping[str, str] = {
    "^": "Use ** for powers.",
    "²": "Use **2 for a square.",
    "³": "Use **3 for a cube.",
    "√": "Use sqrt(…) for a root.",
    "×": "Use * to multiply.",
    "·": "Use * to multiply.",
    "⋅": "Use * to multiply.",
    "∗": "Use * to multiply.",
    "÷": "Use / to divide.",
    "−": "Use - to subtract.",
    "–": "Use - to subtract.",
    "≤": "Use <= to compare.",
    "≥": "Use >= to compare.",
    "≠": "Use != to compare.",
    "|": "Use abs(…) for an absolute value, maximum(a, b) for 'or'.",
    "&": "Use (a)*(b) for 'and'.",
    "~": "Turn the comparison round for 'not'.",
    "[": "Use ( and ) to group.",
    "]": "Use ( and ) to group.",
    "{": "Use ( and ) to group.",
    "}": "Use ( and ) to group.",
}


NOISE: Mapping[str, str] = dict.fromkeys(
    ["noise", "rand", "randn", "random", "normal", "uniform"], "noise: 0.5"
)
"""Names that others have for random numbers, and how a signal has them beside its formula."""


def known(variables: tuple[str, ...], constants: Mapping[str, float]) -> list[str]:
    """Every name that a formula may say."""
    return [*variables, *constants, *CONSTANTS, *FUNCTIONS]


def unusable(name: str, variables: tuple[str, ...]) -> str:
    """Why a constant cannot have that name beside those variables; "" where it can."""
    if name in FUNCTIONS or name in CONSTANTS or name in variables:
        return f"a constant cannot be named {name!r}: it means something else"
    return "" if name.isidentifier() else f"a constant cannot be named {clipped(name)!r}"


def remedy(
    name: str,
    variables: tuple[str, ...],
    constants: Mapping[str, float],
    beside: Mapping[str, str],
    called: bool,
) -> str:
    """What is to be written for the unknown `name` of a value, or of a function that is `called`.

    `beside` are keys that stand beside the formula, each as the scene writes it, by the names that
    are written into the formula for them.
    """
    if name in beside:
        return f"Write it beside the formula: {beside[name]}."
    if name == "pow":
        return "Use ** for powers."
    if meant := MEANT.get(name) or nearest(name, known(variables, constants)):
        return f"Did you mean {meant!r}?"
    are = "variable is" if len(variables) == 1 else "variables are"
    said = f"The {are} {' and '.join(variables)}."
    if called or name.startswith("_"):
        return said
    return f"{said} Write a constant beside the formula: constants: {{{clipped(name)}: 1}}."
