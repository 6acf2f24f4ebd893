"""`panels:` one panel, a list of them, a list of lists; a mapping gives the ratio of their sizes.

    panels: contour
    panels: [contour, loss]
    panels: {ratio: [2, 1], panels: [contour, loss]}
    panels: {ratio: [3, 1], panels: [[contour, loss], {ratio: [1, 2], panels: [loss, contour]}]}

In a row the ratio is that of the widths, in a list of rows that of the heights.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, GetJsonSchemaHandler, ValidationError
from pydantic_core import core_schema

from animate.errors import Mistake, Path
from animate.figure import Grid, PanelEntry
from animate.panels import PANELS
from animate.registry import hint
from animate.scene.diagnostics import mistakes, told
from animate.scene.picture import PANEL
from animate.scene.vocabulary import option_values

_KEYS = ("panels", "ratio")
_MOST_RATIO = 1000
MOST_PANELS = 12
"""In a row or a column; more would leave no room for anybody."""


class _Reader:
    """Reads what stands under `panels`, and keeps everything that is wrong with it."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.found: list[Mistake] = []

    def grid(self, value: Any) -> Grid[PanelEntry]:
        """The grid that `value` says."""
        inner, ratio, path = self._opened(value, ())
        if not isinstance(inner, list):
            return Grid([[self._panel(inner, path)]])
        if not any(isinstance(each, list) or _is_opened(each) for each in inner):
            return Grid([self._row(inner, path)], [ratio], flowing=ratio is None)
        rows, widths = [], []
        for k, each in enumerate(self._few(inner, path)):
            row, width, place = self._opened(each, (*path, k))
            rows.append(
                self._row(row if isinstance(row, list) else [row], place, isinstance(row, list))
            )
            widths.append(width)
        return Grid(rows, widths, ratio)

    def _row(self, row: list[Any], path: Path, listed: bool = True) -> list[PanelEntry]:
        few = self._few(row, path)
        return [self._panel(each, (*path, k) if listed else path) for k, each in enumerate(few)]

    def _panel(self, value: Any, path: Path) -> Any:
        try:
            part = PANEL.check(value, self._context)
            (name,) = type(part).model_fields
            options = getattr(part, name)
            panel = PANELS[name].make(**option_values(options, PANELS[name]))
            split = options.split is not None or panel.traits.splits
            return PanelEntry(name, panel, split, ("panels", *path))
        except ValidationError as error:
            inner = mistakes(error, BaseModel)
            self.found += [
                Mistake((*path, *each.path), each.message, each.at_key, each.offset)
                for each in inner
            ]
        except ValueError as error:
            self.found.append(Mistake(path, str(error)))
        return None

    def _few(self, items: list[Any], path: Path) -> list[Any]:
        """The items, where there are not too many to be looked at one by one."""
        if not items:
            self.found.append(Mistake(path, "must have at least 1 item, got 0"))
        if len(items) <= MOST_PANELS:
            return items
        sentence = f"must have at most {MOST_PANELS} items, got {len(items)}"
        self.found.append(Mistake(path, sentence))
        return []

    def _opened(self, value: Any, path: Path) -> tuple[Any, tuple[float, ...] | None, Path]:
        """What stands in a mapping with `panels`, its ratio, and where it stands."""
        if not _is_opened(value):
            return value, None, path
        for key in value:
            if key not in _KEYS:
                sentence = f"unknown key {key!r}.{hint(str(key), list(_KEYS))}"
                self.found.append(Mistake((*path, key), sentence, at_key=True))
        inner, place = value["panels"], (*path, "panels")
        ratio = value.get("ratio")
        if ratio is not None:
            self._check_ratio(ratio, inner, (*path, "ratio"))
        return inner, tuple(ratio) if isinstance(ratio, list) else None, place

    def _check_ratio(self, ratio: Any, inner: Any, path: Path) -> None:
        count = len(inner) if isinstance(inner, list) else 1
        if not isinstance(ratio, list) or not all(_is_positive(each) for each in ratio):
            self.found.append(Mistake(path, "must be a list of numbers from 0.001 to 1000"))
        elif len(ratio) != count:
            sentence = f"must have a number for each of the {count} in panels, got {len(ratio)}"
            self.found.append(Mistake(path, sentence))


def _is_opened(value: Any) -> bool:
    return isinstance(value, Mapping) and "panels" in value


def _is_positive(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 1 / _MOST_RATIO <= value <= _MOST_RATIO


class _PanelsField:
    """The field `panels`: `_Reader` checks it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(_checked)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        panel = PANEL.__get_pydantic_json_schema__(schema, handler)
        row = {"type": "array", "items": panel, "minItems": 1}
        rows = {"type": "array", "items": {"anyOf": [panel, row, _with_ratio(row)]}, "minItems": 1}
        return {"anyOf": [panel, row, rows, _with_ratio(rows)]}


def _with_ratio(inner: dict[str, Any]) -> dict[str, Any]:
    number = {"type": "number", "exclusiveMinimum": 0}
    return {
        "type": "object",
        "properties": {"panels": inner, "ratio": {"type": "array", "items": number}},
        "required": ["panels"],
        "additionalProperties": False,
    }


def _checked(value: Any, info: core_schema.ValidationInfo) -> Grid[PanelEntry]:
    return value if isinstance(value, Grid) else read_panels(value, info.context)


def read_panels(value: Any, context: Any = None) -> Grid[PanelEntry]:
    """The grid that `value` says. Raises ValidationError with every mistake."""
    reader = _Reader(context)
    grid = reader.grid(value)
    if reader.found:
        raise told(reader.found, value)
    return grid


PanelsField = Annotated[Any, _PanelsField()]
