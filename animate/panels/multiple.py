"""One of several like panels that differ in one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from animate.figure import Panel, View
from animate.figure.panel import Key, Mark
from animate.figure.story import Window

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class Multiple(Panel):
    """`panel` as it sees `shown`, on axes that have room for the `whole` race.

    So like panels have the same axes, which are named at the edges only.
    """

    shares_axes: ClassVar[bool] = True

    panel: Panel
    shown: View
    whole: View
    title: str
    leftmost: bool
    lowest: bool

    def dress(self, axes: "Axes", view: View) -> None:
        self.panel.dress(axes, self.whole)
        size = view.type("label")
        axes.set_title(self.title, fontsize=size, color=view.theme.ink, loc="left", pad=0.4 * size)
        if not self.leftmost:
            axes.set_ylabel("")
            axes.tick_params(labelleft=False)
        if not self.lowest:
            axes.set_xlabel("")
            axes.tick_params(labelbottom=False)

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:  # it has its own
        return self.panel.draw(axes, self.shown)

    def follows_focus(self) -> bool:
        return self.panel.follows_focus()

    def focus(self, window: Window) -> None:
        self.panel.focus(window)

    def tick(self, frame: int) -> None:
        self.panel.tick(frame)

    def update(self, step: float) -> None:
        self.panel.update(step)

    def marks(self, view: View) -> Sequence[Mark]:  # it has its own
        return self.panel.marks(self.shown)

    def key(self, view: View) -> Key | None:  # it has its own
        return self.panel.key(self.shown)
