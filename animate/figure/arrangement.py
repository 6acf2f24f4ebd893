"""Which arrangement of panels and legend is the best one: tried out before anything is placed."""

from dataclasses import dataclass, replace
from itertools import groupby

from animate.errors import Mistake, NoRoom, UnfitScene
from animate.figure.fitting import Solved, boxes, outline, solve
from animate.figure.grid import Grid
from animate.figure.legend import Legend
from animate.figure.legend_plans import NOTHING, Plan, below, beside
from animate.figure.legend_room import below_of, widened
from animate.figure.need import Need, Spacing

_BESIDE = 0.42
"""The largest share of the width that a legend beside the panels takes."""
_BELOW = 0.45
"""The largest share of the height that a legend below the panels takes."""
_PREFERRED = 1.15
"""The ratio of the panels' areas from which on the legend stands below them, not beside."""
_FOR_NAMES = 0.6
"""The least share of the panels' area that is left where the legend then names more optimizers."""
_STACKED = 0.9
"""The height over width of a picture from which on panels may stand one below the other that the
scene has side by side."""
_FOR_CARD = 0.85
"""The same where the end card then has room for all that it says."""
_LEAST = 3.2
"""The shortest side of a panel, in type sizes of labels."""
_LEAST_SHARE = 0.1
"""The same, as a share of the picture's shorter side; the shorter of both counts."""
_INDENT = 3.0
"""About the distance of the axes, and of a legend below, from the left edge, in type sizes."""


@dataclass(frozen=True)
class Trial:
    """One arrangement: the legend beside, below or inside, and the boxes of the panels.

    `first`: a legend beside stands beside the first panel alone, and all others have the width.
    """

    plan: Plan
    solved: Solved
    needs: Grid[Need]
    first: bool = False

    @property
    def area(self) -> float:
        """The area of the panels in pixels, without those of words, whose height is fixed."""
        return sum(box[2] * box[3] for need, box in self.solved.cells() if need.height is None)

    @property
    def least(self) -> float:
        """The area of the smallest panel with a shape, in pixels; 0 where none has one."""
        return min(
            (box[2] * box[3] for need, box in self.solved.cells() if need.shape), default=0.0
        )


