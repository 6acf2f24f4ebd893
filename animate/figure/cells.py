"""Cell: a panel at its place in the picture, with what it shows, its title and its clock."""

# pyright: reportUnknownMemberType=false

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from animate.errors import Mistake, NoRoom, UnfitOption, UnfitScene, UsageError
from animate.figure.clock import Clock, Moment
from animate.figure.entry import PanelEntry
from animate.figure.panel import Drawing, Panel
from animate.figure.text.paragraph import fitted, text_width, wrapped
from animate.figure.view import Key, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text


_LEAST_TYPE = 6.0
"""The type size in pixels below which a title cannot be read."""


@dataclass(frozen=True)
class Edges:
    """Which labels a cell has: of like panels beside each other only the outer ones have some."""

    left: bool = True
    lowest: bool = True


@dataclass(frozen=True)
class Title:
    """What stands above a cell: `text`, or the name, the rate and the end of its one optimizer."""

    text: str = ""
    role: Literal["label", "legend"] = "label"
    optimizer: bool = False


@dataclass(frozen=True, eq=False)
class Cell:
    """A panel that shows `view` on axes with the limits of `limits`, by its `clock`.

    `row` names it at its left, where it is one of a row. `close`: it is one of several like panels,
    set as equal boxes close together.
    """

    entry: PanelEntry
    view: View
    limits: View
    clock: Clock
    title: Title = field(default_factory=Title)
    edges: Edges = field(default_factory=Edges)
    row: str = ""
    close: bool = False

    @property
    def panel(self) -> Panel:
        return self.entry.panel

    def dress(self, axes: "Axes") -> None:
        """Give the axes limits, scales and the labels that stand at the cell's edges."""
        with self._placing():
            self.panel.dress(axes, self.view, self.limits)
        if self.row and self.edges.left:
            axes.set_ylabel(f"{self.row}\n{axes.get_ylabel()}")
        if not self.edges.left:
            axes.set_ylabel("")
            axes.tick_params(axis="y", labelleft=False)
        if not self.edges.lowest:
            axes.set_xlabel("")
            axes.tick_params(axis="x", labelbottom=False)

    def draw(self, axes: "Axes") -> Drawing:
        """Draw the panel on axes that have their place."""
        with self._placing():
            return self.panel.draw(axes, self.view, self.limits)

    def colour_keys(self) -> Sequence[Key]:
        """The scales of the panel's colours."""
        with self._placing():
            return self.panel.colour_keys(self.limits)

    @property
    def words(self) -> bool:
        """Whether it is words only."""
        return self.panel.traits.words

    def height(self, width: float) -> float:
        """The height of a panel of words that is `width` wide, in pixels."""
        with self._placing():
            return self.panel.height(self.view, width)

    @contextmanager
    def _placing(self) -> Generator[None]:
        """Context: what the panel finds unfit is raised as UnfitScene with the panel's place."""
        try:
            yield
        except (UnfitScene, NoRoom):
            raise
        except UnfitOption as error:
            place = (*self.entry.place, self.entry.name, *error.inside)
            raise UnfitScene([Mistake(place, str(error))]) from error
        except UsageError as error:
            raise UnfitScene([Mistake(self.entry.place, str(error))]) from error

    def head(self, axes: "Axes") -> Drawing:
        """Write the title above the axes, and above what the panel says there.

        It is no wider than they are: a text is broken into lines, and set smaller where a word is
        still too wide. Raises NoRoom where it could not be read.
        """
        if self.title.optimizer:
            return _optimizer_head(axes, self.view)
        if self.title.text:
            pad = 0.4 * self.view.type(self.title.role) + _above(axes)
            ink = self.view.theme.ink
            text, size = self._broken(axes.get_window_extent().width)
            axes.set_title(text, fontsize=size, color=ink, loc="left", pad=pad)
        return Drawing()

    def _broken(self, room: float) -> tuple[str, float]:
        """The text of the title in lines of at most `room` pixels, and its type size."""
        view, text, role = self.view, self.title.text, self.title.role
        if text_width(view, text, role) <= room:
            return text, view.type(role)
        lines = wrapped(view, text.replace(",  ", ",\n"), role, room)
        widest = max(text_width(view, line, role) for line in lines)
        size = view.type(role) * min(1.0, room / widest)
        if size < _LEAST_TYPE:
            width, height = view.pixels
            raise NoRoom(
                f"{width} × {height} pixels leave no room for {text!r} above its panel; "
                "make the picture larger"
            )
        return "\n".join(lines), size


def _above(axes: "Axes") -> float:
    """How high the line of the panel's parts, and what stands over it, reach above the axes, in
    pixels; 0 without one."""
    legend = axes.get_legend()
    if legend is None:
        return 0.0
    tops = (each.get_window_extent().y1 for each in (legend, *axes.texts))
    return max(*tops, axes.bbox.y1) - axes.bbox.y1


def _optimizer_head(axes: "Axes", view: View) -> Drawing:
    """The optimizer's name at the left, and at the right its rate, later the step of its end."""
    gap = 0.6 * view.type("legend")
    end, (name,), (note,) = int(view.trajectories.ends[0].max()), view.names, view.notes
    if view.trajectories.rates[0] is not None:
        note = f"η = {note}"
    lost = bool(view.trajectories.lost[0].all())
    lost_text = view.words("lost", step=end) if lost else ""
    room = axes.get_window_extent().width
    wide = max(text_width(view, each, "legend") for each in (note, lost_text))
    whole = text_width(view, name, "legend") + gap + wide <= room
    taken = gap + wide if whole or lost else 0.0
    size, pad = view.type("legend"), 0.3 * view.type("legend") + _above(axes)
    name = fitted(view, name, "legend", room - taken)
    axes.set_title(name, fontsize=size, color=view.theme.ink, loc="left", pad=pad)
    before = note if whole else ""
    text: Text = axes.set_title(before, fontsize=size, color=view.theme.muted, loc="right", pad=pad)

    def show(moment: Moment) -> None:
        text.set_text(lost_text if moment.step >= end else before)

    return Drawing(artists=[text], show=show) if lost else Drawing()
