"""`panels:` one panel, a list of them, a list of lists; a mapping gives the ratio of their sizes.

    panels: contour
    panels: [contour, loss]
    panels: {ratio: [2, 1], panels: [contour, loss]}
    panels: {ratio: [3, 1], panels: [[contour, loss], {ratio: [1, 2], panels: [loss, contour]}]}

In a row the ratio is that of the widths, in a list of rows that of the heights.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    Strict,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    create_model,
    model_validator,
)
from typing_extensions import TypeAliasType

from animate.errors import Mistake, Path, UsageError
from animate.figure import Grid, PanelEntry
from animate.panels import PANELS
from animate.scene.choice import Choice, Fields, Form, OptionsPart, options_model
from animate.scene.diagnostics import validation_error
from animate.scene.given import is_list, is_mapping
from animate.scene.parts import Part

_FEW = Field(min_length=1, max_length=12)
"""In a row or a column; more panels would be too small to read."""


Split = TypeAliasType("Split", Literal["optimizers"] | None)


class PanelOptions(OptionsPart):
    """The options of one panel. `split`: one small panel for every optimizer."""

    split: Split = None


def _choose_panel(value: object) -> tuple[str, Mapping[str, object]]:
    given = {value: None} if isinstance(value, str) else value
    if not is_mapping(given) or len(given) != 1:
        raise UsageError(
            "must be a name or one name with its options, such as {contour: {levels: 40}}"
        )
    ((name, options),) = given.items()
    return str(name), {name: {} if options is None else options}


def _panel(name: str) -> Form:
    """The type of a mapping from the panel's name to its options, read as a PanelEntry."""
    entry = PANELS[name]
    options = options_model("panel", entry, PanelOptions)
    fields: Fields = {name: (options | None if entry.complete else options, ...)}
    named = create_model(f"{name}_panel", __base__=Part, **fields)

    def built(part: BaseModel) -> PanelEntry:
        given = getattr(part, name)
        panel = entry.make(**given.options())
        return PanelEntry(name, panel, given.split is not None or panel.traits.splits)

    return Annotated[named, AfterValidator(built)]


AnyPanel = TypeAliasType(
    "AnyPanel",
    Annotated[PanelEntry, Choice(_choose_panel, _panel, PANELS.keys, PANELS.complete)],
)
"""Its place is not known yet."""


def _ratio(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    try:
        return handler(value)
    except ValidationError:
        raise UsageError("must be a list of numbers from 0.001 to 1000") from None


Ratio = Annotated[
    tuple[Annotated[float, Field(ge=1 / 1000, le=1000)], ...], Strict(False), WrapValidator(_ratio)
]


class Sized(Part):
    """Panels whose sizes have a ratio of their own: in a row, or rows one below the other."""

    panels: Any
    ratio: Ratio | None = None

    @model_validator(mode="after")
    def _a_number_for_each(self) -> Self:
        count = len(self.panels) if is_list(self.panels) else 1
        if self.ratio is not None and len(self.ratio) != count:
            why = f"must have a number for each of the {count} in panels, got {len(self.ratio)}"
            raise validation_error([Mistake(("ratio",), why)], self.ratio)
        return self


def _choose_form(value: object) -> tuple[str, object]:
    if is_list(value):
        return "list", value
    return ("sized" if is_mapping(value) and "panels" in value else "panel"), value


def _one_of(**forms: object) -> Choice[str]:
    return Choice(_choose_form, forms.__getitem__, forms.keys)


_Row = Annotated[tuple[AnyPanel, ...], Strict(False), _FEW]


class SizedRow(Sized):
    """Panels side by side; the ratio is that of their widths."""

    panels: Annotated[Any, _one_of(list=_Row, panel=AnyPanel)]


_Rows = Annotated[
    tuple[Annotated[Any, _one_of(list=_Row, sized=SizedRow, panel=AnyPanel)], ...],
    Strict(False),
    _FEW,
]


class SizedRows(Sized):
    """Rows one below the other, or one row; the ratio is that of the heights, or the widths."""

    panels: Annotated[Any, _one_of(list=_Rows, panel=AnyPanel)]


def _grid(form: PanelEntry | Sized | tuple[PanelEntry | Sized, ...]) -> Grid[PanelEntry]:
    """The grid that a form says, each panel with its place in the text."""
    inner, ratio, place = _opened(form, ("panels",))
    if isinstance(inner, PanelEntry):
        return Grid([_row(inner, place)])
    if all(isinstance(each, PanelEntry) for each in inner):
        return Grid([_row(inner, place)], [ratio], flowing=ratio is None)
    rows = [_opened(each, (*place, k)) for k, each in enumerate(inner)]
    return Grid(
        [_row(row, where) for row, _, where in rows], [width for _, width, _ in rows], ratio
    )


def _opened(form: Any, place: Path) -> tuple[Any, tuple[float, ...] | None, Path]:
    """The panels of a form, their ratio, and where they stand."""
    if isinstance(form, Sized):
        return form.panels, form.ratio, (*place, "panels")
    return form, None, place


def _row(row: PanelEntry | tuple[PanelEntry, ...], place: Path) -> list[PanelEntry]:
    if isinstance(row, PanelEntry):
        return [replace(row, place=place)]
    return [replace(each, place=(*place, k)) for k, each in enumerate(row)]


Panels = TypeAliasType(
    "Panels",
    Annotated[
        Grid[PanelEntry],
        _one_of(list=_Rows, sized=SizedRows, panel=AnyPanel),
        AfterValidator(_grid),
    ],
)


def read_panels(value: object) -> Grid[PanelEntry]:
    """The grid of panels that `value` says, as data of a scene. Raises ValidationError."""
    return TypeAdapter(Panels).validate_python(value)
