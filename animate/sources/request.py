"""Request: what is asked of a source, beside the scene."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from animate.figure import PanelEntry
from animate.watch import USUAL, Effort


@dataclass(frozen=True)
class Request:
    """The `panels` that will show the solution; what none needs is not computed.

    `table`: the paths are written as numbers.
    """

    panels: Sequence[PanelEntry] = ()
    table: bool = False
    effort: Effort = USUAL

    @property
    def measures(self) -> frozenset[Hashable]:
        """What is to be measured for the panels."""
        return frozenset[Hashable]().union(*(each.panel.traits.measures for each in self.panels))
