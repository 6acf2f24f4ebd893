"""The values that a sweep takes: a list of numbers, or so many from one to another."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal, Self, cast

from pydantic import Field, Strict, ValidationError, model_validator

from animate.errors import UsageError
from animate.scene.diagnostics import mistakes, validation_error
from animate.scene.given import is_list, is_mapping
from animate.scene.parts import Part

Layout = Literal["grid", "race", "film"]
MOST: Mapping[Layout, int] = {"grid": 16, "race": 16, "film": 300}
"""Values that can be told apart side by side and in one picture, and in one film."""


class Span(Part):
    """`count` values from one number to another, at equal distances or equal ratios."""

    first: float = Field(alias="from")
    to: float
    count: Annotated[int, Field(ge=2, le=max(MOST.values()))]
    scale: Literal["linear", "log"] = "linear"

    @model_validator(mode="after")
    def _has_ratios(self) -> Self:
        if self.scale == "log" and not self.first * self.to > 0:
            raise UsageError("on a log scale 'from' and 'to' must be both above or both below 0")
        return self

    def values(self) -> tuple[float, ...]:
        """The numbers, to three significant digits: what a title shows is what ran."""
        import numpy as np

        space = np.geomspace if self.scale == "log" else np.linspace
        return tuple(float(f"{each:.3g}") for each in space(self.first, self.to, self.count))


SweptValues = (
    Annotated[tuple[float, ...], Strict(False), Field(min_length=2, max_length=max(MOST.values()))]
    | Span
)


class _Listed(Part):
    """Values one by one."""

    numbers: Annotated[tuple[float, ...], Strict(False)]


def values_of(given: object, most: int, key: str) -> tuple[float, ...]:
    """The values of a list or a Span. Raises UsageError, and ValidationError inside of a Span."""
    if is_mapping(given):
        try:
            given = Span.model_validate(given).values()
        except ValidationError as error:
            found = [replace(each, path=(key, *each.path)) for each in mistakes(error, Span)]
            raise validation_error(found, given) from error
    items = given if is_list(given) else ()
    if not 1 < len(items) <= most:
        raise UsageError(f"takes 2 to {most} numbers, or {{from, to, count, scale}}")
    try:
        _Listed.model_validate({"numbers": items})
    except ValidationError as error:
        listed = mistakes(error, _Listed)
        found = [replace(each, path=(key, *each.path[1:])) for each in listed]
        raise validation_error(found, given) from error
    numbers = cast("tuple[float, ...]", tuple(items))  # whole ones stay so, as some options need
    twice = [each for k, each in enumerate(numbers) if each in numbers[:k]]
    if twice:
        raise UsageError(f"{twice[0]:g} is there twice, and both would be the same; leave one out")
    return numbers
