"""Colours that a scene gives."""

from typing import Annotated

from pydantic import AfterValidator
from typing_extensions import TypeAliasType


def _hex(color: str) -> str:
    """The colour as #rrggbb, in which all that mixes colours takes them. Raises ValueError."""
    from matplotlib.colors import is_color_like, to_hex, to_rgba

    if not is_color_like(color):
        raise ValueError(f"there is no colour {color!r}; write a name or #rrggbb")
    if to_rgba(color)[3] < 1:
        raise ValueError(f"the colour {color!r} is transparent; trails are opaque")
    return to_hex(color)


Color = TypeAliasType("Color", Annotated[str, AfterValidator(_hex)] | None)
"""The name of one of matplotlib's colours, or #rrggbb, as which it is read."""
