"""Two minima and the curve between them: on a plane, and the loss along the curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import View
from animate.figure.panel import Panel
from animate.networks.experiments.mode_connectivity.compute import ModeConnectivity
from animate.networks.experiments.panels import at_step, open_axes, relative_size, result_of
from animate.panels.contour import Contour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROOM = 0.95
"""Share of the panel's width, and of its height for both texts together, that texts may take."""


@dataclass(kw_only=True)
class Connection(Contour):
    """The plane through two minima, and the curve that bends out of the line between them."""

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        result = result_of(view, ModeConnectivity)
        self.draw_ground(axes, view)
        self._curves, self._steps = result.curve, result.steps
        casing, colour = view.theme.casing, view.colours[0]
        width, ring = view.line("trail"), view.line("casing")
        axes.plot(
            *result.ends.T, color=view.theme.ink, linewidth=width / 2, linestyle="--", zorder=3
        )
        looks = {"solid_capstyle": "round", "zorder": 4}
        self._line = [
            axes.plot([], [], color=casing, linewidth=1.3 * width + 2 * ring, **looks)[0],
            axes.plot([], [], color=colour, linewidth=1.3 * width, **looks)[0],
        ]
        marks = axes.plot(
            *result.ends.T,
            linestyle="none",
            marker="o",
            markersize=2 * view.line("head") + 2 * ring,
            markerfacecolor=view.theme.ink,
            markeredgecolor=casing,
            markeredgewidth=ring,
            zorder=6,
        )
        return [*self._line, *marks]

    def update(self, step: float) -> None:
        curve = at_step(self._steps, self._curves, step)
        for line in self._line:
            line.set_data(*curve.T)


@dataclass(kw_only=True)
class Profile(Panel):
    """Loss and held-out accuracy along the straight line, and along the curve in training."""

    def dress(self, axes: "Axes", view: View) -> None:
        result = result_of(view, ModeConnectivity)
        losses = result.losses[0]
        open_axes(axes, view)
        axes.set_yscale("log")
        axes.set(xlim=(0, 1), ylim=(losses.min() / 8, losses.max() * 12))
        axes.set_xlabel(view.words("between the minima"))
        axes.set_ylabel(view.words("log scale", what=view.words("training loss")))

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        from animate.figure.text.printed import Printed

        result = result_of(view, ModeConnectivity)
        self._losses, self._accuracies = result.losses[0], result.accuracies[0]
        self._steps = result.steps
        ink, width = view.theme.ink, view.line("trail")
        axes.plot(result.t, self._losses[0], color=ink, linewidth=width / 2, linestyle="--")
        (self._line,) = axes.plot(
            result.t, self._losses[0], color=view.colours[0], linewidth=1.3 * width
        )
        size = view.type("note")
        place = {"transform": axes.transAxes, "fontsize": size, "horizontalalignment": "center"}
        place["bbox"] = {"facecolor": view.theme.paper, "edgecolor": "none", "pad": 1.5}
        self.words = view.words
        accuracy = view.words.number(float(result.accuracies[0, 0].min()), 2)
        text = view.words("accuracy on the line", accuracy=accuracy)
        line = axes.text(0.5, 0.99, text, color=ink, verticalalignment="top", **place)
        self._text = Printed(0.5, 0.04, "", color=view.colours[0], **place)
        axes.add_artist(self._text)
        self._write(float(result.steps[-1]))  # the smallest loss, with the most figures
        if max(relative_size(axes, self._text)[0], 2 * relative_size(axes, line)[1]) > _ROOM:
            line.set_visible(False)  # the finding says as much
            self._text.set_visible(False)
        return [self._line, self._text]

    def update(self, step: float) -> None:
        losses = np.exp(at_step(self._steps, np.log(self._losses), step))
        self._line.set_ydata(losses)
        self._write(step)

    def _write(self, step: float) -> None:
        losses = np.exp(at_step(self._steps, np.log(self._losses), step))
        accuracy = at_step(self._steps, self._accuracies.min(axis=1), step)
        loss, least = (self.words.number(float(each), 2) for each in (losses.max(), accuracy))
        self._text.set_text(self.words("loss and accuracy on the curve", loss=loss, accuracy=least))
