"""Text that can be drawn: its signs are printable and its mathtext can be read."""

import unicodedata

from animate.figure.text.dollars import FORMULA, dollars_written, unclosed

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
"""Classes of the Unicode Bidirectional Algorithm (UAX #9) that need its order."""
_TURNING = frozenset({"RLE", "RLO", "RLI"})
"""Those of signs that nobody sees, and that turn what stands after them to the left."""


def drawable(text: str) -> str:
    """The text as it is drawn, if it is one line that can be. Raises ValueError."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            raise ValueError(f"must be one line of text, got U+{ord(character):04X} in it")
        if unicodedata.bidirectional(character) in _TURNING:
            raise ValueError(
                f"must be without signs that turn the direction, got U+{ord(character):04X} in it; "
                "letters that are written from right to left need none"
            )
    _check_mathtext(text)
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        _check_direction(text)
    return dollars_written(text)


def paragraph(text: str) -> str:
    """The text as it is drawn, if it can be wherever it is broken into lines. Raises ValueError."""
    return "\n".join(map(drawable, text.splitlines()))


def _check_mathtext(text: str) -> None:
    if FORMULA.search(text):
        _parse(dollars_written(text))
    if why := unclosed(text):
        raise ValueError(why)


def _check_direction(text: str) -> None:
    """Text is shaped, and turned where it runs from right to left, since matplotlib 3.11.

    Its mathtext sets one glyph after the other from left to right.
    """
    from matplotlib import ft2font

    if FORMULA.search(text):
        raise ValueError(
            "beside mathtext, what is written from right to left would be reversed; "
            "leave out one of them"
        )
    if not hasattr(ft2font, "__libraqm_version__"):
        raise ValueError(
            "matplotlib reverses what is written from right to left before its version 3.11; "
            "install a newer one"
        )


def _parse(text: str) -> None:
    from matplotlib.mathtext import MathTextParser

    try:
        MathTextParser("path").parse(text)
    except RecursionError:
        raise ValueError("the mathtext between $ and $ is nested too deeply") from None
    except (ValueError, OverflowError, MemoryError) as error:
        raise ValueError(f"the mathtext between $ and $ cannot be read: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    """What matplotlib's parser says, without its long lists of what it would have taken."""
    problem, _, found = str(getattr(error.__context__, "msg", "")).partition(", found ")
    problem = " ".join(problem.replace("\\\\", "\\").split())
    if not problem or problem.startswith("Expected {"):
        place = found.partition("  (at char")[0]
        return f"something is missing before {place or 'its end'}"
    return problem
