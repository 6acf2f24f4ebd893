"""`surface:` what is descended."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationInfo, field_validator

from animate.errors import UsageError
from animate.formula import compile_formula
from animate.scene.base import Part, Window
from animate.scene.vocabulary import Vocabulary, option_values, options_model
from animate.surfaces import SURFACES, Surface, built_in

KINDS = ("name", "formula")


class SurfacePart(Part):
    """What every kind of surface may say."""

    window: Window | None

    @field_validator("window")
    @classmethod
    def _ordered(cls, window: Window | None) -> Window | None:
        for axis, interval in zip("xy", window or (), strict=False):
            if not interval[0] < interval[1]:
                raise ValueError(
                    f"window: {axis} must run from the smaller to the larger number, "
                    f"got [{interval[0]:g}, {interval[1]:g}]"
                )
        return window

    @abstractmethod
    def build(self) -> Surface:
        """The surface itself."""


class Named(SurfacePart):
    """A built-in surface, its own parameters beside its name."""

    window: Window | None = None
    name: str

    def build(self) -> Surface:
        surface = built_in(self.name, option_values(self, SURFACES[self.name]))
        if self.window is None:
            return surface
        start = surface.start if _inside(surface.start, self.window) else _corner(self.window)
        return replace(surface, window=self.window, start=start)


class Formula(SurfacePart):
    """A surface written down: x, y, numbers, functions, and constants with names."""

    window: Window  # type: ignore[assignment]  # nothing else tells where a formula is looked at
    constants: dict[str, float] = Field(default_factory=dict)
    formula: str

    @field_validator("formula")
    @classmethod
    def _readable(cls, formula: str, info: ValidationInfo) -> str:
        compile_formula(formula, constants=info.data.get("constants", {}))
        return formula

    def build(self) -> Surface:
        function = compile_formula(self.formula, constants=self.constants)
        return Surface(self.formula, function, self.window, _corner(self.window))


def _inside(point: tuple[float, float], window: Window) -> bool:
    return all(low <= at <= high for at, (low, high) in zip(point, window, strict=True))


def _corner(window: Window) -> tuple[float, float]:
    """A start towards the upper left corner: seldom a symmetric place."""
    (left, right), (bottom, top) = window
    return (left + 0.18 * (right - left), bottom + 0.83 * (top - bottom))


def _choose(value: Any) -> tuple[type[BaseModel], Mapping[str, Any]]:
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, Mapping):
        raise UsageError("must be a name or a mapping such as {name: rosenbrock, b: 50}")
    kinds = [kind for kind in KINDS if kind in value]
    if len(kinds) != 1:
        raise UsageError(f"must have exactly one of the keys {', '.join(KINDS)}")
    if kinds == ["formula"]:
        return Formula, value
    if not isinstance(value["name"], str):
        raise UsageError("name must be text")
    return options_model("surface", SURFACES[value["name"]], Named), value


def _models() -> Iterator[type[BaseModel]]:
    yield Formula
    for entry in SURFACES.values():
        yield options_model("surface", entry, Named)


SurfaceField = Annotated[Any, Vocabulary(_choose, _models, lambda: SURFACES)]
