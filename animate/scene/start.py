"""`start:` one point, several, or a swarm."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, Strict
from typing_extensions import TypeAliasType

from animate.errors import UsageError
from animate.scene.choice import Choice, Form
from animate.scene.diagnostics import shown
from animate.scene.given import is_list, is_mapping
from animate.scene.parts import Coordinate, Distance, Interval, Part, Point, Seed, Window, in_order

if TYPE_CHECKING:
    import numpy as np

Place = tuple[float, ...]
"""A point [x, y], or of a function of one variable (x)."""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _choose_place(value: object) -> tuple[str, object]:
    return ("number" if _is_number(value) else "point"), value


_PLACES: Mapping[str, Form] = {
    "number": Annotated[Coordinate, AfterValidator(lambda x: (x,))],
    "point": Annotated[Point, Field(examples=[[0.5, 1]])],
}
AnyPlace = Annotated[Place, Choice(_choose_place, _PLACES.__getitem__, _PLACES.keys)]


class Around(Part):
    """A normal distribution around a point, with standard deviation `std` along each axis."""

    around: Annotated[AnyPlace, Field(examples=[[0.5, 1]])]
    std: Distance


def _choose_within(value: object) -> tuple[str, object]:
    if isinstance(value, str):
        return "window", value
    if is_mapping(value):
        return "around", value
    line = is_list(value) and len(value) == 2 and all(map(_is_number, value))
    return ("line" if line else "plane"), value


_WITHIN: Mapping[str, Form] = {
    "window": Literal["window"],
    "line": Annotated[Interval, AfterValidator(lambda interval: (interval,)), in_order("within")],
    "plane": Annotated[Window, in_order("within")],
    "around": Around,
}


class Swarm(Part):
    """`count` random starts: uniform in the window or a box, or normal around a point."""

    count: Annotated[int, Field(ge=1, le=10**9)]
    within: Annotated[
        Literal["window"] | tuple[Interval, ...] | Around,
        Choice(_choose_within, _WITHIN.__getitem__, _WITHIN.keys),
    ] = "window"
    seed: Seed | None = None

    @property
    def variables(self) -> int | None:
        """Of how many variables its box or point is; None: it takes the window's."""
        if self.within == "window":
            return None
        return len(self.within.around if isinstance(self.within, Around) else self.within)

    def points(self, window: tuple[Interval, ...], seed: int) -> "np.ndarray":
        """The starts [count, axis] on a surface with that window, in a scene with that seed."""
        import numpy as np

        random = np.random.default_rng(seed if self.seed is None else self.seed)
        if isinstance(self.within, Around):
            return random.normal(self.within.around, self.within.std, (self.count, len(window)))
        low, high = np.array(window if self.within == "window" else self.within).T
        return random.uniform(low, high, (self.count, len(window)))


_POINT = "a point [x, y], a list of points or a mapping such as {count: 500}"
_NUMBER = "a number, a list of numbers or a mapping such as {count: 500}"


def _choose(value: object) -> tuple[str, object]:
    if is_mapping(value):
        return "swarm", value
    if _is_number(value):
        return "number", value
    if not is_list(value):
        raise UsageError(f"must be {_POINT}, got {shown(value)}")
    if any(isinstance(each, list | tuple | dict) for each in value):
        return "points", value
    return "numbers", value


_FORMS: dict[str, Form] = {
    "number": Annotated[Coordinate, AfterValidator(lambda x: ((x,),))],
    "numbers": Annotated[
        tuple[Coordinate, ...],
        Strict(False),
        AfterValidator(lambda numbers: tuple((x,) for x in numbers)),
    ],
    "points": Annotated[tuple[Point, ...], Strict(False)],
    "swarm": Swarm,
}

Start = TypeAliasType(
    "Start",
    Annotated[tuple[Place, ...] | Swarm, Choice(_choose, _FORMS.__getitem__, _FORMS.keys)],
)
"""Numbers stand alone or in a list: of a surface of two variables two of them are a point."""


def in_variables(start: tuple[Place, ...] | Swarm, variables: int) -> tuple[Place, ...] | Swarm:
    """The start on a surface of so many variables. Raises UsageError where it is on none such."""
    if isinstance(start, Swarm):
        if start.variables not in (None, variables):
            where = "[0, 1] or {around: 0, std: 0.1}"
            if variables == 2:
                where = "[[0, 1], [0, 1]] or {around: [0, 0], std: 0.1}"
            raise UsageError(f"within: must be window, or such as {where}")
        return start
    if variables == 1:
        if not start or any(len(place) != 1 for place in start):
            raise UsageError(f"must be {_NUMBER}: the surface is a function of x alone")
        return start
    if len(start) == 1 and len(start[0]) == 1:
        raise UsageError(f"must be {_POINT}, got {start[0][0]:g}")
    if len(start) == 2 and all(len(place) == 1 for place in start):
        return (start[0] + start[1],)
    if not start or any(len(place) != 2 for place in start):
        raise UsageError("must be a point [x, y] or a list of points")
    return start
