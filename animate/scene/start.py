"""`start:` one point, several, or a swarm."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, Strict
from typing_extensions import TypeAliasType

from animate.errors import UsageError
from animate.scene.choice import Choice, Form
from animate.scene.diagnostics import shown
from animate.scene.given import is_list, is_mapping
from animate.scene.parts import Distance, Part, Point, Seed, Window, in_order

if TYPE_CHECKING:
    import numpy as np


class Around(Part):
    """A normal distribution around a point, with standard deviation `std` along each axis."""

    around: Annotated[Point, Field(examples=[[0.5, 1]])]
    std: Distance


class Swarm(Part):
    """`count` random starts: uniform in the window or a box, or normal around a point."""

    count: Annotated[int, Field(ge=1, le=10**9)]
    within: Literal["window"] | Annotated[Window, in_order("within")] | Around = "window"
    seed: Seed | None = None

    def points(self, window: Window, seed: int) -> "np.ndarray":
        """The starts [count, 2] on a surface with that window, in a scene with that seed."""
        import numpy as np

        random = np.random.default_rng(seed if self.seed is None else self.seed)
        if isinstance(self.within, Around):
            return random.normal(self.within.around, self.within.std, (self.count, 2))
        low, high = np.array(window if self.within == "window" else self.within).T
        return random.uniform(low, high, (self.count, 2))


def _choose(value: object) -> tuple[str, object]:
    if is_mapping(value):
        return "swarm", value
    if not is_list(value):
        raise UsageError(
            f"must be a point [x, y], a list of points or a mapping such as {{count: 500}}, got "
            f"{shown(value)}"
        )
    if any(isinstance(each, list | tuple | dict) for each in value):
        return "points", value
    if len(value) != 2:
        raise UsageError("must be a point [x, y] or a list of points")
    return "point", value


_FORMS: dict[str, Form] = {
    "point": Annotated[Point, AfterValidator(lambda point: (point,))],
    "points": Annotated[tuple[Point, ...], Strict(False)],
    "swarm": Swarm,
}

Start = TypeAliasType(
    "Start",
    Annotated[tuple[Point, ...] | Swarm, Choice(_choose, _FORMS.__getitem__, _FORMS.keys)],
)
