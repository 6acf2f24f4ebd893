"""Points that are found, or that move: critical points, and where many starts end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import Panel, View
from animate.networks.experiments.bad_minima import BadMinima
from animate.networks.experiments.escape_directions import EscapeDirections
from animate.panels.landscape.connection import at_step
from animate.panels.landscape.evidence import evidence, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class CriticalPoints(Panel):
    """Critical points by their loss and their directions of escape, the highest first."""

    def dress(self, axes: "Axes", view: View) -> None:
        result = evidence(view, "critical_points", EscapeDirections)
        plain(axes, view)
        index, losses = (each[result.draws == 0] for each in (result.index, result.losses))
        axes.set(xlim=(-0.6, index.max() + 0.8), yscale="log")
        axes.set(ylim=(losses.min() / 1.3, losses.max() * 1.4))
        axes.set_xlabel(view.words("directions down spread"))
        axes.set_ylabel(view.words("log scale", what=view.words("loss")))

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        result = evidence(view, "critical_points", EscapeDirections)
        drawn = np.flatnonzero(result.draws == 0)
        order = drawn[np.argsort(-result.losses[drawn])]
        spread = 0.12 * np.random.default_rng(0).uniform(-1, 1, len(order))
        self._points = np.stack([result.index[order] + spread, result.losses[order]], axis=1)
        plateau = result.plateau[order]
        theme = view.theme
        self._dots = axes.scatter(
            [], [], s=(1.5 * view.line("head")) ** 2, edgecolors=theme.casing,
            linewidths=view.line("casing"), zorder=3,
        )  # fmt: skip
        self._colours = [theme.muted if flat else view.colours[0] for flat in plateau]
        for at, flat in zip(self._points, plateau, strict=True):
            if flat:
                axes.annotate(
                    view.words("plateau"), at, xytext=(-8, 0),
                    textcoords="offset points", horizontalalignment="right",
                    verticalalignment="center", fontsize=view.type("note"), color=theme.muted,
                )  # fmt: skip
        return [self._dots]

    def update(self, step: float) -> None:
        shown = int(step)
        self._dots.set_offsets(self._points[:shown])
        self._dots.set_facecolor(self._colours[:shown])


@dataclass(kw_only=True)
class EndPoints(Panel):
    """The losses of many starts for every width of the network, while they are trained."""

    def dress(self, axes: "Axes", view: View) -> None:
        result = evidence(view, "end_points", BadMinima)
        plain(axes, view)
        widths = len(result.widths)
        axes.set(yscale="log", xlim=(-0.6, widths - 0.4))
        axes.set(ylim=(result.ends[0].min() / 1.5, result.losses[:, :, 0].max() * 1.5))
        axes.set_xticks(range(widths), [str(width) for width in result.widths])
        axes.set_xlabel(view.words("hidden units"))
        axes.set_ylabel(view.words("log scale", what=view.words("training loss")))

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        result = evidence(view, "end_points", BadMinima)
        widths, starts, _ = result.losses.shape
        place = np.arange(widths)[:, None] + 0.28 * np.linspace(-1, 1, starts)
        self._x, self._steps = place.ravel(), result.steps
        self._losses = np.moveaxis(result.losses, 2, 0).reshape(len(result.steps), -1)
        self._dots = axes.scatter(
            self._x,
            self._losses[0],
            s=(1.1 * view.line("head")) ** 2,
            c=np.repeat(list(view.colours[:widths]), starts),
            edgecolors=view.theme.casing,
            linewidths=0.5 * view.line("casing"),
            zorder=3,
        )
        return [self._dots]

    def update(self, step: float) -> None:
        losses = np.exp(at_step(self._steps, np.log(self._losses), step))
        self._dots.set_offsets(np.stack([self._x, losses], axis=1))
