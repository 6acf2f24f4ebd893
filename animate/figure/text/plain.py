"""Text of a picture as plain text: mathtext as the letters that it shows."""

import re

from animate.figure.text.dollars import FORMULA

_BUILT = re.compile(r"[_^]|\\(frac|d?frac|binom|sqrt|over|under|genfrac)")
"""Formulas that would be others without their layout."""


def plain(text: str) -> str:
    """`text` without dollars: simple mathtext as its letters, the rest as it was written in TeX."""
    return FORMULA.sub(lambda found: _letters(found[0][1:-1]), text).replace(r"\$", "$").strip()


def _letters(formula: str) -> str:
    if _BUILT.search(formula):
        return formula
    from matplotlib.mathtext import MathTextParser

    glyphs = MathTextParser("path").parse(f"${formula}$").glyphs
    return "".join(chr(glyph[2]) for glyph in glyphs).replace("=", " = ")
