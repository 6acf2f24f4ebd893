"""The update rule of every optimizer, as its paper writes it."""

# pyright: reportUnknownMemberType=false

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from animate.errors import UsageError
from animate.figure import Drawing, Panel, Traits, View
from animate.figure.text.mathtext import Formula as Written
from animate.figure.text.paragraph import ROUNDING, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = 1.25
"""Of a formula, in the type sizes of labels."""
_LEAST = 6.0
"""Pixels of a formula's letters at least: in smaller ones = and − cannot be told apart."""
_BETWEEN = 0.55
"""From line to line, and above the formulas of the next row, in type sizes."""
_APART = 2.2
"""Between two columns, in type sizes."""


@dataclass(frozen=True, kw_only=True)
class Formula(Panel):
    """Every optimizer's update rule, its symbols in the colours of the arrows they name."""

    @property
    def traits(self) -> Traits:
        return Traits(words=True, needs=frozenset({"rules"}))

    def height(self, view: View, width: float) -> float:
        return _Table.of(view, width).height

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        axes.set_axis_off()

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        box = axes.get_window_extent()
        table = _Table.of(view, box.width + ROUNDING)
        symbols, size = _symbols(view), table.size
        if size < _LEAST:
            raise UsageError(
                f"'formula' has room for letters of {size:.0f} pixels only; give it a wider place, "
                "or enlarge style.size"
            )
        for index, (k, lines) in enumerate(table.blocks.items()):
            row, column = divmod(index, table.columns)
            left = box.x0 + column * table.step
            y = box.y1 - sum(table.rows[:row]) - row * 2 * _BETWEEN * size - view.type("label")
            axes.text(
                (left - box.x0) / box.width,
                (y - box.y0) / box.height,
                view.names[k],
                transform=axes.transAxes,
                fontsize=view.type("label"),
                color=view.colours[k],
            )
            for line in lines:
                y -= line.ascent * size + _BETWEEN * size
                line.draw(axes, left, y, size, line.colours(symbols, view.theme.ink))
                y -= line.descent * size
        return Drawing()


@dataclass(frozen=True)
class _Table:
    """The formulas in columns `step` apart, the height of each of the `rows`; lengths in pixels."""

    blocks: Mapping[int, Sequence[Written]]
    size: float
    step: float
    columns: int
    rows: Sequence[float]

    @classmethod
    def of(cls, view: View, width: float) -> "_Table":
        """As many columns as `width` has room for, smaller where the widest formula has none.

        Raises UsageError where there is no formula.
        """
        full = _SIZE * view.type("label")
        blocks = {
            k: [Written.of(line, view) for line in lines]
            for k, lines in enumerate(view.formulas)
            if lines
        }
        if not blocks:
            raise UsageError(f"'formula' knows none of {', '.join(view.names)}")
        widest = max(line.width for lines in blocks.values() for line in lines)
        size, apart = min(full, width / widest), _APART * full
        names = (text_width(view, view.names[k], "label") for k in blocks)
        step = max(widest * size, *names) + apart
        columns = max(1, min(len(blocks), int((width + apart) // step)))
        tall = [
            1.1 * view.type("label")
            + size * sum(line.ascent + line.descent + _BETWEEN for line in lines)
            for lines in blocks.values()
        ]
        rows = [max(tall[first : first + columns]) for first in range(0, len(tall), columns)]
        return cls(blocks, size, step, columns, rows)

    @property
    def height(self) -> float:
        return sum(self.rows) + (len(self.rows) - 1) * 2 * _BETWEEN * self.size


def _symbols(view: View) -> Mapping[str, str]:
    """What is coloured, in the letters that mathtext sets; longer before shorter."""
    arrows = view.theme.arrows
    return {
        "Δθ": arrows["update"],
        "θ−γv": arrows["lookahead"],
        "γv": arrows["momentum"],
        "max": view.theme.ink,
        "min": view.theme.ink,
        "m": arrows["momentum"],
        "g": arrows["gradient"],
    }
