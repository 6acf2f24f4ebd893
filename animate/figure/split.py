"""Split: a panel once for every optimizer, side by side, with the same limits."""

from copy import copy
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

from animate.figure.grid import Grid
from animate.figure.panel import Panel, View
from animate.figure.text.paragraph import fitted, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure
    from matplotlib.text import Text

_SHAPE = 1.2
"""The width over the height that is aimed at for each of the small panels."""


@dataclass(frozen=True)
class Split:
    """A panel that is to be shown once for every optimizer."""

    panel: Panel


def fresh(entry: Any) -> Panel | Split:
    """A copy of the panel of a scene's entry, to be drawn once or once for each optimizer."""
    return Split(copy(entry.panel)) if entry.split else copy(entry.panel)


def unsplit(part: Panel | Split) -> Panel:
    """The panel itself."""
    return part.panel if isinstance(part, Split) else part


@dataclass(frozen=True, eq=False)
class Seat:
    """A panel, its axes, and what it looks at: all optimizers, or one whose name stands above.

    Of those beside each other only the leftmost and the lowest have labels at their ticks.
    """

    axes: "Axes"
    panel: Panel
    view: View
    whole: View
    shared: bool = True
    left: bool = True
    lowest: bool = True

    def dress(self) -> None:
        """Dress the axes for all optimizers, so that limits are shared; label the outer ones."""
        self.panel.dress(self.axes, self.whole)
        if not self.left:
            self.axes.set_ylabel("")
            self.axes.tick_params(axis="y", labelleft=False)
        if not self.lowest:
            self.axes.set_xlabel("")
            self.axes.tick_params(axis="x", labelbottom=False)

    def head(self, renderer: "RendererAgg") -> "LostMark | None":
        """Write the optimizer's name and note above the axes, as far as their width allows."""
        if self.shared:
            return None
        view, gap = self.view, 0.6 * self.view.type("legend")
        end, (name,), (note,) = view.trajectories.ends[0].max(), view.names, view.notes
        if view.trajectories.rates[0] is not None:
            note = f"η = {note}"
        lost = end < view.trajectories.last_step
        said = view.words("lost", step=int(end)) if lost else ""
        room = self.axes.get_window_extent(renderer).width
        wide = max(text_width(renderer, view, each, "legend") for each in (note, said))
        whole = text_width(renderer, view, name, "legend") + gap + wide <= room
        taken = gap + wide if whole or lost else 0.0
        self._title(fitted(renderer, view, name, "legend", room - taken), "left", view.theme.ink)
        text = self._title(note if whole else "", "right", view.theme.muted)
        return LostMark(text, int(end), text.get_text(), said) if lost else None

    def _title(self, text: str, side: Literal["left", "right"], ink: str) -> "Text":
        size = self.view.type("legend")
        return self.axes.set_title(text, loc=side, fontsize=size, color=ink, pad=0.3 * size)


@dataclass(frozen=True, eq=False)
class LostMark:
    """The note above a panel's axes: it changes when the optimizer leaves the finite numbers."""

    text: "Text"
    end: int
    before: str
    after: str

    def update(self, step: float) -> None:
        """Say what there is to say at `step`."""
        self.text.set_text(self.after if step >= self.end else self.before)


def seated(part: Panel | Split, figure: "Figure", view: View, shape: float) -> "Seat | Grid[Seat]":
    """Axes for the panel; for one that is split, a grid of them with one panel each.

    The grid stands in a cell whose width over height is `shape`.
    """
    if isinstance(part, Panel):
        return Seat(figure.add_axes((0, 0, 1, 1)), part, view, view)
    count = len(view.names)
    columns = _columns(count, shape)
    seats = [
        Seat(
            figure.add_axes((0, 0, 1, 1)),
            copy(part.panel),
            view.only(k),
            view,
            shared=False,
            left=k % columns == 0,
            lowest=k + columns >= count,
        )
        for k in range(count)
    ]
    padded = [*seats, *[None] * (-count % columns)]
    return Grid([padded[k : k + columns] for k in range(0, count, columns)])


def _columns(count: int, shape: float) -> int:
    """How many columns make the panels largest in a cell of that shape."""

    def side(columns: int) -> float:
        return min(shape / columns / _SHAPE, 1 / ceil(count / columns))

    return max(range(1, count + 1), key=lambda columns: (side(columns), -columns))
