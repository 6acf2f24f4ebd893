"""The two coordinates, each by itself."""

from dataclasses import dataclass

from animate.figure import View
from animate.panels.curves import Curves, Values, by_coordinate, coordinates


@dataclass(frozen=True, kw_only=True)
class Coordinates(Curves):
    """x and y against the step: two curves an optimizer, told apart by their line styles."""

    def values(self, view: View, limits: View) -> Values:
        return by_coordinate(view, view.trajectories.positions)

    def label(self, view: View) -> str:
        return view.words("coordinates")

    def parts(self, view: View) -> tuple[str, ...]:
        return coordinates(view)
