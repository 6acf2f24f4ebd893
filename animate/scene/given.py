"""Of what kind the value is that a field was given."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard


def is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether it is a mapping; the keys of those that are read from YAML are text."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Whether it is a list, or in Python a tuple."""
    return isinstance(value, list | tuple)
