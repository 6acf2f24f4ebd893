"""A zoom into the boundary between learning rates that train and that do not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Panel, Traits, View
from animate.networks.experiments.panels import relative_size, result_of
from animate.networks.experiments.trainability.compute import Trainability

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, kw_only=True)
class Zoom(Panel):
    """Two learning rates, each pixel one training: it converged (blue) or it diverged (red)."""

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"trainability"}), moves=True)

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result_of(view, Trainability)
        axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set(xlabel="10⁻⁰·⁰⁰⁰⁰ … 10⁻⁰·⁰⁰⁰⁰", ylabel="10⁻⁰·⁰⁰⁰⁰ … 10⁻⁰·⁰⁰⁰⁰")

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        from animate.networks.experiments.trainability.plate import Plate

        result, words = result_of(view, Trainability), view.words
        axes.set_aspect("auto")
        axes.set(xlabel=" ", ylabel=" ")
        plate = Plate(axes, _coloured(result.measure), result.windows)
        axes.add_artist(plate)
        style = {"color": view.theme.muted, "fontsize": view.type("label")}
        style["transform"] = axes.transAxes
        below = axes.text(
            0.5, -0.02, "", horizontalalignment="center", verticalalignment="top", **style
        )
        beside = axes.text(
            -0.015, 0.5, "", rotation=90, horizontalalignment="right",
            verticalalignment="center", **style,
        )  # fmt: skip

        def zoom(step: float) -> None:
            window = plate.show(step)
            decimals = max(1, int(np.ceil(1.5 - np.log10(np.ptp(window[0])))))
            (left, right), (low, high) = (
                [words.localised(f"{end:.{decimals}f}") for end in ends] for ends in window
            )
            below.set_text(words("rate of the first layer", low=left, high=right))
            beside.set_text(words("rate of the second layer", low=low, high=high))

        zoom(len(result.windows) - 1.0)  # the longest numbers
        longest = max(relative_size(axes, below)[0], relative_size(axes, beside)[1])
        for label in (below, beside):
            label.set_fontsize(view.type("label") / max(longest, 1.0))
        first = view.timeline.first
        return Drawing(
            artists=[plate, below, beside], show=lambda moment: zoom(moment.step - first)
        )


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
