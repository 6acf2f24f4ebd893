"""Options that several panels share, with their bounds."""

from typing import Annotated

from pydantic import AfterValidator, Field

from animate.theme.value import matplotlib_stops

Levels = Annotated[int, Field(ge=1, le=256)]
"""Bands of colour: more than 256 cannot be told apart."""


def _known(name: str) -> str:
    matplotlib_stops(name)
    return name


Colormap = Annotated[str, AfterValidator(_known)]
"""The name of one of matplotlib's colormaps."""
