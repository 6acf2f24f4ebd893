"""What the panels of experiments share: their result, and plain axes."""

from typing import TYPE_CHECKING, Any, TypeVar

from animate.errors import UsageError
from animate.figure import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

Result = TypeVar("Result")


def evidence(view: View, panel: str, kind: type[Result], *others: type[Any]) -> Result:
    """The result that the view shows. Raises UsageError when it is none that `panel` can draw."""
    if isinstance(view.evidence, (kind, *others)):
        return view.evidence
    names = " or ".join(_experiment(each) for each in (kind, *others))
    raise UsageError(f"panels: the panel {panel!r} shows {names} only")


def _experiment(kind: type[Any]) -> str:
    name = kind.__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).removeprefix("_")


def plain(axes: "Axes", view: View, *, grid: bool = True) -> None:
    """No box but the two axes, and hairlines behind what is drawn."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    if grid:
        width = view.line("hairline")
        axes.grid(True, color=view.theme.faint, linewidth=width, alpha=0.5, zorder=0)
        axes.set_axisbelow(True)


def share_of(axes: "Axes", text: "Text") -> tuple[float, float]:
    """How much of the width and of the height of `axes` the words take."""
    words, room = text.get_window_extent(), axes.get_window_extent()
    return words.width / room.width, words.height / room.height
