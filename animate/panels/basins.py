"""Where every start leads: the basins of attraction, filled as the steps go by."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from animate.errors import UsageError
from animate.figure import Drawing, Key, Moment, Panel, Traits, View
from animate.figure.hues import hues
from animate.panels.swarms import mark_minima
from animate.panels.window import dress_window
from animate.simulate.terrain import Scale
from animate.theme.oklab import to_oklab, to_srgb

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SHADES = 64
"""Shades of each minimum's colour."""
_QUICK = 0.25
"""Share of a minimum's colour, on paper, for starts that arrive at once."""
_SLOW = 0.95
"""Share of a minimum's colour, on paper, for starts that take the most steps."""
_NOWHERE = 0.08
"""Share of the muted ink, on paper, for starts that have not arrived at a minimum: paler than all
shades of the key."""

Cells = Annotated[int, Field(ge=8, le=480)]


@dataclass(frozen=True, kw_only=True)
class BasinMap(Panel):
    """The minimum in which each start ends (colour) and the steps that it takes (shade).

    `resolution` is the number of starts along each side of the window. A start gets its colour at
    the step from which it stays beside its minimum; pale ones reach none. In a film every picture
    shows where all of them end.
    """

    resolution: Cells = 160

    @property
    def traits(self) -> Traits:
        return Traits(
            needs=frozenset({"basins", "plane"}),
            basin_cells=self.resolution,
            films=True,
            splits=True,
            names_paths=False,
            names_dots=False,
        )

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        dress_window(axes, limits)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        found = view.basins[self.resolution]
        if found.valley and not len(found.minima):
            raise UsageError(
                "'basins' needs single minima, and the surface has a line of equal ones; leave it "
                "out, or show a swarm with 'contour: {color_by: basin}'"
            )
        if not len(found.minima):
            raise UsageError(
                "'basins' needs minima, and the surface has no known one and no start comes to "
                f"rest within {view.timeline.steps} steps; give it more steps"
            )
        inks = hues(view, found.minima, len(found.minima))
        ramps = np.stack([_ramp(view, ink) for ink in inks])
        nowhere = _nowhere(view)
        scale = _scale(view, self.resolution)

        def colours(optimizer: int, step: float) -> np.ndarray:
            """The colours [row, column, 3] of the starts that have arrived by `step`."""
            which, steps = found.which[optimizer], found.steps[optimizer]
            level: np.ndarray = scale.unit(steps)
            shade = np.clip(np.round(level * (_SHADES - 1)), 0, _SHADES - 1).astype(int)
            shaded = ramps[which, shade]
            return np.where(((which >= 0) & (steps <= step))[..., None], shaded, nowhere)

        (left, right), (bottom, top) = view.terrain.window
        image = axes.imshow(
            colours(0, 0.0),
            extent=(left, right, bottom, top),
            origin="lower",
            interpolation="antialiased",
            aspect="auto",
            zorder=0,
        )
        stars = mark_minima(axes, view, found.minima, inks)

        def show(moment: Moment) -> None:
            (optimizer,) = moment.visible or (0,)
            image.set_data(colours(optimizer, moment.step))

        return Drawing(artists=[image, stars, *axes.spines.values()], show=show)

    def colour_keys(self, limits: View) -> Sequence[Key]:
        shades, words = _ramp(limits, limits.theme.muted), limits.words
        apart = _nowhere(limits), words("no minimum")
        return (
            Key(shades, _scale(limits, self.resolution), words("steps taken"), apart, whole=True),
        )


def _scale(view: View, cells: int) -> Scale:
    return Scale(log=False, low=0.0, high=float(view.basins[cells].longest))


def _ramp(view: View, ink: str) -> np.ndarray:
    """Shades of `ink` [shade, 3] from the quickest to the slowest."""
    return _mixed(view, ink, np.linspace(_QUICK, _SLOW, _SHADES))


def _nowhere(view: View) -> np.ndarray:
    """The colour [3] of starts that have not arrived at a minimum."""
    return _mixed(view, view.theme.muted, np.array([_NOWHERE]))[0]


def _mixed(view: View, ink: str, shares: np.ndarray) -> np.ndarray:
    """Shares of `ink` in paper, mixed in OKLab (Ottosson, 2020), as sRGB [n, 3] from 0 to 1."""
    paper, full = to_oklab((view.theme.paper, ink))
    return to_srgb(paper + shares[:, None] * (full - paper))
