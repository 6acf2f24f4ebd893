"""The ruler of an uneven clock: a hairline over the movement's time, with ticks at whole steps."""

# pyright: reportUnknownMemberType=false

from itertools import count, pairwise
from math import ceil
from typing import TYPE_CHECKING

from animate.figure.clock import Moment
from animate.figure.panel import Drawing
from animate.figure.timeline import Timeline
from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RULER = 1.0
"""How far it reaches below the line of the counter, in type sizes of labels."""
_LINE = 0.78
"""The distance of its hairline from the line of the counter, in type sizes of labels."""
_TICK = 0.3
"""The height of a tick, in type sizes of labels."""
_MARK = 0.42
"""The diameter of the mark, in type sizes of labels."""
_MOST = 16
"""The most spaces between ticks."""
_NEAREST = 2.5
"""The least distance between two ticks in pixels."""


def ticks(timeline: Timeline, width: float) -> list[int]:
    """The steps at which ticks stand on a ruler `width` pixels wide: every 1, 2, 5, 10, … of them,
    as many as have room.

    >>> ticks(Timeline(steps=60), 100.0)
    [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]
    """
    for apart in (digit * 10**power for power in count() for digit in (1, 2, 5)):
        steps = range(ceil(timeline.first / apart) * apart, timeline.steps + 1, apart)
        if len(steps) > _MOST + 1:
            continue
        places = [width * timeline.share_of(step) for step in steps]
        if all(after - before >= _NEAREST for before, after in pairwise(places)):
            return [*steps]
    raise AssertionError


def draw_ruler(figure: "Figure", view: View, left: float, y: float, width: float) -> Drawing:
    """Draw it from `left` on, below the counter that stands on the line `y`, all in pixels; its
    mark goes evenly, and is at a tick when the counter comes to that step."""
    from matplotlib.lines import Line2D

    timeline, size = view.timeline, view.type("label")
    wide, high = view.pixels
    line = (y - _LINE * size) / high
    xs, ys = [left / wide, (left + width) / wide], [line, line]
    for step in ticks(timeline, width):
        at = (left + width * timeline.share_of(step)) / wide
        xs += [float("nan"), at, at]
        ys += [float("nan"), line, line + _TICK * size / high]
    figure.add_artist(
        Line2D(xs, ys, color=view.theme.muted, linewidth=view.line("hairline"), gid="ruler")
    )
    mark = Line2D(
        [],
        [],
        marker="o",
        markersize=_MARK * size,
        markeredgewidth=0.0,
        color=view.theme.ink,
        animated=True,
        gid="clock",
    )
    figure.add_artist(mark)

    def show(moment: Moment) -> None:
        mark.set_data([(left + width * timeline.share_of(moment.step)) / wide], [line])

    return Drawing((), [mark], show)
