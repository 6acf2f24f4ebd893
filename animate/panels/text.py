"""A paragraph beside the pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from annotated_types import Len
from pydantic import AfterValidator

from animate.figure import Panel, View
from animate.figure.drawable import paragraph
from animate.figure.paragraph import LEADING, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg


@dataclass(kw_only=True)
class Text(Panel):
    """A paragraph, mathtext between dollars, broken into lines where there is no more room."""

    in_films: ClassVar[bool] = True

    say: Annotated[str, Len(1, 2000), AfterValidator(paragraph)]

    def height(self, renderer: "RendererAgg", view: View, width: float) -> float:
        self._lines = wrapped(renderer, view, self.say, "label", width)
        return LEADING * view.type("label") * len(self._lines)

    def dress(self, axes: "Axes", view: View) -> None:
        axes.set_axis_off()

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        size = view.type("label")
        for k, line in enumerate(self._lines):
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
