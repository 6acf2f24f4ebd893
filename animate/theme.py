"""Colours, line widths and type sizes: everything a picture's looks are made of, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from animate.errors import UnknownName, UsageError
from animate.lazy import lazy
from animate.registry import hint

if TYPE_CHECKING:
    import numpy as np
else:
    np = lazy("numpy")

Pixels = tuple[int, int]
Dash = tuple[float, ...]
TypeRole = Literal["title", "label", "tick", "legend", "note"]
LineRole = Literal["trail", "casing", "head", "star", "arrow", "level", "hairline"]

BASE: Pixels = (640, 480)

# Pixels at BASE, and the least that is still readable or visible.
_TYPE: Mapping[TypeRole, float] = {
    "title": 15.0,
    "label": 12.0,
    "tick": 10.5,
    "legend": 11.0,
    "note": 10.0,
}
_SMALLEST_TYPE = 8.0
_LINES: Mapping[LineRole, tuple[float, float]] = {
    "trail": (2.2, 1.4),
    "casing": (1.0, 0.7),
    "head": (5.0, 3.2),
    "star": (8.0, 5.0),
    "arrow": (1.8, 1.2),
    "level": (0.6, 0.4),
    "hairline": (0.8, 0.6),
}


@dataclass(frozen=True)
class Theme:
    """How pictures look. Colours are `#rrggbb`; lengths are pixels at a picture size in pixels.

    `trails` are in the order in which optimizers take them; `dashes`, where a theme has any, are
    taken in step with them: on and off lengths in line widths, () for a solid line. `colormap`
    holds the stops of the terrain's colours from the lowest loss to the highest.
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
    dashes: tuple[Dash, ...] = ()
    font: tuple[str, ...] = ("DejaVu Sans",)
    text: float = 1.0
    line: float = 1.0

    def trail(self, index: int) -> str:
        """The colour of the optimizer number `index`; past the last colour they begin again."""
        return self.trails[index % len(self.trails)]

    def dash(self, index: int) -> Dash:
        """The dashes of the optimizer number `index`, in line widths; () is a solid line."""
        return self.dashes[index % len(self.dashes)] if self.dashes else ()

    def terrain_colours(self, n: int) -> "np.ndarray":
        """n colours [n, 3], sRGB from 0 to 1, from the lowest loss to the highest.

        Between the stops they are mixed in OKLab (Ottosson, 2020), where equal steps look equal.
        """
        stops = _oklab(np.array([_channels(stop) for stop in self.colormap]))
        at = np.linspace(0, len(stops) - 1, n)
        mixed = [np.interp(at, np.arange(len(stops)), channel) for channel in stops.T]
        return _srgb(np.stack(mixed, axis=1))

    def with_colormap(self, name: str) -> "Theme":
        """This theme with one of matplotlib's colormaps for the terrain. Raises UnknownName."""
        return replace(self, colormap=_matplotlib_stops(name))

    def type_size(self, role: TypeRole, pixels: Pixels) -> float:
        """The type size in pixels for `role` in a picture of `pixels`, never below 8."""
        return max(_SMALLEST_TYPE, _TYPE[role] * self.text * _growth(pixels, 0.65))

    def line_width(self, role: LineRole, pixels: Pixels) -> float:
        """A length in pixels for `role` in a picture of `pixels`.

        Line widths, but for `head` and `star`, which are radii; `casing` is what shows on each
        side of a trail.
        """
        width, least = _LINES[role]
        return max(least, width * self.line * _growth(pixels, 0.8))


def theme(name: str) -> Theme:
    """The theme called `name`, or the one that a matplotlib style file of that path describes.

    Raises UnknownName, and UsageError for a style file that cannot be read.
    """
    if str(name).endswith(".mplstyle"):
        return _from_style_file(Path(name))
    if name not in THEMES:
        remedy = " A style file of your own ends in .mplstyle."
        raise UnknownName(f"there is no theme named {name!r}.{hint(name, THEMES)}{remedy}")
    return THEMES[name]


def _growth(pixels: Pixels, exponent: float) -> float:
    """How much larger things get than at BASE: with the picture's side, but more slowly."""
    return sqrt(pixels[0] * pixels[1] / (BASE[0] * BASE[1])) ** exponent


def _channels(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]  # three slices


_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def _oklab(srgb: "np.ndarray") -> "np.ndarray":
    """OKLab of sRGB colours, both [n, 3] (Ottosson, 2020)."""
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ np.array(_LMS).T) @ np.array(_LAB).T


