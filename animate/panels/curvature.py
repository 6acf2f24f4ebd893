"""The curvature of the surface along the paths."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Traits, View
from animate.panels.curve_axes import factor_height
from animate.panels.curves import Curves, Values
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import CURVATURES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COUNT = "descent directions"
"""The gid of the numbers above the axes, by which `draw` finds them."""


@dataclass(frozen=True, kw_only=True)
class Curvature(Curves):
    """The eigenvalues of the Hessian along each path: below zero the ground bends down.

    Above the axes stands how many directions bend down where each optimizer is: 2 on a summit, 1 by
    a saddle, 0 in a bowl; for a swarm the mean over its runs. Of a function of one variable it is
    the second derivative, and nothing is counted. Of a network they are the largest
    and the smallest eigenvalue of the Hessian of the loss over all the data, at all the weights, by
    Lanczos at 51 steps of each path, with straight lines between; nothing is counted.
    """

    @property
    def traits(self) -> Traits:
        needs, measures = frozenset({"ground"}), frozenset({CURVATURES})
        return Traits(films=True, labels=True, needs=needs, measures=measures)

    def values(self, view: View, limits: View) -> Values:
        known = view.trajectories.curvatures
        if known is not None:
            return known
        hessians = view.along(Terrain.hessians)
        return hessians[..., 0, 0] if view.terrain.variables == 1 else eigenvalues(hessians)

    def label(self, view: View) -> str:
        if view.trajectories.curvatures is not None:
            return view.words("curvature of all weights")
        return view.words("curvature")

    def parts(self, view: View) -> tuple[str, ...]:
        if view.trajectories.curvatures is not None:
            return (view.words("largest"), view.words("smallest"))
        if view.terrain.variables == 1:
            return ()
        return (view.words("larger"), view.words("smaller"))

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        super().dress(axes, view, limits)
        low, high = axes.get_ylim()
        if low > 0 and axes.get_yscale() == "linear":
            axes.set_ylim(0, high)
        elif low < 0 < high:
            axes.axhline(0, color=view.theme.muted, linewidth=view.line("hairline"), zorder=1)
            axes.axhspan(low, 0, color=view.theme.faint, alpha=0.35, linewidth=0, zorder=0)
        if view.trajectories.curvatures is None and view.terrain.variables > 1:
            _write_counts(axes, view)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        drawn, paths = super().draw(axes, view, limits), view.trajectories
        if paths.curvatures is not None or view.terrain.variables == 1:
            return drawn
        down = (self.values(view, limits) < 0).sum(-1).astype(float)
        last = np.searchsorted(paths.steps, paths.ends, side="right") - 1
        runs = np.arange(len(paths.ends.T))
        counts = [text for text in axes.texts if text.get_gid() == _COUNT]

        def show(moment: Moment) -> None:
            drawn.show(moment)
            record = np.searchsorted(paths.steps, moment.step, side="right") - 1
            for k, text in enumerate(counts):
                text.set_text(f"{down[k, runs, np.minimum(record, last[k])].mean():.2g}")
                text.set_alpha(float(moment.visible is None or k in moment.visible))

        return replace(drawn, artists=[*drawn.artists, *counts], show=show)


def _write_counts(axes: "Axes", view: View) -> None:
    """In a line above the line of the parts, one number for each optimizer, in its colour."""
    size = view.type("note")
    up = 2.3 * size + factor_height(axes, view)
    before = axes.annotate(
        view.words("ways down"),
        (0, 1),
        (0, up),
        xycoords="axes fraction",
        textcoords="offset pixels",
        fontsize=size,
        color=view.theme.muted,
    )
    for colour in view.colours:
        before = axes.annotate(
            "0",
            (1, 1),
            (0.6 * size, up),
            xycoords=(before, "axes fraction"),
            textcoords="offset pixels",
            fontsize=size,
            color=colour,
            gid=_COUNT,
        )


def eigenvalues(hessians: np.ndarray) -> np.ndarray:
    """The eigenvalues [..., 2], larger first, of symmetric matrices [..., 2, 2]."""
    a, b, c = hessians[..., 0, 0], hessians[..., 0, 1], hessians[..., 1, 1]
    middle, reach = (a + c) / 2, np.hypot((a - c) / 2, b)
    return np.stack([middle + reach, middle - reach], axis=-1)
