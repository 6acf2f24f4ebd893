"""Text that can be drawn: its signs are printable and its mathtext can be read."""

import re
import unicodedata

from animate.figure.text.paragraph import WORDS

_SIGN = re.compile(r"(?<!\\)\$")
"""A dollar that opens or closes mathtext."""
_MEANT = re.compile(r"[\\^_{]")


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
        for word in WORDS.findall(line):
            _check_mathtext(word)
        drawable(line)
    return text


def _check_mathtext(text: str) -> None:
    """A lone dollar is itself where nothing after it looks like mathtext."""
    parts = _SIGN.split(text)
    signs = len(parts) - 1
    if signs == 0 or (signs == 1 and not _MEANT.search(parts[1])):
        return
    if signs % 2:
        raise ValueError(r"a $ opens mathtext that no other closes; for the sign itself write \$")
    if not all(part.strip() for part in parts[1::2]):
        raise ValueError("there is no mathtext between $ and $")
    _parse(text)


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
