"""The pace of the clock: even where heads are followed on a surface, else by steps."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from jaxtyping import Float

from animate.figure import Panel, View
from animate.figure.graph import on_graph
from animate.figure.tempo import Tempo, tempo_of
from animate.scene import Scene
from animate.simulate.numerics import lengths
from animate.simulate.terrain import Terrain

_AT_ONCE = 4096
"""Runs of each optimizer that are looked at in one pass: all of a large swarm would take a multiple
of its memory."""


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
    if view.terrain.variables == 1:
        view = on_graph(view)
    return view.along(partial(moves_in, equal=view.equal_units))


def moves_in(
    terrain: Terrain, positions: Float[np.ndarray, "optimizer run place axis"], *, equal: bool
) -> Float[np.ndarray, "optimizer run move"]:
    """How far every head goes in the window from each place to the next, in diagonals of it; 0
    where the run has ended.

    `equal`: x and y have equal units; else the window is taken for a square.
    """
    low, high = np.array(terrain.window, float).T
    unit = lengths(high - low) if equal else np.sqrt(len(low)) * (high - low)
    found = np.empty((*positions.shape[:2], positions.shape[2] - 1))
    for first in range(0, positions.shape[1], _AT_ONCE):
        runs = slice(first, first + _AT_ONCE)
        seen = _seen(positions[:, runs], low, high) / unit
        found[:, runs] = lengths(seen)
    return found


def _seen(
    positions: Float[np.ndarray, "optimizer run place axis"],
    low: Float[np.ndarray, " axis"],
    high: Float[np.ndarray, " axis"],
) -> Float[np.ndarray, "optimizer run move axis"]:
    """The part of every move that lies in the box from `low` to `high`; never more than its sides,
    though a move over 1e300 is known to 1e284 only."""
    before = positions[:, :, :-1]
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        ways = np.diff(positions, axis=2)
        to_low, to_high = (low - before) / ways, (high - before) / ways
        inside = np.where((low <= before) & (before <= high), 0.0, np.inf)
        enter = np.where(ways == 0, inside, np.minimum(to_low, to_high)).max(axis=-1)
        leave = np.where(ways == 0, np.inf, np.maximum(to_low, to_high)).min(axis=-1)
        share = np.clip(leave, 0.0, 1.0) - np.clip(enter, 0.0, 1.0)
        parts = np.clip(ways * share[..., None], low - high, high - low)
    return np.where(share[..., None] > 0, parts, 0.0)
