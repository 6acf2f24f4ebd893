"""What scenes of every kind say: panels, and how the picture looks, moves and is written."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from animate.errors import Mistake, Path
from animate.figure import PanelEntry
from animate.figure.tempo import Tempo
from animate.figure.timeline import Timeline
from animate.panels.text import Text
from animate.scene.output import Output, OutputPart
from animate.scene.panels import Panels
from animate.scene.parts import Part
from animate.scene.picture import Style, Timing
from animate.scene.story import StoryEntries, paced
from animate.scene.text import Drawn


class SceneBase(Part):
    """A scene of any kind."""

    title: Annotated[Drawn, Field(max_length=200)] | None = None
    timing: Annotated[Timing, Field(examples=[{"seconds": 6, "fps": 25}])] = Timing()
    style: Annotated[Style, Field(examples=[{"size": [640, 480]}])] = Style()
    story: Annotated[StoryEntries, Field(examples=[[{"at": 40, "say": "turns"}]])] = ()
    output: Output = OutputPart()
    panels: Panels | None = None

    @property
    def entries(self) -> list[PanelEntry]:
        """Its panels, in the order of the text; none where an experiment brings its own."""
        return list(self.panels.cells()) if self.panels else []

    @property
    def features(self) -> frozenset[str]:
        """What its solution will have for panels to show: see `animate.figure.Traits.needs`."""
        return frozenset()

    @property
    def last_step(self) -> int | None:
        """The last step, where it is known before the scene is solved."""
        return None

    @property
    def first_step(self) -> int:
        """The first step, where the last one is known before the scene is solved."""
        return 0

    @property
    def film(self) -> bool:
        """Whether it shows the values of a sweep one after the other."""
        return False

    @property
    def acts(self) -> bool:
        """Whether each value of a film has a surface of its own, and so a picture of its own."""
        return False

    @property
    def values_beside(self) -> int:
        """How many values of a sweep every panel shows side by side."""
        return 1

    def mistakes(self) -> Iterator[Mistake]:
        """What is wrong with it as a whole, though each of its parts is right."""
        yield from ()

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every text of the scene's own that is drawn, and where it stands."""
        if self.title is not None:
            yield ("title",), self.title
        for k, entry in enumerate(self.story):
            if entry.say is not None:
                yield ("story", k, "say"), entry.say
        for entry in self.entries:
            if isinstance(entry.panel, Text):
                yield (*entry.place, "text", "say"), entry.panel.say.replace("\n", "")

    @property
    def directed(self) -> bool:
        """Whether its story sets the pace: it has speeds, or windows to look at."""
        return any(each.speed is not None or each.focus is not None for each in self.story)

    def timeline(self, steps: int, first: int = 0, tempo: Tempo | None = None) -> Timeline:
        """The clock of a movement from step `first` to `steps`, as `timing` and `story` set it."""
        timing = self.timing.model_dump(exclude={"end"})
        return paced(self.story, Timeline(steps, first=first, tempo=tempo, **timing))

    def clock(self) -> Timeline | None:
        """The clock of its movement, but for its tempo; None: what its story adds is known when it
        is solved."""
        if self.last_step is None or (self.directed and self.timing.pace == "even"):
            return None if self.story else self.timeline(1)
        return self.timeline(self.last_step, self.first_step)
