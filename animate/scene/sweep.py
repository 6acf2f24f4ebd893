"""`sweep:` one option of one optimizer through many values: side by side, at once, in a film."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import core_schema

from animate.errors import UsageError
from animate.registry import hint
from animate.scene.diagnostics import mistakes
from animate.scene.diagnostics.words import dotted
from animate.scene.optimizer import OptimizerPart
from animate.scene.parts import Part

if TYPE_CHECKING:
    import numpy as np

Layout = Literal["grid", "race", "film"]
MOST: Mapping[Layout, int] = {"grid": 16, "race": 16, "film": 300}
"""Values that can be told apart side by side and in one picture, and in one film."""
_PATH = r"^optimizers\.(.+)\.([^.]+)$"
"""The key whose value is swept: the optimizer, by name, label or number, and its option."""
_EXAMPLE = "{optimizers.momentum.momentum: [0, 0.5, 0.9]}"


class Span(Part):
    """`count` values from one number to another, at equal distances or equal ratios."""

    model_config = ConfigDict(validate_by_name=False)

    first: float = Field(alias="from")
    to: float
    count: Annotated[int, Field(ge=2, le=max(MOST.values()))]
    scale: Literal["linear", "log"] = "linear"

    def values(self) -> "np.ndarray":
        """The numbers, to three significant digits: what a title shows is what ran."""
        import numpy as np

        if self.scale == "log" and not self.first * self.to > 0:
            raise UsageError("on a log scale 'from' and 'to' must be both above or both below 0")
        space = np.geomspace if self.scale == "log" else np.linspace
        return np.array([float(f"{each:.3g}") for each in space(self.first, self.to, self.count)])


SweptValues = (
    Annotated[tuple[float, ...], Strict(False), Field(min_length=2, max_length=max(MOST.values()))]
    | Span
)


class Sweep(Part):
    """The optimizer number `place`, as it is called, with `option` at each of `values`.

    `expanded`: whether the scene's optimizers have one for each value already.
    """

    place: int
    optimizer: str
    option: str
    values: tuple[float, ...]
    layout: Layout
    expanded: bool = False

    @property
    def copies(self) -> range:
        """The numbers of the optimizers that the swept one became."""
        return range(self.place, self.place + len(self.values))

    def before(self, k: int) -> int:
        """What was the number of optimizer k before one became several."""
        return k if k < self.place else max(k - len(self.values) + 1, self.place)

    def groups(self, optimizers: int) -> tuple[tuple[int, ...], ...]:
        """For each value the optimizers, of so many after the expansion, that stand beside it."""
        others = [k for k in range(optimizers) if k not in self.copies]
        return tuple(tuple(sorted([*others, copy])) for copy in self.copies)


def read_sweep(value: Any, optimizers: Sequence[OptimizerPart]) -> Sweep:
    """What `sweep:` says. Raises UsageError."""
    if not isinstance(value, Mapping):
        raise UsageError(f"must be a mapping such as {_EXAMPLE}")
    paths = [key for key in value if key != "as"]
    if len(paths) != 1:
        raise UsageError(f"must have one key beside 'as', such as {_EXAMPLE}")
    layout = value.get("as", "grid")
    if layout not in MOST:
        raise UsageError(f"as: must be 'grid', 'race' or 'film', got {layout!r}")
    place, option = _target(str(paths[0]), optimizers)
    return Sweep(
        place=place,
        optimizer=optimizers[place].shown(),
        option=option,
        values=_values(value[paths[0]], MOST[layout]),
        layout=layout,
    )


def expanded(sweep: Sweep, optimizers: Sequence[OptimizerPart]) -> tuple[OptimizerPart, ...]:
    """The optimizers, the one that is swept once for each value. Raises UsageError."""
    copies = [_copy(sweep, optimizers[sweep.place], value) for value in sweep.values]
    return (*optimizers[: sweep.place], *copies, *optimizers[sweep.place + 1 :])


def _copy(sweep: Sweep, part: OptimizerPart, value: float) -> OptimizerPart:
    said = {key: getattr(part, key) for key in part.model_fields_set} | {sweep.option: value}
    said["label"] = f"{sweep.option} = {value:g}"
    if sweep.layout == "race":
        said.pop("color", None)
    try:
        return type(part).model_validate(said)
    except ValidationError as error:
        mistake = mistakes(error, type(part))[0]
        raise UsageError(f"optimizers.{part.name}.{sweep.option}: {mistake.message}") from error


def _target(path: str, optimizers: Sequence[OptimizerPart]) -> tuple[int, str]:
    """The number of the optimizer that `path` names, and its option."""
    found = re.fullmatch(_PATH, path)
    if not found:
        raise UsageError(f"sweeps an option of an optimizer, such as {_EXAMPLE}; got {path!r}")
    name, option = found.groups()
    if option in ("name", "label", "color"):
        raise UsageError(f"sweeps a number, and {option!r} is none; such as {_EXAMPLE}")
    names = [part.label or part.name for part in optimizers]
    if name.isdigit() and int(name) < len(names):
        return int(name), option
    if name not in names:
        raise UsageError(f"no optimizer is called {name!r}.{hint(name, names)}")
    return names.index(name), option


def _values(given: Any, most: int) -> tuple[float, ...]:
    if isinstance(given, Mapping):
        try:
            given = Span.model_validate(given).values().tolist()
        except ValidationError as error:
            (first, *_) = mistakes(error, Span)
            raise UsageError(f"{dotted(first.path)}: {first.message}") from error
    numbers = [each for each in given if not isinstance(each, bool)] if _is_list(given) else []
    if not 1 < len(numbers) <= most or not all(isinstance(each, int | float) for each in numbers):
        raise UsageError(f"takes 2 to {most} numbers, or {{from, to, count, scale}}")
    return tuple(numbers)


def _is_list(given: Any) -> bool:
    return isinstance(given, Sequence) and not isinstance(given, str)


class _SweepField:
    """The field `sweep`: `read_sweep` checks it, once the optimizers are known."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(_checked)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """pydantic has no type for a mapping with one free key beside `as`; its parts it has."""
        parts: dict[str, Any] = {"as": Layout, "values": SweptValues}
        said = {key: handler(TypeAdapter(kind).core_schema) for key, kind in parts.items()}
        return {
            "type": "object",
            "description": (
                "One option of one optimizer through many values: small multiples that share "
                "their axes; as: race, one panel with a trail each; as: film, one value after "
                "the other."
            ),
            "properties": {"as": said["as"]},
            "patternProperties": {_PATH: said["values"]},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 2,
        }


def _checked(value: Any, info: ValidationInfo) -> Sweep | None:
    optimizers = info.data.get("optimizers")
    if isinstance(value, Sweep) or optimizers is None:
        return value
    sweep = read_sweep(value, optimizers)
    expanded(sweep, optimizers)
    return sweep


SweepField = Annotated[Any, _SweepField()]
