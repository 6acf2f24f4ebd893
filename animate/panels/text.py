"""A paragraph beside the pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, cast

from annotated_types import Len
from pydantic import AfterValidator

from animate.figure import Panel, View
from animate.figure.text.drawable import paragraph
from animate.figure.text.paragraph import LEADING, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg

_ROUNDING = 1.0
"""Pixels by which the axes may be narrower than what the lines were counted for."""


@dataclass(kw_only=True)
class Text(Panel):
    """A paragraph, mathtext between dollars, broken into lines where there is no more room."""

    in_films: ClassVar[bool] = True

    say: Annotated[str, Len(1, 2000), AfterValidator(paragraph)]

    def height(self, renderer: "RendererAgg", view: View, width: float) -> float:
        lines = wrapped(renderer, view, self.say, "label", width)
        return LEADING * view.type("label") * len(lines)

    def dress(self, axes: "Axes", view: View) -> None:
        axes.set_axis_off()

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        size, canvas = view.type("label"), cast("FigureCanvasAgg", axes.figure.canvas)
        width = axes.get_window_extent().width + _ROUNDING
        lines = wrapped(canvas.get_renderer(), view, self.say, "label", width)
        for k, line in enumerate(lines):
            axes.annotate(
                line,
                (0, 1),
                (0, -(1 + LEADING * k) * size),
                xycoords="axes fraction",
                textcoords="offset pixels",
                fontsize=size,
                color=view.theme.ink,
            )
        return []
