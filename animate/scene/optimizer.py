"""`optimizers:` and `learning_rate:` who descends, and how fast."""

import inspect
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationInfo, field_validator

from animate.errors import UnknownName, UsageError
from animate.optimizers import OPTIMIZERS, own_rate
from animate.registry import hint
from animate.scene.base import Part
from animate.scene.vocabulary import Vocabulary, option_values, options_model

Best = Literal["best"]


class Schedule(Part):
    """A learning rate that changes with the step: one of optax's schedules and its arguments."""

    schedule: str
    arguments: dict[str, Any] = Field(default_factory=dict)

    @field_validator("arguments")
    @classmethod
    def _known(cls, arguments: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        if "schedule" in info.data:
            check_arguments(schedule_maker(info.data["schedule"]), arguments)
        return arguments

    def build(self) -> Callable[[Any], Any]:
        """The optax schedule: a function of the number of updates made."""
        return schedule_maker(self.schedule)(**self.arguments)


def schedule_maker(name: str) -> Callable[..., Any]:
    """optax's function of that name that makes a schedule. Raises UnknownName."""
    import optax

    names = [each for each in dir(optax.schedules) if each.endswith("_schedule")]
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
        raise UsageError(f"must be a number, 'best' or a schedule, got {value!r}")
    if not 0 < value < float("inf"):
        raise UsageError(f"must be greater than 0, got {value!r}")
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


class OptimizerPart(Part):
    """What every optimizer may say."""

    name: str
    learning_rate: Rate | None = None
    label: str | None = Field(default=None, max_length=40)
    color: str | None = None

    @field_validator("color")
    @classmethod
    def _colour(cls, color: str | None) -> str | None:
        if color is not None:
            from matplotlib.colors import is_color_like

            if not is_color_like(color):
                raise ValueError(f"there is no colour {color!r}; write a name or #rrggbb")
        return color

    @abstractmethod
    def maker(self) -> Callable[[Any], Any]:
        """A function from a learning rate to the optax transformation."""

    def own_rate(self) -> float | None:
        """The learning rate that the method brings, if it brings one."""
        return None

    def shown(self) -> str:
        """What the legend calls it."""
        return self.label or self.name


class House(OptimizerPart):
    """An optimizer of the table, with its own constants."""

    def maker(self) -> Callable[[Any], Any]:
        entry = OPTIMIZERS[self.name]
        return partial(entry.make, **option_values(self, entry))

    def own_rate(self) -> float | None:
        return own_rate(self.name)

    def shown(self) -> str:
        return self.label or OPTIMIZERS[self.name].facts["title"]


def _choose(value: Any) -> tuple[type[BaseModel], Mapping[str, Any]]:
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, Mapping):
        raise UsageError("must be a name or a mapping such as {name: adam, learning_rate: 0.1}")
    if not isinstance(value.get("name"), str):
        raise UsageError("the key 'name' is missing")
    return options_model("optimizer", OPTIMIZERS[value["name"]], House), value


def _models() -> Iterator[type[BaseModel]]:
    for entry in OPTIMIZERS.values():
        yield options_model("optimizer", entry, House)


OptimizerField = Annotated[Any, Vocabulary(_choose, _models, lambda: OPTIMIZERS)]
