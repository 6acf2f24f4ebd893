"""A zoom into the boundary between learning rates that train and that do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import Panel, View
from animate.networks.experiments.panels import relative_size, result_of
from animate.networks.experiments.trainability.compute import Trainability

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class Zoom(Panel):
    """Two learning rates, each pixel one training: it converged (blue) or it diverged (red)."""

    @property
    def moving(self) -> bool:
        return True

    def dress(self, axes: "Axes", view: View) -> None:
        result_of(view, Trainability)
        axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set(xlabel="10⁻⁰·⁰⁰⁰⁰ … 10⁻⁰·⁰⁰⁰⁰", ylabel="10⁻⁰·⁰⁰⁰⁰ … 10⁻⁰·⁰⁰⁰⁰")

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        from animate.networks.experiments.trainability.plate import Plate

        result = result_of(view, Trainability)
        self.words = view.words
        axes.set_aspect("auto")
        axes.set(xlabel=" ", ylabel=" ")
        self._plate = Plate(axes, _coloured(result.measure), result.windows)
        axes.add_artist(self._plate)
        looks = {"color": view.theme.muted, "fontsize": view.type("label")}
        looks["transform"] = axes.transAxes
        self._x = axes.text(
            0.5, -0.02, "", horizontalalignment="center", verticalalignment="top", **looks
        )
        self._y = axes.text(
            -0.015, 0.5, "", rotation=90, horizontalalignment="right",
            verticalalignment="center", **looks,
        )  # fmt: skip
        self.update(len(result.windows) - 1.0)  # the longest numbers
        longest = max(relative_size(axes, self._x)[0], relative_size(axes, self._y)[1])
        for label in (self._x, self._y):
            label.set_fontsize(view.type("label") / max(longest, 1.0))
        return [self._plate, self._x, self._y]

    def update(self, step: float) -> None:
        window = self._plate.show(step)
        decimals = max(1, int(np.ceil(1.5 - np.log10(np.ptp(window[0])))))
        (left, right), (low, high) = (
            [self.words.localised(f"{end:.{decimals}f}") for end in ends] for ends in window
        )
        self._x.set_text(self.words("rate of the first layer", low=left, high=right))
        self._y.set_text(self.words("rate of the second layer", low=low, high=high))


def _coloured(measure: np.ndarray) -> np.ndarray:
    """Colours [level, y, x, 4] by the rank among all pixels that converged, or that diverged, so
    that a measure has the same colour on every level."""
    import matplotlib

    picture = np.zeros((*measure.shape, 4), np.uint8)
    for kind, name in ((measure > 0, "Blues"), (measure <= 0, "Reds")):
        if kind.any():
            ranks = np.searchsorted(np.sort(measure[kind]), measure[kind]) / kind.sum()
            ranks = ranks if name == "Blues" else 1 - ranks
            picture[kind] = matplotlib.colormaps[name](0.25 + 0.7 * ranks, bytes=True)
    return picture
