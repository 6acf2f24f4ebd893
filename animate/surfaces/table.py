"""The table of surfaces, the decorator that fills it, and Surface: one with its options set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from inspect import signature
from typing import Annotated, TypeVar

from annotated_types import Ge, Gt

from animate.registry import Registry
from animate.surfaces.libraries import Array

Loss = Callable[..., Array]
"""(x, y, *, options…) or (x, *, options…) -> the loss, elementwise."""
Function = TypeVar("Function", bound=Callable[..., object])
Interval = tuple[float, float]
Window = tuple[Interval, ...]
Point = tuple[float, ...]
Positive = Annotated[float, Gt(0)]
NonNegative = Annotated[float, Ge(0)]

SURFACES = Registry("surface")


@dataclass(frozen=True)
class Surface:
    """A loss over the plane, or over a line.

    `function(x, y)`, or `function(x)`, takes JAX arrays of one shape and gives the loss in that
    shape. `window` is ((xmin, xmax), (ymin, ymax)), or ((xmin, xmax),); `start` a point inside it;
    `minima` every known global minimum, None where they are to be looked for in the window.
    Where the loss is a constant, the `base`, and what is added to it, that is the `relief`: its
    differences keep the digits that a large base takes.
    `written`: the name is a formula, which stands in a picture letter by letter.
    """

    name: str
    function: Loss
    window: Window
    start: Point
    minima: tuple[Point, ...] | None = None
    written: bool = False
    relief: Loss | None = None
    base: float = 0.0

    @property
    def title(self) -> str:
        """What a picture calls it."""
        return (
            self.name[:1].upper() + self.name[1:].replace("_", " ")
            if self.name.isidentifier() and not self.written
            else self.name.replace("$", r"\$")  # a file may be called so, and means no mathtext
        )


def surface(
    *,
    window: Window,
    start: Point,
    minima: tuple[Point, ...] | Callable[..., tuple[Point, ...]] = (),
) -> Callable[[Function], Function]:
    """Enter a function (x, y, *, options…) -> loss in the table, or one of x alone.

    `minima` lists every global minimum, or is a function of the options it depends on that does.
    """

    def enter(function: Function) -> Function:
        SURFACES.add(function, window=window, start=start, minima=minima)
        return function

    return enter


def built_in(name: str, options: Mapping[str, object]) -> Surface:
    """The surface `name` with `options` set.

    Raises UnknownName, and UsageError where the options of a surface do not fit together.

    >>> rosenbrock = built_in("rosenbrock", {"a": 2.0})
    >>> rosenbrock.minima, rosenbrock.function(2.0, 4.0)
    (((2.0, 4.0),), 0.0)
    """
    entry = SURFACES[name]
    values = {key: option.default for key, option in entry.options.items()} | dict(options)
    return Surface(
        name=name,
        function=partial(entry.make, **values),
        window=entry.facts["window"],
        start=entry.facts["start"],
        minima=_minima(entry.facts["minima"], values),
    )


def _minima(
    known: tuple[Point, ...] | Callable[..., tuple[Point, ...]], values: Mapping[str, object]
) -> tuple[Point, ...]:
    if isinstance(known, tuple):
        return known
    return known(**{key: values[key] for key in signature(known).parameters})
