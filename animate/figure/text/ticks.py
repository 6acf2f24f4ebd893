"""Tick labels: in the picture's language, and only those that have room."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from animate.figure.story import Window
from animate.text import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

_MOST = 6
"""Intervals between the ticks of an axis, at most."""
_APART = 0.5
"""The least distance between two labels side by side, in their own heights."""


def localise(axes: "Axes", words: Words) -> None:
    """Write the tick labels of both axes in the language of `words`."""
    from matplotlib.ticker import Formatter

    class Localised(Formatter):
        """Another formatter's labels, with the language's decimal mark."""

        def __init__(self, inner: Formatter) -> None:
            self._inner = inner

        def __call__(self, x: float, pos: int | None = None) -> str:
            return words.localised(self._inner(x, pos))

        def format_ticks(self, values: list[float]) -> list[str]:
            return [words.localised(label) for label in self._inner.format_ticks(values)]

        def get_offset(self) -> str:
            return words.factor(self._inner.get_offset())

        def set_axis(self, axis: "Axis | None") -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # the rest of the stub's union is private
            super().set_axis(axis)
            self._inner.set_axis(axis)

    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(Localised(axis.get_major_formatter()))


def thin(axes: "Axes", windows: Sequence[Window]) -> None:
    """Take ticks out until no two labels of an axis come near each other in any of `windows`.

    The limits of the axes are those of the last one.
    """
    from matplotlib.ticker import FixedLocator, LogLocator, MaxNLocator, SymmetricalLogLocator

    for axis, side in ((axes.xaxis, 0), (axes.yaxis, 1)):
        locator = axis.get_major_locator()
        trials: list[Mapping[str, int | str]] = [{}]
        if isinstance(locator, MaxNLocator):
            trials = [{"nbins": count} for count in range(_MOST, 0, -1)]
        elif isinstance(locator, LogLocator):
            trials = [{"numticks": count} for count in ("auto", *range(_MOST, 1, -1))]
        elif isinstance(locator, SymmetricalLogLocator):
            trials = [{"numticks": count} for count in range(2 * _MOST, 1, -1)]
        elif isinstance(locator, FixedLocator):
            trials = [{"nbins": count} for count in range(2 * _MOST, 1, -1)]
        spans = [window[side] for window in windows]
        if not any(_fits(axis, side, trial, spans) for trial in trials):
            axis.set_view_interval(*spans[-1], ignore=True)
            _leave_one(axis)


def _fits(
    axis: "Axis",
    side: int,
    trial: Mapping[str, int | str],
    spans: Sequence[tuple[float, float]],
) -> bool:
    """Whether the labels have room along all of `spans` once their locator is set to `trial`."""
    if trial:
        axis.get_major_locator().set_params(**trial)
    for span in spans:
        axis.set_view_interval(*span, ignore=True)
        if _crowded(axis, side):
            return False
    return True


def _leave_one(axis: "Axis") -> None:
    from matplotlib.ticker import FixedLocator

    low, high = sorted(axis.get_view_interval())
    inside = [place for place in axis.get_majorticklocs() if low <= place <= high]
    axis.set_major_locator(FixedLocator(inside[:1]))


def _crowded(axis: "Axis", side: int) -> bool:
    """Whether two neighbouring labels come too near; `side` is 0 along x and 1 along y."""
    axis.get_majorticklabels()  # brings the ticks up to date with their locator
    low, high = sorted(axis.get_view_interval())
    labels = [
        tick.label1
        for tick in axis.get_major_ticks()
        if low <= tick.get_loc() <= high and tick.label1.get_text() and tick.label1.get_visible()
    ]
    extents = [label.get_window_extent().get_points() for label in labels]
    apart = _APART * float(labels[0].get_fontsize()) if labels and side == 0 else 0.0
    spans = sorted((low[side], high[side]) for low, high in extents)
    return any(after[0] - before[1] < apart for before, after in pairwise(spans))
