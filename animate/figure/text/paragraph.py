"""Text broken into lines, or cut, so that it fits into a width."""

import re
from functools import lru_cache
from typing import Literal

from animate.figure.text.dollars import FORMULA
from animate.figure.view import DPI, View
from animate.theme import TypeRole
from animate.theme.fonts import GENERAL

LEADING = 1.4
"""Distance from one line to the next, in type sizes."""

_WIDER = 1.04
"""The factor from one trial's width of lines to the next one's."""
_LAST, _NARROWEST = 0.2, 0.75
"""The least widths of a paragraph's last line, and of the others for its sake, as shares of the
room."""

_SYMBOLS = "=≈<>≤≥×"
WORDS = re.compile(
    rf"(?:(?<!\S)[^\W\d_] (?![{_SYMBOLS}—])){{0,2}}(?:\S{{1,3}} [{_SYMBOLS}] )?"
    rf"(?:{FORMULA.pattern}|[\S\u00A0\u202F])+(?:\s+—(?!\S))?"
)
"""Never broken: mathtext between dollars, a space that forbids it, the space before a dash and
behind a word of one letter, and a symbol and its value, as in γ = 0.9."""


_DOUBT = 0.05
"""The largest error of the sum of the words' widths, as a share of the width."""

_HAIR = 0.5
"""Pixels by which text may be wider than its room, since widths are rounded sums."""


def wrapped(view: View, text: str, role: TypeRole, width: float) -> list[str]:
    """`text` in lines no wider than `width` pixels, but for words that are wider themselves.

    Line ends in `text` stay.
    """
    lines: list[str] = []
    for paragraph in text.strip().splitlines():
        line: list[str] = []
        for word in WORDS.findall(paragraph):
            if line and not _fits(view, [*line, word], role, width):
                lines.append(" ".join(line))
                line = []
            line.append(word)
        lines.append(" ".join(line))
    return lines


def _fits(view: View, words: list[str], role: TypeRole, width: float) -> bool:
    """Whether `words` fit into one line of `width`; measured where the sum of widths is close."""
    line = " ".join(words)
    if "$" not in line:
        space = text_width(view, "n n", role) - text_width(view, "nn", role)
        rough = sum(text_width(view, word, role) + space for word in words) - space
        if abs(rough - width) > _DOUBT * width:
            return rough < width
    return text_width(view, line, role) <= width


def balanced(view: View, text: str, role: TypeRole, width: float) -> list[str]:
    """`text` in as few lines as `wrapped` would make, all of about one length."""
    fewest = wrapped(view, text, role, width)
    if len(fewest) < 2:
        return fewest
    narrow = text_width(view, " ".join(fewest), role) / len(fewest)
    while narrow < width:
        lines = wrapped(view, text, role, narrow)
        if len(lines) == len(fewest):
            return lines
        narrow *= _WIDER
    return fewest


def filled(view: View, text: str, role: TypeRole, width: float) -> list[str]:
    """`text` in as many lines as `wrapped` makes, the last one no single short word: the others are
    then a little shorter."""
    fewest = wrapped(view, text, role, width)
    lines, narrow = fewest, width
    while len(fewest) > 1 and text_width(view, lines[-1], role) < _LAST * width:
        narrow /= _WIDER
        lines = wrapped(view, text, role, narrow)
        if len(lines) > len(fewest) or narrow < _NARROWEST * width:
            return fewest
    return lines


def text_width(view: View, text: str, role: TypeRole) -> float:
    """The width of a line in pixels; text with two dollars is mathtext, as matplotlib reads it."""
    return extent(view, text, role)[0]


def extent(view: View, text: str, role: TypeRole) -> tuple[float, float, float]:
    """The width and the height of a line, and how far it reaches below its baseline, in pixels."""
    return _measured(text, (*view.theme.font, GENERAL), view.type(role), weight(role))


def weight(role: TypeRole) -> Literal["bold", "normal"]:
    """How heavy the letters are."""
    return "bold" if role == "title" else "normal"


@lru_cache(1 << 14)
def _measured(
    text: str, family: tuple[str, ...], size: float, weight: str
) -> tuple[float, float, float]:
    """As `extent`, kept, since layouts measure the same words repeatedly."""
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.font_manager import FontProperties

    font = FontProperties(family=list(family), size=size, weight=weight)
    signs = text.count("$") - text.count(r"\$")
    is_math = signs > 0 and signs % 2 == 0
    drawn = text if is_math else text.replace(r"\$", "$")
    return RendererAgg(1, 1, DPI).get_text_width_height_descent(drawn, font, is_math)


def fitted(view: View, text: str, role: TypeRole, width: float) -> str:
    """`text`, or as much of its beginning as fits into `width` pixels with an ellipsis.

    Mathtext stays whole: half a formula would be another one.
    """
    if FORMULA.search(text) or text_width(view, text, role) <= width + _HAIR:
        return text
    for end in range(len(text) - 1, 0, -1):
        shorter = text[:end].rstrip().removesuffix("\\") + "…"
        if text_width(view, shorter, role) <= width:
            return shorter
    return "…"
