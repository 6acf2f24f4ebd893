"""Options that several panels share, with their bounds."""

from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field

from animate.theme.value import matplotlib_stops

Levels = Annotated[int, Field(ge=1, le=256)]
"""Bands of colour: more than 256 cannot be told apart."""


def _rising(heights: tuple[float, ...]) -> tuple[float, ...]:
    if any(later <= before for before, later in pairwise(heights)):
        raise ValueError("heights must rise from each to the next")
    return heights


Heights = Annotated[tuple[float, ...], Field(min_length=1, max_length=64), AfterValidator(_rising)]
"""Losses at which level lines are drawn."""


def _known(name: str) -> str:
    matplotlib_stops(name)
    return name


Colormap = Annotated[str, AfterValidator(_known)]
"""The name of one of matplotlib's colormaps."""
