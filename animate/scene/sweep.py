"""`sweep:` one number of an optimizer or of the surface through many values: side by side, at once,
in a film."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import (
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import core_schema

from animate.errors import Mistake, UsageError
from animate.figure.text.dollars import dollars_written
from animate.registry import hint, nearest
from animate.scene.choice import Form
from animate.scene.diagnostics import mistakes, validation_error
from animate.scene.given import is_mapping
from animate.scene.optimizer import OptimizerPart
from animate.scene.parts import Part
from animate.scene.swept_values import MOST, Layout, SweptValues, values_of

_KEY = r"^optimizers\.(.+)\.([^.]+)$"
"""The key whose value is swept: the optimizer, by name, label or number, and its option."""
_SURFACE_KEY = r"^surface\.(constants\.)?([^.]+)$"
"""The key whose value is swept: an option of a built-in surface, or a constant of a formula."""
_EXAMPLE = "{optimizers.momentum.momentum: [0, 0.5, 0.9]}"
_ONE_SURFACE = (
    "as: race shows all values in one panel, which has one surface; take 'grid' or 'film' to sweep "
    "a number of the surface"
)


class Sweep(Part):
    """An option of one optimizer, or a number of the surface, and the values that it takes.

    `key` is how the scene names it, `place` the number of the optimizer and `optimizer` what the
    legend calls it; None: it is the surface's. `expanded`: whether the scene's optimizers have one
    for each value already.
    """

    key: str
    place: int | None = None
    optimizer: str = ""
    option: str
    values: tuple[float, ...]
    layout: Layout
    expanded: bool = False

    @property
    def copies(self) -> range:
        """The numbers of the optimizers that the swept one became."""
        return range(0) if self.place is None else range(self.place, self.place + len(self.values))

    def before(self, k: int) -> int:
        """The number that optimizer `k` had before one became several."""
        if self.place is None or k < self.place:
            return k
        return max(k - len(self.values) + 1, self.place)

    def groups(self, optimizers: int) -> tuple[tuple[int, ...], ...]:
        """For each value the numbers of its optimizers, of `optimizers` after the expansion."""
        others = [k for k in range(optimizers) if k not in self.copies]
        return tuple(tuple(sorted([*others, copy])) for copy in self.copies)


def _read(value: object, info: ValidationInfo) -> Sweep | None:
    """What `sweep:` says; None where the optimizers have mistakes of their own.

    Raises UsageError, and ValidationError with the place of a mistake.
    """
    if isinstance(value, Sweep):
        return value
    if not is_mapping(value):
        raise UsageError(f"must be a mapping such as {_EXAMPLE}")
    keys = [str(key) for key in value if key != "as"]
    if len(keys) != 1:
        raise UsageError(f"must have one key beside 'as', such as {_EXAMPLE}")
    wanted = value.get("as", "grid")
    layout: Layout | None = next((each for each in MOST if each == wanted), None)
    if layout is None:
        why = f"must be 'grid', 'race' or 'film', got {wanted!r}"
        raise validation_error([Mistake(("as",), why)], value)
    (key,) = keys
    optimizers: Sequence[OptimizerPart] | None = info.data.get("optimizers")
    found = re.fullmatch(_SURFACE_KEY, key)
    target = None if found or optimizers is None else _target(key, optimizers)
    try:
        values = values_of(value[key], MOST[layout], key)
    except UsageError as error:
        raise validation_error([Mistake((key,), str(error))], value) from error
    if found:
        if layout == "race":
            raise UsageError(_ONE_SURFACE)
        return Sweep(key=key, option=found[2], values=values, layout=layout)
    if optimizers is None or target is None:
        return None
    place, option = target
    name = optimizers[place].full_name()
    sweep = Sweep(key=key, place=place, optimizer=name, option=option, values=values, layout=layout)
    expanded(sweep, optimizers)
    return sweep


def expanded(sweep: Sweep, optimizers: Sequence[OptimizerPart]) -> tuple[OptimizerPart, ...]:
    """The optimizers, the one that is swept, if one is, once for each value.

    Raises ValidationError where it takes no such option or value.
    """
    if (place := sweep.place) is None:
        return tuple(optimizers)
    copies = [_copy(sweep, optimizers[place], k) for k in range(len(sweep.values))]
    return (*optimizers[:place], *copies, *optimizers[place + 1 :])


def _copy(sweep: Sweep, part: OptimizerPart, k: int) -> OptimizerPart:
    """The optimizer with value number `k`. Raises ValidationError with that value's place."""
    value = sweep.values[k]
    options = {key: getattr(part, key) for key in part.model_fields_set} | {sweep.option: value}
    short = len({f"{each:g}" for each in sweep.values}) == len(set(sweep.values))
    options["label"] = f"{sweep.option} = {f'{value:g}' if short else repr(value)}"
    if sweep.layout == "race":
        options.pop("color", None)
    try:
        return type(part).model_validate(options)
    except ValidationError as error:
        known = sweep.option in type(part).model_fields  # else it is the key that is wrong
        path = (sweep.key, k) if known else (sweep.key,)
        found = replace(mistakes(error, type(part))[0], path=path)
        raise validation_error([found], value) from error


