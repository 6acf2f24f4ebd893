"""Two minima and the curve between them: on a plane, and the loss along the curve."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Traits, View
from animate.networks.curves import Joined
from animate.networks.experiments.mode_connectivity.aligned import draw_aligned
from animate.networks.experiments.mode_connectivity.compute import ModeConnectivity
from animate.networks.experiments.panels import (
    ResultPanel,
    at_step,
    open_axes,
    relative_size,
    result_of,
)
from animate.panels.curve_axes import round_ticks
from animate.panels.ground import Map

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROOM = (0.95, 0.3)
"""Shares of the panel's width, and of its height for each of two texts, that they may take."""
_MARGIN, _APART = 0.18, 0.07
"""Shares of the height that are free above and below the curves without texts, and beside them."""


@dataclass(frozen=True, kw_only=True)
class Connection(Map):
    """The plane through two minima, and the curve that bends out of the line between them."""

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"curve"}), focuses=True)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, Joined)
        focus = self.draw_ground(axes, view).focus
        casing, colour = view.theme.casing, view.colours[0]
        width, ring = view.line("trail"), view.line("casing")
        axes.plot(
            *result.ends.T, color=view.theme.ink, linewidth=width / 2, linestyle="--", zorder=3
        )
        style = {"solid_capstyle": "round", "zorder": 4}
        lines = [
            *axes.plot([], [], color=casing, linewidth=1.3 * width + 2 * ring, **style),
            *axes.plot([], [], color=colour, linewidth=1.3 * width, **style),
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

        def show(moment: Moment) -> None:
            curve = at_step(result.steps, result.curve, moment.step)
            for line in lines:
                line.set_data(*curve.T)

        return Drawing(artists=[*lines, *marks], show=show, focus=focus)


@dataclass(frozen=True, kw_only=True)
class Profile(ResultPanel):
    """The loss along the straight line, and along the curve in training, with the held-out accuracy
    where there is one; at the end, dotted, along the straight line to the second network with its
    hidden units in the order of the first one's, where the experiment computed that."""

    experiment = "curve"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result = result_of(view, Joined)
        losses = result.losses[0]
        open_axes(axes, view)
        label = view.words("training loss")
        if _logarithmic(losses):
            axes.set_yscale("log")
            round_ticks(axes, float(np.ptp(np.log10(losses))))
            label = view.words("log scale", what=label)
        axes.set(xlim=(0, 1), ylim=_between(losses, _MARGIN), ylabel=label)
        axes.set_xlabel(view.words("between the networks"))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        from animate.figure.text.printed import Printed

        result, words = result_of(view, Joined), view.words
        losses, accuracies = result.losses[0], result.accuracies[0]
        ink, width = view.theme.ink, view.line("trail")
        axes.plot(result.t, losses[0], color=ink, linewidth=width / 2, linestyle="--")
        (curve,) = axes.plot(result.t, losses[0], color=view.colours[0], linewidth=1.3 * width)
        size = view.type("note")
        place = {"transform": axes.transAxes, "fontsize": size, "horizontalalignment": "center"}
        place["bbox"] = {"facecolor": view.theme.paper, "edgecolor": "none", "pad": 1.5}
        of_line = axes.text(0.5, 0.99, "", color=ink, verticalalignment="top", **place)
        of_curve = Printed(0.5, 0.04, "", color=view.colours[0], **place)
        axes.add_artist(of_curve)
        if accuracies.size:
            least = words.number(float(accuracies[0].min()), 3)
            of_line.set_text(words("accuracy on the line", accuracy=least))

        def advance(step: float) -> None:
            along = _at(result.steps, losses, step)
            curve.set_ydata(along)
            loss = words.number(float(along.max()), 2)
            if not accuracies.size:
                of_curve.set_text(words("loss on the curve", loss=loss))
                return
            least = float(at_step(result.steps, accuracies.min(axis=1), step))
            accuracy = words.number(least, 3)
            of_curve.set_text(words("loss and accuracy on the curve", loss=loss, accuracy=accuracy))

        advance(float(result.steps[-1]))  # the smallest loss, with the most figures
        wide, high = relative_size(axes, of_curve)
        told = wide <= _ROOM[0] and high <= _ROOM[1]
        of_line.set_visible(told)  # else the finding says as much
        of_curve.set_visible(told)
        axes.set_ylim(*_between(losses, high + _APART if told else _MARGIN))
        found = isinstance(result, ModeConnectivity)
        aligned = draw_aligned(axes, view, result, [of_line, of_curve]) if found else []

        def show(moment: Moment) -> None:
            advance(moment.step)
            for each in aligned:
                each.set_visible(moment.step >= result.steps[-1])

        return Drawing(artists=[curve, of_curve, *aligned], show=show)


def _logarithmic(losses: np.ndarray) -> bool:
    """Whether all of them have a logarithm."""
    return bool((losses > 0).all())


def _at(steps: np.ndarray, losses: np.ndarray, step: float) -> np.ndarray:
    """The losses [kept, t] at a fractional step, between two of the steps [kept] on their scale."""
    if not _logarithmic(losses):
        return at_step(steps, losses, step)
    return np.exp(at_step(steps, np.log(losses), step))


def _between(losses: np.ndarray, margin: float) -> tuple[float, float]:
    """The limits of an axis that has this share of itself free at either end; it is logarithmic
    where they have logarithms."""
    ends = np.array([losses.min(), losses.max()], np.float64)
    log = _logarithmic(losses)
    low, high = np.log(ends) if log else ends
    beyond = (high - low) * margin / (1 - 2 * margin)
    limits = low - beyond, high + beyond
    return tuple(map(float, np.exp(limits) if log else limits))  # pyright: ignore[reportReturnType]  # two of them
