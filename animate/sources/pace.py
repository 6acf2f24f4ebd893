"""The pace of the clock: even where heads are followed on a surface, else by steps."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from jaxtyping import Float

from animate.figure import Panel, View
from animate.figure.tempo import Tempo, tempo_of
from animate.scene import Scene
from animate.simulate.terrain import Terrain


def tempo(scene: Scene, view: View, panels: Sequence[Panel]) -> Tempo | None:
    """The tempo of an even clock, one for all runs; None: the clock needs no look at the paths.

    It is even where that is asked for, and by itself unless the story sets the pace; but never
    where no panel has heads on a surface, or the clock of a film counts values.
    """
    pace = scene.timing.pace or ("steps" if scene.directed else "even")
    if pace != "even" or scene.film or not any(panel.traits.heads for panel in panels):
        return None
    return tempo_of(view.trajectories.steps, visible_moves(view).max((0, 1), initial=0.0))


def visible_moves(view: View) -> Float[np.ndarray, "optimizer run move"]:
    """How far every head goes from each recorded step to the next, as `moves_in` measures it."""
    return view.along(partial(moves_in, equal=view.equal_units))


def moves_in(
    terrain: Terrain, positions: Float[np.ndarray, "optimizer run place 2"], *, equal: bool
) -> Float[np.ndarray, "optimizer run move"]:
    """How far every head goes in the window from each place to the next, in diagonals of it; 0
    where the run has ended.

    `equal`: x and y have equal units; else the window is taken for a square.
    """
    low, high = np.array(terrain.window, float).T
    sides = high - low
    unit = np.hypot(*sides) if equal else np.sqrt(2.0) * sides
    before = positions[:, :, :-1]
    inside = (low <= before) & (before <= high)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        ways = np.diff(positions, axis=2)
        still = ways == 0
        crossed = np.sort([(low - before) / ways, (high - before) / ways], axis=0)
        enter = np.where(still, np.where(inside, 0.0, np.inf), crossed[0]).max(axis=-1)
        leave = np.where(still, np.inf, crossed[1]).min(axis=-1)
        seen = np.clip(leave, 0.0, 1.0) - np.clip(enter, 0.0, 1.0)
        moves = np.hypot(*np.moveaxis(ways * seen[..., None] / unit, -1, 0))
    return np.where(seen > 0, moves, 0.0)
