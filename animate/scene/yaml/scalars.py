"""What a plain word of YAML means: YAML 1.2's core schema, so `no` is text and 1e-3 is a number."""

import math
import re
from typing import TypeAlias

Scalar = str | int | float | bool | None
Data: TypeAlias = "Scalar | list[Data] | dict[str, Data]"
"""What a text can say."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {
    spelled(word): value
    for word, value in (("true", True), ("false", False))
    for spelled in (str.lower, str.title, str.upper)
}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITY = re.compile(r"[-+]?\.(inf|Inf|INF)")
_NAN = frozenset({".nan", ".NaN", ".NAN"})
_DECIMAL_COMMA = re.compile(r"([-+]?[0-9]+),([0-9]+([eE][-+]?[0-9]+)?)")
_MOST_DIGITS = 18


def meaning(word: str) -> Scalar:
    """The value of an unquoted `word`. Raises OverflowError for a number out of range.

    >>> meaning("1e-3"), meaning("no"), meaning("~")
    (0.001, 'no', None)
    """
    if word in _NULL:
        return None
    if word in _BOOLEANS:
        return _BOOLEANS[word]
    if _WHOLE.fullmatch(word) or _BASED.fullmatch(word):
        if len(word) > _MOST_DIGITS:
            raise OverflowError
        return int(word, 0 if _BASED.fullmatch(word) else 10)
    if _NUMBER.fullmatch(word):
        number = float(word)
        if math.isinf(number):
            raise OverflowError
        return number
    if _INFINITY.fullmatch(word):
        return -math.inf if word.startswith("-") else math.inf
    return math.nan if word in _NAN else word


def fits(number: int) -> bool:
    """Whether a text can say the whole number.

    >>> fits(10**17), fits(10**18)
    (True, False)
    """
    return -(10 ** (_MOST_DIGITS - 1)) < number < 10**_MOST_DIGITS


def pointed(word: str) -> str | None:
    """The number with a decimal comma that `word` is, with a point; None if it is none.

    >>> pointed("0,05"), pointed("1,2,3")
    ('0.05', None)
    """
    found = _DECIMAL_COMMA.fullmatch(word.strip())
    return f"{found[1]}.{found[2]}" if found else None
