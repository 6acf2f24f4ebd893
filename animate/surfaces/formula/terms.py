"""Syntax tree → Term: what a part of the formula computes, its constant parts already folded.

Only the nodes named in `Compiler` are known; whatever else Python's grammar has is refused.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from animate.errors import FormulaError
from animate.registry import clipped
from animate.surfaces.formula import elementary, words
from animate.surfaces.formula.syntax import MAX_DEPTH, column_of, too_deep, words_of
from animate.surfaces.libraries import Array

Values = Mapping[str, Array]
Operation = Callable[..., Any]
"""What acts alike on numbers and on arrays."""

MAX_EXPONENT = 1000

_ARITHMETIC: Mapping[type[ast.operator], Operation] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_COMPARISONS: Mapping[type[ast.cmpop], Operation] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_REFUSED: Mapping[type[ast.AST], str] = {
    ast.IfExp: "'if' and 'else' are not in the language. Use where(condition, a, b).",
    ast.Tuple: "a comma may stand only between the arguments of a function",
    ast.Starred: "'*' needs a value on its left",
    ast.Attribute: "a dot may stand only inside a number",
}


@dataclass(frozen=True)
class Term:
    """A part of the formula: a number if it is constant, else a function of the variables."""

    number: float | None
    evaluate: Callable[[Values], Array | float]


def _constant(number: float) -> Term:
    return Term(number, lambda _: number)


class Compiler:
    """Turns the tree of one `text` into a Term. Raises FormulaError."""

    def __init__(
        self,
        text: str,
        variables: tuple[str, ...],
        constants: Mapping[str, float],
        beside: Mapping[str, str],
    ) -> None:
        self._text = text
        self._variables = variables
        self._beside = beside
        self._constants = {**words.CONSTANTS, **self._checked(constants)}
        self._given = constants

    def compile(self, tree: ast.expr) -> Callable[[Values], Array | float]:
        """The function from the variables' values to the formula's value."""
        return self._term(tree, 0).evaluate

    def constant(self, node: ast.expr) -> float | None:
        """The number that a part of the formula is; None: it is none, but varies."""
        return self._term(node, 0).number

    def _checked(self, constants: Mapping[str, float]) -> dict[str, float]:
        for name, value in constants.items():
            if why := words.unusable(name, self._variables):
                raise FormulaError(why)
            if not math.isfinite(value):
                raise FormulaError(f"the constant {name!r} must be a finite number, got {value}")
        return {name: float(value) for name, value in constants.items()}

    def _term(self, node: ast.expr, depth: int) -> Term:
        if depth > MAX_DEPTH:
            raise too_deep(column_of(node, self._text))
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name():
                return self._name(node)
            case ast.BinOp():
                return self._operations(node, depth)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
                operand = self._term(node.operand, depth + 1)
                if isinstance(node.op, ast.UAdd):
                    return operand
                return self._apply(node, operator.neg, operator.neg, [operand])
            case ast.Compare():
                return self._comparison(node, depth)
            case ast.Call():
                return self._call(node, depth)
        raise self._refusal(node)

    def _number(self, node: ast.Constant) -> Term:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self._refusal(node)
        try:
            number = float(node.value)
        except OverflowError:
            number = math.inf
        return _constant(self._finite(node, number))

    def _name(self, node: ast.Name) -> Term:
        name = node.id
        if name in self._variables:
            return Term(None, operator.itemgetter(name))
        if name in self._constants:
            return _constant(self._constants[name])
        if name in words.FUNCTIONS:
            raise self._error(node, f"{name!r} is a function. Write {name}(…).")
        raise self._unknown(node, name)

    def _operations(self, node: ast.BinOp, depth: int) -> Term:
        """A chain a + b - c … leans to the left: walked in a loop, its length is no depth."""
        chain: list[ast.BinOp] = []
        first: ast.expr = node
        while isinstance(first, ast.BinOp):
            chain.append(first)
            first = first.left
        total = self._term(first, depth + 1)
        for link in reversed(chain):
            operate = _ARITHMETIC.get(type(link.op))
            if operate is None:
                raise self._refusal(link)
            right = self._term(link.right, depth + 1)
            if isinstance(link.op, ast.Pow):
                total = self._power(link, total, right)
            else:
                total = self._apply(link, operate, operate, [total, right])
        return total

    def _power(self, node: ast.BinOp, base: Term, exponent: Term) -> Term:
        if base.number is None and exponent.number is not None:
            if abs(exponent.number) > MAX_EXPONENT:
                raise self._error(
                    node.right,
                    f"the exponent {exponent.number:g} is out of bounds:"
                    f" at most {MAX_EXPONENT} either way",
                )
            power = elementary.constant_power(exponent.number)
            return Term(None, lambda values: power(base.evaluate(values)))
        return self._apply(node, operator.pow, elementary.power, [base, exponent])

    def _comparison(self, node: ast.Compare, depth: int) -> Term:
        sides = [self._term(side, depth + 1) for side in [node.left, *node.comparators]]
        links = []
        for compare, left, right in zip(node.ops, sides, sides[1:], strict=False):
            operate = _COMPARISONS.get(type(compare))
            if operate is None:
                raise self._refusal(node)
            links.append(self._apply(node, operate, elementary.counted(operate), [left, right]))
        return reduce(
            lambda both, link: self._apply(node, operator.mul, operator.mul, [both, link]), links
        )

    def _call(self, node: ast.Call, depth: int) -> Term:
        if not isinstance(node.func, ast.Name):
            if isinstance(node.func, ast.Attribute):
                raise self._refusal(node.func)
            raise self._no_sign(node)
        name = node.func.id
        function = words.FUNCTIONS.get(name)
        if function is None:
            if name in self._variables or name in self._constants:
                raise self._no_sign(node)
            raise self._unknown(node, name)
        if node.keywords:
            raise self._error(node, f"{name} takes no named arguments")
        if len(node.args) != function.arity:
            raise self._error(
                node, f"{name} takes {_arguments(function.arity)}, got {len(node.args)}"
            )
        arguments = [self._term(argument, depth + 1) for argument in node.args]
        return self._apply(node, function.on_numbers, elementary.function(name), arguments)

    def _apply(
        self,
        node: ast.expr,
        on_numbers: Operation,
        on_arrays: Operation,
        operands: list[Term],
    ) -> Term:
        numbers = [operand.number for operand in operands if operand.number is not None]
        if len(numbers) == len(operands):
            return self._folded(node, on_numbers, numbers)
        return Term(
            None, lambda values: on_arrays(*(operand.evaluate(values) for operand in operands))
        )

    def _folded(self, node: ast.expr, on_numbers: Operation, numbers: list[float]) -> Term:
        try:
            number = on_numbers(*numbers)
        except OverflowError:
            number = math.inf
        except ZeroDivisionError:
            raise self._error(node, f"{words_of(node, self._text)} divides by zero") from None
        except ValueError:
            number = 1j
        if isinstance(number, complex):
            raise self._error(node, f"{words_of(node, self._text)} is not a real number")
        return _constant(self._finite(node, float(number)))

    def _finite(self, node: ast.expr, number: float) -> float:
        if not math.isfinite(number):
            raise self._error(node, f"{words_of(node, self._text)} does not fit in a number")
        return number

    def _error(self, node: ast.expr, sentence: str) -> FormulaError:
        return FormulaError(sentence, column_of(node, self._text))

    def _unknown(self, node: ast.expr, name: str) -> FormulaError:
        called = isinstance(node, ast.Call)
        remedy = words.remedy(name, self._variables, self._given, self._beside, called)
        return self._error(node, f"unknown name {clipped(name)!r}. {remedy}")

    def _no_sign(self, node: ast.Call) -> FormulaError:
        before = words_of(node.func, self._text)
        return self._error(
            node, f"{before} is not a function. To multiply, write a * before the parenthesis."
        )

    def _refusal(self, node: ast.expr) -> FormulaError:
        sentence = _REFUSED.get(type(node))
        match node:
            case ast.Attribute(attr=name) if name in words.known(self._variables, self._given):
                sentence = f"a dot may stand only inside a number. Write {name} alone."
            case ast.BoolOp(op=ast.And()):
                sentence = "'and' is not in the language. Multiply: (x > 0)*(y > 0)."
            case ast.BoolOp():
                sentence = "'or' is not in the language. Use maximum(x > 0, y > 0)."
            case ast.UnaryOp(op=ast.Not()):
                sentence = "'not' is not in the language. Turn the comparison round."
            case ast.BinOp(op=ast.FloorDiv()):
                sentence = "'//' is not in the language. Use / to divide."
        return self._error(node, sentence or f"{words_of(node, self._text)} is not in the language")


def _arguments(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"
