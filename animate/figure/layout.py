"""Where everything stands, in whole pixels: title, panels in a grid, legend beside or below."""

# pyright: reportUnknownMemberType=false

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from animate.errors import Mistake, NoRoom, Remark, UnfitScene
from animate.figure.fitting import Need, Rect, Solved, Spacing, boxes, moved, outline, solve
from animate.figure.grid import Grid
from animate.figure.heading import Heading
from animate.figure.legend import Legend
from animate.figure.legend_drawing import draw_column, draw_rows
from animate.figure.legend_plans import Plan, below, beside
from animate.figure.panel import Drawing
from animate.figure.seat import Seat
from animate.figure.text.caption import Caption
from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_BESIDE = 0.42
"""The largest share of the width that a legend beside the panels takes."""
_BELOW = 0.45
"""The largest share of the height that a legend below the panels takes."""
_PREFERRED = 1.15
"""The ratio of the panels' areas from which on the legend stands below them, not beside."""
_FOR_NAMES = 0.6
"""The least share of the panels' area that is left where the legend then names more optimizers."""
_LEAST = 3.2
"""The shortest side of a panel, in type sizes of labels."""
_LEAST_SHARE = 0.1
"""The same, as a share of the picture's shorter side; the shorter of both counts."""
_ENOUGH = 9.0
"""The height down to which a panel of any shape yields to one with a shape, in type sizes."""
_STACKED = 0.9
"""The height over width of a picture from which on panels may stand one below the other that the
scene has side by side."""
_ROUNDS = 2
"""Measurements: labels need room, and which labels there are depends on the room."""
_MOST_ROUNDS = 6
"""The same where the titles of cells are still broken differently than when they were measured."""
_INDENT = 3.0
"""About the distance of the axes, and of a legend below, from the left edge, in type sizes."""
_MOST_INDENT = 5.5
"""The same with long numbers at the ticks, in type sizes; captions begin where the title does."""


@dataclass(frozen=True)
class _Trial:
    """One arrangement: the legend beside or below, and the boxes of the panels."""

    plan: Plan
    solved: Solved

    @property
    def area(self) -> float:
        """The area of the panels in pixels, without those of words, whose height is fixed."""
        return sum(box[2] * box[3] for need, box in self.solved.cells() if need.height is None)


