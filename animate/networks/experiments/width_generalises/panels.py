"""Held-out accuracy and training loss against the width, step by step."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure import Drawing, Moment, View
from animate.networks.experiments.panels import ResultPanel, at_step, open_axes, result_of
from animate.networks.experiments.width_generalises.compute import WidthGeneralises

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import PathCollection
    from matplotlib.lines import Line2D

_LEAST = 1e-9
"""A mean of float32 losses below this is zero but for rounding."""
_ASIDE = 1.07
"""The factor by which dots stand aside of their width, on its log scale."""


@dataclass(frozen=True, kw_only=True)
class ByWidth(ResultPanel):
    """Held-out accuracy or training loss against the width: a dot for each seed, a line their mean.

    Dots of false labels stand a little to the left of their width, those of true ones to its right.
    The line of the losses, on a log scale, is their geometric mean.
    """

    of: Literal["accuracy", "loss"] = "accuracy"

    experiment = "width_generalises"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result, words = result_of(view, WidthGeneralises), view.words
        open_axes(axes, view)
        widths = result.widths
        axes.set(xscale="log", xlim=(widths[0] / 1.4, widths[-1] * 1.4))
        axes.set_xticks(widths, [words.number(int(width)) for width in widths])
        axes.minorticks_off()
        axes.set_xlabel(words("log scale", what=words("hidden units")))
        if self.of == "accuracy":
            axes.set_ylim(0.0, 1.0)
            axes.set_ylabel(words("held-out accuracy"))
            return
        losses = _above_rounding(result.losses)
        low, high = losses.min(), losses.max()
        axes.set(yscale="log", ylim=(low / 1.5, high * 1.5))
        axes.set_ylabel(words("log scale", what=words("training loss")))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, WidthGeneralises)
        values = (
            result.accuracies if self.of == "accuracy" else np.log(_above_rounding(result.losses))
        )
        places = _beside(result.widths, values.shape[2])
        dots, lines = list["PathCollection"](), list["Line2D"]()
        for colour, place in zip(view.colours, places, strict=False):
            lines += axes.plot(
                result.widths,
                np.ones(len(result.widths)),
                color=colour,
                linewidth=view.line("trail") / 1.5,
                zorder=2,
            )
            dots.append(
                axes.scatter(
                    place,
                    np.ones(len(place)),
                    s=(1.3 * view.line("head")) ** 2,
                    color=colour,
                    edgecolors=view.theme.casing,
                    linewidths=view.line("casing") / 2,
                    zorder=3,
                )
            )

        def show(moment: Moment) -> None:
            now = at_step(result.steps, np.moveaxis(values, -1, 0), moment.step)
            for each, line, marks, place in zip(now, lines, dots, places, strict=True):
                line.set_ydata(self._shown(each.mean(axis=1)))
                marks.set_offsets(np.stack([place, self._shown(each).ravel()], axis=-1))

        return Drawing([], [*lines, *dots], show)

    def _shown(self, values: np.ndarray) -> np.ndarray:
        return values if self.of == "accuracy" else np.exp(values)


def _above_rounding(losses: np.ndarray) -> np.ndarray:
    return np.maximum(losses, _LEAST)


def _beside(widths: np.ndarray, seeds: int) -> np.ndarray:
    """Where the dots [labels, width · seed] stand: those of true labels right of the others, so
    that equal ones are seen apart."""
    return np.outer(_ASIDE ** np.array([-1.0, 1.0]), np.repeat(widths, seeds))
