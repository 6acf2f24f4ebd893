"""Held: trails or a swarm as they are at one step, whichever the clock shows."""

from typing import TYPE_CHECKING

from animate.figure.paths.swarm import Swarm
from animate.figure.paths.trails import Trails

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.backends.backend_agg import RendererAgg


class Held:
    """What the stage asks of trails, answered as at `at`."""

    def __init__(self, trails: Trails | Swarm, at: float) -> None:
        self.trails, self.at = trails, at

    def place(self) -> None:
        """Put everything where the limits of the axes have it now."""
        self.trails.place()

    def finished(self, step: float) -> int:  # noqa: ARG002  # it is held at its own
        """How many segments are complete and can be kept."""
        return self.trails.finished(self.at)

    def bake(self, under: "RendererAgg", over: "RendererAgg", first: int, last: int) -> None:
        """Draw the complete segments `first` to `last`: casings on `under`, trails on `over`."""
        self.trails.bake(under, over, first, last)

    def draw_casings(self, renderer: "RendererAgg", step: float) -> None:  # noqa: ARG002  # as above
        """Draw the casings of the segments that are not baked."""
        self.trails.draw_casings(renderer, self.at)

    def draw_heads(self, renderer: "RendererAgg", step: float) -> None:  # noqa: ARG002  # as above
        """Draw the segments that are not baked, and the heads."""
        self.trails.draw_heads(renderer, self.at)

    def add_artists(self, step: float) -> "list[Artist]":  # noqa: ARG002  # as above
        """Add to the axes, as matplotlib artists, all that is seen: for vector files."""
        return self.trails.add_artists(self.at)
