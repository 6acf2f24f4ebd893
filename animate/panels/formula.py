"""How every optimizer steps, as its paper writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from animate.errors import UsageError
from animate.figure import Panel, View
from animate.figure.text.mathtext import Formula as Written
from animate.figure.text.paragraph import text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg

_SIZE = 1.25
"""Of a formula, in the type sizes of labels."""
_BETWEEN = 0.55
"""From line to line, and above the formulas of the next row, in type sizes."""
_APART = 2.2


@dataclass(kw_only=True)
class Formula(Panel):
    """Every optimizer's update rule, its symbols in the colours of the arrows they name."""

    def height(self, renderer: "RendererAgg", view: View, width: float) -> float:
        self._blocks = _blocks(view)
        if not self._blocks:
            raise UsageError(f"panels: 'formula' knows none of {', '.join(view.names)}")
        self._size = _SIZE * view.type("label")
        self._wide = [
            max(
                text_width(renderer, view, view.names[k], "label"),
                *(line.width * self._size for line in lines),
            )
            for k, lines in self._blocks.items()
        ]
        each = max(self._wide) + _APART * self._size
        self._columns = max(1, min(len(self._blocks), int((width + _APART * self._size) // each)))
        tall = [self._tall(lines, view) for lines in self._blocks.values()]
        self._rows = [
            max(tall[first : first + self._columns]) for first in range(0, len(tall), self._columns)
        ]
        return sum(self._rows) + (len(self._rows) - 1) * 2 * _BETWEEN * self._size

    def dress(self, axes: "Axes", view: View) -> None:
        axes.set_axis_off()

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        box, size = axes.get_window_extent(), self._size
        symbols = _symbols(view)
        step = max(self._wide) + _APART * size
        for index, (k, lines) in enumerate(self._blocks.items()):
            row, column = divmod(index, self._columns)
            left = box.x0 + column * step
            y = box.y1 - sum(self._rows[:row]) - row * 2 * _BETWEEN * size - view.type("label")
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
        return []

    def _tall(self, lines: Sequence[Written], view: View) -> float:
        return 1.1 * view.type("label") + self._size * sum(
            line.ascent + line.descent + _BETWEEN for line in lines
        )


def _blocks(view: View) -> dict[int, list[Written]]:
    """The formulas of every optimizer that has some."""
    return {
        k: [Written.of(line, view) for line in lines]
        for k, lines in enumerate(view.formulas)
        if lines
    }


def _symbols(view: View) -> Mapping[str, str]:
    """What is coloured, in the letters that mathtext sets; longer before shorter."""
    arrows = view.theme.arrows
    return {
        "Δθ": arrows["update"],
        "θ−γv": arrows["lookahead"],
        "γv": arrows["momentum"],
        "max": view.theme.ink,
        "m": arrows["momentum"],
        "g": arrows["gradient"],
    }
