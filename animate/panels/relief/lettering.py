"""The words beside the box: none over another, and none that jumps while the camera turns."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure.brush import Brush

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase

_RIM = 0.18
"""Of the type size: so much of the paper stays clear around every letter."""
_CLEAR = 0.35
"""Of the type size: a number so far from every other word is seen in full, one that touches not."""


class Lettering:
    """Writes one picture's words after the other."""

    def __init__(self, brush: Brush, family: Sequence[str], paper: tuple[float, ...]) -> None:
        self._brush, self._family, self._paper = brush, list(family), paper
        self._words: dict[tuple[str, float], tuple[Any, np.ndarray]] = {}
        self._written: list[tuple[np.ndarray, np.ndarray, float]] = []

    def begin(self) -> None:
        """Begin the words of another picture."""
        self._written.clear()

    def width(self, word: str, size: float) -> float:
        """Pixels that `word` is wide."""
        return float(self._outline(word, size)[1][0])

    def name(
        self, renderer: "RendererBase", word: str, size: float, at, away, gap: float, colour
    ) -> float:
        """Write `word` so many pixels from `at` in the direction `away`; how far it reaches."""
        path, extent = self._outline(word, size)
        half = float(np.abs(away) @ extent) / 2.0
        centre = at + away * (gap + half)
        self._written.append((centre, extent / 2.0, colour[3]))
        paper = (*self._paper[:3], 0.7 * colour[3])
        self._brush.fill(renderer, path, centre, paper, _RIM * size)
        self._brush.fill(renderer, path, centre, colour)
        return gap + 2.0 * half

    def number(
        self, renderer: "RendererBase", word: str, size: float, at, away, gap: float, colour
    ) -> float:
        """As `name`, but fading away where another word is near."""
        _, extent = self._outline(word, size)
        half = float(np.abs(away) @ extent) / 2.0
        room = self._room(at + away * (gap + half), extent / 2.0, size)
        return self.name(renderer, word, size, at, away, gap, (*colour[:3], colour[3] * room))

    def _room(self, centre: np.ndarray, half: np.ndarray, size: float) -> float:
        """1 where a word stands free, 0 where it would touch what is already written."""
        room = 1.0
        for there, other, opacity in self._written:
            apart = float(np.max(np.abs(centre - there) - half - other))
            room *= 1.0 - opacity * (1.0 - smooth(apart / (_CLEAR * size)))
        return room

    def _outline(self, word: str, size: float) -> tuple[Any, np.ndarray]:
        """The outline of `word` about its middle, and its width and height."""
        if (word, size) not in self._words:
            from matplotlib.font_manager import FontProperties
            from matplotlib.textpath import TextPath
            from matplotlib.transforms import Affine2D

            path = TextPath((0, 0), word, size=size, prop=FontProperties(family=self._family))
            box = path.get_extents()
            middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
            path = Affine2D().translate(-middle[0], -middle[1]).transform_path(path)
            self._words[word, size] = path, np.array([box.width, box.height])
        return self._words[word, size]


def smooth(share: float) -> float:
    """From 0 to 1 as `share` goes, without a corner at either end."""
    share = min(max(float(share), 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)
