"""The vertical axis of curves: which scale it has, where it ends, and what its label says."""

# pyright: reportUnknownMemberType=false

from math import ceil, floor, log10
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from animate.errors import UsageError
from animate.figure import View
from animate.simulate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Values = Float[np.ndarray, "optimizer run record *part"]

_LOG_WHEN = 30.0
"""The ratio of the largest value to the median from which on the scale is logarithmic."""
_ROUNDING = 64 * float(np.finfo(float).eps)
"""Of the largest value: what is nearer together differs by the rounding of a few operations."""
_MARGIN = 0.06
"""Room above and below the curves, as a share of their range."""
_DECADES = 307.0
"""Powers of ten, up and down, that limits may reach: the floats end soon beyond."""
_MANY_DECADES = 100.0
"""Decades of a range from which on matplotlib's own ticks would overflow."""
_FEW_DECADES = 0.5
"""Decades of a range below which ticks stand at round numbers, not at powers of ten."""
_SOME_DECADES = 1.5
"""Decades of a range below which ticks stand at 1, 2 and 5 as well."""
_FEWEST_TICKS = 3
"""Powers of ten on a symmetric log scale; where there are fewer, ticks stand at round numbers."""
_LEAST_DECADES = 6.0
"""A symmetric log scale is linear below the largest value over ten to this."""


def dress_curves(
    axes: "Axes", view: View, values: Values, label: str, scale: ScaleKind = "auto"
) -> None:
    """Limits that hold every value; a log scale where it is asked for or the range needs it.

    Where there are values below zero a log scale is symmetric, and linear around zero. One of
    positive values ends at their precision at the latest, and what is lower, zero too, stands at
    its lower edge, as a tick there says. Raises UsageError where a log scale is asked for and every
    value is 0.
    """
    shown = values[np.isfinite(values)]
    if _wants_log(shown, scale) and (shown < 0).any():
        _symmetric(axes, shown)
        label = view.words("symlog scale", what=label)
    elif _wants_log(shown, scale):
        _logarithmic(axes, view, values)
    else:
        low, high = (float(shown.min()), float(shown.max())) if len(shown) else (0.0, 1.0)
        if high - low <= _ROUNDING * max(-low, high):
            low = high  # what differs by rounding alone is one level
        spread = (high - low or abs(high) or 1.0) * _MARGIN
        axes.set_ylim(low - spread, high + spread)
        axes.locator_params(axis="y", nbins=6)
    clock = view.timeline
    margin = _MARGIN * clock.updates
    axes.set_xlim(clock.first - margin / 3, clock.steps + margin / 2)
    axes.locator_params(axis="x", nbins=6, integer=True)
    axes.set(xlabel=view.words("step"), ylabel=label)
    calm(axes, view)


def factor_height(axes: "Axes", view: View) -> float:
    """The height in pixels of the factor, such as ×10⁶, above the vertical axis; 0 without one."""
    axes.yaxis.get_majorticklabels()  # brings the factor up to date with the limits
    return 1.4 * view.type("tick") if axes.yaxis.get_major_formatter().get_offset() else 0.0


def calm(axes: "Axes", view: View) -> None:
    """No frame but two sides, and a faint grid behind everything."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(True, color=view.theme.faint, linewidth=view.line("hairline"), alpha=0.5, zorder=0)
    axes.set_axisbelow(True)


def precision(values: Values) -> float:
    """The power of ten by the rounding error of curves [·, ·, record, …] of 64-bit floats.

    A curve is as precise as its largest value, so that one which diverges hides no other: the least
    of their largest positive values counts. 0 where none is positive.

    >>> precision(np.array([[[5.0, 1e-3, 0.0]], [[5.0, 1e40, np.inf]]]))
    1e-15
    """
    known = np.where(np.isfinite(values), values, 0.0)
    largest = known.max(axis=2, initial=0.0)
    if not (largest > 0).any():
        return 0.0
    return 10.0 ** round(log10(largest[largest > 0].min()) + log10(np.finfo(float).eps))


def on_axes(axes: "Axes", values: np.ndarray) -> np.ndarray:
    """`values` where they are drawn: on a log scale what is too low for it is at the lower edge."""
    if axes.get_yscale() != "log":
        return values
    return np.maximum(values, axes.get_ylim()[0])  # NaN stays


def _wants_log(shown: np.ndarray, scale: ScaleKind) -> bool:
    if scale == "log":
        if len(shown) and not shown.any():
            raise UsageError("scale: log has no place for 0, and every value is 0; leave it out")
        return len(shown) > 0
    size = np.abs(shown[shown != 0])
    if scale == "linear" or not (shown > 0).any():
        return False
    return bool(size.max() > _LOG_WHEN * np.median(size))


def _symmetric(axes: "Axes", shown: np.ndarray) -> None:
    """A symmetric log scale for values of which some are below zero."""
    from matplotlib.ticker import MaxNLocator, ScalarFormatter

    low, high, size = float(shown.min()), float(shown.max()), np.abs(shown[shown != 0])
    knee = 10 ** np.floor(np.log10(max(np.median(size) / 10, size.max() / 10**_LEAST_DECADES)))
    axes.set_yscale("symlog", linthresh=knee, linscale=0.6)
    axes.set_ylim(low * 1.6, max(high * 1.6, knee) if high >= 0 else high / 1.6)
    bottom, top = axes.get_ylim()
    decades = float(np.log10(max(-bottom, top) / float(knee)))
    if bottom < 0 < top and decades >= _FEWEST_TICKS:
        every = knee * 10.0 ** np.unique(np.linspace(decades // 3, decades // 1, 3).round())
        marks = np.concatenate([-every[::-1], [0.0], every])
        axes.set_yticks(marks[(bottom <= marks) & (marks <= top)])
        axes.minorticks_off()
    elif sum(bottom <= tick <= top for tick in axes.get_yticks()) < _FEWEST_TICKS:
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_formatter(ScalarFormatter())
        axes.minorticks_off()


def _logarithmic(axes: "Axes", view: View, values: Values) -> None:
    """A log scale for values of which none is below zero."""
    from animate.panels.lower_edge import name_lower_edge

    positive = values[np.isfinite(values) & (values > 0)]
    ends = np.array([positive.min(), positive.max()])
    least, edge = precision(values), ""
    if ends[0] < least:
        ends[0] = least
        edge = f"≤ {view.words.number(least)}"
    elif (values == 0).any():
        edge = "0"
    low, high = np.log10(ends)
    spread = (high - low or 0.1) * _MARGIN
    bottom = low if ends[0] == least else max(low - spread, -_DECADES)
    axes.set_yscale("log")
    axes.set_ylim(10.0**bottom, 10.0 ** min(high + spread, _DECADES))
    if high - low > _MANY_DECADES or high + 2 * (high - low) > _DECADES:
        axes.set_yticks(10.0 ** np.round(np.linspace(ceil(low), floor(high), 6)))
        axes.minorticks_off()
    else:
        round_ticks(axes, high - low)
    if edge:
        name_lower_edge(axes, view, edge)


def round_ticks(axes: "Axes", decades: float) -> None:
    """Ticks of a logarithmic axis of values that span so many powers of ten: at round numbers where
    the powers are too few."""
    from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter, ScalarFormatter

    if decades < _FEW_DECADES:
        axes.yaxis.set_major_locator(MaxNLocator(6))
        axes.yaxis.set_major_formatter(ScalarFormatter())
        axes.minorticks_off()
    elif decades < _SOME_DECADES:
        axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axes.yaxis.set_major_formatter(ScalarFormatter())
        axes.yaxis.set_minor_formatter(NullFormatter())
