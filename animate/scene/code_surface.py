"""`surface:` as Python code that a scene names, or in one made in Python as a function or array."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from pydantic import Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from animate._lazy import lazy
from animate.figure.text.drawable import drawable
from animate.scene.context import CodeReference, ReadingContext
from animate.scene.surface_part import SurfacePart, corner
from animate.scene.window import Ranges, ask_for_window
from animate.surfaces import Surface
from animate.surfaces.code import load_function, surface_of
from animate.surfaces.over_nodes import grid_over

np: Any = lazy("numpy")


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
        start = corner(self.window)
        return load_function(self.python, folder=self._folder, window=self.window, start=start)


class FunctionSurface(SurfacePart):
    """A surface as a function that JAX can trace, in a scene that is made in Python."""

    window: Ranges  # type: ignore[assignment]  # nor has a function
    python: Callable[..., Any]

    @property
    def variables(self) -> int:
        return len(self.window)

    @model_validator(mode="after")
    def _can_be_traced(self) -> Self:
        self.build()
        return self

    def build(self) -> Surface:
        name = name_of(self.python) or "function"
        return surface_of(self.python, name=name, window=self.window, start=corner(self.window))


class ArraySurface(SurfacePart):
    """A surface as an array z[ny, nx], evenly over its window, in a scene made in Python."""

    window: Ranges  # type: ignore[assignment]  # nor has an array
    grid: Any = Field(repr=False)

    @field_validator("grid", mode="before")
    @classmethod
    def _own_copy(cls, grid: object) -> object:
        """Its numbers, which stay as they are whatever becomes of the array."""
        try:
            if np.iscomplexobj(grid) or np.asarray(grid).dtype.kind in "mM":  # dates, times
                raise TypeError
            heights = np.ma.filled(np.ma.array(grid, float, copy=True), np.nan)
        except (TypeError, ValueError):
            raise ValueError("must be an array of real numbers") from None
        heights.setflags(write=False)
        return heights

    @property
    def variables(self) -> int:
        return 2

    @model_validator(mode="after")
    def _can_be_interpolated(self) -> Self:
        if len(self.window) != self.variables:
            ask_for_window("an array", self.variables)
        self.build()
        return self

    def build(self) -> Surface:
        return grid_over(self.grid, self.window)


def name_of(function: object) -> str | None:
    """The name of a function, if it has one that can be drawn in one line."""
    name = getattr(function, "__name__", None)
    if not isinstance(name, str) or name == "<lambda>" or not (name.strip() and name.isprintable()):
        return None
    try:
        return drawable(name)
    except ValueError:
        return None


def has_array(value: object) -> bool:
    """Whether it is an array of any library, such as NumPy's or JAX's."""
    return hasattr(value, "__array__") and not isinstance(value, type)
