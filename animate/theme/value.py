"""Theme: the looks of a picture in one value, and how they grow with the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import sqrt
from typing import TYPE_CHECKING, Literal

from animate._lazy import lazy
from animate.errors import UnknownName
from animate.registry import hint
from animate.theme.fonts import GENERAL, HOUSE
from animate.theme.oklab import ramp, shades

if TYPE_CHECKING:
    import numpy as np
else:
    np = lazy("numpy")

Pixels = tuple[int, int]
Dash = tuple[float, ...]
Marker = Literal["o", "s", "D", "^"]
"""The shape of a head, as matplotlib calls it: a disc, a square, a diamond, a triangle."""
TypeRole = Literal["title", "caption", "label", "tick", "legend", "note"]
LineRole = Literal["trail", "casing", "head", "star", "arrow", "level", "hairline"]

BASE: Pixels = (640, 480)

# Pixels at BASE, and the least that is still readable or visible.
_TYPE: Mapping[TypeRole, float] = {
    "title": 20.0,
    "caption": 15.0,
    "label": 13.0,
    "legend": 12.0,
    "tick": 12.0,
    "note": 12.0,
}
_SMALLEST_TYPE = 8.0
_TYPE_GROWTH = 0.78
"""With it nothing is under 22 pixels at 1080×1350, which a phone shows at a third of its size."""
_STYLES: tuple[Dash, ...] = ((), (4.0, 1.6), (1.2, 1.4), (6.0, 1.4, 1.2, 1.4))
"""Solid, dashed, dotted, and dashes with dots."""
_MARKERS: tuple[Marker, ...] = ("o", "s", "D", "^")
_LINES: Mapping[LineRole, tuple[float, float]] = {
    "trail": (2.2, 1.4),
    "casing": (1.0, 0.7),
    "head": (5.0, 3.2),
    "star": (9.0, 5.5),
    "arrow": (2.8, 1.9),
    "level": (0.6, 0.4),
    "hairline": (0.8, 0.6),
}


@dataclass(frozen=True)
class Theme:
    """How pictures look. Colours are `#rrggbb`; lengths are pixels at a picture size in pixels.

    `trails` are in the order in which optimizers take them, unless their methods have their own,
    and `shades` the least and the largest lightness (OKLab) of those that share a trail's hue;
    `dashes`, where a theme has any, are taken in step with `trails`: on and off lengths in line
    widths, () for a solid line, and so are `markers`, the shapes of heads. A `colourless` theme
    tells all apart without colours too. `colormap` holds the stops of the terrain's colours from
    the lowest loss to the highest. `text` and `line` are factors of all type sizes and line widths;
    `unused` names what a style file sets and no picture takes up.
    """

    name: str
    about: str
    paper: str
    ink: str
    muted: str
    faint: str
    casing: str
    trails: tuple[str, ...]
    colormap: tuple[str, ...]
    minimum: str
    arrows: Mapping[str, str] = field(hash=False)
    shades: tuple[float, float] = (0.36, 0.68)
    dashes: tuple[Dash, ...] = ()
    markers: tuple[Marker, ...] = ()
    colourless: bool = False
    font: tuple[str, ...] = (HOUSE, GENERAL)
    text: float = 1.0
    line: float = 1.0
    unused: tuple[str, ...] = ()

    def trail(self, index: int) -> str:
        """The colour of the optimizer number `index`; past the last colour they begin again."""
        return self.trails[index % len(self.trails)]

    def shade(self, index: int, place: int) -> str:
        """The colour of the optimizer at `place` among those that share a trail: the trail's own at
        0, then that of the lightness farthest from all before it."""
        own = self.trail(index)
        return own if place == 0 else shades(own, self.shades, place + 1)[place]

    def dash(self, index: int) -> Dash:
        """The dashes of the optimizer number `index`, in line widths; () is a solid line."""
        return self.dashes[index % len(self.dashes)] if self.dashes else ()

    def marker(self, index: int) -> Marker:
        """The shape of the head of the optimizer number `index`."""
        return self.markers[index % len(self.markers)] if self.markers else "o"

    def of(self, optimizers: Sequence[int]) -> "Theme":
        """This theme for some of the optimizers, each in the looks that it has among all."""
        return replace(
            self,
            dashes=tuple(self.dash(k) for k in optimizers),
            markers=tuple(self.marker(k) for k in optimizers),
        )

    def told_apart(
        self,
        colours: Sequence[str],
        trails: Sequence[tuple[int, int]] | None = None,
        *,
        solid: bool = False,
    ) -> "Theme":
        """This theme with other dashes and heads for every optimizer whose colour is taken; with
        other heads alone where all lines are to be `solid`, since dashes say something else.

        `colours` has one for each optimizer. `trails` are the numbers of their trails and their
        places among those that share it, else (0, 0), (1, 0), …; one that shares a trail differs
        from all others. Sixteen of one colour look different, solid ones four.
        """
        styles, own = (_STYLES[:1], replace(self, dashes=())) if solid else (_STYLES, self)
        most = len(styles) * len(_MARKERS)
        taken: dict[str, list[tuple[Dash, Marker]]] = {}
        looks: list[tuple[Dash, Marker]] = []
        known = trails or [(number, 0) for number in range(len(colours))]
        for colour, (number, place) in zip(colours, known, strict=True):
            of_colour = taken.setdefault(colour.lower(), [])
            everyone = (self.colourless or place > 0) and len(looks) < most
            looks.append(_free(own.dash(number), looks if everyone else of_colour, styles))
            of_colour.append(looks[-1])
        dashes, markers = (tuple(each) for each in zip(*looks, strict=True))
        return replace(self, dashes=dashes, markers=markers)

    def terrain_colours(self, n: int) -> "np.ndarray":
        """n colours [n, 3], sRGB from 0 to 1, from the lowest loss to the highest."""
        return ramp(self.colormap, n)

    def with_colormap(self, name: str) -> "Theme":
        """This theme with one of matplotlib's colormaps for the terrain. Raises UnknownName."""
        return replace(self, colormap=matplotlib_stops(name))

    def type_size(self, role: TypeRole, pixels: Pixels) -> float:
        """The type size in pixels for `role` in a picture of `pixels`, never below 8."""
        return max(_SMALLEST_TYPE, _TYPE[role] * self.text * _growth(pixels, _TYPE_GROWTH))

    def line_width(self, role: LineRole, pixels: Pixels) -> float:
        """A length in pixels for `role` in a picture of `pixels`.

        Line widths, but for `head` and `star`, which are radii; `casing` is what shows on each
        side of a trail.
        """
        width, least = _LINES[role]
        return max(least, width * self.line * _growth(pixels, 0.8))


