"""Text that is drawn in the picture: one line, its mathtext readable."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator


def _drawable(text: str) -> str:
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            raise ValueError(f"must be one line of text, got U+{ord(character):04X} in it")
    if "$" in text:
        _check_mathtext(text)
    return text


def _check_mathtext(text: str) -> None:
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


Drawn = Annotated[str, AfterValidator(_drawable)]
