"""What a panel is, and what it is given to look at."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from animate.figure.film import Film
from animate.figure.story import Story, Window
from animate.figure.timeline import Timeline
from animate.simulate.basins import Basins
from animate.simulate.terrain import Scale, Terrain
from animate.simulate.trajectories import Trajectories
from animate.text import Words
from animate.theme import LineRole, Theme, TypeRole

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg


_TALL = 1.1


@dataclass(frozen=True)
class View:
    """Everything a panel may show. `pixels` is the size of the whole picture, width and height.

    `names` are the optimizers as the legend calls them, `notes` what stands beside each (its rate),
    `constants` the options of each, `formulas` its update rule in lines of mathtext, `colours` has
    one colour an optimizer. `tail` is the number of last steps that trails keep, fading; None keeps
    them all. A `swarm` is drawn as dots instead. `words` are those of the picture's language.
    `axes` name the terrain's directions. `result` is what panels made for one experiment or
    network look at, and `finding` says in words what it shows.
    `description` says what happens, for those who cannot see it.
    `story` is what is said meanwhile, and where the panels that follow it look.
    `clock` is what the counter counts, if not steps; "" for a single picture. In a `film` it runs
    over values. `basins` are at as many cells to a side as a panel asks for.
    """

    terrain: Terrain
    trajectories: Trajectories
    timeline: Timeline
    theme: Theme
    pixels: tuple[int, int]
    names: tuple[str, ...]
    notes: tuple[str, ...]
    colours: tuple[str, ...]
    constants: tuple[Mapping[str, Any], ...]
    formulas: tuple[tuple[str, ...], ...] = ()
    tail: int | None = None
    swarm: bool = False
    words: Words = field(default_factory=Words)
    axes: tuple[str, str] = ("x", "y")
    result: Any = None
    finding: str = ""
    description: str = ""
    clock: str | None = None
    basins: Mapping[int, Basins] = field(default_factory=dict)
    film: Film | None = None
    story: Story = field(default_factory=Story)

    @property
    def tall(self) -> bool:
        """Whether the picture is to be read from top to bottom."""
        return self.pixels[1] > _TALL * self.pixels[0]

    def only(self, k: int) -> "View":
        """The view of optimizer number k alone, in the looks that it has among the others."""
        return replace(
            self,
            trajectories=self.trajectories.only((k,)),
            theme=replace(self.theme, dashes=(self.theme.dash(k),)),
            names=self.names[k : k + 1],
            notes=self.notes[k : k + 1],
            colours=self.colours[k : k + 1],
            constants=self.constants[k : k + 1],
            formulas=self.formulas[k : k + 1],
            basins={cells: found.only((k,)) for cells, found in self.basins.items()},
        )

    def line(self, role: LineRole) -> float:
        """A line width or radius in pixels."""
        return self.theme.line_width(role, self.pixels)

    def type(self, role: TypeRole) -> float:
        """A type size in pixels."""
        return self.theme.type_size(role, self.pixels)


@dataclass(frozen=True)
class Key:
    """What colours mean: `colours` [n, 3] from the lowest height, of the loss or `what`, up."""

    colours: np.ndarray
    scale: Scale
    what: str | None = None


Shape = Literal["arrow", "ring"]


@dataclass(frozen=True)
class Mark:
    """A shape that a panel draws, and what the legend says of it; `note` stands where rates do."""

    shape: Shape
    colour: str
    text: str
    note: str = ""


class Panel(ABC):
    """One part of the picture. The fields of a panel are its options in the scene."""

    needs_minima: ClassVar[bool] = False
    """Whether it can be drawn only for a surface with known minima."""

    shares_axes: ClassVar[bool] = False
    """Whether it is one of several like panels, set as equal boxes close together."""

    one_optimizer: ClassVar[bool] = False
    """Whether it shows one optimizer alone, and so is always split."""

    in_films: ClassVar[bool] = False
    """Whether it can be seen one value of a sweep at a time."""

    def basin_cells(self) -> int:
        """How many cells to a side it needs of `view.basins`; 0: none."""
        return 0

    def looks_inside(self) -> bool:
        """Whether it needs `view.trajectories.inside`: what happens inside each update."""
        return False

    def prepare(self, terrain: Terrain, width: int) -> None:  # noqa: B027  # most have nothing to
        """Begin what takes long and need not wait for the race, in a picture so wide."""

    def follows_focus(self) -> bool:
        """Whether its axes show the window that the story looks at."""
        return False

    def height(self, renderer: "RendererAgg", view: View, width: float) -> float | None:  # noqa: ARG002  # for those that know
        """How many pixels high it is when it is `width` wide; None: as high as there is room."""
        return None

    def dress(self, axes: "Axes", view: View) -> None:  # noqa: B027  # a panel may need none
        """Set limits, scales, labels and aspect: all that decides how much room the axes need."""

    @abstractmethod
    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        """Draw what stands still, once, at its final place; return what moves.

        What moves are Trails, which the stage moves by itself, and matplotlib artists.
        """

    def update(self, step: float) -> None:  # noqa: B027  # a panel may only have trails
        """Move the artists that `draw` returned to a fractional step."""

    def tick(self, frame: int) -> None:  # noqa: B027  # most panels follow the steps alone
        """Move what goes on while the steps stand still, such as a camera, to a frame."""

    def focus(self, window: Window) -> None:  # noqa: B027  # for those that follow
        """Show `window` of the terrain from now on: limits, and what stands still inside them."""

    @property
    def moving(self) -> bool:
        """Whether most of the panel changes from frame to frame, as under a moving camera."""
        return False

    def marks(self, view: View) -> Sequence[Mark]:  # noqa: ARG002  # for those that have marks
        """What the legend says of its arrows."""
        return ()

    def key(self, view: View) -> Key | None:  # noqa: ARG002  # for those that have a key
        """What the colours mean, where they mean something."""
        return None
