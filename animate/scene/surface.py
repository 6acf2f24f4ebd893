"""`surface:` a function of two variables, or of one: built in, a formula, a grid, Python code."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import ValidationInfo, field_validator, model_validator
from typing_extensions import TypeAliasType

from animate.errors import FormulaError, UsageError
from animate.scene.choice import Choice, OptionsPart, options_model, remade, with_name
from animate.scene.code_surface import ArraySurface, FunctionSurface, PythonSurface, has_array
from animate.scene.constants import Constants, named_for
from animate.scene.context import SceneFile
from animate.scene.misplaced import refuse_formula
from animate.scene.surface_part import VARIABLES, SurfacePart, corner, in_window
from animate.scene.window import Ranges, ask_for_window
from animate.surfaces import SURFACES, Surface, built_in
from animate.surfaces.formula import compile_formula, compile_relief
from animate.surfaces.grid import read_grid

KINDS = ("name", "formula", "grid", "python", "network")


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
        return in_window(surface, self.window)


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
            corner(self.window),
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
        return in_window(self._whole, self.window)

    @cached_property
    def _whole(self) -> Surface:
        return read_grid(self.grid)


def _has(formula: str, variables: str, constants: Mapping[str, float]) -> bool:
    """Whether the formula, which can be read, has no other variables than those."""
    try:
        compile_formula(formula, variables=tuple(variables), constants=constants)
    except FormulaError:
        return False
    return True


_OWN: Mapping[str, type[SurfacePart]] = {
    "formula": FormulaSurface,
    "grid": GridSurface,
    "python": PythonSurface,
}
_MADE: Mapping[str, type[SurfacePart]] = {"python": FunctionSurface, "grid": ArraySurface}
"""Those that no text can say, by their keys: only a scene that is made in Python has them."""


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
        itself = callable(given[kind]) if kind == "python" else has_array(given[kind])
        return (kind, "itself" if itself and kind in _MADE else ""), given
    if not isinstance(name := given["name"], str):
        raise UsageError("name must be text")
    refuse_formula(name, SURFACES, {"window": "[[-2, 2], [-2, 2]]"})
    return (kind, name), given


@remade
def _branch(tag: tuple[str, str]) -> type[SurfacePart]:
    kind, name = tag
    if name == "itself" and kind in _MADE:
        return _MADE[kind]
    return _OWN[kind] if kind in _OWN else options_model("surface", SURFACES[name], TableSurface)


def _tags() -> list[tuple[str, str]]:
    return [*((kind, "") for kind in _OWN), *(("name", name) for name in SURFACES)]


AnySurface = TypeAliasType(
    "AnySurface",
    Annotated[SurfacePart, Choice(_choose, _branch, _tags, SURFACES.complete)],
)
"""Built in, or the author's own."""
