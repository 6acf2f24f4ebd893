"""Whole numbers that are written with an exponent or a point: 1e2 is one, as in JSON Schema."""

from math import copysign
from operator import is_

from animate.scene.diagnostics.located import alternatives, children
from animate.scene.given import is_list

_EXACT = 2.0**53
"""Below it every whole number is itself as a float."""


def whole(value: object, kind: object) -> object:
    """The value that is to have the type `kind`, floats as whole numbers where these alone belong.

    >>> whole(1e2, int), whole(1.5, int), whole(2.0, float), whole([1e3, 500], tuple[int, int])
    (100, 1.5, 2.0, [1000, 500])
    """
    if isinstance(value, float):
        kinds = list(alternatives(kind))
        taken = int in kinds and float not in kinds and value.is_integer() and abs(value) < _EXACT
        return int(value) if taken and (value or copysign(1.0, value) > 0) else value
    if not is_list(value):
        return value
    items = [_within(each, kind, k) for k, each in enumerate(value)]
    return value if all(map(is_, items, value)) else items


def _within(value: object, kind: object, place: int) -> object:
    """The item of that `place` in a list of the type `kind`."""
    inner = [child for each in alternatives(kind) for child in children(each, place)]
    if float in inner:
        return value
    return next((found for each in inner if (found := whole(value, each)) is not value), value)
