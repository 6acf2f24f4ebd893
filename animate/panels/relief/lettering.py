"""The words beside the box: none over another, and none that jumps while the camera turns."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from animate.figure.paths.brush import Brush, Rgba
from animate.panels.relief.place import Pair, Silhouette

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase
    from matplotlib.path import Path

_RIM = 0.18
"""The rim of paper around every letter, as a share of the type size."""
_CLEAR, _TOUCHES = 0.45, 0.1
"""A number this far from every other word is opaque, one that is so near a word is not drawn; as
shares of the type size."""


class Lettering:
    """Writes the words of one picture after the other.

    `words` has the outline of every word in a size, about its middle, with its width and height;
    `written` the middle, the half width and height, and the opacity of those in this picture.
    """

    def __init__(self, brush: Brush, family: Sequence[str], paper: Rgba) -> None:
        self._brush, self._family, self._paper = brush, list(family), paper
        self.words: dict[tuple[str, float, bool], tuple[Path, Pair]] = {}
        self.written: list[tuple[Pair, Pair, float]] = []

    def begin(self, silhouette: Silhouette) -> None:
        """Begin another picture, in which the box has this silhouette."""
        self._silhouette = silhouette
        self.written.clear()

    def width(self, word: str, size: float) -> float:
        """The width of `word` in pixels."""
        return self._outline(word, size)[1][0]

    def name(
        self, renderer: "RendererBase", word: str, size: float, at: Pair, away: Pair, gap: float,
        colour: Rgba, *, upright: bool = False,
    ) -> float:  # fmt: skip
        """Write `word` `gap` pixels from `at` in the direction `away`; returns how far it reaches.

        In front of the box it has a rim of paper around it. `upright`: it is read from below.
        """
        path, (width, height) = self._outline(word, size, upright=upright)
        centre, reach = self._placed((width, height), at, away, gap)
        half = width / 2.0, height / 2.0
        self.written.append((centre, half, colour[3]))
        rim = _RIM * size
        if self._silhouette.touches(centre, (half[0] + rim, half[1] + rim)):
            paper = (*self._paper[:3], 0.7 * colour[3])
            self._brush.fill(renderer, path, centre, paper, rim)
        self._brush.fill(renderer, path, centre, colour)
        return reach

    def number(
        self, renderer: "RendererBase", word: str, size: float, at: Pair, away: Pair, gap: float,
        colour: Rgba,
    ) -> float:  # fmt: skip
        """As `name`, but fading away where another word is near."""
        extent = self._outline(word, size)[1]
        centre, _ = self._placed(extent, at, away, gap)
        room = self._room(centre, extent, size)
        return self.name(renderer, word, size, at, away, gap, (*colour[:3], colour[3] * room))

    @staticmethod
    def _placed(extent: Pair, at: Pair, away: Pair, gap: float) -> tuple[Pair, float]:
        """Where the middle of a word of that width and height falls, and how far from `at` it
        reaches."""
        width, height = extent
        half = (abs(away[0]) * width + abs(away[1]) * height) / 2.0
        centre = at[0] + away[0] * (gap + half), at[1] + away[1] * (gap + half)
        return centre, gap + 2.0 * half

    def _room(self, centre: Pair, extent: Pair, size: float) -> float:
        """1 for a word that stands apart, 0 for one that touches what is already written."""
        (x, y), (width, height) = centre, extent
        room = 1.0
        for there, half, opacity in self.written:
            apart = max(
                abs(x - there[0]) - width / 2.0 - half[0],
                abs(y - there[1]) - height / 2.0 - half[1],
            )
            share = (apart / size - _TOUCHES) / (_CLEAR - _TOUCHES)
            room *= 1.0 - opacity * (1.0 - smooth(share))
        return room

    def _outline(self, word: str, size: float, *, upright: bool = False) -> "tuple[Path, Pair]":
        """The outline of `word` about its middle, and its width and height."""
        known = word, size, upright
        if known not in self.words:
            from matplotlib.font_manager import FontProperties
            from matplotlib.textpath import TextPath
            from matplotlib.transforms import Affine2D

            path = TextPath((0, 0), word, size=size, prop=FontProperties(family=self._family))
            path = Affine2D().rotate_deg(90.0 if upright else 0.0).transform_path(path)
            box = path.get_extents()
            middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
            path = Affine2D().translate(-middle[0], -middle[1]).transform_path(path)
            self.words[known] = path, (float(box.width), float(box.height))
        return self.words[known]


def smooth(share: float) -> float:
    """From 0 to 1 as `share` goes, without a corner at either end."""
    share = min(max(float(share), 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)
