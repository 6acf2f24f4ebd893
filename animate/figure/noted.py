"""What is said in the picture of what happens to a run, where it happens."""

from dataclasses import dataclass
from typing import Literal

EventKind = Literal["reach", "overshoot", "linger", "stall", "leave", "diverge"]
"""A run comes to a minimum to stay there, or ends nearer to it than one that does; goes past one
and turns back; stays for long beside a saddle, a maximum or on a plateau, and goes on, or not; is
outside of the window to the end; or diverges."""


@dataclass(frozen=True)
class Noted:
    """The `lines` that are said from `step` on, beside the place `at` of the surface.

    `together` is what is said of several runs instead of the last line of one. `arrives`: at a
    minimum, to stay. `height`: the run's loss at the end, above the lowest level.
    Room is taken by what sorts lower by `turn`.
    """

    step: int
    at: tuple[float, ...]
    lines: tuple[str, ...]
    together: str
    arrives: bool
    height: float

    @property
    def turn(self) -> tuple[bool, float]:
        """Arrivals take room last, the lowest end first; all else in order of time."""
        return self.arrives, self.height if self.arrives else self.step


LandmarkKind = Literal["minimum", "local minimum", "saddle", "maximum"]
"""A minimum is one of the lowest loss."""


@dataclass(frozen=True)
class Landmark:
    """A place of the surface at which its gradient is zero."""

    kind: LandmarkKind
    at: tuple[float, ...]
