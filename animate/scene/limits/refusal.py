"""Scenes that do not fit into the memory or the time that there is, and what would fit."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeVar

from animate.errors import Mistake, Path
from animate.figure import PanelEntry
from animate.networks.landscape import KEPT
from animate.panels.basins import BasinMap
from animate.scene import (
    BetweenScene,
    CheckpointScene,
    ExperimentScene,
    NetworkScene,
    RaceScene,
)
from animate.scene.limits.estimate import BASIN_CELL, PROGRAM, AnyCostly, Estimate, estimate
from animate.scene.parts import Part
from animate.scene.start import Swarm

AnyPart = TypeVar("AnyPart", bound=Part)

Remedy = tuple[Path, str]
"""Where the mistake stands, and what would fit."""

_LOWERED = ("steps", "iterations", "resolution", "kept", "runs", "pairs", "paths", "starts_each")
"""Options of experiments, of which a smaller number is still the same experiment."""


def too_large(scene: AnyCostly, memory: float) -> Iterator[Mistake]:
    """The mistake of a scene that does not fit into `memory` bytes, with what would."""
    needed = estimate(scene)
    if needed.fits(memory):
        return
    short = needed.memory > memory
    why = f"takes about {_duration(needed.bounded_seconds)}"
    if short:
        why = f"needs about {_size(needed.memory)} of memory, and there are {_size(memory)}"
    if short and needed.picture >= max(needed.positions, needed.basins):
        place, remedy = _of_picture(scene.style.size, needed, memory)
    elif isinstance(scene, RaceScene):
        place, remedy = _of_race(scene, needed, memory)
    elif isinstance(scene, NetworkScene):
        place, remedy = _of_network(scene, memory)
    elif isinstance(scene, CheckpointScene):
        place, remedy = ("surface",), "lower its resolution, or name fewer checkpoints"
    elif isinstance(scene, BetweenScene):
        place, remedy = ("surface",), "lower its resolution, or take fewer examples"
    else:
        place, remedy = _of_experiment(scene, memory)
    yield Mistake(place, f"rendering {why}; {remedy}")


def _of_picture(size: tuple[int, int], needed: Estimate, memory: float) -> Remedy:
    share = max(memory - PROGRAM - needed.positions - needed.basins, 0) / needed.picture
    width, height = (int(side * share**0.5) for side in size)
    fits = f"{width} × {height} pixels would fit" if min(width, height) >= 64 else "none fits"
    return ("style", "size"), fits


def _of_race(scene: RaceScene, needed: Estimate, memory: float) -> Remedy:
    short = needed.memory > memory
    if needed.basins > (needed.positions if short else scene.start_count * BASIN_CELL):
        sides = (entry.panel.traits.basin_cells for entry in scene.entries)
        most = _most(partial(_with_cells, scene), max(sides), memory)
        fits = f"resolution: {most} would fit" if most >= 8 else "show fewer maps, or fewer steps"
        return ("panels",), fits
    if isinstance(swarm := scene.start, Swarm):

        def of_count(count: int) -> RaceScene:
            return _with(scene, start=_with(swarm, count=count))

        most = _most(of_count, swarm.count, memory)
        return ("start", "count"), f"{_rounded(most):,} starts would fit" if most else "none fits"
    most = _most_steps(scene, memory)
    return ("steps",), f"{most} steps would fit" if most else "show fewer runs"


def _of_network(scene: NetworkScene, memory: float) -> Remedy:
    most = _most_steps(scene, memory)
    if most > KEPT:
        return ("steps",), f"{_rounded(most):,} steps would fit"
    return ("surface", "network"), "make the network smaller"


def _of_experiment(scene: ExperimentScene, memory: float) -> Remedy:
    """What would fit instead, where a smaller number of one option does."""
    options = scene.experiment.options()
    for name in _LOWERED:

        def lowered(number: int, name: str = name) -> ExperimentScene:
            return _with(scene, experiment=_with(scene.experiment, **{name: number}))

        upper = options.get(name)
        if isinstance(upper, int) and (most := _most(lowered, upper, memory)):
            return ("experiment",), f"{name}: {_rounded(most)} would fit"
    return ("experiment",), "make the networks smaller"


def _most(
    variant: Callable[[int], RaceScene | NetworkScene | ExperimentScene], upper: int, memory: float
) -> int:
    """The largest number below `upper`, which does not fit, whose variant does; 0: none."""
    return bisect_left(
        range(1, upper), True, key=lambda number: not estimate(variant(number)).fits(memory)
    )


def _most_steps(scene: RaceScene | NetworkScene, memory: float) -> int:
    return _most(lambda steps: _with(scene, steps=steps), scene.steps, memory)


def _with(part: AnyPart, **changes: object) -> AnyPart:
    return part.model_copy(update=changes)


def _with_cells(scene: RaceScene, side: int) -> RaceScene:
    """The scene with maps of at most `side` cells to a side."""

    def smaller(entry: PanelEntry) -> PanelEntry:
        if not isinstance(entry.panel, BasinMap):
            return entry
        cells = min(side, entry.panel.resolution)
        return replace(entry, panel=replace(entry.panel, resolution=cells))

    return _with(scene, panels=scene.panels.map(smaller))


def _rounded(count: int) -> int:
    """At most `count`, to two digits."""
    digits = max(len(str(count)) - 2, 0)
    return count // 10**digits * 10**digits


def _size(memory: float) -> str:
    if memory >= 1e15:
        return f"{memory / 1e9:.0e} GB"
    return f"{memory / 1e9:.1f} GB" if memory >= 1e9 else f"{memory / 1e6:.0f} MB"


def _duration(seconds: float) -> str:
    if seconds >= 1e9:
        return f"{seconds / 3600:.0e} hours"
    return f"{seconds / 3600:,.0f} hours" if seconds >= 18_000 else f"{seconds / 60:.0f} minutes"
