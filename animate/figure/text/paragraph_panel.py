"""A paragraph, as it is drawn and as a panel of its own."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING

from animate.figure.panel import Drawing, Panel, Traits
from animate.figure.text.leading import baselines
from animate.figure.text.paragraph import LEADING, filled
from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

ROUNDING = 1.0
"""Pixels by which axes may be narrower than the width that the lines were broken for."""


def paragraph_height(view: View, text: str, width: float) -> float:
    """The height of a paragraph that is `width` wide, in pixels."""
    lines = filled(view, text, "label", width)
    return max(baselines(view, lines, "label"), default=0.0) + LEADING * view.type("label")


def draw_paragraph(axes: "Axes", view: View, text: str) -> list["Annotation"]:
    """Write a paragraph from the top of `axes` down, in lines as wide as they are, and return
    these."""
    size, width = view.type("label"), axes.get_window_extent().width + ROUNDING
    lines = filled(view, text, "label", width)
    return [
        axes.annotate(
            line,
            (0, 1),
            (0, -(size + below)),
            xycoords="axes fraction",
            textcoords="offset pixels",
            fontsize=size,
            color=view.theme.ink,
        )
        for line, below in zip(lines, baselines(view, lines, "label"), strict=True)
    ]


@dataclass(frozen=True, kw_only=True)
class Paragraph(Panel):
    """A paragraph, mathtext between dollars, broken into lines where there is no more room."""

    say: str

    @property
    def traits(self) -> Traits:
        return Traits(words=True, films=True, names_paths=False, names_dots=False)

    def height(self, view: View, width: float) -> float:
        return paragraph_height(view, self.say, width)

    def dress(self, axes: "Axes", view: View, limits: View) -> None:  # noqa: ARG002  # as any panel
        axes.set_axis_off()

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:  # noqa: ARG002  # as any panel
        draw_paragraph(axes, view, self.say)
        return Drawing()
