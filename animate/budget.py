"""What a scene would take, in memory and time, before any work is begun.

The constants were measured with /usr/bin/time on one machine: they are meant to tell minutes from
hours and megabytes from gigabytes. Memory is estimated high, since running out of it ends badly.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from animate.engine.race import records_of
from animate.engine.rates import lanes_of_search
from animate.errors import Mistake
from animate.figure.split import unsplit
from animate.networks.landscape import KEPT
from animate.scene import Scene
from animate.scene.network import Network
from animate.scene.picture import build_panel, panel_name
from animate.scene.start import Swarm

PROGRAM = 300e6
"""Bytes of the libraries and of the compiled code."""
_A_PIXEL = 130
"""Bytes a pixel of the picture, while a terrain is coloured."""
_A_RECORD, _A_TRAIL = 120, 100
"""Bytes a recorded position: in the engine, and in each panel."""
_INSIDE = 6
"""Times as much, where what happens inside each update is recorded."""
_A_RELIEF = 150e6
"""Bytes of the table that a relief is drawn from, and of its way to the screen."""
_A_WEIGHT, _A_FLOP = 24, 3e-10
"""Bytes of a weight at each step that is kept; seconds of one operation of a network."""
_A_CELL = 48
"""Bytes a cell of a map of basins, for each optimizer."""
_STARTUP, _A_FRAME, _A_PIXEL_DRAWN = 3.0, 4e-3, 15e-9
"""Seconds: once, a frame, a pixel of a frame."""
_A_ROUND, _A_STEP, _A_DOT = 10e-6, 25e-9, 1.5e-6
"""Seconds: a step of all runs of an optimizer, what each run adds to it, a dot in a frame."""
PATIENCE = 1800.0
"""Seconds that a swarm or a map of basins may take."""

_UNLIMITED = 1 << 60
_CGROUPS, _OWN_GROUP = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


@dataclass(frozen=True)
class Budget:
    """Bytes for positions, maps of basins and the picture; seconds in all, and of `crowds` alone:
    what runs and cells take beside the first one."""

    positions: float
    basins: float
    picture: float
    seconds: float
    crowds: float

    @property
    def memory(self) -> float:
        """Bytes in all, the program's own included."""
        return PROGRAM + self.positions + self.basins + self.picture

    def fits(self, room: float) -> bool:
        """Whether it takes at most `room` bytes, and no more time than people have."""
        return self.memory <= room and self.crowds <= PATIENCE


def budget(scene: Scene) -> Budget:
    """What rendering `scene` would take."""
    width, height = scene.style.size
    frames = scene.timeline(scene.steps).frames
    optimizers, paths = len(scene.optimizers), runs(scene)
    reliefs = sum(panel_name(part) == "relief" for part in scene.panels.cells())
    picture = width * height * _A_PIXEL + reliefs * _A_RELIEF
    drawing = _STARTUP + frames * (_A_FRAME + _A_PIXEL_DRAWN * width * height)
    if isinstance(scene.surface, Network):
        return Budget(_weights(scene), 0.0, picture, drawing + _training(scene), 0.0)
    cells = sum(side**2 for side in _sides(scene))
    records = min(paths * (scene.steps + 1), records_of(paths))
    searched = 2 * optimizers * lanes_of_search(starts(scene)) if _searches(scene) else 0
    crowds = (paths + optimizers * cells + searched) * scene.steps * _A_STEP
    if isinstance(scene.start, Swarm):
        crowds += frames * paths * _A_DOT
    return Budget(
        positions=records * _a_record(scene),
        basins=optimizers * cells * _A_CELL,
        picture=picture,
        seconds=drawing + optimizers * scene.steps * _A_ROUND + crowds,
        crowds=crowds,
    )


def _a_record(scene: Scene) -> int:
    panels = [unsplit(build_panel(part)) for part in scene.panels.cells()]
    times = _INSIDE if any(panel.looks_inside() for panel in panels) else 1
    return _A_RECORD * times + _A_TRAIL * len(panels)


def _weights(scene: Scene) -> float:
    """Bytes of a network's weights at all the steps that are kept of each optimizer."""
    kept = min(scene.steps, KEPT) + 1
    return scene.surface.size * _A_WEIGHT * kept * len(scene.optimizers)


def _training(scene: Scene) -> float:
    """Seconds of a network's training, and of its loss on the plane."""
    network, examples = scene.surface, scene.surface.examples
    batch = min(scene.batch, examples) if isinstance(scene.batch, int) else examples
    seen = 3 * batch * scene.steps * len(scene.optimizers) + examples * network.resolution**2
    return 2 * network.size * seen * _A_FLOP


