"""Room for the end card, which takes the place of the legend: below panels that leave some of the
height fewer columns, with rows farther apart, beside them a column as wide as its rows."""

from dataclasses import dataclass, replace

from animate.figure.card import Card, card_of, row_width, table_columns, whole
from animate.figure.legend import ROOMY, Legend
from animate.figure.legend_plans import GAP, Plan, above_rows

_ROWS = 2.5
"""The greatest distance from one entry to the next, in type sizes: with it, a card's dots have
lines of their own."""
_FOOT = 4.3
"""The height below the last entry that a card's axis and words take, in type sizes of notes."""
_WIDEST = 34.0
"""The greatest width of a column, in type sizes."""


@dataclass(frozen=True)
class Below:
    """A legend below the panels that ends with a `card`, its `plan`, and the `width` that it may
    have; in pixels."""

    legend: Legend
    card: Card
    plan: Plan
    width: float

    def filling(self, height: float) -> Plan:
        """The plan with its rows so far apart that it fills `height`, and in as few columns as that
        allows; in a picture that is wider than high in no fewer than the card needs.

        As it is where `height` is too little for what the card needs.
        """
        counts = range(1, len(self.plan.entries) + 1)
        for count in counts if self.legend.view.tall else reversed(counts):
            if self._least(count) <= height and self._whole(count):
                return self._spread(count, height)
        return self.plan

    def least(self) -> Plan:
        """The lowest plan with room for all that the card says; as it is where none has any."""
        for count in range(len(self.plan.entries), 0, -1):
            if self._whole(count):
                return self._spread(count, self._least(count))
        return self.plan

    @property
    def _beside(self) -> float:
        """The width of the colours beside the columns."""
        plan = self.plan
        return 0.0 if plan.drop else plan.strips * (plan.key + GAP * self.legend.em)

    @property
    def _across(self) -> float:
        """The width of all columns together."""
        return self.width - self._beside

    def _entry(self, count: int) -> float:
        """The width of each of so many columns."""
        gap = GAP * self.legend.em
        return min((self._across + gap) / count - gap, _WIDEST * self.legend.em)

    def _lines(self, count: int) -> int:
        return -(-self.legend.count // count)

    def _whole(self, count: int) -> bool:
        """Whether every row of the card has room for all that is said of it, side by side."""
        if self._entry(count) < max(self.plan.entries):
            return False
        return not self.legend.view.arrivals or whole(self.legend, self.card, self._entry(count))

    def _least(self, count: int) -> float:
        """The height with the rows in so many columns, as close as they may be."""
        legend = self.legend
        rows = self._lines(count)
        if not legend.view.arrivals:  # below the entries, with a heading
            columns = table_columns(legend, self.card, self._across)
            rows += 1 - (-len(self.card.rows) // columns)
        return above_rows(legend, self.plan.drop) + rows * ROOMY * legend.em

    def _spread(self, count: int, height: float) -> Plan:
        """The plan with so many columns, as high as there is use for `height`."""
        legend, em, lines = self.legend, self.legend.em, self._lines(count)
        head, foot = above_rows(legend, self.plan.drop), _FOOT * legend.view.type("note")
        if legend.view.arrivals:
            row = min(max((height - head) / lines, ROOMY * em), _ROWS * em)
            high = head + lines * row
            listed = high + foot
        else:
            row, high = ROOMY * em, self._least(count)
            listed = head + lines * row + len(self.card.rows) * _ROWS * em + foot
        return replace(
            self.plan,
            width=max(
                self.plan.width, self._beside + count * (self._entry(count) + GAP * em) - GAP * em
            ),
            height=max(listed if count == 1 and listed <= height else high, self.plan.height),
            rows=lines,
            row=row,
            entries=[self._entry(count)] * count,
            gap=GAP * em,
        )


def below_of(legend: Legend, plan: Plan, width: float) -> Below | None:
    """The legend of a `plan` in rows that ends with a card; None for another one."""
    card = None if plan.beside or plan.shown < legend.count else card_of(legend)
    if card is None or not plan.entries or (legend.marks and not legend.view.arrivals):
        return None
    return Below(legend, card, plan, width)


def widened(legend: Legend, plan: Plan) -> Plan:
    """A `plan` of one column with room for the names of its card beside what is said of them."""
    card = card_of(legend) if plan.shown == legend.count else None
    if card is None or len(plan.entries) != 1 or not legend.view.arrivals:
        return plan
    wide = max(row_width(legend, row, row.brief) for row in card.rows)
    if wide <= plan.entries[0]:
        return plan
    return replace(plan, width=max(plan.width, wide), entries=[wide])
