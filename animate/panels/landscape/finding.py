"""What was found, in words."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from animate.errors import UsageError
from animate.figure import View
from animate.panels.text import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class Finding(Text):
    """What the experiment found, in a sentence or two, with the numbers that were computed."""

    say: str = field(default="", init=False)

    def dress(self, axes: "Axes", view: View) -> None:
        if not view.finding:
            raise UsageError("panels: the panel 'finding' is for experiments and networks")
        self.say = view.finding
        super().dress(axes, view)
