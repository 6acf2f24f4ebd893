"""What every kind of surface in a scene may say, and the window that it is seen in."""

from abc import abstractmethod
from dataclasses import replace

from animate.scene.parts import Interval, Part
from animate.scene.window import OwnWindow
from animate.surfaces import Surface

VARIABLES = ("x", "y")


class SurfacePart(Part):
    """What every kind of surface may say."""

    window: OwnWindow = None

    @property
    @abstractmethod
    def variables(self) -> int:
        """Of how many variables it is a function: 2, or 1."""

    @property
    def panel(self) -> str:
        """The panel that shows it, where a scene names none."""
        return "contour" if self.variables > 1 else "curve"

    @property
    def features(self) -> frozenset[str]:
        """What it is for panels to show: see `animate.figure.Traits.needs`."""
        return frozenset({"plane"} if self.variables > 1 else {"graph"})

    @abstractmethod
    def build(self) -> Surface:
        """The surface itself."""


def in_window(surface: Surface, window: tuple[Interval, ...] | None) -> Surface:
    """The surface in another window than its own, if there is one, with a start inside it."""
    if window is None:
        return surface
    inside = all(low <= at <= high for at, (low, high) in zip(surface.start, window, strict=True))
    return replace(surface, window=window, start=surface.start if inside else corner(window))


def corner(window: tuple[Interval, ...]) -> tuple[float, ...]:
    """A start towards the upper left corner: seldom a symmetric place."""
    shares = zip(window, (0.18, 0.83), strict=False)
    return tuple(low + share * (high - low) for (low, high), share in shares)
