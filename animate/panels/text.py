"""A paragraph beside the pictures."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from annotated_types import Len
from pydantic import AfterValidator

from animate.figure import Drawing, Panel, Traits, View
from animate.figure.text.drawable import paragraph
from animate.figure.text.paragraph import draw_paragraph, paragraph_height

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, kw_only=True)
class Text(Panel):
    """A paragraph, mathtext between dollars, broken into lines where there is no more room."""

    say: Annotated[str, Len(1, 2000), AfterValidator(paragraph)]

    @property
    def traits(self) -> Traits:
        return Traits(words=True, films=True, tells_paths=False, tells_dots=False)

    def height(self, view: View, width: float) -> float:
        return paragraph_height(view, self.say, width)

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        axes.set_axis_off()

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        draw_paragraph(axes, view, self.say)
        return Drawing()
