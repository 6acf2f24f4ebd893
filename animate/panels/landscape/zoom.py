"""Into the boundary between learning rates that train and that do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.experiments.trainability import Trainability
from animate.figure import Panel, View
from animate.panels.landscape.evidence import evidence

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class Zoom(Panel):
    """Two learning rates, each pixel one training: blue: it converged, red: it diverged."""

    def dress(self, axes: "Axes", view: View) -> None:
        evidence(view, "zoom", Trainability)
        axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set(xlabel="10⁻⁰·⁰⁰⁰⁰ … 10⁻⁰·⁰⁰⁰⁰", ylabel="10⁻⁰·⁰⁰⁰⁰ … 10⁻⁰·⁰⁰⁰⁰")

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        result = evidence(view, "zoom", Trainability)
        self._windows, self.words = result.windows, view.words
        self._images = _coloured(result.measure)
        box = axes.get_window_extent()
        self._shape = round(box.height), round(box.width)
        axes.set_aspect("auto")
        axes.set(xlabel=" ", ylabel=" ")
        self._image = axes.imshow(
            np.zeros((*self._shape, 3), np.uint8), extent=(0, 1, 0, 1), origin="lower",
            interpolation="nearest", aspect="auto", zorder=0,
        )  # fmt: skip
        looks = {"color": view.theme.muted, "fontsize": view.type("label")}
        looks["transform"] = axes.transAxes
        self._x = axes.text(
            0.5, -0.02, "", horizontalalignment="center", verticalalignment="top", **looks
        )
        self._y = axes.text(
            -0.015, 0.5, "", rotation=90, horizontalalignment="right",
            verticalalignment="center", **looks,
        )  # fmt: skip
        return [self._image, self._x, self._y]

    def update(self, step: float) -> None:
        window = window_at(self._windows, step)
        self._image.set_data(seen(self._images, self._windows, window, self._shape))
        decimals = max(1, int(np.ceil(1.5 - np.log10(np.ptp(window[0])))))
        (left, right), (low, high) = (
            [self.words.localised(f"{end:.{decimals}f}") for end in ends] for ends in window
        )
        self._x.set_text(self.words("rate of the first layer", low=left, high=right))
        self._y.set_text(self.words("rate of the second layer", low=low, high=high))


def window_at(windows: np.ndarray, step: float) -> np.ndarray:
    """The window [2, 2] at a fractional level: sizes change geometrically, about a point."""
    level = min(int(step), len(windows) - 2)
    outer, inner = windows[level], windows[level + 1]
    ratio = np.ptp(inner, axis=1) / np.ptp(outer, axis=1)
    fixed = (inner[:, 0] - ratio * outer[:, 0]) / (1 - ratio)
    scale = (ratio ** (step - level))[:, None]
    return fixed[:, None] + scale * (outer - fixed[:, None])


def seen(
    images: np.ndarray, windows: np.ndarray, window: np.ndarray, shape: tuple[int, int]
) -> np.ndarray:
    """What `window` shows [row, column, 3]: everywhere the finest level there is."""
    axes = [
        low + (high - low) * (np.arange(n) + 0.5) / n
        for (low, high), n in zip(window, shape[::-1], strict=True)
    ]
    picture = np.zeros((*shape, 3), np.uint8)
    for image, (across, up) in zip(images, windows, strict=True):
        columns, rows = (
            _pixels(axis, ends, len(image)) for axis, ends in zip(axes, (across, up), strict=True)
        )
        down, along = (np.flatnonzero(places >= 0) for places in (rows, columns))
        if len(down) and len(along):
            here = slice(down[0], down[-1] + 1), slice(along[0], along[-1] + 1)
            picture[here] = image[rows[here[0], None], columns[here[1]]]
    return picture


def _pixels(axis: np.ndarray, ends: np.ndarray, count: int) -> np.ndarray:
    """Which of `count` grid points each place of `axis` is nearest to; −1 outside of `ends`."""
    place = np.round((axis - ends[0]) / (ends[1] - ends[0]) * (count - 1)).astype(int)
    inside = (axis >= ends[0]) & (axis <= ends[1])
    return np.where(inside, place, -1)


def _coloured(measure: np.ndarray) -> np.ndarray:
    """Colours [level, y, x, 3] by rank among all the pixels that converged, or diverged: the same
    measure has one colour on every level."""
    import matplotlib

    picture = np.zeros((*measure.shape, 3), np.uint8)
    for kind, name in ((measure > 0, "Blues"), (measure <= 0, "Reds")):
        if kind.any():
            ranks = np.searchsorted(np.sort(measure[kind]), measure[kind]) / kind.sum()
            ranks = ranks if name == "Blues" else 1 - ranks
            picture[kind] = matplotlib.colormaps[name](0.25 + 0.7 * ranks, bytes=True)[:, :3]
    return picture
