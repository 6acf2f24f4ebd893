"""The clock of a cell: which moment a frame shows there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from animate.figure.story import Story, Window
from animate.figure.timeline import Timeline


@dataclass(frozen=True)
class Moment:
    """What one cell shows: a `step` with its fraction, at `second` of the movement, in `frame`.

    `visible` are the numbers of the visible optimizers, `group` is the number of their group;
    None: all of them. `window` is the part of the terrain that the story looks at; None: there is
    no such story. `over`: the movement is, and the end card is there.
    """

    step: float
    second: float
    frame: int = 0
    group: int = 0
    visible: frozenset[int] | None = None
    window: Window | None = None
    over: bool = False


@dataclass(frozen=True)
class Clock:
    """Maps frames to moments.

    With `groups` it is a film: each group of optimizers is visible for an equal share of the
    frames, at its last step. A clock with a `frame` stands still there, at a whole step.
    """

    timeline: Timeline
    story: Story = field(default_factory=Story)
    groups: tuple[frozenset[int], ...] = ()
    frame: float | None = None

    def at(self, frame: int) -> Moment:
        """The moment that `frame` shows; that after the movement shows its last step."""
        last = self.timeline.frames - 1
        shown = min(frame, last) if self.frame is None else self.frame
        step, second = self.timeline.step_at(shown), self.timeline.second_at(shown)
        window = self.story.window_at(second) if self.story.shots else None
        if self.groups:
            group, last = self.group_at(shown), float(self.timeline.steps)
            return Moment(last, second, round(shown), group, self.groups[group], window)
        step = step if self.frame is None else round(step)
        return Moment(step, second, round(shown), window=window, over=frame > last)

    def group_at(self, frame: float) -> int:
        """The number of the group that a film shows at `frame`."""
        done = self.timeline.step_at(frame) - self.timeline.first
        share = done / self.timeline.updates
        return min(int(share * len(self.groups)), len(self.groups) - 1)

    def select(self, optimizers: Sequence[int]) -> "Clock":
        """The clock of a view of some of the optimizers, whose numbers are then 0, 1, …"""
        groups = tuple(
            frozenset(place for place, k in enumerate(optimizers) if k in group)
            for group in self.groups
        )
        return replace(self, groups=groups)

    def windows(self) -> list[Window]:
        """The windows that the story shows, in each of which the labels must fit."""
        if not self.story.shots:
            return []
        if self.frame is not None:
            return [self.story.window_at(self.timeline.second_at(self.frame))]
        return list(self.story.windows())
