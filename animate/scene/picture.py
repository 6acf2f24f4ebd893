"""`timing:`, `style:` and `panels:` how the picture looks and moves."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, Strict, ValidationInfo, create_model, field_validator

from animate.errors import UsageError
from animate.figure.timeline import Pace
from animate.panels import PANELS
from animate.scene.parts import Part, Positive, surroundings
from animate.scene.vocabulary import Vocabulary, options_model
from animate.text import Language
from animate.theme import STYLE_FILE, theme

Side = Annotated[int, Field(ge=64, le=7680)]


class Timing(Part):
    """How steps become seconds."""

    seconds: Annotated[Positive, Field(le=3600)] = 6.0
    fps: Annotated[float, Field(ge=1, le=120)] = 25.0
    hold: Annotated[float, Field(ge=0, le=600)] = 1.5
    loop: bool = True
    pace: Pace = "steps"


class Style(Part):
    """Size in pixels, theme, trails, legend, language of the words that the program writes."""

    size: Annotated[tuple[Side, Side], Strict(False)] = (640, 480)
    theme: str = "light"
    trail: Literal["all"] | Annotated[int, Field(ge=1)] = "all"
    legend: bool = True
    language: Language = "en"

    @field_validator("theme")
    @classmethod
    def _known(cls, name: str, info: ValidationInfo) -> str:
        """The name of a theme, or the path of a style file beside the scene."""
        place = str(surroundings(info).file(name)) if name.endswith(STYLE_FILE) else name
        theme(place)
        return place


class PanelPart(Part):
    """The options of one panel. `split`: one small panel for every optimizer."""

    split: Literal["optimizers"] | None = None


def _choose(value: Any) -> tuple[type[BaseModel], Mapping[str, Any]]:
    if isinstance(value, str):
        value = {value: {}}
    if not isinstance(value, Mapping) or len(value) != 1:
        raise UsageError(
            "must be a name or one name with its options, such as {contour: {levels: 40}}"
        )
    (name,) = value
    return _model(str(name)), {name: value[name] or {}}


def _model(name: str) -> type[BaseModel]:
    options = options_model("panel", PANELS[name], PanelPart)
    return create_model(f"{name}_panel", __base__=Part, **{name: (options, ...)})  # type: ignore[call-overload]  # the one field is named by the panel


def _models() -> Iterator[type[BaseModel]]:
    return (_model(name) for name in PANELS)


PANEL = Vocabulary(_choose, _models, lambda: PANELS)
