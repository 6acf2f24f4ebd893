"""The floor of a slice in relief and the upright beside it, which says how high the slice is."""

from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure import View
from animate.panels.relief.raytrace import Camera

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

CORNERS = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0.0, 1.0)])
"""Those [corner, 3] of the box in which every slice stands."""
_FLOOR = np.array([[-0.5, -0.5, 0], [0.5, -0.5, 0], [0.5, 0.5, 0], [-0.5, 0.5, 0], [-0.5, -0.5, 0]])
_PARTS = 4
"""The most parts into which ticks divide the upright."""


class Measure:
    """The floor's outline, and the edge of the box on the left with ticks at round losses, from
    zero to the highest loss of the slice that is shown. `artists` are those that change."""

    def __init__(self, axes: "Axes", view: View, camera: Camera) -> None:
        self._view, self._camera = view, camera
        line: dict[str, Any] = {"color": view.theme.faint, "zorder": 1}
        line |= {"linewidth": view.line("hairline")}
        axes.plot(*camera.project(_FLOOR)[:, :2].T, **line)
        corners = CORNERS[CORNERS[:, 2] == 0.0]
        self._foot = corners[camera.project(corners)[:, 0].argmin()]
        axes.plot(*camera.project(self._foot + np.array([[0, 0, 0], [0, 0, 1]]))[:, :2].T, **line)
        style = {"fontsize": view.type("note"), "color": view.theme.muted}
        style |= {"horizontalalignment": "right", "verticalalignment": "center"}
        self._ticks = [
            (*axes.plot([], [], **line), axes.text(0.0, 0.0, "", **style))
            for _ in range(_PARTS + 2)
        ]
        self.artists: list[Artist] = [each for tick in self._ticks for each in tick]

    def show(self, top: float) -> None:
        """Ticks for a box whose height is the loss `top`."""
        from matplotlib.ticker import MaxNLocator

        places = MaxNLocator(_PARTS, steps=[1, 2, 5, 10]).tick_values(0.0, top)
        losses, size = [float(loss) for loss in places if loss <= top], self._view.type("note")
        for each in self.artists:
            each.set_visible(False)
        for (line, text), loss in zip(self._ticks, losses, strict=False):
            x, y = self._camera.project(self._foot + np.array([0.0, 0.0, loss / top]))[:2]
            line.set(xdata=[x - 0.3 * size, x], ydata=[y, y], visible=True)
            text.set(x=x - 0.5 * size, y=y, text=self._view.words.number(loss), visible=True)
