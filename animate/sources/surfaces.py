"""One solution of those of a race on several surfaces: the values of a sweep of its numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

import numpy as np

from animate.figure.view import Ground
from animate.scene.sweep import Sweep
from animate.simulate.basins import Basins
from animate.simulate.minima import Ends
from animate.simulate.terrain import Terrain, alike
from animate.simulate.trajectories import joined
from animate.sources.solution import Solution
from animate.sources.values import values_of_surface
from animate.text import Words

Item = TypeVar("Item")
Places = TypeVar("Places", Ends, Basins)


def on_surfaces(
    sweep: Sweep, solutions: Sequence[Solution], labels: Sequence[str], words: Words
) -> Solution:
    """The `solutions` of the sweep's values as one: its optimizers are those with the first value,
    called `labels`, then those with the second, and so on.

    Their terrains have one scale of heights, and their maps of basins one of steps. Minima that are
    found stand in the order of their places, whichever has most runs: so they keep their colours.
    """
    first, count = solutions[0], len(solutions[0].names)
    paths = [replace(each.trajectories, labels=tuple(labels)) for each in solutions]
    longest = {side: max(each.basins[side].longest for each in solutions) for side in first.basins}
    terrains = alike([each.terrain for each in solutions])
    grounds = tuple(
        _ground(terrain, range(k * count, (k + 1) * count), each, longest)
        for k, (terrain, each) in enumerate(zip(terrains, solutions, strict=True))
    )
    return replace(
        first,
        terrain=grounds[0].terrain,
        trajectories=joined(paths, sweep.key, sweep.values),
        names=_all(each.names for each in solutions),
        notes=_all(each.notes for each in solutions),
        kinds=_all(each.kinds for each in solutions),
        colours=_all(each.colours for each in solutions),
        constants=_all(each.constants for each in solutions),
        formulas=_all(each.formulas for each in solutions),
        switches=_all(each.switches for each in solutions),
        ends=grounds[0].ends,
        basins=grounds[0].basins,
        values=values_of_surface(sweep, [each.rates for each in paths], words),
        grounds=grounds,
    )


def _ground(
    terrain: Terrain, optimizers: range, solution: Solution, longest: Mapping[int, int]
) -> Ground:
    """The ground of one value; `longest` are the steps of the maps of basins of all, by side."""
    basins = {
        side: _in_order(replace(found, longest=longest[side]), terrain)
        for side, found in solution.basins.items()
    }
    ends = solution.ends and _in_order(solution.ends, terrain)
    return Ground(terrain, optimizers, ends, basins)


def _in_order(found: Places, terrain: Terrain) -> Places:
    """The same with its minima in order: the known ones, then the others by x and y."""
    known, count = len(terrain.minima), len(found.minima)
    order = np.array([*range(known), *(known + np.lexsort(found.minima[known:].T[::-1]))], int)
    floors = found.floors if isinstance(found, Ends) else 0
    places = np.arange(count + floors + 1)  # the floors of valleys and none, which is −1, stay
    places[order] = np.arange(count)
    places[-1] = -1
    changed = {"minima": found.minima[order], "which": places[found.which]}
    if isinstance(found, Ends):
        changed["reaches"] = found.reaches[order]
    return replace(found, **changed)


def _all(parts: Iterable[tuple[Item, ...]]) -> tuple[Item, ...]:
    return tuple(chain.from_iterable(parts))