@dataclass(frozen=True)
class Arranger:
    """What is arranged: a legend and panels, `spacing` apart, in a `room` of so many pixels.

    `close`: among the panels are small multiples, which share labels, and stay as they are.
    """

    legend: Legend
    room: tuple[float, float]
    spacing: Spacing
    pad: float
    close: bool

    def best(self, needs: Grid[Need]) -> Trial:
        """The arrangement with the larger panels: as the rows are, or unless the picture is wide
        one below the other, or in several rows where that makes the maps larger.

        Raises NoRoom or UnfitScene where not all panels fit.
        """
        best = self._beside_or_below(needs)
        width, height = self.legend.view.pixels
        if not self.close and height > _STACKED * width:
            if any(len(row) > 1 for row in needs.rows):
                stacked = self._beside_or_below(needs.stacked())
                if stacked.area > _PREFERRED * best.area and self._fits(stacked):
                    best = stacked
            best = self._in_rows(needs, best)
            best = self._beside_first(needs, best)
        self._check_room(best)
        return self._roomier(best)

    def _in_rows(self, needs: Grid[Need], best: Trial) -> Trial:
        """The `best` one, or that with several rows of panels in which the smallest map is larger,
        and all of them together are no smaller: those of any shape in pairs, or all abreast."""
        each = list(needs.cells())
        if not needs.flowing:
            return best
        ways = [_paired(needs)]
        if not any(need.height for need in each):
            ways += [needs.abreast(count) for count in range(2, len(each) // 2 + 1)]
        trials = [self._beside_or_below(way) for way in ways]
        larger = [
            each
            for each in trials
            if each.least > _PREFERRED * best.least and each.area >= best.area and self._fits(each)
        ]
        return max(larger, key=lambda trial: trial.least, default=best)

    def _beside_first(self, needs: Grid[Need], best: Trial) -> Trial:
        """The `best` one, or that with a map at the top, the legend beside it and all other panels
        below, where the smallest map is no smaller then."""
        first, *others = needs.stacked().rows
        (cell,) = first
        if not (others and isinstance(cell, Need) and cell.shape):
            return best
        column = beside(self.legend, _BESIDE * self.room[0], self.room[1])
        room = replace(cell, right=cell.right + 1.5 * self.pad + column.width)
        widths = (1.0,), *(None for _ in others)  # so that every row has a width of its own
        solved = solve(Grid([[room], *others], widths), *self.room, self.spacing)
        _, _, _, height = next(boxes(solved))
        plan = beside(self.legend, _BESIDE * self.room[0], height)
        trial = Trial(plan, solved, needs, first=True)
        whole = plan.tells(self.legend) >= best.plan.tells(self.legend) and plan.height <= height
        keeps = len(plan.keys) == len(self.legend.keys) and plan.width <= column.width
        larger = trial.least >= best.least and trial.area >= best.area
        return trial if whole and keeps and larger and self._fits(trial) else best

    def _roomier(self, best: Trial) -> Trial:
        """The same with what is left of the height given to a legend below the panels, or with
        somewhat smaller panels where the end card needs that."""
        ends = [(x, x + width) for x, _, width, _ in boxes(best.solved)]
        width = max(end for _, end in ends) - min(start for start, _ in ends)
        rows = below_of(self.legend, best.plan, max(width, best.plan.width))
        if rows is None:
            return best
        left = self.room[1] - self.pad - outline(best.solved)[3]
        if (plan := rows.filling(left)) is not best.plan:
            return replace(best, plan=plan)
        least = rows.least()
        trial = self._above(least, best.needs)
        return trial if trial.area >= _FOR_CARD * best.area and self._fits(trial) else best

    def _above(self, rows: Plan, needs: Grid[Need]) -> Trial:
        """The one with that legend below the panels."""
        width, height = self.room
        return Trial(
            rows, solve(needs, width, height - rows.height - self.pad, self.spacing), needs
        )

    @property
    def _across(self) -> float:
        """The width that a legend below the panels has."""
        return self.room[0] - _INDENT * self.legend.view.type("tick")

    def inside(self, needs: Grid[Need], best: Trial) -> Trial | None:
        """The one in which the panels have the room of the legend; None: they are not larger then
        than in the `best` of the others."""
        trial = Trial(NOTHING, solve(needs, *self.room, self.spacing), needs)
        larger = trial.area >= _PREFERRED * best.area
        return trial if larger and self._fits(trial) else None

    def _beside_or_below(self, needs: Grid[Need]) -> Trial:
        """With the legend where the panels are larger; beside them it is preferred."""
        width, height = self.room
        rows = below(self.legend, self._across, _BELOW * height)
        under = self._above(rows, needs)
        column = beside(self.legend, _BESIDE * width, height)
        aside, roomy = self._aside(column, needs), widened(self.legend, column)
        if roomy is not column:
            other = self._aside(roomy, needs)
            aside = other if other.area >= _FOR_CARD * aside.area else aside
        best = under if self.legend.view.tall or under.area > _PREFERRED * aside.area else aside
        other = under if best is aside else aside
        told, more = (each.plan.tells(self.legend) for each in (best, other))
        if told < more and other.area > _FOR_NAMES * best.area:
            best = other
        return best

    def _aside(self, column: Plan, needs: Grid[Need]) -> Trial:
        """The one with that legend beside the panels."""
        width, height = self.room
        room = width - column.width - 1.5 * self.pad
        return Trial(column, solve(needs, room, height, self.spacing), needs)

    def _fits(self, trial: Trial) -> bool:
        """Whether no panel is too small."""
        least = min(
            _LEAST * self.legend.view.type("label"), _LEAST_SHARE * min(self.legend.view.pixels)
        )
        return all(
            box[2] >= least and (box[3] >= least or need.height is not None)
            for need, box in trial.solved.cells()
        )

    def _check_room(self, trial: Trial) -> None:
        everything, plan = list(boxes(trial.solved)), trial.plan
        if not plan.beside and plan.width > self.legend.view.pixels[0] - self.pad:
            raise self.no_room(len(everything))
        if self._fits(trial):
            return
        self._check_aspect()
        raise self.no_room(len(everything))

    def _check_aspect(self) -> None:
        """Whether the room is missing for equal units alone. Raises UnfitScene."""
        if self.legend.view.terrain.variables == 1:
            return
        (left, right), (bottom, top) = self.legend.view.terrain.window
        wide, high = right - left, top - bottom
        if self.legend.view.aspect != "equal" or replace(self.legend.view, aspect=None).equal_units:
            return
        width, height = self.legend.view.pixels
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

    def no_room(self, count: int) -> NoRoom:
        """That so many panels have no room."""
        width, height = self.legend.view.pixels
        panels = "the panel" if count == 1 else f"{count} panels"
        legend, without = "", ""
        if self.legend.names:
            legend, without = " and the legend", ", or set style.legend to false"
        return NoRoom(
            f"{width} × {height} pixels leave no room for {panels}{legend}; "
            f"make the picture larger{without}"
        )


def _paired(needs: Grid[Need]) -> Grid[Need]:
    """The panels one below the other, but those that yield two by two, if none is left over."""
    rows: list[list[Need]] = []
    for free, group in groupby(needs.cells(), _is_free):
        panels = list(group)
        count = 2 if free and len(panels) % 2 == 0 else 1
        rows += [panels[k : k + count] for k in range(0, len(panels), count)]
    return Grid(rows, flowing=True)


def _is_free(need: Need) -> bool:
    """Whether a panel may be of any shape, and low, and is not of words."""
    return need.yields and need.shape is None and need.height is None
