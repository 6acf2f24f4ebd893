"""What all scenes say alike: how the picture looks, moves and is written."""

from typing import Annotated

from pydantic import Field

from animate.figure.timeline import Timeline
from animate.scene.output import Output, OutputPart
from animate.scene.parts import Part
from animate.scene.picture import Style, Timing
from animate.scene.story import StoryField, paced
from animate.scene.text import Drawn


class SceneBase(Part):
    """A scene of any kind."""

    title: Annotated[Drawn, Field(max_length=200)] | None = None
    timing: Timing = Timing()
    style: Style = Style()
    story: StoryField = ()
    output: Output = OutputPart()

    def timeline(self, steps: int) -> Timeline:
        """The clock over so many steps, as `timing` and `story` set it."""
        return paced(self.story, Timeline(steps, **self.timing.model_dump()))
