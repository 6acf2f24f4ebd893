"""The lower edge of a logarithmic axis that stands for 0, or for all that is too low for it."""

# pyright: reportUnknownMemberType=false

from typing import TYPE_CHECKING, cast

import numpy as np
from matplotlib.ticker import FixedLocator, Formatter, Locator, LogLocator, MaxNLocator

from animate.figure import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

_APART = 1.3
"""The least distance of the next tick's label from that of the edge, in type sizes."""
_TICKS = 6
"""Intervals between ticks at round numbers, at most."""
_BREAK = 0.75
"""Where the axis is marked as broken, above its lower edge, in type sizes."""
_SLASHES = ((-1.0, -0.75), (1.0, 0.0), (-1.0, 0.0), (1.0, 0.75))
"""Two slashes across the axis, as far as 1 to either side of where it is broken."""


def name_lower_edge(axes: "Axes", view: View, text: str) -> None:
    """Put a tick labelled `text` at the lower edge, and a mark that the axis is broken above it.

    Ticks whose labels would touch that one are left out. Limits and ticks must have been set.
    """
    axis = axes.yaxis
    edge, size = float(axes.get_ylim()[0]), view.type("tick")
    formatter = axis.get_major_formatter()
    axis.set_major_locator(_with_edge(axis.get_major_locator(), edge, _APART * size))
    axis.set_major_formatter(_Named(formatter, edge, text))
    _mark_break(axes, view, _BREAK * size)


class _Edged(Locator):
    """Another locator's places, those near the lower edge left out, and the edge.

    `apart` is the least distance from the edge in pixels.
    """

    edge: float
    apart: float

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        low, high = np.log10([self.edge, self._axes.get_ylim()[1]]).tolist()
        least = low + (high - low) * min(self.apart / self._axes.bbox.height, 1.0)
        places = np.asarray(super().tick_values(vmin, vmax), float).tolist()
        return [self.edge, *(place for place in places if place > 10.0**least)]

    @property
    def _axes(self) -> "Axes":
        return cast("Axis", self.axis).axes


class _LogEdged(_Edged, LogLocator):
    """Powers of ten, and the edge."""


class _LinearEdged(_Edged, MaxNLocator):
    """Round numbers, and the edge."""


class _FixedEdged(_Edged, FixedLocator):
    """Given places, and the edge."""


def _with_edge(locator: Locator, edge: float, apart: float) -> Locator:
    """A locator like `locator` with a tick at `edge` too, and the next one `apart` pixels above."""
    if isinstance(locator, MaxNLocator):
        edged = _LinearEdged(_TICKS)
    elif isinstance(locator, FixedLocator):
        edged = _FixedEdged(locator.tick_values(0.0, 1.0))
    else:
        edged = _LogEdged()
    edged.edge, edged.apart = edge, apart
    return edged


class _Named(Formatter):
    """Another formatter's labels, but for the lower edge's."""

    def __init__(self, inner: Formatter, edge: float, text: str) -> None:
        self._inner, self._edge, self._text = inner, edge, text

    def __call__(self, x: float, pos: int | None = None) -> str:
        return self._text if x == self._edge else self._inner(x, pos)

    def format_ticks(self, values: list[float]) -> list[str]:
        others = iter(self._inner.format_ticks([each for each in values if each != self._edge]))
        return [self._text if each == self._edge else next(others) for each in values]

    def get_offset(self) -> str:
        return self._inner.get_offset()

    def set_axis(self, axis: "Axis | None") -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # the rest of the stub's union is private
        super().set_axis(axis)
        self._inner.set_axis(axis)


def _mark_break(axes: "Axes", view: View, up: float) -> None:
    """Two slashes across the vertical axis, `up` pixels above its lower edge."""
    from matplotlib.path import Path
    from matplotlib.transforms import offset_copy

    codes = [Path.MOVETO, Path.LINETO] * 2
    axes.plot(
        [0.0],
        [0.0],
        transform=offset_copy(axes.transAxes, axes.get_figure(root=True), y=up, units="points"),
        marker=Path(_SLASHES, codes),
        markersize=0.9 * view.type("tick"),
        markeredgecolor=view.theme.muted,
        markeredgewidth=1.5 * view.line("hairline"),
        clip_on=False,
        zorder=9,
    )
