"""What all scenes say alike: how the picture looks, moves and is written."""

from typing import Annotated, Any

from pydantic import Field, Strict, field_validator

from animate.scene.base import Part
from animate.scene.output import OutputField, OutputPart
from animate.scene.picture import PanelField, Style, Timing
from animate.scene.text import Drawn

MOST_PANELS = 12
"""More would leave no room for anybody; in a row or column."""

_Number = Field(min_length=1, max_length=MOST_PANELS)
PanelRow = Annotated[tuple[PanelField, ...], Strict(False), _Number]
PanelRows = Annotated[tuple[PanelRow, ...], Strict(False), _Number]


class Shown(Part):
    """A scene of any kind."""

    title: Annotated[Drawn, Field(max_length=200)] | None = None
    timing: Timing = Timing()
    style: Style = Style()
    output: OutputField = OutputPart()

    @field_validator("panels", mode="before", check_fields=False)
    @classmethod
    def _one_row_or_more(cls, panels: Any) -> Any:
        if isinstance(panels, str | dict):
            return [[panels]]
        one_row = isinstance(panels, list) and not any(isinstance(row, list) for row in panels)
        return [panels] if one_row else panels
