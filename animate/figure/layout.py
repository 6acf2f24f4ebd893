"""Where everything stands, in whole pixels: title, panels in a grid, legend beside or below."""

# pyright: reportUnknownMemberType=false

import warnings
from typing import TYPE_CHECKING

from animate.errors import Remark
from animate.figure.arrangement import Arranger, Trial
from animate.figure.fitting import Rect, moved, outline
from animate.figure.grid import Grid
from animate.figure.heading import Heading
from animate.figure.inside import Inset, inset, may_be_inside
from animate.figure.legend import Legend
from animate.figure.legend_drawing import draw_column, draw_rows
from animate.figure.legend_plans import NOTHING
from animate.figure.need import Spacing
from animate.figure.panel import Drawing
from animate.figure.seat import Seat
from animate.figure.text.caption import Caption
from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ENOUGH = 9.0
"""The height down to which a panel of any shape yields to one with a shape, in type sizes."""
_ROUNDS = 2
"""Measurements: labels need room, and which labels there are depends on the room."""
_MOST_ROUNDS = 6
"""The same where the titles of cells are still broken differently than when they were measured."""
_MOST_INDENT = 5.5
"""The same with long numbers at the ticks, in type sizes; captions begin where the title does."""


class Layout:
    """One picture's arrangement: tried out first, then given to the axes."""

    def __init__(
        self, figure: "Figure", seats: Grid[Seat], legend: Legend, view: View, title: str
    ) -> None:
        self.figure, self.seats, self.legend, self.view = figure, seats, legend, view
        self._pad = 1.15 * view.type("label")
        alike = all(seat.cell.close for seat in seats.cells())
        gap = (0.9 if alike else 1.4) * self._pad
        spacing = Spacing(gap, _ENOUGH * view.type("label"))
        self._title = Heading(view, title, view.pixels[0] - 2 * self._pad)
        width, height = view.pixels
        indent = _MOST_INDENT * view.type("tick")
        self.caption = Caption(view, width - 2 * self._pad - indent)
        self._head = self._title.height + self.caption.height
        self._inset: Inset | None = None
        self._room = (width - 2 * self._pad, height - 2 * self._pad - self._head)
        close = any(seat.cell.close for seat in seats.cells())
        self._arranger = Arranger(legend, self._room, spacing, self._pad, close)

    def arrange(self) -> list[Drawing]:
        """Give every axes its place, in whole pixels; draw title, legend and captions.

        Returns the drawings of legend and captions. Raises NoRoom where not all panels fit.
        """
        self._begin()
        best = self._put_best()
        for _ in range(1, _MOST_ROUNDS):
            before = self._titles()
            best = self._put_best()
            if self._titles() == before:
                break
        self._put_inside(best)
        return self._draw()

    def _put_best(self) -> Trial:
        """Place what is best with the labels that the axes have now."""
        best = self._arranger.best(self.seats.map(Seat.need))
        self._place(best)
        return best

    def _put_inside(self, best: Trial) -> None:
        """Give the panels the room of the legend, where a map has a free corner for that."""
        seat = may_be_inside(self.legend, list(self.seats.cells()))
        if seat is None:
            return
        for _ in range(_ROUNDS):
            trial = self._arranger.inside(self.seats.map(Seat.need), best)
            if trial is None:
                break
            self._place(trial)
        else:
            self._inset = inset(self.legend, seat, self._beside_title())
        if self._inset is None:
            self._place(best)

    def _beside_title(self) -> float:
        """The room beside the title, above the first panel; 0 where captions stand there."""
        x, _, wide, _ = next(self._boxes.cells())
        return 0.0 if self.caption.height else self._title.room(round(x), x + wide)

    def _titles(self) -> list[str]:
        """What stands above the cells."""
        return [seat.axes.get_title("left") for seat in self.seats.cells()]

    def _begin(self) -> None:
        """Give every axes roughly its size, so that its labels can be measured."""
        columns = max(len(row) for row in self.seats.rows)
        width, height = self._room
        box = (0.0, 0.0, 0.6 * width / columns, 0.6 * height / len(self.seats.rows))
        for seat in self.seats.cells():
            seat.axes.set_aspect("auto")
            seat.put(box)

    def _place(self, trial: Trial) -> None:
        """Put everything into the middle of the picture, as one block."""
        width, height = self.view.pixels
        x, y, wide, high = outline(trial.solved)
        plan = trial.plan
        block_wide, block_high = wide, high + (self._pad + plan.height) * (plan is not NOTHING)
        if plan.beside and trial.first:
            block_wide, block_high = wide, high
        elif plan.beside:
            block_wide = wide + 1.5 * self._pad + plan.width
            block_high = max(high, plan.height)
        left = (width - block_wide) / 2
        top = (height + block_high - self._head) / 2
        self._boxes = trial.solved.map(lambda cell: moved(cell[1], left - x, top - high - y))
        for seat, box in zip(self.seats.cells(), self._boxes.cells(), strict=True):
            seat.put(box)
        self._block = (left, top - high, wide, high)
        self._plan, self._first = plan, trial.first

    def _draw(self) -> list[Drawing]:
        """Draw everything beside the panels. Raises NoRoom where a panel is cut off."""
        _, bottom, _, high = self._block
        everything = list(self._boxes.cells())
        width, height = self.view.pixels
        if any(
            min(x, y) <= -1 or x + wide >= width + 1 or y + tall >= height + 1
            for x, y, wide, tall in everything
        ):
            raise self._arranger.no_room(len(everything))
        first, words = round(everything[0][0]), bottom + high + self.caption.height
        self._title.draw(self.figure, first, words)
        right = width - self._pad
        caption = self.caption.place(
            self.figure, max(min(first, right - self.caption.width), 0), words
        )
        self._tell_names()
        return [*self._draw_legend(everything), caption]

    def _tell_names(self) -> None:
        """Warn where the legend has no room for every name, or none to tell all of them apart."""
        names = self.legend.names
        shown = self._plan.names(self.legend) if self._inset is None else [*names]
        whole, remedy = len({*names[: len(shown)]}), "enlarge style.size, or give shorter labels"
        if len(shown) < len(names) and self._plan.shown:  # the smallest pictures have no legend
            why = f"the legend has room for {len(shown)} of {len(names)} names; {remedy}"
            warnings.warn(why, Remark, stacklevel=2)
        elif len({*shown}) < whole:
            why = f"the legend has no room to tell {whole} names apart; {remedy}"
            warnings.warn(why, Remark, stacklevel=2)

    def _draw_legend(self, everything: list[Rect]) -> list[Drawing]:
        if self._inset is not None:
            return self._inset.draw(self.figure)
        left, bottom, wide, _ = self._block
        plan = self._plan
        if plan.beside and self._first:
            x, y, across, tall = everything[0]
            lowest = min(y, y + tall - plan.height)
            place = x + across + 1.5 * self._pad
            return draw_column(self.figure, self.legend, plan, place, y + tall, lowest)
        if plan.beside:
            top = max(box[1] + box[3] for box in everything)
            lowest = min(min(box[1] for box in everything), top - plan.height)
            place = left + wide + 1.5 * self._pad
            return draw_column(self.figure, self.legend, plan, place, top, lowest)
        first = min(box[0] for box in everything)
        first = min(first, self.view.pixels[0] - self._pad - plan.width)
        last = max(first + plan.width, *(box[0] + box[2] for box in everything))
        return draw_rows(self.figure, self.legend, plan, first, last, bottom - self._pad)
