"""How far lines stand below each other, so that no formula strikes the line above."""

from collections.abc import Sequence

from animate.figure.text.paragraph import LEADING, extent
from animate.figure.view import View
from animate.theme import TypeRole

_ASCENT, _DESCENT = 0.85, 0.25
"""How far letters reach above and below their baseline, in type sizes."""
_CLEAR = 0.3
"""The least distance from one line to the next, in type sizes."""


def baselines(view: View, lines: Sequence[str], role: TypeRole) -> list[float]:
    """How far the baseline of each line is below that of the first, in pixels.

    LEADING type sizes from line to line, more where formulas reach farther up or down.
    """
    size = view.type(role)
    at: list[float] = []
    below = 0.0
    for line in lines:
        up, down = _reach(view, line, role)
        at.append(at[-1] + max(LEADING * size, below + up + _CLEAR * size) if at else 0.0)
        below = down
    return at


def _reach(view: View, line: str, role: TypeRole) -> tuple[float, float]:
    """How far a line reaches above and below its baseline, in pixels."""
    size = view.type(role)
    if "$" not in line:
        return _ASCENT * size, _DESCENT * size
    _, height, descent = extent(view, line, role)
    return height - descent, descent
