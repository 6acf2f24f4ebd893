"""Where the entries of a legend stand, for what is to take their room."""

from collections.abc import Sequence
from dataclasses import dataclass

_GAP = 2.0
"""The distance between two columns, in type sizes."""
_WIDEST = 22.0
"""The greatest width of one of several columns, in type sizes."""


@dataclass(frozen=True)
class Slots:
    """Where the entries stand: the left end, line and width of each, in pixels, the line of the
    headings above them, and how far down a single column may reach, None: no further than it does.
    Several columns have the room `across`.
    """

    places: Sequence[tuple[float, float, float]]
    heading: float
    lowest: float | None
    across: float = 0.0

    def widened(self, em: float) -> list[tuple[float, float, float]]:
        """The places, the columns of all one width, as wide as there is room, in type of `em`."""
        starts = [*dict.fromkeys(place[0] for place in self.places)]
        if len(starts) < 2:
            return [*self.places]
        gap = _GAP * em
        wide = min((self.across + gap) / len(starts) - gap, _WIDEST * em)
        if wide < max(place[2] for place in self.places):
            return [*self.places]
        places = {start: self.places[0][0] + k * (wide + gap) for k, start in enumerate(starts)}
        return [(places[x], y, wide) for x, y, _ in self.places]
