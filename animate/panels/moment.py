"""A panel at one moment, among others of it in a strip."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from animate.figure import Swarm, Trails, View
from animate.figure.held import Held
from animate.panels.multiple import Multiple

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class Moment(Multiple):
    """`panel` as it is at `frame` and `step`, whichever the clock shows.

    Where the story has zoomed by then, so has the panel; its `row` is named at its left.
    """

    frame: int
    step: int
    row: str = ""

    def dress(self, axes: "Axes", view: View) -> None:
        super().dress(axes, view)
        if self.row and self.leftmost:
            axes.set_ylabel(f"{self.row}\n{axes.get_ylabel()}")

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        drawn = super().draw(axes, view)
        moving = [
            Held(each, self.step) if isinstance(each, Trails | Swarm) else each for each in drawn
        ]
        story = self.shown.story
        if self.panel.follows_focus() and story.shots:
            self.panel.focus(story.window_at(self.shown.timeline.second_at(self.frame)))
            for each in moving:
                if isinstance(each, Held):
                    each.place()
        return moving

    def follows_focus(self) -> bool:
        return False

    def tick(self, frame: int) -> None:  # it stands at its own
        self.panel.tick(self.frame)

    def update(self, step: float) -> None:  # it stands at its own
        self.panel.update(self.step)
