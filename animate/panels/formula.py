"""The update rule of every optimizer, as its paper writes it."""

# pyright: reportUnknownMemberType=false

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from animate.errors import UsageError
from animate.figure import Drawing, Panel, Traits, View
from animate.figure.text.mathtext import Formula as Written
from animate.figure.text.paragraph import LEADING, text_width, wrapped
from animate.figure.text.paragraph_panel import ROUNDING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = 1.25
"""Of a formula, in the type sizes of labels."""
_LEAST = 6.0
"""Pixels of a formula's letters at least: in smaller ones = and − cannot be told apart."""
_SMALLER = 0.95
"""The factor from one trial's type size to the next one's."""
_SMALLEST = 0.5
"""How small formulas are set for want of height, as a share of their full size."""
_SHARE = 0.45
"""Of the picture's height: taller formulas are set smaller, to leave room for other panels."""
_BETWEEN = 0.55
"""From line to line, and above the formulas of the next row, in type sizes."""
_APART = 2.2
"""Between two columns, in type sizes."""


@dataclass(frozen=True, kw_only=True)
class Formula(Panel):
    """Every optimizer's update rule, its symbols in the colours of the arrows they name.

    In a line below them stands whose rule is not known.
    """

    @property
    def traits(self) -> Traits:
        return Traits(words=True, needs=frozenset({"rules"}))

    def height(self, view: View, width: float) -> float:
        return _Table.of(view, width, _SHARE * view.pixels[1]).height

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        axes.set_axis_off()

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        box = axes.get_window_extent()
        table = _Table.of(view, box.width + ROUNDING, box.height + ROUNDING)
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
            _write(axes, (left, y), view.names[k], view.type("label"), view.colours[k])
            for line in lines:
                y -= line.ascent * size + _BETWEEN * size
                line.draw(axes, left, y, size, line.colours(symbols, view.theme.ink))
                y -= line.descent * size
        note = view.type("note")
        for index, line in enumerate(reversed(table.unknown)):
            y = box.y1 - table.height + (0.3 + LEADING * index) * note
            _write(axes, (box.x0, y), line, note, view.theme.muted)
        return Drawing()


def _write(axes: "Axes", at: tuple[float, float], text: str, size: float, colour: str) -> None:
    """Write a line from `at`, in pixels of the figure, which go with the axes."""
    box = axes.get_window_extent()
    x, y = (at[0] - box.x0) / box.width, (at[1] - box.y0) / box.height
    axes.text(x, y, text, transform=axes.transAxes, fontsize=size, color=colour)


@dataclass(frozen=True)
class _Table:
    """The formulas in columns `step` apart, the height of each of the `rows`, and below them the
    lines `unknown` about optimizers without one, which are `foot` high; lengths in pixels."""

    blocks: Mapping[int, Sequence[Written]]
    size: float
    step: float
    columns: int
    rows: Sequence[float]
    unknown: Sequence[str]
    foot: float

    @classmethod
    def of(cls, view: View, width: float, height: float) -> "_Table":
        """As many columns as `width` has room for, smaller where the widest formula has none, and
        where all are taller than `height` as small as that takes, to half the size at the least.

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
        size = min(full, width / widest)
        table = cls._set(view, blocks, size, width)
        least = max(_LEAST, _SMALLEST * full)
        while table.height > height and _SMALLER * size >= least:
            size *= _SMALLER
            table = cls._set(view, blocks, size, width)
        return table

    @classmethod
    def _set(
        cls, view: View, blocks: Mapping[int, Sequence[Written]], size: float, width: float
    ) -> "_Table":
        """The formulas in letters of `size`."""
        widest = max(line.width for lines in blocks.values() for line in lines)
        apart = _APART * _SIZE * view.type("label")
        names = (text_width(view, view.names[k], "label") for k in blocks)
        step = max(widest * size, *names) + apart
        columns = max(1, min(len(blocks), int((width + apart) // step)))
        tall = [
            1.1 * view.type("label")
            + size * sum(line.ascent + line.descent + _BETWEEN for line in lines)
            for lines in blocks.values()
        ]
        rows = [max(tall[first : first + columns]) for first in range(0, len(tall), columns)]
        missing = [name for k, name in enumerate(view.names) if k not in blocks]
        said = view.words("no rule", names=", ".join(missing)) if missing else ""
        unknown = wrapped(view, said, "note", width)
        foot = LEADING * view.type("note") * len(unknown)
        return cls(blocks, size, step, columns, rows, unknown, foot)

    @property
    def height(self) -> float:
        """Of everything, in pixels."""
        between = (len(self.rows) - 1 + bool(self.unknown)) * 2 * _BETWEEN * self.size
        return sum(self.rows) + between + self.foot


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
