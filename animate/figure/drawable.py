"""Text that can be drawn: its signs are printable and its mathtext can be read."""

import unicodedata

from animate.figure.paragraph import WORDS


def drawable(text: str) -> str:
    """The text, if it is one line that can be drawn. Raises ValueError."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            raise ValueError(f"must be one line of text, got U+{ord(character):04X} in it")
    _check_mathtext(text)
    return text


def paragraph(text: str) -> str:
    """The text, if it can be drawn wherever it is broken into lines. Raises ValueError."""
    for line in text.splitlines():
        drawable(line)
        for word in WORDS.findall(line):
            _check_mathtext(word)
    return text


def _check_mathtext(text: str) -> None:
    if "$" not in text:
        return
    from matplotlib.cbook import is_math_text
    from matplotlib.mathtext import MathTextParser

    if not is_math_text(text):
        return
    try:
        MathTextParser("path").parse(text)
    except (ValueError, RecursionError) as error:
        why = getattr(error.__context__, "msg", "") or "it is nested too deeply"
        said = " ".join(str(why).partition(", found")[0].split())
        raise ValueError(f"the mathtext between $ and $ cannot be read: {said}") from None
