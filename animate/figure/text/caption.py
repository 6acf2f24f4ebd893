"""The story's captions, which fade in and out where there is room for the longest."""

from itertools import zip_longest
from typing import TYPE_CHECKING

from animate.figure.clock import Moment
from animate.figure.panel import Drawing
from animate.figure.text.leading import baselines
from animate.figure.text.paragraph import LEADING, balanced, text_width
from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MEASURE = 42.0
"""The longest line, in type sizes, from which a reader still finds the next one easily."""
_ASCENT = 0.85
"""Distance from the top of a line to its baseline, in type sizes."""
_GAP = 0.75
"""Room below the longest caption, in type sizes."""


class Caption:
    """Broken into lines first, so that the layout can leave room; placed afterwards."""

    def __init__(self, view: View, width: float) -> None:
        self._view, self._size = view, view.type("caption")
        width = min(width, _MEASURE * self._size)
        self._broken = {
            text: balanced(view, text, "caption", width) for _, text in view.story.captions if text
        }
        broken = [line for lines in self._broken.values() for line in lines]
        self.width = max((text_width(view, each, "caption") for each in broken), default=0)
        below = [baselines(view, lines, "caption") for lines in self._broken.values()]
        self._below = [max(each) for each in zip_longest(*below, fillvalue=0.0)]
        self.height = self._below[-1] + (LEADING + _GAP) * self._size if self._below else 0.0

    def place(self, figure: "Figure", left: float, top: float) -> Drawing:
        """Begin at `left`, below `top`, counted from the lower left corner in pixels.

        Returns the lines, which change with the clock.
        """
        from animate.figure.text.printed import Printed

        width, height = self._view.pixels
        first = top - _ASCENT * self._size
        lines = [
            Printed(
                left / width,
                (first - below) / height,
                "",
                fontsize=self._size,
                color=self._view.theme.ink,
                animated=True,
            )
            for below in self._below
        ]
        for line in lines:
            figure.add_artist(line)

        def show(moment: Moment) -> None:
            text, ink = self._view.story.caption_at(moment.second)
            broken = self._broken.get(text, [])
            for k, line in enumerate(lines):
                line.set_text(broken[k] if k < len(broken) else "")
                line.set_alpha(ink)

        return Drawing(artists=lines, show=show)
