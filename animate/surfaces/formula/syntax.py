"""Text → Python's syntax tree, within bounds, with our own sentences for what does not parse."""

import ast
import re
import unicodedata

from animate.errors import FormulaError
from animate.registry import clipped
from animate.surfaces.formula.words import SIGNS

MAX_LENGTH = 2000
MAX_DEPTH = 50
MAX_PARTS = 500

_FOREIGN = re.compile(r"[^\w +\-*/().,<>=!]")
_ASSIGNMENT = re.compile(r"(?<![<>=!])=(?!=)")
_NUMBER = r"(?<![\w.])((?>\d[\d_]*\.?\d*|\.\d+)(?>[eE][+-]?\d+)?+)"
_GLUED = re.compile(_NUMBER + r"([^\W\d]\w*)")
_COMMA = re.compile(_NUMBER + r",(\d+)")
_SPACED = re.compile(_NUMBER + r" +([^\W\d]\w*)")


def tree_of(text: str) -> ast.expr:
    """The expression that `text` is, its columns counted in characters of `text` from 0.

    Raises FormulaError.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            f"the formula is {len(text)} characters long, and at most {MAX_LENGTH} are read",
            MAX_LENGTH,
        )
    line = flat(text)
    if not line.strip():
        raise FormulaError("the formula is empty")
    _refuse_foreign_signs(line)
    _refuse_deep_parentheses(line)
    _refuse_products(_GLUED, line)
    start = len(line) - len(line.lstrip())
    try:
        tree = ast.parse(line[start:], mode="eval").body
    except SyntaxError as error:
        _refuse_products(_SPACED, line)
        _refuse_decimal_comma(line)
        column = start + max((error.offset or 1) - 1, 0)
        raise _unreadable(line, column, error.msg) from None
    except (RecursionError, MemoryError):
        raise too_deep() from None
    except ValueError:
        raise FormulaError("the formula cannot be read") from None
    if isinstance(tree, ast.Tuple):
        _refuse_decimal_comma(line)
    if _parts(tree) > MAX_PARTS:
        raise FormulaError(f"the formula has more than {MAX_PARTS} numbers, names and operations")
    return tree


def _parts(tree: ast.expr) -> int:
    nodes = list(ast.walk(tree))
    calls = sum(isinstance(node, ast.Call) for node in nodes)
    return sum(isinstance(node, ast.expr) for node in nodes) - calls


def flat(text: str) -> str:
    """`text` on one line, every character in its place."""
    return re.sub(r"\s", " ", text)


def column_of(node: ast.expr, text: str) -> int:
    """Where `node` begins, in characters of `text`: `ast` counts bytes of UTF-8."""
    line = flat(text)
    start = len(line) - len(line.lstrip())
    return start + len(line[start:].encode()[: node.col_offset].decode(errors="ignore"))


def words_of(node: ast.expr, text: str) -> str:
    """The part of `text` that `node` was read from, shortened."""
    return clipped(ast.get_source_segment(flat(text).lstrip(), node) or "")


def _refuse_foreign_signs(line: str) -> None:
    for sign in _FOREIGN.finditer(line):
        found = sign.group()
        shown = repr(found) if found.isprintable() else f"U+{ord(found):04X}"
        remedy = SIGNS.get(found, "")
        raise FormulaError(f"{shown} is not in the language. {remedy}".rstrip(), sign.start())
    for sign in re.finditer("[²³]", line):
        raise FormulaError(
            f"{sign.group()!r} is not in the language. {SIGNS[sign.group()]}", sign.start()
        )
    for column, sign in enumerate(line):
        plain = unicodedata.normalize("NFKC", sign)
        if plain != sign:  # Python would take it for the plain one
            raise FormulaError(f"{sign!r} is not in the language. Write {plain!r}.", column)
    assignment = _ASSIGNMENT.search(line)
    if assignment:
        raise FormulaError(
            "'=' is not in the language. Give only what stands to its right; use == to compare.",
            assignment.start(),
        )


def _refuse_deep_parentheses(line: str) -> None:
    depth = 0
    for column, sign in enumerate(line):
        depth += (sign == "(") - (sign == ")")
        if depth > MAX_DEPTH:
            raise too_deep(column)


def _refuse_products(pattern: re.Pattern[str], line: str) -> None:
    product = pattern.search(line)
    if product:
        number, name = product.group(1), clipped(product.group(2))
        raise FormulaError(
            f"there is no sign between {number} and {name}. Write {number}*{name}.",
            product.start(),
        )


def _refuse_decimal_comma(line: str) -> None:
    """Refuse a number with a comma outside of all parentheses. Raises FormulaError."""
    for found in _COMMA.finditer(line):
        if line.count("(", 0, found.start()) == line.count(")", 0, found.start()):
            raise FormulaError(
                f"a comma ends the number; write {found[1]}.{found[2]} with a point",
                found.start(),
            )


def too_deep(column: int = 0) -> FormulaError:
    """The complaint about a tree deeper than MAX_DEPTH."""
    return FormulaError(f"the formula is nested deeper than {MAX_DEPTH} levels", column)


def _unreadable(line: str, column: int, problem: str) -> FormulaError:
    if "was never closed" in problem:
        return FormulaError("'(' is never closed", column)
    if "unmatched ')'" in problem:
        return FormulaError("')' closes nothing", column)
    if "int string conversion" in problem or "invalid decimal literal" in problem:
        return FormulaError("a number cannot be read here", column)
    rest = line[column:].strip()
    if not rest or line.rstrip()[-1] in "+-*/,<>=":
        return FormulaError("the formula ends too early", len(line.rstrip()))
    word = re.match(r"\w+|\W", rest)
    return FormulaError(f"cannot read {clipped(word.group() if word else rest)!r} here", column)
