"""Numbers at the ticks, as the picture's language writes them, and as many as there is room for."""

from typing import TYPE_CHECKING, Any

from animate.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def localise(axes: "Axes", words: Words) -> None:
    """Write the tick labels of both axes in the language of `words`."""
    from matplotlib.ticker import Formatter

    class Localised(Formatter):
        """Another formatter's labels, with the language's decimal mark."""

        def __init__(self, inner: Formatter) -> None:
            self._inner = inner

        def __call__(self, x: float, pos: int | None = None) -> str:
            return words.localised(self._inner(x, pos))

        def format_ticks(self, values: Any) -> list[str]:
            return [words.localised(label) for label in self._inner.format_ticks(values)]

        def get_offset(self) -> str:
            return words.factor(self._inner.get_offset())

        def set_axis(self, axis: Any) -> None:
            super().set_axis(axis)
            self._inner.set_axis(axis)

    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(Localised(axis.get_major_formatter()))
