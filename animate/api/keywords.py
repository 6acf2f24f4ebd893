"""Sentences that name the keywords of Python where they would name the command line's options."""

import re
from collections.abc import Generator
from contextlib import contextmanager

from animate.errors import SceneError, UsageError

_KEYWORDS = {
    r"--at several times": "at",
    r"--at (?=[\d])": "at=",
    r"--at": "at",
    r"--strip (?=-?[\d])": "count=",
    r"--strip": "strip",
    r"--allow-code": "allow_code=True",
    r"--allow-outside": "allow_outside=True",
}


@contextmanager
def in_keywords() -> Generator[None]:
    """A context whose SceneErrors and UsageErrors speak of keywords."""
    try:
        yield
    except SceneError as error:
        raise SceneError([*map(_worded, error.lines)]) from None  # a notebook shows every cause
    except UsageError as error:
        if type(error) is not UsageError:
            raise
        raise UsageError(_worded(str(error))) from None


def _worded(sentence: str) -> str:
    for option, keyword in _KEYWORDS.items():
        sentence = re.sub(option, keyword, sentence)
    return sentence
