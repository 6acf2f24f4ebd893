"""The loss against the step."""

from dataclasses import dataclass

from animate.figure import Traits, View
from animate.panels.curves import Curves, Values


@dataclass(frozen=True, kw_only=True)
class Loss(Curves):
    """The loss against the step."""

    diverged_as_infinite = True

    @property
    def traits(self) -> Traits:
        return Traits(films=True, labels=True, needs=frozenset({"losses"}))

    def values(self, view: View, limits: View) -> Values:
        return view.trajectories.losses

    def label(self, view: View) -> str:
        return view.words("loss")
