"""The runs on a map: their trails, where they begin and where another method goes on."""

# pyright: reportUnknownMemberType=false

from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Trails, View
from animate.figure.paths.course import Course, recorded
from animate.figure.paths.timed import bears_dots, dotted_steps, strengths
from animate.figure.paths.trails import by_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def trails_of(
    axes: "Axes", view: View, *, since: float | None = None, course: Course | None = None
) -> Trails:
    """The trails of all runs, straight from step to step, or along the `course`; with `since` as a
    lens shows them from that step on."""
    paths, course = view.trajectories, course or recorded(view)
    owners = by_path(paths.ends)[1]
    dots = dotted_steps(view.timeline) if bears_dots(view) else None
    return Trails(
        axes, course.points, course.steps, paths.ends.ravel(), owners, view,
        strengths=strengths(view, course), dotted=dots, since=since,
    )  # fmt: skip


def mark_starts(axes: "Axes", view: View) -> None:
    """A small ring where every run begins: paths that were recorded do so where they like."""
    places = view.trajectories.positions[:, :, 0].reshape(-1, 2)
    axes.scatter(
        *np.unique(places, axis=0).T,
        s=(1.5 * view.line("head")) ** 2,
        facecolors="none",
        edgecolors=view.theme.ink,
        linewidths=view.line("casing"),
        zorder=2,
    )


def mark_switches(axes: "Axes", view: View) -> Drawing:
    """A small ring in its colour where another method has followed an optimizer; there are no
    arrows then, since what happens inside is not recorded."""
    places, steps, owners = view.switched()
    rings = axes.scatter(
        *places.T,
        s=(1.3 * view.line("head")) ** 2,
        facecolors=view.theme.casing,
        edgecolors=[view.colours[int(k)] for k in owners],
        linewidths=1.2 * view.line("casing"),
        zorder=5,
    )

    def show(moment: Moment) -> None:
        seen = steps <= moment.step
        if moment.visible is not None:
            seen &= np.isin(owners, list(moment.visible))
        rings.set_offsets(np.where(seen[:, None], places, np.nan))

    return Drawing(artists=[rings], show=show)
