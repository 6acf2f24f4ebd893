"""`surface:` a function of two variables, or of one: built in, a formula, a grid, Python code."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from typing_extensions import TypeAliasType

from animate.errors import FormulaError, UsageError
from animate.scene.choice import Choice, OptionsPart, options_model, remade, with_name
from animate.scene.constants import Constants, named_for
from animate.scene.context import CodeReference, ReadingContext, SceneFile
from animate.scene.misplaced import refuse_formula
from animate.scene.parts import Interval, Part
from animate.scene.window import OwnWindow, Ranges, ask_for_window
from animate.surfaces import SURFACES, Surface, built_in
from animate.surfaces.code import load_function
from animate.surfaces.formula import compile_formula, compile_relief
from animate.surfaces.grid import read_grid

KINDS = ("name", "formula", "grid", "python", "network")


VARIABLES = ("x", "y")


class SurfacePart(Part):
    """What every kind of surface may say."""

    window: OwnWindow = None

    @property
    @abstractmethod
    def variables(self) -> int:
        """Of how many variables it is a function: 2, or 1."""

    @property
    def panel(self) -> str:
        """The panel that shows it, where a scene names none."""
        return "contour" if self.variables > 1 else "curve"

    @property
    def features(self) -> frozenset[str]:
        """What it is for panels to show: see `animate.figure.Traits.needs`."""
        return frozenset({"plane"} if self.variables > 1 else {"graph"})

    @abstractmethod
    def build(self) -> Surface:
        """The surface itself."""


class TableSurface(SurfacePart, OptionsPart):
    """A built-in surface, its own parameters beside its name."""

    name: str

    @property
    def variables(self) -> int:
        return len(self.entry.facts["window"])

    @model_validator(mode="after")
    def _can_be_built(self) -> Self:
        if self.window is not None and len(self.window) != self.variables:
            ask_for_window(self.name, self.variables)
        self.build()
        return self

    def build(self) -> Surface:
        surface = built_in(self.name, self.options())
        return _in_window(surface, self.window)


class FormulaSurface(SurfacePart):
    """A surface written down: x, y, numbers, functions, and constants with names.

    Its window says whether it is a function of two variables or of one: two intervals, or one.
    """

    window: Ranges  # type: ignore[assignment]  # a formula has none of its own
    constants: Annotated[Constants, named_for("x", "y")]
    formula: str

    @field_validator("formula")
    @classmethod
    def _readable(cls, formula: str, info: ValidationInfo) -> str:
        window, constants = info.data.get("window"), info.data.get("constants")
        if constants is not None:
            compile_formula(formula, constants=constants)
            if window is not None and len(window) == 1 and not _has(formula, "x", constants):
                ask_for_window("a formula of x and y", 2)
        return formula

    @property
    def variables(self) -> int:
        return len(self.window)

    def build(self) -> Surface:
        variables = VARIABLES[: self.variables]
        function = compile_formula(self.formula, variables=variables, constants=self.constants)
        relief, base = compile_relief(self.formula, variables=variables, constants=self.constants)
        return Surface(
            self.formula,
            function,
            self.window,
            _corner(self.window),
            written=True,
            relief=relief,
            base=base,
        )


class GridSurface(SurfacePart):
    """A surface as numbers in a file, .npz, .csv or a picture, named from the scene's folder."""

    grid: SceneFile

    @property
    def variables(self) -> int:
        return len(self._whole.window)

    @model_validator(mode="after")
    def _is_readable(self) -> Self:
        if self.window is not None and len(self.window) != self.variables:
            ask_for_window("a grid", self.variables)
        window, whole = self.build().window, self._whole.window
        for axis, (low, high), (least, most) in zip("xy", window, whole, strict=True):
            if low < least or high > most:
                raise ValueError(
                    f"the window reaches beyond the grid, whose {axis} runs from {least:g} to "
                    f"{most:g}"
                )
        return self

    def build(self) -> Surface:
        return _in_window(self._whole, self.window)

    @cached_property
    def _whole(self) -> Surface:
        return read_grid(self.grid)


class PythonSurface(SurfacePart):
    """A surface as a function of a Python module beside the scene; needs --allow-code."""

    window: Ranges  # type: ignore[assignment]  # nor has a function
    python: CodeReference
    _folder: Path = PrivateAttr(Path())

    @property
    def variables(self) -> int:
        return len(self.window)

    @model_validator(mode="after")
    def _can_be_loaded(self, info: ValidationInfo) -> Self:
        self._folder = ReadingContext.of(info).folder
        self.build()
        return self

    def build(self) -> Surface:
        start = _corner(self.window)
        return load_function(self.python, folder=self._folder, window=self.window, start=start)


def _has(formula: str, variables: str, constants: Mapping[str, float]) -> bool:
    """Whether the formula, which can be read, has no other variables than those."""
    try:
        compile_formula(formula, variables=tuple(variables), constants=constants)
    except FormulaError:
        return False
    return True


def _in_window(surface: Surface, window: tuple[Interval, ...] | None) -> Surface:
    """The surface in another window than its own, if there is one, with a start inside it."""
    if window is None:
        return surface
    inside = all(low <= at <= high for at, (low, high) in zip(surface.start, window, strict=True))
    return replace(surface, window=window, start=surface.start if inside else _corner(window))


def _corner(window: tuple[Interval, ...]) -> tuple[float, ...]:
    """A start towards the upper left corner: seldom a symmetric place."""
    shares = zip(window, (0.18, 0.83), strict=False)
    return tuple(low + share * (high - low) for (low, high), share in shares)


_OWN: Mapping[str, type[SurfacePart]] = {
    "formula": FormulaSurface,
    "grid": GridSurface,
    "python": PythonSurface,
}


def kind_of(value: object) -> tuple[str, Mapping[str, object]]:
    """Which of KINDS a surface is, and the mapping that says it. Raises UsageError."""
    given = with_name(value, "{name: rosenbrock, b: 50}")
    kinds = [kind for kind in KINDS if kind in given]
    if len(kinds) != 1:
        raise UsageError(f"must have exactly one of the keys {', '.join(KINDS)}")
    return kinds[0], given


def _choose(value: object) -> tuple[tuple[str, str], Mapping[str, object]]:
    kind, given = kind_of(value)
    if kind == "network":
        raise UsageError("network: is not for recorded paths; give the surface that they run over")
    if kind != "name":
        return (kind, ""), given
    if not isinstance(name := given["name"], str):
        raise UsageError("name must be text")
    refuse_formula(name, SURFACES, {"window": "[[-2, 2], [-2, 2]]"})
    return (kind, name), given


@remade
def _branch(tag: tuple[str, str]) -> type[SurfacePart]:
    kind, name = tag
    return _OWN[kind] if kind in _OWN else options_model("surface", SURFACES[name], TableSurface)


def _tags() -> list[tuple[str, str]]:
    return [*((kind, "") for kind in _OWN), *(("name", name) for name in SURFACES)]


AnySurface = TypeAliasType(
    "AnySurface",
    Annotated[SurfacePart, Choice(_choose, _branch, _tags, SURFACES.complete)],
)
"""Built in, or the author's own."""
