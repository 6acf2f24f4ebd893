"""The box around the surface: walls, ticks and labels that follow the camera without a jump.

Which edges carry the ticks changes while the camera turns. Each edge therefore has an opacity that
follows the angle: the old edge fades out while the new one fades in. The change lies beside the
right angles, at which cameras like to rest: there the heights stand at the far left and the edge
into the picture is labelled at the right.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import View
from animate.figure.brush import Brush
from animate.heightfield import Camera
from animate.panels.relief.ground import Ground
from animate.panels.relief.lettering import Lettering, smooth
from animate.terrain import Scale
from animate.words import Words

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase

_FADE = 0.04
"""How far beside the moment at which two edges change places both are seen; 1 is a right angle."""

_APART = 0.11
"""How far from each other two heights on a logarithmic scale are written, as a share of the box."""

Place = Callable[[np.ndarray], np.ndarray]
"""Points […, 3] of the box to pixels […, 2] of the picture, y upwards."""


@dataclass(frozen=True)
class Ticks:
    """Where along an axis of the box, [-1/2, 1/2] or t, what is written there, and its name."""

    at: np.ndarray
    said: tuple[str, ...]
    name: str


class Box:
    """Draws the box for one camera after the other."""

    def __init__(self, ground: Ground, view: View, brush: Brush) -> None:
        from matplotlib.colors import to_rgba

        (left, right), (low, high) = ground.terrain.window
        words = view.words
        self._x = _across(left, right, "x", words)
        self._y = _across(low, high, "y", words)
        self._t = _upright(ground.scale, words)
        self._view, self._brush = view, brush
        self._faint, self._muted = to_rgba(view.theme.faint), to_rgba(view.theme.muted)
        self._lettering = Lettering(brush, view.theme.font, to_rgba(view.theme.paper))

    def margins(self, *, underneath: bool) -> tuple[float, float, float, float]:
        """Pixels that ticks and labels take up to the left of the box, below, to the right, above.

        Seen from `underneath`, what else stands below it may stand above.
        """
        wide, size, label = self._lettering.width, self._view.type("tick"), self._view.type("label")
        heights = max(wide(word, size) for word in self._t.said)
        flat = max(wide(word, size) for word in (*self._x.said, *self._y.said))
        left = max(size + heights, size + 0.7 * flat, wide(self._t.name, label) / 2.0)
        below = size + 0.7 * flat + 1.6 * label
        return left, below, size + flat + label, below if underneath else 2.0 * label

    def draw_behind(self, renderer: "RendererBase", camera: Camera, place: Place) -> None:
        """The walls behind the surface, with a line at every tick."""
        width = self._view.line("hairline")
        for outline, lines, opacity in self._walls(camera):
            self._brush.hatch(renderer, place(lines), _faded(self._faint, 0.55 * opacity), width)
            self._brush.polyline(renderer, place(outline), _faded(self._faint, opacity), width)

    def draw_labels(self, renderer: "RendererBase", camera: Camera, place: Place) -> None:
        """Ticks and labels, over everything; at a corner the later number gives way."""
        self._lettering.begin()
        for axis, edge, outward, ticks, opacity in self._edges(camera):
            self._label(renderer, place, axis, edge, outward, ticks, opacity)

    def _walls(self, camera: Camera) -> Iterator[tuple[np.ndarray, np.ndarray, float]]:
        """Each wall that is behind the surface: its border, a line a tick, and its opacity."""
        into = camera.view.into
        ticks = (self._x.at, self._y.at, self._t.at)
        sides = [(0, s, into[0] * s) for s in (-0.5, 0.5)]
        sides += [(1, s, into[1] * s) for s in (-0.5, 0.5)]
        lid = float(camera.view.sine)
        sides += [(2, 0.0, lid / 2), (2, 1.0, -lid / 2)]
        for axis, side, away in sides:
            opacity = smooth(2 * away / 0.12)
            if opacity > 0.0:
                yield *_wall(axis, side, ticks), opacity

    def _edges(self, camera: Camera) -> Iterator[tuple[int, Any, Any, Ticks, float]]:
        """(axis, fixed coordinates, outward direction, ticks, opacity) of each edge with ticks."""
        into, right = camera.view.into, camera.view.right
        for s in (-0.5, 0.5):
            front_y, front_x = (2 * s * (2 * _FADE * right[k] - into[k]) for k in (1, 0))
            yield 0, (None, s, 0.0), (0.0, 2 * s, 0.0), self._x, _taken(front_y)
            yield 1, (s, None, 0.0), (2 * s, 0.0, 0.0), self._y, _taken(front_x)
        corners = [(a, b) for a in (-0.5, 0.5) for b in (-0.5, 0.5)]
        left = [
            2 * _FADE * (a * into[0] + b * into[1]) - (a * right[0] + b * right[1])
            for a, b in corners
        ]
        for k, (a, b) in enumerate(corners):
            lead = left[k] - max(other for j, other in enumerate(left) if j != k)
            outward = (-float(right[0]), -float(right[1]), 0.0)
            yield 2, (a, b, None), outward, self._t, _taken(lead)

    def _label(self, renderer, place: Place, axis, edge, outward, ticks: Ticks, opacity) -> None:
        if opacity <= 0.01:
            return
        view = self._view
        points = np.array([[t if c is None else c for c in edge] for t in ticks.at])
        ends = np.array([[t if c is None else c for c in edge] for t in _ends(axis)])
        away = place(points + np.array(outward) * 1e-3) - place(points)
        away = away[0] / max(np.linalg.norm(away[0]), 1e-9)
        width, size = view.line("hairline"), view.type("tick")
        self._brush.polyline(renderer, place(ends), _faded(self._faint, opacity), width)
        colour = _faded(self._muted, opacity)
        widest = 0.0
        marks = np.stack([place(points), place(points) + away * 0.35 * size], axis=1)
        self._brush.hatch(renderer, marks, _faded(self._faint, opacity), width)
        for at, word in zip(place(points), ticks.said, strict=True):
            reach = self._lettering.number(renderer, word, size, at, away, 0.7 * size, colour)
            widest = max(widest, reach)
        size = view.type("label")
        if axis == 2:
            top = place(ends)[1] + np.array([0.0, 0.9 * size])
            self._lettering.name(renderer, ticks.name, size, top, np.array([0.0, 1.0]), 0.0, colour)
            return
        middle, gap = place(ends).mean(0), widest + 0.3 * size
        self._lettering.name(renderer, ticks.name, size, middle, away, gap, colour)


def _taken(lead: float) -> float:
    """The opacity of an edge that is so far ahead of the other that might carry its ticks."""
    return smooth((lead + _FADE) / (2.0 * _FADE))


def _faded(colour: tuple[float, ...], opacity: float) -> tuple[float, ...]:
    return (*colour[:3], colour[3] * opacity)


def _ends(axis: int) -> tuple[float, float]:
    return (0.0, 1.0) if axis == 2 else (-0.5, 0.5)


def _wall(axis: int, side: float, ticks: tuple[np.ndarray, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Of the wall where coordinate `axis` is `side`: its border [5, 3], a line a tick [n, 2, 3]."""
    one, other = (k for k in range(3) if k != axis)
    (a, b), (c, d) = _ends(one), _ends(other)
    outline = [(a, c), (b, c), (b, d), (a, d), (a, c)]
    lines = [[(t, c), (t, d)] for t in ticks[one]] + [[(a, t), (b, t)] for t in ticks[other]]

    def standing(flat: Any) -> np.ndarray:
        return np.insert(np.asarray(flat, float), axis, side, axis=-1)

    return standing(outline), standing(lines)


