"""Axes over the window of a terrain."""

# pyright: reportUnknownMemberType=false

from typing import TYPE_CHECKING

from animate.figure import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STEPS = [1, 2, 5, 10]
"""Between ticks: with these, no smaller window needs fewer digits than a larger one."""


def dress_window(axes: "Axes", view: View, *, arrows: bool = False) -> None:
    """Limits and names of the terrain's directions, in equal units unless the window is long.

    With `arrows`, whose directions mean something, units are equal always.
    """
    (left, right), (bottom, top) = view.terrain.window
    axes.set(xlim=(left, right), ylim=(bottom, top), xlabel=view.axes[0], ylabel=view.axes[1])
    axes.set_aspect("equal" if arrows or view.equal_units else "auto")
    axes.locator_params(nbins=6)
    if view.story.shots:
        axes.locator_params(steps=_STEPS)
