"""A seat: a cell and its axes, put into a place, and the room that it needs around itself."""

# pyright: reportUnknownMemberType=false

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from animate.figure.cells import Cell
from animate.figure.fitting import Rect
from animate.figure.need import STRETCH, Need
from animate.figure.story import Window
from animate.figure.text.paragraph import balanced
from animate.figure.text.ticks import thin

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LABEL_SHARES = (1.25, 1.0)
"""The longest line of a label, below and beside, as a share of its axis."""


@dataclass(frozen=True, eq=False)
class Seat:
    """A cell and its axes, dressed; `labels` and `equal` are what the axes came with: the whole
    labels of x and y, and whether their units are equal."""

    cell: Cell
    axes: "Axes"
    labels: tuple[str, str]
    equal: bool

    def put(self, box: Rect) -> None:
        """Put the axes there, with no more ticks than there is room for."""
        axes, view = self.axes, self.cell.view
        width, height = view.pixels
        x0, y0 = round(box[0]), round(box[1])
        x1, y1 = x0 + max(round(box[2]), 1), y0 + max(round(box[3]), 1)
        axes.set_position((x0 / width, y0 / height, (x1 - x0) / width, (y1 - y0) / height))
        across, up = (
            "\n".join(balanced(view, label, "label", share * length))
            for label, share, length in zip(
                self.labels, _LABEL_SHARES, (x1 - x0, y1 - y0), strict=True
            )
        )
        axes.set(xlabel=across, ylabel=up)
        if self.cell.title.text:
            self.cell.head(axes)
        thin(axes, [*self._shown()])

    def _shown(self) -> Iterator[Window]:
        """The windows that the axes come to show, the one that they have now at the end."""
        if self.cell.panel.traits.focuses:
            yield from self.cell.clock.windows()
        yield self.axes.get_xlim(), self.axes.get_ylim()

    def need(self) -> Need:
        """The room around the axes of a panel, whatever window they come to show."""
        axes, shown = self.axes, [*self._shown()]
        sides: list[tuple[float, float, float, float]] = []
        for x, y in shown:
            if len(shown) > 1:
                axes.set(xlim=x, ylim=y)
            inner = axes.get_window_extent()
            whole = axes.get_tightbbox() or inner
            sides.append(
                (inner.x0 - whole.x0, inner.y0 - whole.y0, whole.x1 - inner.x1, whole.y1 - inner.y1)
            )
        left, bottom, right, top = (max(*side, 0.0) for side in zip(*sides, strict=True))
        (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
        return Need(
            left,
            bottom,
            right,
            top,
            (x1 - x0) / (y1 - y0) if self.equal else None,
            self.cell.height if self.cell.words else None,
            1.0 if self.cell.panel.traits.exact else STRETCH,
            not self.cell.panel.traits.heads,
        )
