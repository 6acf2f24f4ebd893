"""Where every start leads: the basins of attraction, filled as the steps go by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from animate.errors import UsageError
from animate.figure import Panel, View
from animate.figure.panel import Key
from animate.panels.swarms import mark_minima
from animate.panels.window import dress_window
from animate.simulate.terrain import Scale
from animate.theme.oklab import to_oklab, to_srgb

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SHADES = 64
_QUICK, _SLOW = 0.25, 0.95
"""Of a minimum's colour on paper: for those that begin beside it, and for the last to arrive."""
_NOWHERE = 0.3
"""Of the muted ink on paper: for those that are beside no minimum, or not yet."""

Cells = Annotated[int, Field(ge=8, le=480)]


@dataclass(kw_only=True)
class BasinMap(Panel):
    """The minimum in which each start ends (colour) and the steps that it takes (shade).

    `resolution` is the number of starts along each side of the window. A start gets its colour at
    the step from which it stays beside its minimum; grey ones reach none. In a film every picture
    shows where all of them end.
    """

    one_optimizer: ClassVar[bool] = True
    in_films: ClassVar[bool] = True

    resolution: Cells = 160

    def basin_cells(self) -> int:
        return self.resolution

    def dress(self, axes: "Axes", view: View) -> None:
        dress_window(axes, view)

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        found = view.basins[self.resolution]
        if len(found.which) != (1 if view.film is None else len(view.film.texts)):
            raise UsageError(
                "panels: 'basins' shows one optimizer a picture; leave out those beside the sweep"
            )
        if not len(found.minima):
            raise UsageError(
                "panels: 'basins' needs minima, and the surface has no known one and no start "
                f"comes to rest within {view.timeline.steps} steps; give it more steps"
            )
        self._found, self._film = found, view.film
        self._scale = _scale(view, self.resolution)
        inks = [view.theme.trail(k) for k in range(len(found.minima))]
        self._ramps = np.stack([_ramp(view, ink) for ink in inks])
        self._nowhere = _mixed(view, view.theme.muted, np.array([_NOWHERE]))[0]
        (left, right), (bottom, top) = view.terrain.window
        self._image = axes.imshow(
            self._picture(0),
            extent=(left, right, bottom, top),
            origin="lower",
            interpolation="antialiased",
            aspect="auto",
            zorder=0,
        )
        stars = mark_minima(axes, view, found.minima, inks)
        return [self._image, stars, *axes.spines.values()]

    def update(self, step: float) -> None:
        if self._film is None:
            self._image.set_data(self._picture(0, step))
        else:
            self._image.set_data(self._picture(self._film.at(step)))

    def _picture(self, k: int, step: float = np.inf) -> np.ndarray:
        """The colours [row, column, 3] of optimizer number k, of those that arrive by `step`."""
        which, steps = self._found.which[k], self._found.steps[k]
        shade = np.round(self._scale.unit(steps) * (_SHADES - 1))
        colours = self._ramps[which, np.clip(shade, 0, _SHADES - 1).astype(int)]
        arrived = (which >= 0) & (steps <= step)
        return np.where(arrived[..., None], colours, self._nowhere)

    def key(self, view: View) -> Key:
        shades = _ramp(view, view.theme.muted)
        return Key(shades, _scale(view, self.resolution), view.words("steps taken"))


def _scale(view: View, cells: int) -> Scale:
    return Scale(log=False, low=0.0, high=float(view.basins[cells].longest))


def _ramp(view: View, ink: str) -> np.ndarray:
    """Shades of `ink` [shade, 3] from the quickest to the slowest."""
    return _mixed(view, ink, np.linspace(_QUICK, _SLOW, _SHADES))


def _mixed(view: View, ink: str, shares: np.ndarray) -> np.ndarray:
    """Shares of `ink` in paper, mixed in OKLab (Ottosson, 2020), as sRGB [n, 3] from 0 to 1."""
    paper, full = to_oklab((view.theme.paper, ink))
    return to_srgb(paper + shares[:, None] * (full - paper))
