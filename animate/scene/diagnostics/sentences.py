"""Sentences about mistakes: pydantic's errors by type, places and values as the file has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from animate.errors import Mistake, Path
from animate.registry import clipped
from animate.scene.given import is_list, is_mapping
from animate.scene.yaml.scalars import pointed

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LIST, MAPPING = "a list", "a mapping (key: value)"
_KINDS: Mapping[str, str] = {
    kind: words
    for words, kinds in {
        "a number": "float_type float_parsing",
        "a whole number": "int_type int_parsing int_from_float",
        "a smaller whole number": "int_parsing_size",
        "a finite number": "finite_number",
        "text": "string_type",
        "true or false": "bool_type bool_parsing",
        LIST: "list_type tuple_type set_type",
        MAPPING: "dict_type mapping_type model_type model_attributes_type dataclass_type",
        "nothing": "none_required",
    }.items()
    for kind in kinds.split()
}
"""What would be right, by the type of pydantic's error."""
_BOUNDS: Mapping[str, str] = {
    "greater_than": "greater than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "multiple_of": "a multiple of {multiple_of}",
}
_LENGTHS = {
    "too_short": ("at least", "min_length"),
    "too_long": ("at most", "max_length"),
    "string_too_short": ("at least", "min_length"),
    "string_too_long": ("at most", "max_length"),
}

_MOST_BITS = 10_000
"""Of a whole number that is told by its first digits."""


def dotted(path: Path) -> str:
    """A path as authors write it.

    >>> dotted(("optimizers", 1, "learning_rate"))
    'optimizers[1].learning_rate'
    """
    parts = [
        f"[{part}]" if isinstance(part, int) else f".{clipped(part) if part.isprintable() else '…'}"
        for part in path
    ]
    return "".join(parts).removeprefix(".")


def shown(value: object) -> str:
    """A value as the file would say it, shortened."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return repr(clipped(value))
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case int() if value.bit_length() > _MOST_BITS:  # Python refuses to write such a one
            return "a whole number of thousands of digits"
        case _:
            return clipped(repr(value))


def written(value: object) -> str:
    """A value as a file would say it, on one line.

    >>> written([640, {"around": (0.5, 1)}, True])
    '[640, {around: [0.5, 1]}, true]'
    """
    if is_mapping(value):
        return f"{{{', '.join(f'{key}: {written(each)}' for key, each in value.items())}}}"
    if is_list(value):
        return f"[{', '.join(map(written, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def worded(mistake: Mistake) -> str:
    """The sentence with its subject: a message that begins with 'must' lacks one."""
    subject = dotted(mistake.path)
    if subject and mistake.message.startswith("must "):
        return f"{subject}: {mistake.message}"
    return mistake.message


def expected_kind(details: ErrorDetails) -> str | None:
    """What would be right, where the value is of quite another kind."""
    if details["type"] in ("literal_error", "enum"):
        return details.get("ctx", {})["expected"]
    return _KINDS.get(details["type"])


def sentence_for(details: ErrorDetails, expected: str | None) -> str:
    """The sentence for one of pydantic's `details`, but for its place.

    `expected` is what would be right, where the value is of quite another kind.
    """
    kind, value = details["type"], details["input"]
    if expected:
        return wanted(expected, value)
    context = details.get("ctx", {})
    if kind in _BOUNDS:
        if isinstance(value, float) and not isfinite(value):
            return wanted("a finite number", value)
        bounds = {name: _plain(limit) for name, limit in context.items()}
        return f"must be {_BOUNDS[kind].format(**bounds)}, got {shown(value)}"
    if kind in _LENGTHS:
        word, limit = _LENGTHS[kind]
        count = context[limit]
        least = f"{count} characters" if isinstance(value, str) else items(count)
        return f"must have {word} {least}, got {len(value)}"
    if kind == "value_error":
        return str(context["error"])
    message = details["msg"]
    return message[:1].lower() + message[1:]


def wanted(expected: str, value: object) -> str:
    """The sentence for a `value` that is of quite another kind than what is `expected`."""
    number = pointed(value) if isinstance(value, str) and "number" in expected else None
    remedy = f"; write {number} with a point" if number else ""
    return f"must be {expected}, got {shown(value)}{remedy}"


def items(count: int) -> str:
    """`count` items, in words."""
    return "1 item" if count == 1 else f"{count} items"


def either(kinds: Sequence[str]) -> str:
    """One of `kinds`, in words."""
    if len(kinds) == 1:
        return kinds[0]
    return f"{', '.join(kinds[:-1])} or {kinds[-1]}"


def _plain(limit: object) -> str:
    if isinstance(limit, float) and limit.is_integer() and abs(limit) < 1e15:
        return str(int(limit))
    return str(limit)