def _srgb(oklab: "np.ndarray") -> "np.ndarray":
    """sRGB of OKLab colours, both [n, 3], clipped to what a screen can show."""
    linear = (oklab @ np.linalg.inv(_LAB).T) ** 3 @ np.linalg.inv(_LMS).T
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def _matplotlib_stops(name: str) -> tuple[str, ...]:
    import matplotlib
    from matplotlib.colors import to_hex

    if name not in matplotlib.colormaps:
        raise UnknownName(
            f"there is no colormap named {name!r}.{hint(name, list(matplotlib.colormaps))}"
        )
    return tuple(to_hex(colour) for colour in matplotlib.colormaps[name](np.linspace(0, 1, 256)))


def _from_style_file(path: Path) -> Theme:
    import matplotlib
    from matplotlib.colors import to_hex

    if not path.is_file():
        raise UsageError(f"there is no style file {str(path)!r}")
    try:
        says = matplotlib.rc_params_from_file(path, fail_on_error=True, use_default_template=False)
    except (ValueError, TypeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    plain = THEMES["light"]
    changes: dict[str, Any] = {}
    for key, part in (("figure.facecolor", "paper"), ("text.color", "ink")):
        if key in says:
            changes[part] = to_hex(says[key])
    if "axes.prop_cycle" in says:
        changes["trails"] = tuple(to_hex(c) for c in says["axes.prop_cycle"].by_key()["color"])
    if "image.cmap" in says:
        changes["colormap"] = _matplotlib_stops(says["image.cmap"])
    if "font.family" in says:
        changes["font"] = tuple(says["font.family"])
    return replace(plain, name=path.stem, about=f"from {path.name}", **changes)


_LIGHT = Theme(
    name="light",
    about="white paper, calm blue terrain; for articles and slides",
    paper="#ffffff",
    ink="#1b2330",
    muted="#5a6675",
    faint="#c9d1da",
    casing="#ffffff",
    trails=(
        "#d1242f",
        "#1557c0",
        "#f28c00",
        "#0b7a3b",
        "#8a2be2",
        "#111827",
        "#e0529c",
        "#8a5a2b",
        "#00a5b5",
        "#9aa000",
    ),
    colormap=("#7fa3c4", "#a4c0d8", "#c8dae8", "#e2ecf4", "#f6f9fc"),
    minimum="#1b2330",
    arrows={
        "gradient": "#1b2330",
        "momentum": "#7a3e00",
        "update": "#c2185b",
        "lookahead": "#00695c",
    },
)

_DARK = Theme(
    name="dark",
    about="deep blue night, luminous trails; for dark pages and screens",
    paper="#0e131b",
    ink="#eef2f7",
    muted="#9aa7b6",
    faint="#35404f",
    casing="#0a0e15",
    trails=(
        "#ff5d5d",
        "#5cb0ff",
        "#ffb52e",
        "#4fe08a",
        "#c79bff",
        "#ffffff",
        "#ff8fd0",
        "#d8a071",
        "#3fe0e6",
        "#dce25a",
    ),
    colormap=("#0b1220", "#132033", "#1d3047", "#2a435d", "#3a5873"),
    minimum="#ffffff",
    arrows={
        "gradient": "#ffffff",
        "momentum": "#ffcf99",
        "update": "#ff8ab5",
        "lookahead": "#7ff0dc",
    },
)

_PAPER = replace(
    _LIGHT,
    name="paper",
    about="serif type, greys and line styles; prints well without colour",
    ink="#000000",
    muted="#4d4d4d",
    faint="#bdbdbd",
    colormap=("#b4b4b4", "#d2d2d2", "#e8e8e8", "#fafafa"),
    minimum="#000000",
    dashes=(
        (),
        (4, 1.5),
        (1, 1.2),
        (4, 1.2, 1, 1.2),
        (8, 2),
        (2, 1),
        (6, 1, 1, 1, 1, 1),
        (3, 3),
        (1, 2.5),
        (10, 2, 2, 2),
    ),
    font=("DejaVu Serif",),
)

_POSTER = replace(
    _LIGHT,
    name="poster",
    about="large type and bold lines; for a projector and the last row",
    text=1.35,
    line=1.45,
)

THEMES: Mapping[str, Theme] = {each.name: each for each in (_LIGHT, _DARK, _PAPER, _POSTER)}
