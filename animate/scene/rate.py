"""`learning_rate:` a number, `best`, or one of optax's schedules."""

import inspect
import math
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from animate.errors import UnknownName, UsageError
from animate.registry import hint
from animate.scene.diagnostics import shown
from animate.scene.parts import Part

Best = Literal["best"]


class Schedule(Part):
    """A learning rate that changes with the step: one of optax's schedules and its arguments."""

    schedule: str
    arguments: dict[str, Any] = Field(default_factory=dict)

    @field_validator("arguments")
    @classmethod
    def _known(cls, arguments: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        if "schedule" in info.data:
            schedule = schedule_maker(info.data["schedule"])
            check_arguments(schedule, arguments)
            _try(schedule, arguments)
        return arguments

    def build(self) -> Callable[[Any], Any]:
        """The optax schedule: a function of the number of updates made."""
        return schedule_maker(self.schedule)(**self.arguments)


def schedule_maker(name: str) -> Callable[..., Any]:
    """optax's function of that name that makes a schedule. Raises UnknownName."""
    import optax

    names = [each for each in dir(optax.schedules) if re.fullmatch("[a-z].*_schedule", each)]
    if name not in names:
        raise UnknownName(f"optax has no schedule named {name!r}.{hint(name, names)}")
    return getattr(optax.schedules, name)


def check_arguments(function: Callable[..., Any], given: Mapping[str, Any]) -> None:
    """Whether `function` can be called with `given`. Raises UsageError with the nearest name."""
    parameters = inspect.signature(function).parameters
    for key in given:
        if key not in parameters:
            raise UsageError(f"unknown key {key!r}.{hint(key, list(parameters))}")
    empty = inspect.Parameter.empty
    missing = [
        key for key, each in parameters.items() if each.default is empty and key not in given
    ]
    if missing:
        raise UsageError(f"the key {missing[0]!r} is missing")


def _try(schedule: Callable[..., Any], arguments: Mapping[str, Any]) -> None:
    """Whether the schedule can be made and begins with a learning rate. Raises UsageError."""
    try:
        first = float(schedule(**arguments)(0))
    except Exception as error:  # what optax finds wrong with an argument may be of any kind
        said = str(error).strip().partition("\n")[0]
        raise UsageError(f"optax cannot make this schedule: {said}") from error
    if not 0 <= first < float("inf"):
        raise UsageError(f"must begin with a learning rate of at least 0, got {first:g}")


def learning_rate(value: Any) -> float | Best | Schedule:
    """A positive number, `best`, or a schedule. Raises UsageError and ValidationError."""
    if value == "best":
        return "best"
    if isinstance(value, Schedule):
        return value
    if isinstance(value, Mapping):
        if not isinstance(value.get("schedule"), str):
            raise UsageError("a schedule needs the key 'schedule', such as cosine_decay_schedule")
        arguments = {key: each for key, each in value.items() if key != "schedule"}
        schedule_maker(value["schedule"])
        return Schedule(schedule=value["schedule"], arguments=arguments)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UsageError(f"must be a number, 'best' or a schedule, got {shown(value)}")
    if not math.isfinite(value):
        raise UsageError(f"must be a finite number, got {shown(value)}")
    if value <= 0:
        raise UsageError(f"must be greater than 0, got {shown(value)}")
    return float(value)


class _RateField:
    """The learning rate's field: `learning_rate` checks it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(learning_rate)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0},
                {"const": "best"},
                {"type": "object", "properties": {"schedule": {"type": "string"}}},
            ]
        }


Rate = Annotated[Any, _RateField()]
