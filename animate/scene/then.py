"""`then:` the optimizer that goes on from a step, within the one before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Generic, TypeVar, cast

from pydantic import (
    BeforeValidator,
    Field,
    Strict,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)

from animate.errors import Mistake, UsageError
from animate.scene.choice import Form
from animate.scene.diagnostics import mistakes, shown, validation_error
from animate.scene.given import is_mapping

Optimizer = TypeVar("Optimizer")

_EXAMPLE = "{at: 300, name: sgd, learning_rate: 0.05}"
_At = Annotated[int, Strict(), Field(ge=1)]
SCHEMA = WithJsonSchema(
    {
        "type": "object",
        "description": "Another optimizer, with its options, that goes on from a step.",
        "properties": {"at": {"type": "integer", "minimum": 1}, "name": {"type": "string"}},
        "required": ["at", "name"],
    }
)
"""The schema leaves the options of the optimizer to the reader: it would have no end otherwise."""


@dataclass(frozen=True)
class Then(Generic[Optimizer]):
    """Another optimizer, which takes over after `at` updates and begins without a memory."""

    at: int
    optimizer: Optimizer


def in_order(first: Sequence[str], at: int, later: Sequence[str]) -> tuple[str, ...]:
    """The update rules of two methods in lines of mathtext, the later one's below the updates it
    holds for; none where either is not known.

    `t` counts the updates from 1, and a method that needs it counts its own.
    """
    if not first or not later:
        return ()
    own = rf",\;\; t \leftarrow t - {at}" if any("^t" in line for line in later) else ""
    return (*first, f"t > {at}{own}:", *later)


def reads_then(kind: Callable[[], Form]) -> BeforeValidator:
    """What reads `then:` as a Then of what `kind()` reads, which may be defined later.

    Reading raises UsageError, and ValidationError with the places of mistakes.
    """

    def read(value: object, info: ValidationInfo) -> Then[Any] | None:
        if value is None or isinstance(value, Then):
            return cast("Then[Any] | None", value)
        if not is_mapping(value):
            raise UsageError(f"must be a mapping such as {_EXAMPLE}, got {shown(value)}")
        found: list[Mistake] = []
        rest = {key: each for key, each in value.items() if key != "at"}
        if "at" not in value:
            found.append(Mistake((), f"the key 'at' is missing, as in {_EXAMPLE}"))
        at = _part(_At, value.get("at", 1), ("at",), info, found)
        optimizer = _part(kind(), rest, (), info, found)
        if optimizer and optimizer.then is not None:
            found.append(Mistake(("then",), "a third optimizer cannot follow; leave it out"))
        if optimizer and optimizer.fixed_rate() is None:
            why = "needs a learning_rate, a number or a schedule: in mid-run none is searched for"
            found.append(Mistake((), why))
        if found:
            raise validation_error(found, value)
        return Then(at, optimizer)

    return BeforeValidator(read)


def _part(
    kind: Form, value: object, place: tuple[str, ...], info: ValidationInfo, found: list[Mistake]
) -> Any:
    """The part of a type, or None and its mistakes among those that were `found`."""
    try:
        return TypeAdapter(kind).validate_python(value, context=info.context)
    except ValidationError as error:
        found += [replace(each, path=(*place, *each.path)) for each in mistakes(error, kind)]
        return None
