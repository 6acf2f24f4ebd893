"""What a panel is: options, what it needs and can do as data, and how it is drawn."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from animate.figure.clock import Moment
from animate.figure.story import Window
from animate.figure.view import Key, Mark, ToldOn, View
from animate.simulate.terrain import Terrain

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from animate.figure.paths.swarm import Swarm
    from animate.figure.paths.trails import Trails


TRAILS = 3
"""Moving artists of a smaller zorder are drawn behind the trails."""
MARKS = 5.5
"""Artists of this zorder are drawn over the trails and below the heads, as in vectors; between two
windows of a story they only come and go."""


@dataclass(frozen=True)
class Traits:
    """What a panel needs of a solution, and what it can do.

    `needs` are features that the solution must have, such as "inside" (what happens inside each
    update), "minima" or the result of an experiment; `basin_cells` the number of cells to a side of
    the map of basins that it shows, 0 for none; `measures` what else is to be measured for it, as
    the source of the solution calls it. `films`: it can show a sweep one value at a time.
    `splits`: it shows a single optimizer, so with several there is one of it for each. `focuses`:
    its axes follow the windows of a story. `words`: it is words only, as high as they must be, and
    the same at every moment. `moves`: most of it changes from frame to frame, as under a moving
    camera. `exact`: its equal units are equal to the pixel, as directions of arrows need them.
    `heads`: it shows where on the surface every run is, so that the clock may go by how far heads
    move. `notes`: what it is, for what happens to runs to be said on it. `labels`: names may stand
    beside its heads. `names_paths`, `names_dots`: the colours of its paths, or of the dots of a
    swarm, are those of the optimizers; `names_minima`: those of dots are of the minima in which
    they end.
    """

    needs: frozenset[str] = frozenset()
    basin_cells: int = 0
    measures: frozenset[Hashable] = frozenset()
    films: bool = False
    splits: bool = False
    focuses: bool = False
    words: bool = False
    moves: bool = False
    exact: bool = False
    heads: bool = False
    notes: ToldOn | None = None
    labels: bool = False
    names_paths: bool = True
    names_dots: bool = True
    names_minima: bool = False


def _nothing(_: object) -> None:
    """Leave everything as it is."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """What moves of something that was drawn.

    `paths` are trails and swarms, which the player moves by itself. `artists` are matplotlib's;
    `show` moves them to a moment, and `focus` turns what stands still to a part of the terrain.
    `later` stands still from the step `since` on, `during` until the movement is over and `ended`
    from then on, all above everything else that stands still.
    """

    paths: "Sequence[Trails | Swarm]" = ()
    artists: "Sequence[Artist]" = ()
    show: Callable[[Moment], None] = _nothing
    focus: Callable[[Window], None] = _nothing
    later: "Sequence[Artist]" = ()
    since: float = inf
    during: "Sequence[Artist]" = ()
    ended: "Sequence[Artist]" = ()

    def still(self, moment: Moment) -> "Sequence[Artist]":
        """What stands still at that moment only, not always."""
        later = self.later if moment.step >= self.since else ()
        return [*later, *(self.ended if moment.over else self.during)]


class Panel(ABC):
    """One part of the picture: a frozen dataclass whose fields are its options in the scene.

    `dress` and `draw` get the `view` that is shown, and `limits`: the view whose values the axes
    have room for, so that like panels beside each other have the same limits and scales. Nothing is
    kept on the panel: what moves later is in the Drawing. Where a panel finds that it has nothing
    to show, it raises UsageError with a sentence.
    """

    @property
    def traits(self) -> Traits:
        """What the panel needs and can do, with these options."""
        return Traits()

    def prepare(self, terrain: Terrain, width: int) -> None:  # noqa: B027  # most have nothing to
        """Begin what takes long and need not wait for the paths, in a picture `width` wide."""

    def parts(self, view: View) -> tuple[str, ...]:  # noqa: ARG002  # most have none
        """What the line styles mean, where an optimizer has more than one curve: then they tell no
        optimizers apart, in no panel of the picture."""
        return ()

    def height(self, view: View, width: float) -> float:  # noqa: ARG002  # for panels of words
        """The height of a panel of words that is `width` wide, in pixels."""
        return 0.0

    def dress(self, axes: "Axes", view: View, limits: View) -> None:  # noqa: B027  # a panel may need none
        """Set limits, scales, labels and aspect: all that decides how much room the axes need."""

    @abstractmethod
    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        """Draw what stands still, once, at its final place; return what moves."""

    def camera(self, view: View) -> tuple[float, float] | None:  # noqa: ARG002  # most have none
        """The azimuth and elevation, in degrees, that a camera begins with whose angles the scene
        may set; None: there is no such camera."""
        return None

    def marks(self, limits: View) -> Sequence[Mark]:  # noqa: ARG002  # for panels with arrows
        """What the legend says of the panel's arrows."""
        return ()

    def colour_keys(self, limits: View) -> Sequence[Key]:  # noqa: ARG002  # for panels with a colour scale
        """What the panel's colours mean, where they are scales."""
        return ()
