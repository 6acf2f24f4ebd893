"""OKLab, where equal distances look about equal (Ottosson, 2020): colours to it and back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from animate._lazy import lazy

if TYPE_CHECKING:
    import numpy as np
else:
    np = lazy("numpy")

# Linear sRGB to cone responses, and their cube roots to lightness and two opponent axes.
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

_LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Of linear red, green and blue."""
_LEGIBLE = 4.5
"""The contrast that small type needs (WCAG 2.2, 1.4.3)."""
_SEEN = 0.01
"""A distance in OKLab that nobody sees."""


def to_oklab(colours: Sequence[str]) -> "np.ndarray":
    """OKLab [n, 3] of n colours `#rrggbb`."""
    return np.cbrt(_linear(colours) @ np.array(_LMS).T) @ np.array(_LAB).T


def to_srgb(oklab: "np.ndarray") -> "np.ndarray":
    """sRGB from 0 to 1 of OKLab colours, both [n, 3], clipped to what a screen can show."""
    linear = (oklab @ np.linalg.inv(_LAB).T) ** 3 @ np.linalg.inv(_LMS).T
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def ramp(colours: Sequence[str], n: int) -> "np.ndarray":
    """n colours [n, 3], sRGB from 0 to 1, from the first of `colours` through all to the last.

    Between two of them they are mixed in OKLab, where equal steps look equal.
    """
    stops = to_oklab(colours)
    at = np.linspace(0, len(stops) - 1, n)
    mixed: list[np.ndarray] = [np.interp(at, np.arange(len(stops)), each) for each in stops.T]
    return to_srgb(np.stack(mixed, axis=1))


def shades(colour: str, span: tuple[float, float], n: int) -> list[str]:
    """n colours `#rrggbb` of one hue, `colour` first: each has the lightness in `span` that is
    farthest from those of all before it, and as much of the colour's chroma as a screen shows."""
    (lightness, *hue), tried = to_oklab([colour])[0], np.linspace(*span, 67)
    chosen = [float(lightness)]
    for _ in range(n - 1):
        nearest = np.abs(tried[:, None] - chosen).min(axis=1)
        chosen.append(float(tried[nearest.argmax()]))
    return [colour, *(_written(each, np.array(hue)) for each in chosen[1:])]


def legible(colour: str, paper: str, ink: str) -> str:
    """The colour nearest to `colour` in which small type can be read on `paper`: so much of `ink`
    is mixed in as that takes."""
    mixed = _hex(ramp([colour, ink], 41))
    return next((each for each in mixed if contrast(each, paper) >= _LEGIBLE), ink)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2): by their relative luminances.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted(float(np.dot(each, _LUMINANCE)) for each in _linear([one, other]))
    return round((high + 0.05) / (low + 0.05), 9)


def _linear(colours: Sequence[str]) -> "np.ndarray":
    """Linear sRGB [n, 3] of n colours."""
    srgb = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in colours]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def _hex(srgb: "np.ndarray") -> list[str]:
    """The colours `#rrggbb` of sRGB [n, 3] from 0 to 1."""
    return ["#" + "".join(f"{round(255 * part):02x}" for part in each) for each in srgb]


def _written(lightness: float, hue: "np.ndarray") -> str:
    """The colour `#rrggbb` of that lightness, nearest to `hue` [2] of those that a screen shows."""
    shares = np.linspace(1, 0, 41)[:, None]
    tried = np.hstack([np.full_like(shares, lightness), shares * hue])
    shown = to_srgb(tried)
    written = _hex(shown)
    same = np.linalg.norm(to_oklab(written) - tried, axis=1) < _SEEN
    return written[int(same.argmax())]
