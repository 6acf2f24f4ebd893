"""What a race asks of its surface: a loss at every start, and minima for panels that need them."""

from collections.abc import Sequence

import numpy as np

from animate.errors import Mistake, UnfitScene
from animate.figure import PanelEntry
from animate.scene import RaceScene
from animate.scene.diagnostics import MAX_MISTAKES
from animate.scene.start import Swarm
from animate.simulate.lowest import lowest_minima
from animate.simulate.terrain import LARGEST, Terrain
from animate.surfaces import SURFACES, Surface

_LOOK = 65
"""Cells to a side of the grid on which is seen why nothing can be drawn."""


def terrain_of(surface: Surface) -> Terrain:
    """The surface with its minima, looked for once somebody asks where it does not name them."""
    known = lowest_minima if surface.minima is None else surface.minima
    return Terrain(
        surface.function, surface.window, known, relief=surface.relief, base=surface.base
    )


def need_minima(panels: Sequence[PanelEntry], surface: Surface, terrain: Terrain) -> None:
    """Raises UnfitScene with every panel that needs a minimum where none is known."""
    wanting = [entry for entry in panels if "minima" in entry.panel.traits.needs]
    if not wanting or terrain.minima:
        return
    remedy = "leave it out, or show 'gradient_norm'"
    if surface.name not in SURFACES:
        remedy = (
            "none in the window is sure to be the lowest; show 'loss' or 'gradient_norm' instead, "
            "and 'animate describe' tells how far from a minimum the runs end"
        )
    found = [
        Mistake(
            entry.place,
            f"{entry.name!r} is measured to the nearest known minimum, and the surface "
            f"{surface.name!r} has none; {remedy}",
        )
        for entry in wanting
    ]
    raise UnfitScene(found)


def check_ground(scene: RaceScene, terrain: Terrain, starts: np.ndarray) -> None:
    """Whether there is a surface to see and every start stands on it. Raises UnfitScene."""
    if not terrain.visible:
        heights = terrain.heights_at(terrain.cells(_LOOK)).ravel()
        why = "the loss is a finite number nowhere in the window; choose another window"
        if not np.isnan(heights).any() and np.ptp(np.sign(heights)) == 0:
            beyond = _beyond(float(heights[0]))
            why = f"the loss {beyond} in all of the window; choose another window"
        raise UnfitScene([Mistake(("surface",), why)])
    found: list[Mistake] = []
    heights = terrain.heights_at(starts)
    for k in np.flatnonzero(~np.isfinite(heights))[:MAX_MISTAKES]:
        at, beyond = _place(starts[k]), _beyond(float(heights[k]))
        if scene.start:
            why = f"the loss at the start {at} {beyond}; begin elsewhere"
            found.append(Mistake(("start", int(k)), why))
            if isinstance(scene.start, Swarm):
                break
        else:
            why = f"the loss at the surface's own start {at} {beyond}; give a start"
            found.append(Mistake(("surface",), why))
    if found:
        raise UnfitScene(found)


def _place(start: np.ndarray) -> str:
    """A start as a scene says it: [x, y], or a number."""
    numbers = ", ".join(f"{each:g}" for each in start)
    return f"[{numbers}]" if len(start) > 1 else numbers


def _beyond(height: float) -> str:
    """What a height is that is not drawn: those beyond LARGEST are infinite."""
    if np.isnan(height):
        return "is not a finite number"
    most = f"{LARGEST:g}".replace("+", "")
    return f"is above {most}" if height > 0 else f"is below -{most}"