def _target(key: str, optimizers: Sequence[OptimizerPart]) -> tuple[int, str]:
    """The number of the optimizer that `key` names, and its option. Raises UsageError."""
    found = re.fullmatch(_KEY, key)
    if not found:
        if meant := _of_surface(key):
            raise UsageError(f"there is nothing called {key!r}. Did you mean {meant!r}?")
        raise UsageError(_without_optimizer(key, optimizers))
    name, option = dollars_written(found[1]), found[2]
    if option in ("name", "label", "color"):
        raise UsageError(f"sweeps a number, and {option!r} is none; such as {_EXAMPLE}")
    names = [part.label or part.name for part in optimizers]
    if name.isdigit() and int(name) < len(names):
        return int(name), option
    if name not in names:
        raise UsageError(f"no optimizer is called {name!r}.{hint(name, names)}")
    return names.index(name), option


def _without_optimizer(key: str, optimizers: Sequence[OptimizerPart]) -> str:
    """The sentence for a `key` that names no optimizer: with the one whose option it is, if any,
    the one that is called as a part of the key first."""
    *parts, option = key.split(".")
    for part in sorted(optimizers, key=lambda part: (part.label or part.name) not in parts):
        for own in (option, *part.usual.get(option.lower(), ())):
            if own in type(part).model_fields and own != "name":
                full = f"optimizers.{part.label or part.name}.{own}"
                return f"names the optimizer beside its option: write {full}, not {key!r}"
    return (
        f"sweeps an option of an optimizer, such as {_EXAMPLE}, or a number of the surface, "
        f"such as {{surface.constants.a: [0, 1]}}; got {key!r}"
    )


def _of_surface(key: str) -> str | None:
    """The number of the surface that a mistyped `key` probably names; None: none."""
    head, _, option = key.rpartition(".")
    meant = nearest(head, ("surface", "surface.constants", "optimizers"))
    return f"{meant}.{option}" if meant and meant != "optimizers" else None


class _SweepField:
    """The field `sweep`: `_read` checks it, once the optimizers are known."""

    def __get_pydantic_core_schema__(self, *_: object) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(_read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        """pydantic has no type for a mapping with one free key beside `as`; its parts it has."""
        parts: dict[str, Form] = {"as": Layout, "values": SweptValues}
        schemas = {key: handler(TypeAdapter(kind).core_schema) for key, kind in parts.items()}
        return {
            "type": "object",
            "description": (
                "One option of one optimizer, or one number of the surface, through many values: "
                "small multiples that share their axes; as: race, one panel with a trail each; "
                "as: film, one value after the other."
            ),
            "properties": {"as": schemas["as"]},
            "patternProperties": {f"{_KEY}|{_SURFACE_KEY}": schemas["values"]},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 2,
        }


AnySweep = Annotated[Sweep, _SweepField()]
