"""What every part of a scene shares."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict


class Part(BaseModel):
    """A part of a scene: frozen, exact about types, and without keys of anybody's own making."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


Positive = Annotated[float, Field(gt=0)]
Point = Annotated[tuple[float, float], Strict(False)]
Interval = Annotated[tuple[float, float], Strict(False)]
Window = Annotated[tuple[Interval, Interval], Strict(False)]