def matplotlib_stops(name: str) -> tuple[str, ...]:
    """The colours of matplotlib's colormap `name` as `#rrggbb`. Raises UnknownName."""
    import matplotlib
    from matplotlib.colors import to_hex

    if name not in matplotlib.colormaps:
        nearest = hint(name, list(matplotlib.colormaps))
        raise UnknownName(f"there is no colormap named {name!r}.{nearest}")
    return tuple(to_hex(colour) for colour in matplotlib.colormaps[name](np.linspace(0, 1, 256)))


def _growth(pixels: Pixels, exponent: float) -> float:
    """How much larger things get than at BASE: with the picture's side, but more slowly."""
    return sqrt(pixels[0] * pixels[1] / (BASE[0] * BASE[1])) ** exponent


def _free(
    own: Dash, taken: Sequence[tuple[Dash, Marker]], known: Sequence[Dash]
) -> tuple[Dash, Marker]:
    """The first look, an optimizer's `own` dashes and a disc before others of the `known`, that is
    not `taken`; where all are, they begin again."""
    styles = sorted(known, key=lambda style: style != own)
    styles = styles if own in styles else [own, *styles[1:]]
    number = len(_MARKERS)
    most = number * len(styles)
    recent = taken[len(taken) // most * most :]
    return next(
        (styles[k], _MARKERS[(k + shift) % number])
        for shift, k in product(range(number), range(len(styles)))
        if (styles[k], _MARKERS[(k + shift) % number]) not in recent
    )
