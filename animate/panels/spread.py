"""The curves of a swarm: of all runs the median, in a band from the lower quartile to the upper."""

# pyright: reportUnknownMemberType=false

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float

from animate.figure import Drawing, Moment, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SHARES = (0.25, 0.5, 0.75)
STRENGTH = 0.22
"""How much a band covers of what is behind it."""


def quartiles(
    values: Float[np.ndarray, "optimizer run record *part"],
) -> Float[np.ndarray, "quartile optimizer record *part"]:
    """The least value that a quarter, a half, three quarters of the runs do not exceed.

    Each is the value of a run (Hyndman and Fan, 1996, definition 1), so that ∞ may be among them;
    NaN is left out.
    """
    ordered = np.sort(values, axis=1)
    known = (~np.isnan(values)).sum(axis=1, keepdims=True)
    places = [np.maximum(np.ceil(share * known).astype(int) - 1, 0) for share in _SHARES]
    return np.concatenate(
        [np.take_along_axis(ordered, place, axis=1) for place in places], axis=1
    ).swapaxes(0, 1)


def diverged(view: View) -> Bool[np.ndarray, "optimizer run record"]:
    """Where a run has left the finite numbers."""
    return view.trajectories.steps > view.trajectories.ends[..., None]


def draw_band(
    axes: "Axes", view: View, k: int, low: np.ndarray, high: np.ndarray, strength: float
) -> Drawing:
    """The room between two quartiles [record] in the colour of optimizer k, as the clock reveals
    it."""
    from matplotlib.transforms import Bbox

    bottom, top = axes.get_ylim()
    band = axes.fill_between(
        view.trajectories.steps,
        np.clip(low, bottom, top),
        np.clip(high, bottom, top),
        color=view.colours[k],
        alpha=strength,
        linewidth=0,
        zorder=2,
    )

    def show(moment: Moment) -> None:
        (left, below), (_, above) = axes.bbox.get_points()
        now, _ = axes.transData.transform((moment.step, bottom))
        band.set_clip_box(Bbox([[left, below], [now, above]]))

    return Drawing(artists=[band], show=show)
