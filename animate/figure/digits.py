"""A number that changes: each of its characters is drawn once, and from then on laid down."""

# pyright: reportUnknownMemberType=false

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist

from animate.figure.sprite import image_of
from animate.figure.view import DPI

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.text import Text


class Digits(Artist):
    """Shows `text`, a number whose right end stands still: in a picture of pixels by the images of
    its characters, which is several times as quick, and as it is in any other.

    The pixels are the same, since hinted type is laid out in whole pixels, and figures without
    kerning.
    """

    def __init__(self, text: "Text") -> None:
        super().__init__()
        self._text = text
        self._images: dict[str, tuple[float, float, np.ndarray]] = {}
        self._widths: dict[str, int] = {}
        self.set_zorder(text.get_zorder())

    def get_children(self) -> list[Artist]:
        """The text."""
        return [self._text]

    def set_figure(self, fig: Any) -> None:  # a Figure or one of its parts, as matplotlib has it
        """Put it and its text onto a figure."""
        super().set_figure(fig)
        self._text.set_figure(fig)

    def show(self, number: str) -> None:
        """Let it show `number` from now on."""
        self._text.set_text(number)

    def draw(self, renderer: "RendererBase") -> None:
        """Draw it, if it is visible."""
        from matplotlib.backends.backend_agg import RendererAgg

        if not self.get_visible():
            return
        if not isinstance(renderer, RendererAgg) or renderer.dpi != DPI:
            self._text.draw(renderer)
            return
        graphics, after = renderer.new_gc(), 0
        number = self._text.get_text()
        for character in reversed(number):
            if character not in self._images:
                self._learn(character, renderer)
            left, bottom, image = self._images[character]
            renderer.draw_image(graphics, left - after, bottom, image)
            after += self._widths[character]

    def _learn(self, character: str, renderer: "RendererAgg") -> None:
        """Draw a character at the right end, and measure it between two others."""
        number, font = self._text.get_text(), self._text.get_fontproperties()
        self._text.set_text(character)
        self._images[character] = image_of([self._text], renderer)
        self._text.set_text(number)
        between, without = (
            renderer.get_text_width_height_descent(words, font, ismath=False)[0]
            for words in (f"0{character}0", "00")
        )
        self._widths[character] = round(between - without)
