"""Formulas with colours: laid out whole by matplotlib, their symbols painted one by one.

Mathtext knows no colour. A formula in pieces would lose the spacing between them, so it is laid out
whole, and the outlines of its glyphs are drawn, each in the colour of the symbol it belongs to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ACCENTS = "\N{COMBINING CIRCUMFLEX ACCENT}"
"""Mathtext places an accent before the letter that bears it."""

_GREEK = 0xE1D8
"""Where STIX, which mathtext falls back to, has its slanted sans-serif letters from α on."""


@dataclass(frozen=True)
class Formula:
    """Outlines for a type size of 1 with the left end of the baseline at (0, 0).

    `outlines` are (corners [n, 2], path codes), first those of `letters` in order, then lines and
    bars. `ascent` and `descent` reach from the baseline up and down.
    """

    letters: str
    outlines: Sequence[tuple[np.ndarray, np.ndarray]]
    width: float
    ascent: float
    descent: float

    @classmethod
    def of(cls, text: str, view: View) -> "Formula":
        """Lay out mathtext, without its dollars."""
        from matplotlib.font_manager import FontProperties
        from matplotlib.mathtext import MathTextParser
        from matplotlib.textpath import TextToPath

        written, font = f"${text}$", FontProperties(family=list(view.theme.font))
        maker = TextToPath()
        places, shapes, bars = maker.get_glyphs_mathtext(font, written)
        font.set_size(maker.FONT_SCALE)
        glyphs = MathTextParser("path").parse(written, 72, font).glyphs
        outlines = [
            (np.asarray(shapes[name][0]) * scale + [x, y], np.asarray(shapes[name][1]))
            for name, x, y, scale in places
        ] + [(np.asarray(corners), np.asarray(codes)) for corners, codes in bars]
        sized = [(corners / maker.FONT_SCALE, codes) for corners, codes in outlines]
        points = np.concatenate([corners for corners, _ in sized if len(corners)])
        return cls(
            "".join(_letter(glyph[2]) for glyph in glyphs),
            sized,
            float(points[:, 0].max()),
            float(points[:, 1].max()),
            float(-points[:, 1].min()),
        )

    def colours(self, symbols: Mapping[str, str], ink: str) -> list[str]:
        """One colour an outline: that of the first of `symbols` whose letters stand there."""
        found = [ink] * len(self.outlines)
        free = [True] * len(self.letters)
        for symbol, colour in symbols.items():
            start = self.letters.find(symbol)
            while start >= 0:
                span = range(start, start + len(symbol))
                if all(free[k] for k in span):
                    for k in span:
                        found[k], free[k] = colour, False
                start = self.letters.find(symbol, start + 1)
        for k, letter in enumerate(self.letters[:-1]):
            if letter in _ACCENTS:
                found[k] = found[k + 1]
        return found

    def draw(
        self, axes: "Axes", left: float, base: float, size: float, colours: Sequence[str]
    ) -> None:
        """Draw it `size` pixels large, its baseline beginning at (left, base) in pixels."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path
        from matplotlib.transforms import IdentityTransform

        for (corners, codes), colour in zip(self.outlines, colours, strict=True):
            if len(corners):
                outline = Path(corners * size + [left, base], codes)
                glyph = PathPatch(
                    outline,
                    facecolor=colour,
                    linewidth=0,
                    transform=IdentityTransform(),
                    snap=False,
                )  # snapped to whole pixels, a thin minus would vanish
                axes.add_patch(glyph).set_clip_on(False)


def _letter(code: int) -> str:
    """The letter of a glyph, whose number may be one of STIX's own."""
    place = code - _GREEK
    return chr(ord("α") + place) if 0 <= place <= ord("ω") - ord("α") else chr(code)
