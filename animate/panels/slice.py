"""The loss along the line that the next step follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from animate.figure import Panel, View
from animate.panels.curves import calm, dress_curves
from animate.simulate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BACK, AHEAD = -1.0, 3.0
"""How much of the line is shown, in lengths of the step."""
_POINTS = 161


@dataclass(kw_only=True)
class Slice(Panel):
    """The loss along the next step: where it stands, where it goes, what it could have had.

    The line goes through the place where the step begins, along the update or down the gradient
    that the update uses; its unit is the length of the step, so the step ends at 1. A disc slides
    from where the step begins to the ring where it ends; with `along: gradient` the ring stands at
    the loss found there, over its projection on the line. SceneBase for the first start.
    """

    along: Literal["update", "gradient"] = "update"
    scale: ScaleKind = "auto"

    def looks_inside(self) -> bool:
        return True

    def dress(self, axes: "Axes", view: View) -> None:
        dress_curves(axes, view, view.trajectories.losses[:, :1], view.words("loss"), self.scale)
        axes.set_xlim(BACK, AHEAD)
        axes.set_xticks(np.arange(BACK, AHEAD + 1))
        along = view.words("along the step")
        if self.along == "gradient":
            along = view.words("along the gradient")
        axes.set_xlabel(along)

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        calm(axes, view)
        self._view, self._drawn = view, None
        axes.axvline(1, color=view.theme.faint, linewidth=view.line("hairline"), zorder=1)
        self._lines, self._rings, self._discs = [], [], []
        for colour in view.colours:
            line = axes.plot([], color=colour, linewidth=view.line("trail"), zorder=3)
            looks = {"color": colour, "marker": "o", "linestyle": "none", "zorder": 4}
            size = 2 * view.line("head")
            ring = axes.plot([], markersize=size, fillstyle="none", **looks)
            disc = axes.plot([], markersize=size, markeredgecolor=view.theme.casing, **looks)
            self._lines += line
            self._rings += ring
            self._discs += disc
        return [*self._lines, *self._rings, *self._discs]

    def update(self, step: float) -> None:
        paths = self._view.trajectories
        record = int(np.searchsorted(paths.steps, step, side="right")) - 1
        last = np.searchsorted(paths.steps, paths.ends[:, 0], side="right") - 1
        records = np.minimum(record, last)
        with np.errstate(over="ignore", invalid="ignore"):  # who diverges takes steps without end
            if self._drawn != tuple(records):
                self._drawn = tuple(records)
                self._cut(records)
            share = np.where(records < last, step - paths.steps[records], 0.0)
            here = self._from + share[:, None] * self._step
        for disc, at, loss in zip(
            self._discs, share * self._goal, self._view.terrain.heights(*here.T), strict=True
        ):
            disc.set_data([at], [loss])

    def _cut(self, records: np.ndarray) -> None:
        """Compute the curve of every optimizer for the step from its record."""
        view, inside = self._view, self._view.trajectories.inside
        assert inside is not None
        each = np.arange(len(records))
        self._from = view.trajectories.positions[each, 0, records]
        self._step = inside.updates[each, 0, records]
        way = self._step if self.along == "update" else -inside.gradients[each, 0, records]
        length, ahead = _direction(self._step)
        _, unit = _direction(way)
        self._goal = (ahead * unit).sum(-1)
        at = np.linspace(BACK, AHEAD, _POINTS)
        line = self._from[:, None] + at[:, None] * (length * unit)[:, None]
        ends = self._from + self._step
        losses = view.terrain.heights(line[..., 0], line[..., 1])
        for curve, ring, goal, loss, curve_losses in zip(
            self._lines,
            self._rings,
            self._goal,
            view.terrain.heights(*ends.T),
            losses,
            strict=True,
        ):
            curve.set_data(at, curve_losses)
            ring.set_data([goal], [loss])


def _direction(arrows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lengths [n, 1] of `arrows` [n, 2], and what they are of length 1; 0 where they are 0."""
    length = np.hypot(*arrows.T)[:, None]
    return length, np.divide(arrows, length, where=length > 0, out=np.zeros_like(arrows))