class Layout:
    """One picture's arrangement: tried out first, then given to the axes."""

    def __init__(
        self, figure: "Figure", seats: Grid[Seat], legend: Legend, view: View, title: str
    ) -> None:
        self.figure, self.seats, self.legend, self.view = figure, seats, legend, view
        self._pad = 1.15 * view.type("label")
        alike = all(seat.cell.close for seat in seats.cells())
        gap = (0.9 if alike else 1.4) * self._pad
        self._spacing = Spacing(gap, _ENOUGH * view.type("label"))
        self._title = Heading(view, title, view.pixels[0] - 2 * self._pad)
        width, height = view.pixels
        indent = _MOST_INDENT * view.type("tick")
        self.caption = Caption(view, width - 2 * self._pad - indent)
        self._head = self._title.height + self.caption.height
        self._room = (width - 2 * self._pad, height - 2 * self._pad - self._head)

    def arrange(self) -> list[Drawing]:
        """Give every axes its place, in whole pixels; draw title, legend and captions.

        Returns the drawings of legend and captions. Raises NoRoom where not all panels fit.
        """
        self._begin()
        for done in range(1, _MOST_ROUNDS + 1):
            before = self._titles()
            self._place(self._best())
            if done >= _ROUNDS and self._titles() == before:
                break
        return self._draw()

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

    def _best(self) -> _Trial:
        """The arrangement with the larger panels: as the rows are, or unless the picture is wide
        one below the other."""
        needs = self.seats.map(Seat.need)
        best = self._beside_or_below(needs)
        width, height = self.view.pixels
        if height > _STACKED * width and any(len(row) > 1 for row in needs.rows):
            stacked = self._beside_or_below(needs.stacked())
            if stacked.area > _PREFERRED * best.area and self._fits(stacked):
                best = stacked
        self._check_room(best)
        return best

    def _beside_or_below(self, needs: Grid[Need]) -> _Trial:
        """With the legend where the panels are larger; beside them it is preferred."""
        width, height = self._room
        rows = below(self.legend, width - _INDENT * self.view.type("tick"), _BELOW * height)
        under = _Trial(rows, solve(needs, width, height - rows.height - self._pad, self._spacing))
        column = beside(self.legend, _BESIDE * width, height)
        room = width - column.width - 1.5 * self._pad
        aside = _Trial(column, solve(needs, room, height, self._spacing))
        best = under if self.view.tall or under.area > _PREFERRED * aside.area else aside
        other = under if best is aside else aside
        told, more = (each.plan.tells(self.legend) for each in (best, other))
        if told < more and other.area > _FOR_NAMES * best.area:
            best = other
        return best

    def _fits(self, trial: _Trial) -> bool:
        """Whether no panel is too small."""
        least = min(_LEAST * self.view.type("label"), _LEAST_SHARE * min(self.view.pixels))
        return all(
            box[2] >= least and (box[3] >= least or need.height is not None)
            for need, box in trial.solved.cells()
        )

    def _check_room(self, trial: _Trial) -> None:
        everything, plan = list(boxes(trial.solved)), trial.plan
        if not plan.beside and plan.width > self.view.pixels[0] - self._pad:
            raise self._no_room(len(everything))
        if self._fits(trial):
            return
        self._check_aspect()
        raise self._no_room(len(everything))

    def _check_aspect(self) -> None:
        """Whether the room is missing for equal units alone. Raises UnfitScene."""
        (left, right), (bottom, top) = self.view.terrain.window
        wide, high = right - left, top - bottom
        if self.view.aspect != "equal" or replace(self.view, aspect=None).equal_units:
            return
        width, height = self.view.pixels
        shape = (
            f"{wide / high:,.4g} times as wide as high"
            if wide > high
            else f"{high / wide:,.4g} times as high as wide"
        )
        why = (
            f"with equal units the window is {shape}, and a picture of {width} × {height} pixels "
            "has no room for it; leave aspect out, or choose another window"
        )
        raise UnfitScene([Mistake(("style", "aspect"), why)])

    def _no_room(self, count: int) -> NoRoom:
        width, height = self.view.pixels
        panels = "the panel" if count == 1 else f"{count} panels"
        legend, without = "", ""
        if self.legend.names:
            legend, without = " and the legend", ", or set style.legend to false"
        return NoRoom(
            f"{width} × {height} pixels leave no room for {panels}{legend}; "
            f"make the picture larger{without}"
        )

    def _place(self, trial: _Trial) -> None:
        """Put everything into the middle of the picture, as one block."""
        width, height = self.view.pixels
        x, y, wide, high = outline(trial.solved)
        plan = trial.plan
        block_wide, block_high = wide, high + self._pad + plan.height
        if plan.beside:
            block_wide = wide + 1.5 * self._pad + plan.width
            block_high = max(high, plan.height)
        left = (width - block_wide) / 2
        top = (height + block_high - self._head) / 2
        self._boxes = trial.solved.map(lambda cell: moved(cell[1], left - x, top - high - y))
        for seat, box in zip(self.seats.cells(), self._boxes.cells(), strict=True):
            seat.put(box)
        self._block = (left, top - high, wide, high)
        self._plan = plan

    def _draw(self) -> list[Drawing]:
        """Draw everything beside the panels. Raises NoRoom where a panel is cut off."""
        _, bottom, _, high = self._block
        everything = list(self._boxes.cells())
        width, height = self.view.pixels
        if any(
            min(x, y) <= -1 or x + wide >= width + 1 or y + tall >= height + 1
            for x, y, wide, tall in everything
        ):
            raise self._no_room(len(everything))
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
        names, shown = self.legend.names, self._plan.names(self.legend)
        whole, remedy = len({*names[: len(shown)]}), "enlarge style.size, or give shorter labels"
        if 0 < len(shown) < len(names):  # the smallest pictures have no legend at all
            why = f"the legend has room for {len(shown)} of {len(names)} names; {remedy}"
            warnings.warn(why, Remark, stacklevel=2)
        elif len({*shown}) < whole:
            why = f"the legend has no room to tell {whole} names apart; {remedy}"
            warnings.warn(why, Remark, stacklevel=2)

    def _draw_legend(self, everything: list[Rect]) -> list[Drawing]:
        left, bottom, wide, _ = self._block
        plan = self._plan
        if plan.beside:
            top = max(box[1] + box[3] for box in everything)
            lowest = min(min(box[1] for box in everything), top - plan.height)
            place = left + wide + 1.5 * self._pad
            return draw_column(self.figure, self.legend, plan, place, top, lowest)
        first = min(box[0] for box in everything)
        first = min(first, self.view.pixels[0] - self._pad - plan.width)
        last = max(first + plan.width, *(box[0] + box[2] for box in everything))
        return draw_rows(self.figure, self.legend, plan, first, last, bottom - self._pad)
