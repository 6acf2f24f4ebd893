"""The constants that are added to a formula, apart from the rest of it."""

import ast
import math
from collections.abc import Callable


def without_constants(
    tree: ast.expr, constant: Callable[[ast.expr], float | None]
) -> tuple[ast.expr, float]:
    """`tree` less the summands that are constants, and the sum of these.

    `constant` gives the number that a part is, or None. A tree that is all constant, or that has
    no constant among its summands, or none that is finite, comes back as it is, with 0.

    >>> tree, total = without_constants(
    ...     ast.parse("3 + x - 1", mode="eval").body,
    ...     lambda part: part.value if isinstance(part, ast.Constant) else None,
    ... )
    >>> ast.unparse(tree), total
    ('x', 2.0)
    """
    total, rest = 0.0, None
    for sign, part in _summands(tree):
        number = constant(part)
        if number is not None:
            total += sign * number
        elif rest is not None:
            rest = ast.BinOp(rest, ast.Add() if sign > 0 else ast.Sub(), part)
        else:
            rest = part if sign > 0 else ast.UnaryOp(ast.USub(), part)
    if rest is None or not total or not math.isfinite(total):
        return tree, 0.0
    return rest, total


def _summands(tree: ast.expr) -> list[tuple[int, ast.expr]]:
    """The parts of a chain a + b − c …, which leans to the left, with their signs."""
    found: list[tuple[int, ast.expr]] = []
    while isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add | ast.Sub):
        found.append((1 if isinstance(tree.op, ast.Add) else -1, tree.right))
        tree = tree.left
    return [(1, tree), *reversed(found)]
