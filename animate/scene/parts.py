"""What every part of a scene shares: a model closed to unknown keys, numbers, points, windows."""

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    ValidationInfo,
    field_validator,
)
from typing_extensions import TypeAliasType

from animate.scene.whole import whole

_SMALLEST, _LARGEST, _FINEST = 1e-100, 1e100, 1e-10


class Part(BaseModel):
    """A part of a scene: frozen, exact about types, and closed to unknown keys.

    `refused` are keys of other parts that are often written here, and the sentence for each.
    `usual` are names that others have for keys, in small letters, and the keys that may be meant.
    `made_by` are the function and its argument that make the class, where no module has it.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True
    )
    refused: ClassVar[Mapping[str, str]] = {}
    usual: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    made_by: ClassVar[tuple[Callable[[Any], type[BaseModel]], Hashable] | None] = None

    @field_validator("*", mode="before")
    @classmethod
    def _with_whole_numbers(cls, value: object, info: ValidationInfo) -> object:
        """The value of a field; of one that is a whole number 1e2 is 100."""
        field = cls.model_fields[info.field_name or ""]
        return whole(value, field.annotation)

    def __reduce__(self) -> tuple[object, ...]:
        """For another process: the fields alone, since what was computed of them is found again."""
        state = dict(self.__getstate__())
        fields = type(self).model_fields
        state["__dict__"] = {key: each for key, each in vars(self).items() if key in fields}
        return _blank, (vars(type(self)).get("made_by") or type(self),), state


def _blank(made_by: Any) -> BaseModel:
    """A part without fields, of a class or of the one that a function makes."""
    kind: type[BaseModel] = made_by if isinstance(made_by, type) else made_by[0](made_by[1])
    return kind.__new__(kind)


_Number = Annotated[float, Strict()]
Positive = Annotated[float, Field(gt=0)]
Seed = Annotated[int, Field(ge=0, lt=2**32)]
Distance = Annotated[float, Strict(), Field(gt=0, le=_LARGEST)]
Coordinate = Annotated[float, Strict(), Field(ge=-_LARGEST, le=_LARGEST)]
Point = Annotated[tuple[Coordinate, Coordinate], Strict(False)]
Interval = Annotated[tuple[_Number, _Number], Strict(False)]
Window = TypeAliasType("Window", Annotated[tuple[Interval, Interval], Strict(False)])
"""The ranges of x and y."""


def in_order(key: str) -> AfterValidator:
    """The check of a window that stands at `key`: its axes run forwards, and are not too short."""
    return AfterValidator(partial(ordered, key=key))


def ordered(window: tuple[Interval, ...], key: str) -> tuple[Interval, ...]:
    """The window, whose key in the scene is `key`.

    Raises ValueError where an axis runs backwards or is too short to draw.
    """
    for axis, interval in zip("xy", window, strict=False):
        if not interval[0] < interval[1]:
            raise ValueError(
                f"{key}: {axis} must run from the smaller to the larger number, "
                f"got [{interval[0]:g}, {interval[1]:g}]"
            )
        size = max(map(abs, interval))
        if not _SMALLEST <= size <= _LARGEST or interval[1] - interval[0] < _FINEST * size:
            raise ValueError(
                f"{key}: {axis} leaves no room for a picture: its ends may be up to {_LARGEST:g}, "
                f"and differ by more than {_FINEST:g} of their size, got "
                f"[{interval[0]!r}, {interval[1]!r}]"
            )
    return window
