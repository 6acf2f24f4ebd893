"""The angle between neighbouring gradients against the step, and the loss between steps."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure import Drawing, Traits, View
from animate.networks.experiments.panels import ResultPanel, open_axes, result_of
from animate.networks.experiments.walk.compute import PARTS, Walk
from animate.panels.curves import Curves, Values

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WINDOW = 12
"""Steps between which the loss is drawn."""


@dataclass(frozen=True, kw_only=True)
class WalkAngle(Curves):
    """The angle between the gradients before and after each step, in degrees, of the first seed.

    Each is over the batch that its step was taken by.
    """

    scale: Literal["linear"] = "linear"

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"walk"}))

    def values(self, view: View, limits: View) -> Values:
        result = result_of(view, Walk)
        angles = np.pad(result.angles[:, :1], [(0, 0), (0, 0), (1, 1)], constant_values=np.nan)
        known = limits.trajectories.labels
        return angles[[known.index(label) for label in view.trajectories.labels]]

    def label(self, view: View) -> str:
        return view.words("angle between gradients")

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        super().dress(axes, view, limits)
        axes.set_ylim(-6.0, 186.0)
        axes.set_yticks([0, 45, 90, 135, 180], [f"{angle}°" for angle in (0, 45, 90, 135, 180)])


@dataclass(frozen=True, kw_only=True)
class BetweenSteps(ResultPanel):
    """The loss over all examples along the way of the first or the last steps, of the first seed.

    Dots are steps; each walk's loss is divided by that at the first of these steps.
    """

    of: Literal["first", "last"] = "last"

    experiment = "walk"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        steps, losses = self._window(result_of(view, Walk))
        open_axes(axes, view)
        margin = 0.08 * np.ptp(losses)
        axes.set(xlim=(steps[0] - 0.4, steps[-1] + 0.4))
        axes.set_ylim(losses.min() - margin, losses.max() + margin)
        axes.locator_params(axis="x", nbins=5, integer=True)
        axes.locator_params(axis="y", nbins=5)
        axes.set_xlabel(view.words("step"))
        axes.set_ylabel(view.words("loss over the first"))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        steps, losses = self._window(result_of(view, Walk))
        known = limits.trajectories.labels
        for colour, label in zip(view.colours, view.trajectories.labels, strict=False):
            walk = losses[known.index(label)]
            axes.plot(steps, walk, color=colour, linewidth=view.line("trail") / 1.5, zorder=3)
            axes.scatter(
                steps[::PARTS],
                walk[::PARTS],
                s=(1.1 * view.line("head")) ** 2,
                color=colour,
                edgecolors=view.theme.casing,
                linewidths=view.line("casing") / 2,
                zorder=4,
            )
        return Drawing()

    def _window(self, result: Walk) -> tuple[np.ndarray, np.ndarray]:
        """Steps [n] with their fractions, and losses [walk, n] over each walk's first one there."""
        count = result.between.shape[2]
        first = 0 if self.of == "first" else max(count - _WINDOW, 0)
        parts = result.between[:, 0, first : first + _WINDOW].astype(np.float64)
        inside = parts[..., :-1].reshape(len(parts), -1)
        losses = np.concatenate([inside, parts[:, -1, -1:]], axis=1)
        steps = first + np.arange(losses.shape[1]) / PARTS
        return steps, losses / losses[:, :1]
