"""Where runs may come to rest, and what is told of one: what it reaches, passes or stays beside."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Self

import numpy as np
from jaxtyping import Bool, Float

from animate.simulate.numerics import lengths
from animate.sources.description.critical import Kind, Point


@dataclass(frozen=True)
class Stay:
    """A run's stay beside `at`, or on a plateau, from step `first` to `last`."""

    kind: Kind | Literal["plateau"]
    at: Point | None
    first: int
    last: int


class Goals(NamedTuple):
    """Where runs may come to rest: minima, how far from each a run that has reached it may be, and
    whether it is one of the floor of a valley of equal ones; its loss is then below the `rim`."""

    places: Float[np.ndarray, "goal axis"]
    reaches: Float[np.ndarray, " goal"]
    floors: Bool[np.ndarray, " goal"]
    rims: Float[np.ndarray, " goal"]

    @classmethod
    def at(
        cls, places: Float[np.ndarray, "goal axis"], reaches: Float[np.ndarray, " goal"]
    ) -> Self:
        """Minima of no floors, whose rims are not known."""
        none = np.zeros(len(places), bool)
        return cls(places, reaches, none, np.full(len(places), np.inf))

    def at_one(self, place: Float[np.ndarray, " axis"]) -> bool:
        """Whether a place is within reach of one of them."""
        return bool((lengths(self.places - place) < self.reaches).any())

    def with_one(self, place: Point, reach: float, *, floor: bool) -> Self:
        """These and another one, whose rim is not known."""
        places = np.concatenate([self.places, [place]])
        rims = np.append(self.rims, np.inf)
        return type(self)(
            places, np.append(self.reaches, reach), np.append(self.floors, floor), rims
        )


class Reached(NamedTuple):
    """The minimum `place` that a run reaches, which may be one of the `floor` of a valley of equal
    ones, and the first recorded step from which on the run stays there. A floor may be `higher`
    than that of another run, a minimum than other places of the window."""

    place: Point
    floor: bool
    since: int
    higher: bool = False

    @property
    def at(self) -> Point | None:
        """The minimum; None where it is one of many equal ones."""
        return None if self.floor else self.place


class Overshot(NamedTuple):
    """The minimum `at` that a run goes past, the step at which it is `farthest` behind it for the
    first time, and where it has `passed` it, at its nearest; other places of the window may be
    lower, so that it is the `higher`."""

    at: Point
    farthest: int
    passed: Point
    higher: bool = False
