"""Swarms: thousands of dots with short fading tails, rasterised at once.

A dot is a stamp out of a table of shifted discs. Where stamps overlap they cover a pixel as if they
were laid one over the other, 1 − ∏(1 − aᵢ), a sum of logarithms, and their colours mix by their
shares of it. So their order does not matter, and no optimizer hides another.
"""

# pyright: reportUnknownMemberType=false

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, Integer, Num

from animate.figure.clock import Moment
from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg

TAIL = 0.05
"""Length of a tail as a share of all steps, unless the style sets the steps that trails keep."""
_PIECES, _BENT = 4, 32
"""Straight pieces that a tail is made of; where paths bend between their steps, as on a graph."""
_PHASES = 8
"""Positions inside a pixel, along each axis, that there is a stamp for."""
_FEW = 500
"""The most dots that are drawn at full size; more are drawn smaller."""
_DOT = 0.95
"""Opacity of a dot."""
_TAIL_STRENGTH = 0.42
"""Opacity of a tail where it leaves its dot."""
_HALO = 0.5
"""Opacity of a halo."""
_LONGEST = 200.0
"""Pixels: a longer piece of a tail has no more points than this, so that leaps look faint."""
_MOST_POINTS = 20_000
"""Points that all tails together are made of, at most, in a picture of 640 × 480; in a larger one
more by its area, lest tails fall into dots there. If that is too few their distance grows."""
_MARGIN = 16
"""Pixels around the window, so that no stamp has to be cut."""
_FAR = 1e15
"""Pixels beyond which the positions of diverging runs are clipped, so that float32 holds them."""
_HALOS = 3000
"""The most dots that have halos; those of more would hide one another."""