def _sides(scene: Scene) -> set[int]:
    """How many cells to a side its maps of basins have."""
    parts = [part for part in scene.panels.cells() if panel_name(part) == "basins"]
    return {part.basins.resolution for part in parts}


def _searches(scene: Scene) -> bool:
    """Whether a learning rate is to be found, as it is for those that nobody gives."""
    return any(
        "best" in (part.learning_rate, scene.learning_rate)
        or (part.learning_rate, scene.learning_rate, part.own_rate()) == (None, None, None)
        for part in scene.optimizers
    )


def starts(scene: Scene) -> int:
    """Where from each optimizer runs."""
    start = scene.start
    return start.count if isinstance(start, Swarm) else len(start or [()])


def runs(scene: Scene) -> int:
    """How many paths there are: one from each start for each optimizer."""
    return starts(scene) * len(scene.optimizers)


def too_large(scene: Scene, room: float) -> Iterator[Mistake]:
    """The mistake of a scene that does not fit into `room` bytes, and what would."""
    needed = budget(scene)
    if needed.fits(room):
        return
    told = f"rendering needs about {_said(needed.memory)} of memory, and there are {_said(room)}"
    if needed.memory <= room:
        told = f"rendering takes about {needed.crowds / 60:.0f} minutes"
    if needed.picture >= max(needed.positions, needed.basins) and needed.memory > room:
        share = max(room - PROGRAM - needed.positions - needed.basins, 0) / needed.picture
        width, height = (int(side * share**0.5) for side in scene.style.size)
        remedy = f"{width} × {height} pixels would fit" if min(width, height) >= 64 else "none fits"
        yield Mistake(("style", "size"), f"{told}; {remedy}")
    elif isinstance(scene.surface, Network):
        yield Mistake(("surface", "network"), f"{told}; make the network smaller")
    elif needed.basins > (needed.positions if needed.memory > room else starts(scene) * _A_CELL):
        most = _most(lambda side: budget(_with_cells(scene, side)).fits(room), max(_sides(scene)))
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


def _most(fits: Callable[[int], bool], upper: int) -> int:
    """The largest number below `upper`, which does not fit, that does; 0: none."""
    low = 0
    while upper - low > 1:
        middle = (low + upper) // 2
        low, upper = (middle, upper) if fits(middle) else (low, middle)
    return low


def _with_starts(scene: Scene, count: int) -> Scene:
    return scene.model_copy(update={"start": scene.start.model_copy(update={"count": count})})  # type: ignore[union-attr]  # asked of swarms alone


def _with_steps(scene: Scene, steps: int) -> Scene:
    return scene.model_copy(update={"steps": steps})


def _with_cells(scene: Scene, side: int) -> Scene:
    """The scene with maps of at most so many cells to a side."""

    def smaller(part):
        if panel_name(part) != "basins":
            return part
        cells = min(side, part.basins.resolution)
        return part.model_copy(
            update={"basins": part.basins.model_copy(update={"resolution": cells})}
        )

    return scene.model_copy(update={"panels": scene.panels.map(smaller)})


def _rounded(count: int) -> int:
    """At most `count`, to two digits."""
    digits = max(len(str(count)) - 2, 0)
    return count // 10**digits * 10**digits


def room() -> float:
    """Bytes of memory that the machine has, or its container where that has less."""
    limits = [float(_UNLIMITED)]
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        limits.append(float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE"))
    for file in _limiting():
        limits.extend(_limit(file))
    return min(limits)


def _limiting() -> Iterator[Path]:
    """The files that may hold a limit: of the process's own cgroup and of all above it."""
    roots = {"": (_CGROUPS, "memory.max"), "memory": (_CGROUPS / "memory", "memory.limit_in_bytes")}
    groups = [(kind, "/") for kind in roots]
    with suppress(OSError):
        for line in _OWN_GROUP.read_text().splitlines():
            _, kinds, group = line.split(":", 2)
            groups += [(kind, group) for kind in kinds.split(",") if kind in roots]
    for kind, group in groups:
        root, name = roots[kind]
        place = root / group.strip("/")
        above = [folder for folder in place.parents if folder.is_relative_to(root)]
        yield from (folder / name for folder in (place, *above))


def _limit(file: Path) -> Iterator[float]:
    """The number in a cgroup's file; none where there is no such file, or no limit."""
    try:
        text = file.read_text().strip()
    except OSError:
        return
    if text.isdigit():
        yield float(text)


def _said(size: float) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
