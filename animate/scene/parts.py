"""What every part of a scene shares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationInfo

from animate.files import Unreadable, check
from animate.scene.diagnostics import shown

_SMALLEST, _LARGEST, _FINEST = 1e-100, 1e100, 1e-10


@dataclass(frozen=True)
class Trust:
    """What the user lets a scene do: run Python of its own, name files outside of its folder."""

    code: bool = False
    outside: bool = False


NO_TRUST = Trust()


@dataclass(frozen=True)
class Surroundings:
    """What a scene is read in: the folder that its file names start from, and what is allowed.

    pydantic's validation context. `files` gathers those that the scene has named.
    """

    folder: Path = Path()
    trust: Trust = NO_TRUST
    files: list[Path] = field(default_factory=list, compare=False)

    def file(self, name: str) -> Path:
        """The file that the scene calls `name`. Raises ValueError where it may not be read.

        Unless the user has allowed it, none outside of the scene's folder, by whatever way.
        """
        place = self.folder / name
        try:
            inside = place.resolve().is_relative_to(self.folder.resolve())
        except (OSError, ValueError, RuntimeError) as error:
            why = getattr(error, "strerror", None) or error
            raise ValueError(f"{shown(name)} cannot be the name of a file ({why})") from None
        if not (inside or self.trust.outside):
            raise ValueError(
                f"{shown(name)} lies outside of the scene's folder; if you trust the scene, allow "
                "it with --allow-outside"
            )
        self.files.append(place)
        try:
            check(place)
        except Unreadable as error:
            raise ValueError(f"{shown(name)}: {error}") from None
        return place

    def check_code(self, reference: str) -> None:
        """Whether the scene may run the code at "module:function". Raises ValueError."""
        if not self.trust.code:
            module = reference.partition(":")[0]
            raise ValueError(
                f"this scene runs the code of the module {shown(module)}, which can do all that "
                "you can; if you trust it, allow it with --allow-code"
            )


def surroundings(info: ValidationInfo) -> Surroundings:
    """What the scene is read in, by pydantic's validation context."""
    return info.context or Surroundings()


class Part(BaseModel):
    """A part of a scene: frozen, exact about types, and closed to unknown keys.

    `refused` are keys of other parts that are often written here, and the sentence for each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
    refused: ClassVar[Mapping[str, str]] = {}


Positive = Annotated[float, Field(gt=0)]
Distance = Annotated[float, Field(gt=0, le=_LARGEST)]
Coordinate = Annotated[float, Field(ge=-_LARGEST, le=_LARGEST)]
Point = Annotated[tuple[Coordinate, Coordinate], Strict(False)]
Interval = Annotated[tuple[float, float], Strict(False)]
Window = Annotated[tuple[Interval, Interval], Strict(False)]


def ordered(window: Window, key: str) -> Window:
    """The window, whose key in the scene is `key`. Raises ValueError where an axis runs back."""
    for axis, interval in zip("xy", window, strict=True):
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
