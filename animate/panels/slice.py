"""The loss along the line that the next step follows."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure import Drawing, Moment, Panel, Traits, View
from animate.panels.curve_axes import calm, dress_curves, on_axes
from animate.simulate.numerics import lengths
from animate.simulate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BACK = -1.0
"""Where the line begins, in lengths of the step from where the step begins."""
AHEAD = 3.0
"""Where the line ends, in the same unit."""
_POINTS = 161
"""Points of the line at which the loss is computed."""


@dataclass(frozen=True, kw_only=True)
class Slice(Panel):
    """The loss along the next step: where it stands, where it goes, what it could have had.

    The line goes through the place where the step begins, along the update or down the gradient
    that the update uses; its unit is the length of the step, so the step ends at 1. A disc slides
    from where the step begins to the ring where it ends; with `along: gradient` the ring stands at
    the loss found there, over its projection on the line. Shown for the first start.
    """

    along: Literal["update", "gradient"] = "update"
    scale: ScaleKind = "auto"

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"inside", "ground"}))

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        losses = limits.trajectories.losses[:, :1]
        dress_curves(axes, limits, losses, view.words("loss"), self.scale)
        axes.set_xlim(BACK, AHEAD)
        axes.set_xticks(np.arange(BACK, AHEAD + 1))
        update = self.along == "update"
        axes.set_xlabel(
            view.words("along the step") if update else view.words("along the gradient")
        )

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        from matplotlib.lines import Line2D

        calm(axes, view)
        axes.axvline(1, color=view.theme.faint, linewidth=view.line("hairline"), zorder=1)
        lines, rings, discs = list[Line2D](), list[Line2D](), list[Line2D]()
        for k, colour in enumerate(view.colours):
            dash, shape = view.theme.dash(k), view.theme.marker(k)
            style = (0, dash) if dash else "-"
            lines += axes.plot([], color=colour, lw=view.line("trail"), ls=style, zorder=3)
            rings += axes.plot([], shape, color=colour, fillstyle="none", zorder=4)
            discs += axes.plot([], shape, color=colour, mec=view.theme.casing, zorder=4)
        for each in (*rings, *discs):
            each.set_markersize(2 * view.line("head"))
        paths = view.trajectories
        last = np.searchsorted(paths.steps, paths.ends[:, 0], side="right") - 1
        cuts_at = lru_cache(1)(partial(_cuts, view, self.along))

        def show(moment: Moment) -> None:
            record = int(np.searchsorted(paths.steps, moment.step, side="right")) - 1
            records = np.minimum(record, last)
            share = np.where(records < last, moment.step - paths.steps[records], 0.0)
            with np.errstate(over="ignore", invalid="ignore"):  # a diverging run's steps overflow
                cuts = cuts_at(tuple(records.tolist()))
                here = np.stack(
                    [cut.start + s * cut.step for cut, s in zip(cuts, share, strict=True)]
                )
                losses = on_axes(axes, view.terrain.heights_at(here))
            for k, cut in enumerate(cuts):
                lines[k].set_data(cut.at, cut.losses)
                rings[k].set_data([cut.goal], on_axes(axes, np.array([cut.loss])))
                discs[k].set_data([share[k] * cut.goal], [losses[k]])

        return Drawing(artists=[*lines, *rings, *discs], show=show)


@dataclass(frozen=True, eq=False)
class _Cut:
    """The loss along the line of one step: `losses` at the places `at`, in lengths of the step;
    the step from `start` [axis] ends at the place `goal`, where the loss is `loss`."""

    at: np.ndarray
    losses: np.ndarray
    start: np.ndarray
    step: np.ndarray
    goal: float
    loss: float


def _cuts(view: View, along: Literal["update", "gradient"], records: tuple[int, ...]) -> list[_Cut]:
    """The cut of every optimizer along the step from its record."""
    inside, at = view.inside, np.linspace(BACK, AHEAD, _POINTS)
    each, chosen = np.arange(len(records)), np.array(records)
    start = view.trajectories.positions[each, 0, chosen]
    step = inside.updates[each, 0, chosen]
    way = step if along == "update" else -inside.gradients[each, 0, chosen]
    length, ahead = _direction(step)
    _, unit = _direction(way)
    goals = (ahead * unit).sum(-1)
    line = start[:, None] + at[:, None] * (length * unit)[:, None]
    losses = view.terrain.heights_at(line)
    ends = view.terrain.heights_at(start + step)
    return [_Cut(at, losses[k], start[k], step[k], float(goals[k]), float(ends[k])) for k in each]


def _direction(arrows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lengths [n, 1] of `arrows` [n, axis], and these at length 1; 0 where they are 0."""
    length = lengths(arrows)[:, None]
    return length, np.divide(arrows, length, where=length > 0, out=np.zeros_like(arrows))
