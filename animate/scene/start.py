"""`start:` one point, several, or a swarm."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, Strict, field_validator

from animate.scene.parts import Distance, Part, Point, Window, ordered

if TYPE_CHECKING:
    import numpy as np


class Around(Part):
    """A normal distribution around a point, `std` along each axis."""

    around: Point
    std: Distance


class Swarm(Part):
    """`count` starts drawn at random: evenly from the window or a box, or around a point."""

    count: Annotated[int, Field(ge=1, le=10**9)]
    within: Literal["window"] | Window | Around = "window"
    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None

    @field_validator("within")
    @classmethod
    def _ordered(cls, within: Any) -> Any:
        return ordered(within, "within") if isinstance(within, tuple) else within

    def points(self, window: Window, seed: int) -> "np.ndarray":
        """The starts [count, 2] on a surface with that window, in a scene with that seed."""
        import numpy as np

        random = np.random.default_rng(seed if self.seed is None else self.seed)
        if isinstance(self.within, Around):
            return random.normal(self.within.around, self.within.std, (self.count, 2))
        low, high = np.array(window if self.within == "window" else self.within).T
        return random.uniform(low, high, (self.count, 2))


StartField = Annotated[tuple[Point, ...], Strict(False)] | Swarm
