"""What a panel needs around it and of its shape, and how far panels are apart; all in pixels."""

from collections.abc import Callable
from dataclasses import dataclass, replace

STRETCH = 1.08
"""The largest ratio of the units of a panel's two axes, rather than leave room unused: 1.1 at most
once boxes are whole pixels."""

_CLOSER = 0.75
"""The gap between panels of one kind, as a share of that between different kinds."""


@dataclass(frozen=True)
class Need:
    """The room that labels take around the axes, in pixels, and the shape that the axes want.

    `shape` is width over height where the units of both axes are to be alike; None: any shape.
    `height` returns the height of a panel of words for a width; None: no panel of words, which can
    be of any height. `stretch` is the largest ratio of the units. `yields`: of any shape, it is as
    good lower than others, as a curve is and a relief is not.
    """

    left: float
    bottom: float
    right: float
    top: float
    shape: float | None = None
    height: Callable[[float], float] | None = None
    stretch: float = STRETCH
    yields: bool = True


@dataclass(frozen=True)
class Spacing:
    """The least distance between two panels, `gap`, and the height that is enough for a panel of
    any shape where one with a shape can use more, in pixels."""

    gap: float
    enough: float = 0.0

    @property
    def inner(self) -> "Spacing":
        """That of a grid inside of another one."""
        return replace(self, gap=_CLOSER * self.gap)
