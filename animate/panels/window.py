"""Axes over the window of a terrain."""

# pyright: reportUnknownMemberType=false

from typing import TYPE_CHECKING

from animate.figure import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_STRETCH = 2.0
"""The largest ratio of a window's sides with equal units on both axes."""
_STEPS = [1, 2, 5, 10]
"""Between ticks: with these, no smaller window needs fewer digits than a larger one."""


def dress_window(axes: "Axes", view: View) -> None:
    """Limits and names of the terrain's directions, in equal units unless the window is long."""
    (left, right), (bottom, top) = view.terrain.window
    axes.set(xlim=(left, right), ylim=(bottom, top), xlabel=view.axes[0], ylabel=view.axes[1])
    stretch = (right - left) / (top - bottom)
    axes.set_aspect("equal" if 1 / _MOST_STRETCH <= stretch <= _MOST_STRETCH else "auto")
    axes.locator_params(nbins=6)
    if view.story.shots:
        axes.locator_params(steps=_STEPS)
