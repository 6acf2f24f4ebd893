"""A pen: writes words and draws short lines onto a figure, at places in pixels."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from animate.figure.view import View
from animate.theme import TypeRole

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

    from animate.figure.digits import Digits


class Pen:
    """Writes onto `figure` in the looks of `view`; `drawn` is all that it wrote, in order."""

    def __init__(self, figure: "Figure", view: View) -> None:
        self._figure, self._view = figure, view
        self.drawn: list[Artist] = []

    def text(
        self, x: float, y: float, text: str, role: TypeRole, ink: Literal["ink", "muted"],
        align: Literal["left", "right"] = "left", *, animated: bool = False,
    ) -> "Text":  # fmt: skip
        """Write `text` with its left or right end at (x, y) in pixels."""
        share_x, share_y = self.share(x, y)
        written = self._figure.text(
            share_x,
            share_y,
            text,
            fontsize=self._view.type(role),
            color=getattr(self._view.theme, ink),
            horizontalalignment=align,
            animated=animated,
        )
        self.drawn.append(written)
        return written

    def digits(self, x: float, y: float, role: TypeRole, ink: Literal["ink", "muted"]) -> "Digits":
        """A number that will change, with its right end at (x, y) in pixels."""
        from animate.figure.digits import Digits

        text = self.text(x, y, "", role, ink, "right")
        self.drawn.remove(text)
        text.remove()
        number = Digits(text)
        self._figure.add_artist(number)
        self.drawn.append(number)
        return number

    def line(self, xs: Sequence[float], ys: Sequence[float], **looks: Any) -> "Line2D":
        """Draw a line through those points in pixels; `looks` are matplotlib's."""
        from matplotlib.lines import Line2D

        wide, high = self._view.pixels
        across, up = [x / wide for x in xs], [y / high for y in ys]
        line = Line2D(across, up, transform=self._figure.transFigure, **looks)
        self._figure.add_artist(line)
        self.drawn.append(line)
        return line

    def tick(self, x: float, y: float) -> None:
        """A short line down from (x, y) in pixels."""
        width, end = self._view.line("hairline"), y - 0.25 * self._view.type("note")
        self.line([x, x], [end, y], color=self._view.theme.muted, linewidth=width)

    def share(self, x: float, y: float) -> tuple[float, float]:
        """A place in pixels as shares of the figure's width and height."""
        return x / self._view.pixels[0], y / self._view.pixels[1]
