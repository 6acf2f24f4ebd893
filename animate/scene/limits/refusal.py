"""What does not fit into the memory or the time that there is, told with what would."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from animate.errors import Mistake
from animate.figure import PanelEntry
from animate.networks.landscape import KEPT
from animate.panels.basins import BasinMap
from animate.scene import ExperimentScene, NetworkScene, RaceScene
from animate.scene.descent import DescentScene
from animate.scene.limits.estimate import A_CELL, PROGRAM, budget, sides, starts
from animate.scene.start import Swarm

Descent = TypeVar("Descent", bound=DescentScene)

_LOWERED = ("steps", "iterations", "resolution", "kept", "runs", "pairs", "paths", "starts_each")
"""Options of experiments, of which a smaller number is still the same experiment."""


def too_large(scene: RaceScene | NetworkScene | ExperimentScene, room: float) -> Iterator[Mistake]:
    """The mistake of a scene that does not fit into `room` bytes, and what would."""
    needed = budget(scene)
    if needed.fits(room):
        return
    told = f"rendering needs about {_said(needed.memory)} of memory, and there are {_said(room)}"
    if needed.memory <= room:
        told = f"rendering takes about {_lasting(needed.labour)}"
    if needed.picture >= max(needed.positions, needed.basins) and needed.memory > room:
        share = max(room - PROGRAM - needed.positions - needed.basins, 0) / needed.picture
        width, height = (int(side * share**0.5) for side in scene.style.size)
        remedy = f"{width} × {height} pixels would fit" if min(width, height) >= 64 else "none fits"
        yield Mistake(("style", "size"), f"{told}; {remedy}")
    elif isinstance(scene, ExperimentScene):
        yield Mistake(("experiment",), f"{told}; {_smaller(scene, room)}")
    elif isinstance(scene, NetworkScene):
        most = _most(lambda steps: budget(_with_steps(scene, steps)).fits(room), scene.steps)
        if most > KEPT:
            yield Mistake(("steps",), f"{told}; {_rounded(most):,} steps would fit")
        else:
            yield Mistake(("surface", "network"), f"{told}; make the network smaller")
    elif needed.basins > (needed.positions if needed.memory > room else starts(scene) * A_CELL):
        most = _most(lambda side: budget(_with_cells(scene, side)).fits(room), max(sides(scene)))
        remedy = f"resolution: {most} would fit" if most >= 8 else "show fewer maps, or fewer steps"
        yield Mistake(("panels",), f"{told}; {remedy}")
    elif isinstance(scene.start, Swarm):
        swarm = scene.start
        most = _most(lambda count: budget(_with_starts(scene, count)).fits(room), swarm.count)
        remedy = f"{_rounded(most):,} starts would fit" if most else "none fits"
        yield Mistake(("start", "count"), f"{told}; {remedy}")
    else:
        most = _most(lambda steps: budget(_with_steps(scene, steps)).fits(room), scene.steps)
        remedy = f"{most} steps would fit" if most else "show fewer runs"
        yield Mistake(("steps",), f"{told}; {remedy}")


def _smaller(scene: ExperimentScene, room: float) -> str:
    """What would fit instead of an experiment, where a smaller number of one kind does."""
    options = scene.experiment.options
    for name in _LOWERED:
        if name in options:

            def fits(number: int, name: str = name) -> bool:
                part = scene.experiment.model_copy(update={name: number})
                return budget(scene.model_copy(update={"experiment": part})).fits(room)

            if most := _most(fits, options[name]):
                return f"{name}: {_rounded(most)} would fit"
    return "make the networks smaller"


def _most(fits: Callable[[int], bool], upper: int) -> int:
    """The largest number below `upper`, which does not fit, that does; 0: none."""
    low = 0
    while upper - low > 1:
        middle = (low + upper) // 2
        low, upper = (middle, upper) if fits(middle) else (low, middle)
    return low


def _with_starts(scene: RaceScene, count: int) -> RaceScene:
    return scene.model_copy(update={"start": scene.start.model_copy(update={"count": count})})  # type: ignore[union-attr]  # asked of swarms alone


def _with_steps(scene: Descent, steps: int) -> Descent:
    return scene.model_copy(update={"steps": steps})


def _with_cells(scene: RaceScene, side: int) -> RaceScene:
    """The scene with maps of at most so many cells to a side."""

    def smaller(entry: PanelEntry) -> PanelEntry:
        if not isinstance(entry.panel, BasinMap):
            return entry
        cells = min(side, entry.panel.resolution)
        return replace(entry, panel=replace(entry.panel, resolution=cells))

    return scene.model_copy(update={"panels": scene.panels.map(smaller)})


def _rounded(count: int) -> int:
    """At most `count`, to two digits."""
    digits = max(len(str(count)) - 2, 0)
    return count // 10**digits * 10**digits


def _said(size: float) -> str:
    if size >= 1e15:
        return f"{size / 1e9:.0e} GB"
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def _lasting(seconds: float) -> str:
    if seconds >= 1e9:
        return f"{seconds / 3600:.0e} hours"
    return f"{seconds / 3600:,.0f} hours" if seconds >= 18_000 else f"{seconds / 60:.0f} minutes"
