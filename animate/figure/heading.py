"""The title above the panels."""

# pyright: reportUnknownMemberType=false

from typing import TYPE_CHECKING

from animate.figure.text.paragraph import fitted, text_width, weight, wrapped
from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LINES = 3
"""The most lines of the title; what is left of it is cut."""
_LEADING = 1.25
"""Distance from one line to the next, in type sizes."""


class Heading:
    """The title above the panels, in as many lines as it needs."""

    def __init__(self, view: View, text: str, width: float) -> None:
        self._view, self._size = view, view.type("title")
        lines = wrapped(view, text, "title", width) if text else []
        if len(lines) > _LINES:
            rest = " ".join(lines[_LINES - 1 :])
            lines[_LINES - 1 :] = [rest]
        self._lines = [fitted(view, line, "title", width) for line in lines]
        self._wide = max((text_width(view, line, "title") for line in self._lines), default=0)
        self._right = (view.pixels[0] + width) / 2
        self.height = (0.6 + _LEADING * len(lines)) * self._size if lines else 0.0

    def room(self, left: float, right: float) -> float:
        """What is free from the end of the last line, which begins at `left`, to `right`; 0 without
        a title."""
        wide = text_width(self._view, self._lines[-1], "title") if self._lines else right - left
        return right - left - wide

    def draw(self, figure: "Figure", left: float, bottom: float) -> None:
        """Write the lines, the last one a little above `bottom`."""
        width, height = self._view.pixels
        left = max(min(left, self._right - self._wide), 0)
        for k, line in enumerate(reversed(self._lines)):
            base = bottom + (0.6 + _LEADING * k) * self._size
            figure.text(
                left / width,
                base / height,
                line,
                fontsize=self._size,
                fontweight=weight("title"),
                color=self._view.theme.ink,
            )