def _across(low: float, high: float, name: str, words: Words) -> Ticks:
    """Round numbers between `low` and `high`."""
    from matplotlib.ticker import MaxNLocator

    values = np.array(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high))
    slack = 1e-9 * (high - low)
    values = values[(values >= low - slack) & (values <= high + slack)]
    values[abs(values) < slack] = 0.0
    return Ticks((values - low) / (high - low) - 0.5, _said(values, words), name)


def _upright(scale: Scale, words: Words) -> Ticks:
    """Heights at their true places; on a logarithmic scale, powers of ten over the lowest."""
    if scale.high <= scale.low:
        return Ticks(np.array([0.5]), _said([scale.low], words), words("loss"))
    if not scale.log:
        plain = _across(scale.low, scale.high, words("loss"), words)
        return Ticks(plain.at + 0.5, plain.said, plain.name)
    decades = scale.low + 10.0 ** np.arange(-12, np.ceil(np.log10(scale.high - scale.low)) + 1)
    values = [float(f"{scale.low:.4g}")]
    for value in (float(f"{each:.4g}") for each in decades):
        if scale.unit(value) - scale.unit(values[-1]) > _APART and scale.unit(value) <= 1.0:
            values.append(value)
    return Ticks(
        scale.unit(np.array(values)), _said(values, words), words("log scale", what=words("loss"))
    )


def _said(values: Any, words: Words) -> tuple[str, ...]:
    return tuple(words.number(float(value), digits=4) for value in values)
