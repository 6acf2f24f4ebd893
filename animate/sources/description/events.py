"""What happens to a run and when, and whether distances and losses tell one story of the ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from animate.figure.noted import EventKind
from animate.sources.description.critical import Point
from animate.sources.description.outcomes import Outcome


@dataclass(frozen=True)
class Event:
    """What a run does from step `first` on: it "reaches" a minimum, or "reaches a local minimum"
    where the window has lower places, "reaches a floor" of equal ones, or "reaches a higher floor"
    than another run, "overshoots" a minimum or "overshoots a local minimum", ends "nearer" to one
    than a lower run, "diverges", "strays" off the surface, "leaves" or "leaves upwards", or stays
    beside a "saddle", a "maximum" or on a "plateau" up to `last`; None: it is over at once, or
    `lasts` to the end. `at` is the place, where there is one.
    """

    kind: str
    first: int
    at: Point | None = None
    last: int | None = None
    lasts: bool = False

    @property
    def group(self) -> EventKind:
        """The kind as a scene names it."""
        if self.kind in _GROUPS:
            return _GROUPS[self.kind]
        return "stall" if self.lasts else "linger"


_GROUPS: Mapping[str, EventKind] = {
    "reaches": "reach",
    "reaches a local minimum": "reach",
    "reaches a floor": "reach",
    "reaches a higher floor": "reach",
    "overshoots": "overshoot",
    "overshoots a local minimum": "overshoot",
    "nearer": "reach",
    "diverges": "diverge",
    "strays": "leave",
    "leaves": "leave",
    "leaves upwards": "leave",
}


def events(outcome: Outcome, end: int) -> list[Event]:
    """The events of one run, whose last step is `end`, in no order."""
    found = [
        Event(
            stay.kind,
            stay.first,
            stay.at,
            last=None if stay.last == end else stay.last,
            lasts=stay.last == end,
        )
        for stay in outcome.stays
    ]
    if outcome.reached is not None:
        reached = outcome.reached
        kinds = ("reaches a floor", "reaches a higher floor")
        if reached.at is not None:
            kinds = ("reaches", "reaches a local minimum")
        found.append(Event(kinds[reached.higher], reached.since, reached.at))
    if outcome.overshot is not None:
        past = outcome.overshot
        kind = "overshoots a local minimum" if past.higher else "overshoots"
        found.append(Event(kind, past.farthest, past.at))
    if outcome.nearer:
        found.append(Event("nearer", end))
    if outcome.lost is not None:
        found.append(Event("strays" if outcome.strayed else "diverges", outcome.lost))
    elif outcome.left is not None:
        found.append(Event("leaves upwards" if outcome.rises else "leaves", outcome.left))
    return found


def disagree(outcomes: Sequence[Outcome]) -> bool:
    """Whether none of the runs that end nearest to a minimum has the lowest loss, in the three
    digits that are told. One that has reached its minimum is at no distance."""
    ends = [
        (0.0 if each.reached else float(f"{each.nearest[1]:.3g}"), float(f"{each.height:.3g}"))
        for each in outcomes
        if each.nearest is not None
    ]
    return bool(ends) and min(ends)[1] > min(height for _, height in ends)
