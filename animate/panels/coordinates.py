"""The two coordinates, each by itself."""

from dataclasses import dataclass

from animate.figure import View
from animate.panels.curves import Curves, Values, by_coordinate, coordinates


@dataclass(frozen=True, kw_only=True)
class Coordinates(Curves):
    """x and y against the step: two curves an optimizer, told apart by their line styles.

    Of a function of one variable it is x.
    """

    def values(self, view: View, limits: View) -> Values:
        return by_coordinate(view, view.trajectories.positions)

    def label(self, view: View) -> str:
        return view.words("coordinates") if view.terrain.variables > 1 else view.axes[0]

    def parts(self, view: View) -> tuple[str, ...]:
        return coordinates(view)
