"""The legend, planned: a column beside the panels, or rows below them; all lengths are pixels."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from animate.figure.columns import across, uneven
from animate.figure.legend import ROOMY, Legend
from animate.figure.ruler import RULER
from animate.figure.text.paragraph import fitted
from animate.figure.view import Key

_TIGHT = 1.12
"""The least distance from one entry to the next, in type sizes."""
_LEAST_NAME = 3.5
"""What a cut name has room for at least, in type sizes."""
_ABOVE_COLUMN = 1.3 * ROOMY
"""Distance from the counter to the entries of a column, in type sizes."""
_ABOVE_ROWS = 1.1
"""Distance from the counter to the entries in rows, in type sizes."""
_UNDER_KEYS = 0.6
"""Distance from scales of colours to the entries below them, in type sizes."""
GAP = 2.0
"""Distance from one column to the next, in type sizes."""
_NARROW_GAP = 0.8
"""The same where more columns have room then."""
_ROUNDING = 1e-6
"""Pixels by which the widest name may seem wider than the room that was made for it."""


@dataclass(frozen=True)
class Plan:
    """The legend beside the panels or below them: its size, and how its entries stand.

    `shown` of them stand in columns of `rows`, each `row` high; a column for each of `entries`, its
    width. `keys` are the scales of colours that have room, each strip `key` wide, `strips` of them
    side by side. The entries stand `drop` lower where the scales are above them, their columns
    `gap` apart.
    """

    beside: bool
    width: float
    height: float
    shown: int
    rows: int
    row: float
    entries: Sequence[float]
    keys: Sequence[Key]
    key: float
    gap: float
    drop: float = 0.0
    strips: int = 1

    def names(self, legend: Legend) -> list[str]:
        """The names of the optimizers that are shown, each as far as it has room."""
        named = self.shown - (self.shown < legend.count)
        room = [wide - legend.beside_names + _ROUNDING for wide in self.entries]
        return [
            fitted(legend.view, name, "legend", room[k // self.rows])
            for k, name in enumerate(legend.names[:named])
        ]

    def tells(self, legend: Legend) -> tuple[bool, int]:
        """How well it tells the optimizers apart: whether no names are cut to equal ones, and how
        many entries there are."""
        names = self.names(legend)
        return len({*names}) == len({*legend.names[: len(names)]}), self.shown


NOTHING = Plan(False, 0.0, 0.0, 0, 0, 0.0, (), (), 0.0, 0.0)
"""No room for a legend, which then stands inside of a panel."""


def beside(legend: Legend, width: float, height: float) -> Plan:
    """A column in at most `width` × `height`, the scales of colours at its foot."""

    def plan(keys: Sequence[Key], _: int) -> Plan:
        plans = (_column(legend, keys, width, height, cut=cut) for cut in (True, False))
        return _best(legend, plans)

    return _with_most_keys(plan, legend, width, height)


def below(legend: Legend, width: float, height: float) -> Plan:
    """Rows in at most `width` × `height`, the scales of colours at their right, side by side or one
    below the other; one is above them where it would leave no room for all of the entries."""

    def plan(keys: Sequence[Key], strips: int) -> Plan:
        places = (False, True) if len(keys) == 1 and legend.count else (False,)
        ways = product(((GAP, True), (_NARROW_GAP, True), (_NARROW_GAP, False)), places)
        return _best(
            legend,
            (
                _rows_below(
                    legend,
                    keys,
                    width,
                    height,
                    gap=gap * legend.em,
                    cut=cut,
                    above=above,
                    strips=strips,
                )
                for (gap, cut), above in ways
            ),
        )

    return _with_most_keys(plan, legend, width, height)


def _best(legend: Legend, plans: Iterable[Plan]) -> Plan:
    """The first of the plans that has every name whole, else the one that tells the most."""
    seen: list[Plan] = []
    for plan in plans:
        if plan.shown == legend.count and plan.names(legend) == [*legend.names]:
            return plan
        seen.append(plan)
    return max(seen, key=lambda plan: plan.tells(legend))


def _with_most_keys(
    plan: Callable[[Sequence[Key], int], Plan], legend: Legend, width: float, height: float
) -> Plan:
    """The plan with the most scales of colours that take no room from entries; one at least where
    it has any. What a scale says of a colour apart is left out before a whole scale is."""
    one = plan(legend.keys[:1], 1)
    if one.height > height:
        return plan((), 0)
    bare = [replace(key, apart=None) for key in legend.keys]
    for count in range(len(legend.keys), 1, -1):
        for strips, keys in product((count, 1), (legend.keys, bare)):
            more = plan(keys[:count], strips)
            whole = (more.shown, more.entries) == (one.shown, one.entries)
            if whole and more.width <= width and more.height <= height:
                return more
    return one


def _column(legend: Legend, keys: Sequence[Key], width: float, height: float, *, cut: bool) -> Plan:
    """`cut`: names may be cut where that makes room for all."""
    em = legend.em
    fixed = _head(legend, _ABOVE_COLUMN) + len(keys) * (legend.key_height + em)
    room, gap = height - fixed, GAP * em
    entry = min(legend.entry_width, width)
    fit = max(int(room / (_TIGHT * em)), 1)
    columns = max(1, min(-(-legend.count // fit), int((width + gap) // (entry + gap))))
    entries = _entries(legend, [entry] * columns, fit, width if cut else 0.0, gap)
    shown, rows, row = _rows(legend, len(entries), fit, room)
    wide = max(_across(legend, entries, gap), legend.counter_width, legend.key_least(keys))
    high, key = fixed + rows * row, min(wide, legend.key_width(keys, len(keys)))
    return Plan(True, wide, high, shown, rows, row, entries, keys, key, gap)


def _rows_below(
    legend: Legend,
    keys: Sequence[Key],
    width: float,
    height: float,
    *,
    gap: float,
    cut: bool,
    above: bool,
    strips: int,
) -> Plan:
    """`cut`: names may be cut where that makes room for all; `above`: the entries stand lower than
    the scales of colours, of which `strips` are side by side, and have the whole width."""
    em, label = legend.em, legend.view.type("label")
    key = legend.key_width(keys, strips)
    beside = strips * (key + GAP * em)
    room = width if above else width - beside
    entry = min(legend.entry_width, room)
    columns = max(1, min(int((room + gap) // (entry + gap)), legend.count))
    free = label + _ABOVE_ROWS * em - legend.lift
    drop = max(legend.key_height + _UNDER_KEYS * em - free, 0.0) if above else 0.0
    head = above_rows(legend, drop)
    fit = max(int((height - head) / (_TIGHT * em)), 1)
    entries = _entries(legend, [entry] * columns, fit, room if cut else 0.0, gap)
    lines = -(-legend.count // len(entries))
    if lines > fit:  # as high, with more rows closer together
        lines, fit = fit, int(fit * ROOMY / _TIGHT)
    shown, rows, row = _rows(legend, len(entries), fit, lines * ROOMY * em)
    alone = label * (1.0 + RULER * legend.ruled) if legend.counter else 0.0
    tall = head + rows * row if legend.count else alone
    across, counter = _across(legend, entries, gap), legend.counter_width
    wide = max(across, counter + beside) if above else max(across, counter) + beside
    deep = -(-len(keys) // max(strips, 1))
    high = max(tall, deep * (legend.key_height + em) - em)
    return Plan(False, wide, high, shown, rows, row, entries, keys, key, gap, drop, strips)


def above_rows(legend: Legend, drop: float) -> float:
    """The height of all that stands above the entries of rows that stand `drop` lower."""
    return _head(legend, _ABOVE_ROWS) + drop


def _head(legend: Legend, above: float) -> float:
    """The height of all that stands above the entries, as far as the first one's line."""
    if not (legend.count or legend.counter):
        return 0.0
    rate = ROOMY * legend.em if legend.rate else 0.0
    return legend.view.type("label") + above * legend.em + rate - legend.lift


def _rows(legend: Legend, columns: int, fit: int, room: float) -> tuple[int, int, float]:
    """How many entries there are, in how many rows, and how high each is."""
    shown = min(legend.count, columns * fit)
    rows = -(-shown // columns) if shown else 0
    row = min(max(room / max(rows, 1), _TIGHT * legend.em), ROOMY * legend.em)
    return shown, rows, row


def _across(legend: Legend, entries: Sequence[float], gap: float) -> float:
    return across(entries, gap) if legend.count else 0.0


def _entries(
    legend: Legend, alike: Sequence[float], fit: int, width: float, gap: float
) -> Sequence[float]:
    """The widths of columns, `alike`; unlike ones within `width` where those have no room for all
    entries, if these have."""
    if len(alike) * fit >= legend.count:
        return alike
    least = legend.beside_names + _LEAST_NAME * legend.em
    return uneven(legend.entry_widths, least, fit, width, gap) or alike