class Swarm:
    """N dots with tails on one axes, drawn in the same order as `Trails`: casings first.

    `points` [path, record, 2] in data coordinates, NaN after a path's end; `steps` [record] the
    steps at which they were recorded; `groups` [path, record] or [path, 1] the number of the colour
    in `colours` that a dot has.
    """

    def __init__(
        self,
        axes: "Axes",
        points: Float[np.ndarray, "path record 2"],
        steps: Num[np.ndarray, " record"],
        groups: Integer[np.ndarray, "path #record"],  # noqa: F821  # a shape
        colours: "list[str]",
        view: View,
    ) -> None:
        from matplotlib.colors import to_rgb

        self.axes, self.view, self._places = axes, view, points
        self.place()
        self._steps, self._groups = np.asarray(steps, float), groups.T
        self._colours = np.array([to_rgb(each) for each in colours], np.float32)
        self._casing = np.array(to_rgb(view.theme.casing))
        share = min(1.0, (_FEW / max(points.shape[0], 1)) ** 0.22)
        self.radius = max(0.5 * view.line("head") * share, 0.9)
        self._ring = min(view.line("casing"), 0.5 * self.radius)
        bent = len(steps) > len(view.trajectories.steps)
        self._pieces = _BENT if bent else _PIECES
        self._tail = view.tail or max(TAIL * float(steps[-1]), 1.0)
        self.radius = min(self.radius, _MARGIN / 2 - 2)
        self._dot = _Stamp(self.radius, _DOT)
        self._halo = _Stamp(self.radius + self._ring, _HALO)

    def colours_at(self, step: float) -> Float[np.ndarray, "path 3"]:
        """The colour of every dot at `step`, sRGB from 0 to 1."""
        return self._colours[self._at(step)[1]]

    def place(self) -> None:
        """Compute the pixels of all points anew, for the current limits of the axes."""
        places = self._places
        pixels = self.axes.transData.transform(places.reshape(-1, 2)).reshape(places.shape)
        pixels = np.clip(pixels.swapaxes(0, 1), -_FAR, _FAR)
        self._points = np.ascontiguousarray(pixels, np.float32)

    def finished(self, moment: Moment) -> int:  # noqa: ARG002  # nothing of a swarm stays
        """0: nothing of a swarm can be kept in the background."""
        return 0

    def bake(self, under: "RendererAgg", over: "RendererAgg", first: int, last: int) -> None:
        """Do nothing, since `finished` is 0."""

    def draw_casings(self, renderer: "RendererAgg", moment: Moment) -> None:
        """Draw a halo around every dot and its tail's colour fading behind it."""
        canvas = self._canvas(renderer)
        here, groups = self._at(moment.step)
        if len(here) <= _HALOS:
            canvas.stamp(self._halo, here, self._casing[None])
        fade, places, owners = self._tails(moment.step)
        canvas.splat(places, fade, self._colours[groups[owners]])

    def draw_heads(self, renderer: "RendererAgg", moment: Moment) -> None:
        """Draw the dots."""
        canvas = self._canvas(renderer)
        here, groups = self._at(moment.step)
        canvas.stamp(self._dot, here, self._colours[groups])

    def add_artists(self, moment: Moment) -> "list[Artist]":
        """Add the dots at `moment` to the axes, for vector files; returns the artist."""
        here, groups = self._at(moment.step)
        known = np.isfinite(here).all(-1)
        dots = self.axes.scatter(
            *self.axes.transData.inverted().transform(here[known]).T,
            s=(2 * self.radius) ** 2,
            color=self._colours[groups[known]],
            linewidths=0,
            zorder=6,
        )
        return [dots]

    def _canvas(self, renderer: "RendererAgg") -> "_Canvas":
        return _Canvas(np.asarray(renderer.buffer_rgba()), self.axes.bbox.get_points())

    def _at(self, step: float) -> tuple[np.ndarray, np.ndarray]:
        """The dots [path, 2] in pixels at `step`, and the number of each one's colour."""
        place = float(np.interp(step, self._steps, np.arange(len(self._steps))))
        below = int(place)
        above, share = min(below + 1, len(self._steps) - 1), np.float32(place - below)
        here, there = self._points[below], self._points[above]
        points = here + share * (there - here) if share else here
        return points, self._groups[min(below, len(self._groups) - 1)]

    def _tails(self, step: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Strength [n], place [n, 2] and owner [n] of the points that tails are made of."""
        ages = np.linspace(0.0, 1.0, self._pieces + 1)
        line = np.stack([self._at(max(step - age * self._tail, 0.0))[0] for age in ages])
        reach = np.diff(line, axis=0)
        length = np.nan_to_num(np.hypot(reach[..., 0], reach[..., 1]), nan=0.0, posinf=0.0)
        length = np.minimum(length, _LONGEST).ravel()
        width, height = self.view.pixels
        most = _MOST_POINTS * max(1.0, width * height / (640 * 480))
        spacing = max(1.0, float(length.sum()) / most)
        until = np.cumsum(length / spacing)
        marks = np.arange(int(until[-1]), dtype=np.float32) + 0.5
        piece = np.searchsorted(until, marks).astype(np.int32)
        share = 1 - (until[piece] - marks) * spacing / length[piece]
        number, owner = np.divmod(piece, np.int32(line.shape[1]))
        share = share.astype(np.float32)
        places = line[:-1].reshape(-1, 2)[piece] + share[:, None] * reach.reshape(-1, 2)[piece]
        strength = min(_TAIL_STRENGTH * spacing, _DOT)
        return strength * (1 - (number + share) / self._pieces), places, owner


class _Stamp:
    """A disc of `radius` at every place inside a pixel: log(1 − coverage) [phase, pixel].

    `rows` and `columns` [phase, pixel] count from the pixel that the centre is in; of every phase
    there are as many pixels as the disc covers at most.
    """

    def __init__(self, radius: float, strength: float) -> None:
        reach = int(np.ceil(radius))
        offsets = np.arange(-reach, reach + 1)
        middle = (np.arange(_PHASES) + 0.5) / _PHASES - 0.5
        y, x, row, column = np.meshgrid(middle, middle, offsets, offsets, indexing="ij")
        covered = np.clip(radius + 0.5 - np.hypot(row - y, column - x), 0.0, 1.0) * strength
        covered = covered.reshape(_PHASES**2, -1)
        most = (covered > 0).sum(axis=1).max()
        used = np.argsort(-covered, axis=1)[:, :most]
        self.logs = np.log1p(-np.take_along_axis(covered, used, axis=1))
        self.rows, self.columns = row[0, 0].ravel()[used], column[0, 0].ravel()[used]


class _Canvas:
    """The pixels inside a box [row, column, 4], given by its corners, y upwards, and a margin."""

    def __init__(self, pixels: np.ndarray, box: np.ndarray) -> None:
        (left, bottom), (right, top) = np.round(box).astype(int)
        height, width = pixels.shape[:2]
        self._pixels = pixels.reshape(-1, 4).view(np.uint32)[:, 0]
        self._first, self._skipped = (height - top) * width + left, width - (right - left)
        self._corner = np.array([left - _MARGIN, height - top - _MARGIN], np.float32)
        self._bottom = height
        self._shape = (top - bottom + 2 * _MARGIN, right - left + 2 * _MARGIN)

    def stamp(self, stamp: _Stamp, centres: np.ndarray, colours: np.ndarray) -> None:
        """Lay a stamp at each of `centres` [n, 2], of `colours` [n or 1, 3]."""
        (x, y), near = self._placed(centres)
        column, row = x.astype(np.int32), y.astype(np.int32)
        phase = _PHASES * ((y - row) * _PHASES).astype(np.int32) + ((x - column) * _PHASES).astype(
            np.int32
        )
        offsets = stamp.rows * self._shape[1] + stamp.columns
        index = (row.astype(np.intp) * self._shape[1] + column)[:, None] + offsets[phase]
        self._lay(index, stamp.logs[phase], _chosen(colours, near)[:, None])

    def splat(self, places: np.ndarray, strength: np.ndarray, colours: np.ndarray) -> None:
        """Share points of `strength` [n] at `places` [n, 2] each among the four pixels around."""
        (x, y), near = self._placed(places)
        x, y = x - np.float32(0.5), y - np.float32(0.5)
        column, row = x.astype(np.int32), y.astype(np.int32)
        right, below = x - column, y - row
        left, above = 1 - right, (1 - below) * strength[near]
        below = below * strength[near]
        shares = np.stack([left * above, right * above, left * below, right * below], axis=1)
        width = self._shape[1]
        index = (row.astype(np.intp) * width + column)[:, None] + [0, 1, width, width + 1]
        self._lay(index, np.log1p(-shares), _chosen(colours, near)[:, None])

    def _placed(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Column and row [2, n], with their fractions, of the points that are near the window, and
        which they are."""
        x, y = points[:, 0] - self._corner[0], self._bottom - points[:, 1] - self._corner[1]
        height, width = self._shape
        reach = _MARGIN / 2
        near = (x > reach) & (x < width - reach) & (y > reach) & (y < height - reach)
        return np.stack([x[near], y[near]]), near

    def _lay(self, index: np.ndarray, logs: np.ndarray, colours: np.ndarray) -> None:
        """Cover the pixels `index` [n, pixel] of the window and its margin, as far as `logs` say,
        with `colours` [n or 1, 1, 3]."""
        if not index.size:
            return
        covered = self._summed(index, logs)
        where = np.flatnonzero(covered < 0)
        covered = covered[where]
        share = np.exp(covered)
        mixed = len(colours) > 1 and (colours != colours[0]).any()
        at = self._first + where + where // (self._shape[1] - 2 * _MARGIN) * self._skipped
        pixels = self._pixels[at]
        channels = pixels.view(np.uint8).reshape(-1, 4)
        for c in range(3):
            colour = colours[0, 0, c]
            if mixed:
                colour = self._summed(index, logs * colours[..., c])[where] / covered
            channels[:, c] = share * channels[:, c] + (1 - share) * (255 * colour) + 0.5
        self._pixels[at] = pixels

    def _summed(self, index: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """The sum of `weights` at every pixel of the window, row after row."""
        height, width = self._shape
        total = np.bincount(index.ravel(), weights.ravel(), height * width)
        inner = total.reshape(height, width)[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
        return inner.astype(np.float32).ravel()


def _chosen(colours: np.ndarray, which: np.ndarray) -> np.ndarray:
    return colours if len(colours) == 1 else colours[which]
