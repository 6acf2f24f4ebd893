"""The surface from above."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from animate.figure import Drawing, Key, Mark, Moment, Traits, View
from animate.figure.free import free_room
from animate.panels.annotations import annotated
from animate.panels.ground import Ground, Map
from animate.panels.head_names import named
from animate.panels.landmarks import mark_landmarks, name_landmarks
from animate.panels.lens import Lens, fitting, lensed
from animate.panels.runs import mark_starts, mark_switches, trails_of
from animate.panels.swarms import OVER_DOTS, ColorBy, dots_key, swarm_of_dots
from animate.panels.vectors import Kind as VectorKind
from animate.panels.vectors import draw_vectors, marks
from animate.panels.window import dress_window

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, kw_only=True)
class Contour(Map):
    """The surface from above: filled levels, level lines, trails and minima.

    `levels` is a number of bands, or the heights of the lines; `labels` writes their heights on the
    lines, round ones where only their number is given. `shade`: lines are lit from the upper left.
    `color_by` says what the dots of a swarm are coloured by, `lens` what is also seen larger.
    """

    color_by: ColorBy = "optimizer"
    vectors: tuple[VectorKind, ...] = ()
    lens: Lens = "auto"

    @property
    def traits(self) -> Traits:
        return Traits(
            needs=frozenset({"plane", "inside", "heads"} if self.vectors else {"plane"}),
            films=not self.vectors,
            focuses=True,
            exact=bool(self.vectors),
            heads=True,
            notes="map",
            labels=True,
            names_dots=self.color_by == "optimizer",
            names_minima=self.color_by == "basin",
        )

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        dress_window(axes, limits, arrows=bool(self.vectors))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        lens = fitting(self.lens, view, limits, arrows=bool(self.vectors))
        ground = self.draw_ground(axes, view)
        if view.swarm:
            dots, stars = swarm_of_dots(axes, view, self.color_by, self.scale)
            for label in ground.labels:
                label.set_zorder(OVER_DOTS)
            return Drawing([dots], [*stars, *ground.labels], focus=ground.focus)
        mark_starts(axes, view)
        if any(step is not None for step in view.switches):
            over = mark_switches(axes, view)
        else:
            over = draw_vectors(axes, view, limits, self.vectors) if self.vectors else Drawing()
        marks = [*over.artists, *ground.marks, *mark_landmarks(axes, view)]
        over = replace(over, paths=[trails_of(axes, view)], artists=marks, focus=ground.focus)
        room = free_room(axes, view, ground.labels)
        over = lensed(self, lens, axes, view, room, over)
        if view.direct:
            over = named(axes, view, over, room)
        over = annotated(axes, view, room, over)
        ground.labels += name_landmarks(axes, view, room)
        if view.story.shots and not view.direct:  # names at the heads may be anywhere
            return _with_thumbnail(axes, view, ground, over)
        return over

    def marks(self, limits: View) -> Sequence[Mark]:
        return marks(limits, self.vectors) if self.vectors else ()

    def colour_keys(self, limits: View) -> Sequence[Key]:
        found = super().colour_keys(limits)
        if not (limits.swarm and self.color_by == "loss"):
            return found
        return (*found, dots_key(limits, self.scale))


def _with_thumbnail(axes: "Axes", view: View, ground: Ground, drawing: Drawing) -> Drawing:
    """The drawing, and the whole map in a corner while a story shows a part of it."""
    from animate.panels.thumbnail import Thumbnail

    small = Thumbnail(axes, view, ground)
    axes.add_artist(small)

    def show(moment: Moment) -> None:
        drawing.show(moment)
        small.show(moment)

    return replace(drawing, artists=[*drawing.artists, small], show=show)
