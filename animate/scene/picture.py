"""`timing:` and `style:` how the picture moves and looks."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, Strict, ValidationInfo

from animate.figure import EventKind
from animate.figure.timeline import Pace
from animate.figure.view import Aspect, TrailBy
from animate.scene.choice import Choice, Form, literal
from animate.scene.context import scene_file
from animate.scene.parts import Part, Positive
from animate.text import Language
from animate.theme import STYLE_FILE, THEMES, theme

Side = Annotated[int, Field(ge=64, le=7680)]


class Timing(Part):
    """How steps become seconds.

    `pace`: by itself even where heads are seen on a surface, unless a story sets speeds or windows;
    else by steps. `end`: what the picture holds; by itself a card where two optimizers or more run
    over a surface, or most of a swarm ends in minima.
    """

    seconds: Annotated[Positive, Field(le=3600)] = 6.0
    fps: Annotated[float, Field(ge=1, le=120)] = 25.0
    hold: Annotated[float, Field(ge=0, le=600)] = 1.5
    loop: bool = True
    pace: Pace | None = None
    end: Literal["card", "still"] | None = None


def _choose_theme(value: object) -> tuple[str, object]:
    if not isinstance(value, str) or value.endswith(STYLE_FILE):
        return "file", value
    return theme(value).name, value


def _theme(tag: str) -> Form:
    if tag != "file":
        return literal([tag])
    return Annotated[str, Field(pattern=rf"\{STYLE_FILE}$"), AfterValidator(_style_file)]


def _style_file(name: str, info: ValidationInfo) -> str:
    path = scene_file(name, info)
    theme(path)
    return path


AnyTheme = Annotated[str, Choice(_choose_theme, _theme, lambda: ["file"], lambda: THEMES)]
"""The name of a theme, or the path of a style file."""


class Style(Part):
    """Size in pixels, theme, trails, legend, language of the words that the program writes.

    `trail_by`: trails over a surface are paler at the start, or where the loss is high, or plain.
    `annotate`: what is said on a contour of what happens to the runs, of each what tells most of
    it, or all of some kinds; a story says it itself.
    `labels`: names stand in the legend, beside the heads on contours and curves, or nowhere.
    `font_size`: a factor of all sizes of type.
    `aspect`: equal units on both axes of a surface, or any; by itself equal unless it is long.
    """

    size: Annotated[tuple[Side, Side], Strict(False)] = (640, 480)
    theme: AnyTheme = "light"
    trail_by: TrailBy = "time"
    trail: Literal["all"] | Annotated[int, Field(ge=1)] = "all"
    annotate: Literal["auto", "none"] | Annotated[tuple[EventKind, ...], Strict(False)] = "auto"
    legend: bool = True
    labels: Literal["legend", "direct", "none"] = "legend"
    language: Language = "en"
    font_size: Annotated[float, Field(ge=0.5, le=3)] = 1.0
    aspect: Aspect | None = None

    @property
    def named(self) -> bool:
        """Whether a legend names the optimizers."""
        return self.legend and self.labels == "legend"
