"""What a scene would take, in memory and time, before any work is begun.

The constants were measured with /usr/bin/time on one machine: they are meant to tell minutes from
hours and megabytes from gigabytes. Memory is estimated high, since running out of it ends badly.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from animate.engine.race import RECORDS
from animate.errors import Mistake
from animate.scene import Scene
from animate.scene.start import Swarm

PROGRAM = 300e6
"""Bytes of the libraries and of the compiled code."""
_A_PIXEL = 130
"""Bytes a pixel of the picture, while a terrain is coloured."""
_A_RECORD, _A_TRAIL = 120, 100
"""Bytes a recorded position: in the engine, and in each panel."""
_STARTUP, _A_FRAME, _A_PIXEL_DRAWN, _A_STEP = 3.0, 4e-3, 15e-9, 10e-6
"""Seconds: once, a frame, a pixel of a frame, a step of one run."""

_UNLIMITED = 1 << 60
_CGROUPS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


@dataclass(frozen=True)
class Budget:
    """Bytes for the positions and for the picture, and seconds in all."""

    positions: float
    picture: float
    seconds: float

    @property
    def memory(self) -> float:
        """Bytes in all, the program's own included."""
        return PROGRAM + self.positions + self.picture


def budget(scene: Scene) -> Budget:
    """What rendering `scene` would take."""
    width, height = scene.style.size
    frames = max(1, round(scene.timing.seconds * scene.timing.fps))
    records = min(runs(scene) * (scene.steps + 1), max(RECORDS, 2 * runs(scene)))
    return Budget(
        positions=records * _a_record(scene),
        picture=width * height * _A_PIXEL,
        seconds=_STARTUP
        + frames * (_A_FRAME + _A_PIXEL_DRAWN * width * height)
        + runs(scene) * scene.steps * _A_STEP,
    )


def _a_record(scene: Scene) -> int:
    return _A_RECORD + _A_TRAIL * len(list(scene.panels.cells()))


def runs(scene: Scene) -> int:
    """How many paths there are: one from each start for each optimizer."""
    start = scene.start
    starts = start.count if isinstance(start, Swarm) else len(start or [()])
    return starts * len(scene.optimizers)


def too_large(scene: Scene, room: float) -> Iterator[Mistake]:
    """The mistake of a scene that does not fit into `room` bytes, and what would."""
    needed = budget(scene)
    if needed.memory <= room:
        return
    told = f"rendering needs about {_said(needed.memory)} of memory, and there are {_said(room)}"
    if needed.picture >= needed.positions:
        share = max(room - PROGRAM - needed.positions, 0) / needed.picture
        width, height = (int(side * share**0.5) for side in scene.style.size)
        remedy = f"{width} × {height} pixels would fit" if min(width, height) >= 64 else "none fits"
        yield Mistake(("style", "size"), f"{told}; {remedy}")
    else:
        records = (room - PROGRAM - needed.picture) / _a_record(scene)
        fewer = int(records / runs(scene)) - 1
        remedy = f"{fewer} steps would fit" if fewer > 0 else "show fewer runs"
        yield Mistake(("steps",), f"{told}; {remedy}")


def room() -> float:
    """Bytes of memory that the machine has, or its container where that has less."""
    limits = [float(_UNLIMITED)]
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        limits.append(float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE"))
    for file in _CGROUPS:
        limits.extend(_limit(file))
    return min(limits)


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
