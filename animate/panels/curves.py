"""What every panel of curves against the step shares."""

from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from animate.figure import Trails, View
from animate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Values = Float[np.ndarray, "optimizer run record"]

_LOG_WHEN = 30.0
"""A largest value so many times the median is drawn on a log scale."""
_MARGIN = 0.06
_LARGEST = float(np.finfo(float).max)


def dress_curves(
    axes: "Axes", view: View, values: Values, label: str, scale: ScaleKind = "auto"
) -> None:
    """Limits that hold every value; a log scale where it is asked for or the range needs it."""
    shown = values[np.isfinite(values)]
    positive = shown[shown > 0]
    if _wants_log(shown, positive, scale):
        low, high = float(positive.min()), float(positive.max())
        spread = max(np.log10(high / low), 0.1) * _MARGIN
        axes.set_yscale("log")
        axes.set_ylim(low / 10**spread, high * min(10**spread, _LARGEST / high))
    else:
        low, high = (float(shown.min()), float(shown.max())) if len(shown) else (0.0, 1.0)
        spread = (high - low or abs(high) or 1.0) * _MARGIN
        axes.set_ylim(low - spread, high + spread)
        axes.locator_params(axis="y", nbins=6)
    axes.set_xlim(-_MARGIN / 3 * view.timeline.steps, (1 + _MARGIN / 2) * view.timeline.steps)
    axes.locator_params(axis="x", nbins=6, integer=True)
    axes.set(xlabel=view.words("step"), ylabel=label)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(True, color=view.theme.faint, linewidth=view.line("hairline"), alpha=0.5, zorder=0)
    axes.set_axisbelow(True)


def _wants_log(shown: np.ndarray, positive: np.ndarray, scale: ScaleKind) -> bool:
    if scale == "linear" or len(positive) == 0:
        return False
    if scale == "log":
        return True
    return len(positive) == len(shown) and positive.max() > _LOG_WHEN * np.median(positive)


def draw_curves(axes: "Axes", view: View, values: Values) -> list[Any]:
    """One trail a curve, in the colours of its optimizer."""
    paths = view.trajectories
    optimizers, runs, records = values.shape
    if axes.get_yscale() == "log":
        values = np.where(values > 0, values, np.nan)
    steps = np.broadcast_to(paths.steps, values.shape)
    points = np.stack([steps, values], axis=-1).reshape(optimizers * runs, records, 2)
    owners = np.repeat(np.arange(optimizers), runs)
    return [Trails(axes, points, paths.steps, paths.ends.ravel(), owners, view)]
