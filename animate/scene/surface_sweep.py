"""The surfaces that a sweep makes of one: with each value of a constant, or of an option."""

from collections.abc import Iterable
from dataclasses import replace

from pydantic import ValidationError

from animate.errors import Mistake
from animate.registry import hint
from animate.scene.diagnostics import mistakes, validation_error
from animate.scene.surface import FormulaSurface, SurfacePart, TableSurface
from animate.scene.sweep import Sweep

_CONSTANTS = "surface.constants."
"""What the key of a formula's constant begins with."""


def surfaces(sweep: Sweep, surface: SurfacePart) -> tuple[SurfacePart, ...]:
    """The surface with each of the sweep's values.

    Raises ValidationError, whose paths begin at the scene, where it has no such number, or the
    number cannot have that value.
    """
    why = _unknown(sweep, surface)
    if why:
        raise validation_error([Mistake(("sweep", sweep.key), why, at_key=True)], sweep.key)
    return tuple(_with(sweep, surface, value) for value in sweep.values)


def _unknown(sweep: Sweep, surface: SurfacePart) -> str:
    """Why the key of `sweep` names no number of the surface; "" where it does."""
    of_formula = sweep.key.startswith(_CONSTANTS)
    match surface:
        case FormulaSurface() if of_formula:
            return _missing(sweep.option, surface.constants, "the formula has no constant")
        case FormulaSurface():
            return "of a formula its constants are swept, such as surface.constants.a"
        case TableSurface() if not of_formula:
            return _missing(sweep.option, surface.entry.options, f"{surface.name!r} has no option")
        case TableSurface():
            return "constants are those of a formula; sweep an option, such as surface.condition"
        case _:
            return "only a formula and a built-in surface have numbers to sweep"


def _missing(name: str, known: Iterable[str], said: str) -> str:
    return "" if name in known else f"{said} {name!r}.{hint(name, list(known))}"


def _with(sweep: Sweep, surface: SurfacePart, value: float) -> SurfacePart:
    """The surface as if `value` stood there, whole numbers as such."""
    number = int(value) if value.is_integer() else value
    given = {key: getattr(surface, key) for key in surface.model_fields_set}
    if isinstance(surface, FormulaSurface):
        given["constants"] = surface.constants | {sweep.option: number}
    else:
        given[sweep.option] = number
    try:
        return type(surface).model_validate(given)
    except ValidationError as error:
        found = replace(mistakes(error, type(surface))[0], path=("sweep", sweep.key))
        raise validation_error([found], value) from error
