"""What rendering a scene takes, in memory and time, estimated before any work is begun.

The constants were measured with /usr/bin/time on one machine: they tell minutes from hours and
megabytes from gigabytes. Memory is estimated high, since running out of it ends badly.
"""

from dataclasses import dataclass

from animate.scene import (
    BetweenScene,
    CheckpointScene,
    ExperimentScene,
    NetworkScene,
    RaceScene,
)
from animate.scene.start import Swarm
from animate.simulate.rates import runs_of_search
from animate.simulate.simulation import records_of

PROGRAM = 300e6
"""Bytes of the libraries and of the compiled code."""
_PIXEL = 130
"""Bytes of a pixel of the picture, while a terrain is coloured."""
_RELIEF = 150e6
"""Bytes of the table that a relief is drawn from, and of its way to the screen."""
_RECORD = 120
"""Bytes of a recorded position in the simulation."""
_INSIDE = 6
"""Times as much, where what happens inside each update is recorded."""
_TRAIL = 100
"""Bytes of a recorded position in each panel."""
BASIN_CELL = 48
"""Bytes of a cell of a map of basins, for each optimizer."""
_STARTUP_TIME = 3.0
"""Seconds, once."""
_FRAME_TIME = 4e-3
"""Seconds of a frame, whatever its size."""
_PIXEL_TIME = 15e-9
"""Seconds of a pixel of a frame."""
_STEP_TIME = 10e-6
"""Seconds of a step of all runs of an optimizer together."""
_RUN_STEP_TIME = 25e-9
"""Seconds that each run adds to a step."""
_SURFACE_TIME = 2.0
"""Seconds that each further value of a swept surface takes: what it needs is compiled anew."""
_DOT_TIME = 1.5e-6
"""Seconds of a dot of a swarm in a frame."""
LONGEST = 1800.0
"""Seconds that a swarm, a map of basins, a network's training or an experiment may take."""


AnyCostly = RaceScene | NetworkScene | CheckpointScene | BetweenScene | ExperimentScene
"""A scene whose cost is estimated."""


@dataclass(frozen=True)
class Estimate:
    """Bytes for positions or weights, maps of basins and the picture; seconds in all.

    `bounded_seconds` are those that must not be more than LONGEST: of a race what its runs and
    cells take beside the first one.
    """

    positions: float
    basins: float
    picture: float
    seconds: float
    bounded_seconds: float

    @property
    def memory(self) -> float:
        """Bytes in all, the program's own included."""
        return PROGRAM + self.positions + self.basins + self.picture

    def fits(self, memory: float) -> bool:
        """Whether it takes at most `memory` bytes, and not too long."""
        return self.memory <= memory and self.bounded_seconds <= LONGEST


def estimate(scene: AnyCostly) -> Estimate:
    """What rendering `scene` takes."""
    picture, drawing = drawing_of(scene)
    if isinstance(scene, RaceScene):
        return _of_race(scene, picture, drawing)
    cost = scene.cost()
    return Estimate(cost.memory, 0.0, picture, drawing + cost.seconds, cost.seconds)


def drawing_of(
    scene: AnyCostly,
) -> tuple[float, float]:
    """Bytes of the picture, and the seconds that it takes to start and to draw all frames."""
    width, height = scene.style.size
    reliefs = sum(entry.name == "relief" for entry in scene.entries)
    picture = width * height * _PIXEL + reliefs * _RELIEF
    frames = scene.timeline(scene.last_step or 1).frames
    return picture, _STARTUP_TIME + frames * (_FRAME_TIME + _PIXEL_TIME * width * height)


def _of_race(scene: RaceScene, picture: float, drawing: float) -> Estimate:
    optimizers, starts, surfaces = len(scene.optimizers), scene.start_count, scene.surface_count
    panels = [entry.panel for entry in scene.entries]
    cells = sum(side**2 for side in {panel.traits.basin_cells for panel in panels})
    paths = starts * optimizers
    searched = any(scene.searches(k) for k in range(optimizers))
    runs = paths + optimizers * (cells + 2 * runs_of_search(starts) * searched)
    crowd = surfaces * runs * scene.steps * _RUN_STEP_TIME
    if isinstance(scene.start, Swarm):
        crowd += scene.timeline(scene.steps).frames * paths * _DOT_TIME
    times = _INSIDE if any("inside" in panel.traits.needs for panel in panels) else 1
    records = min(paths * (scene.steps + 1), records_of(paths))
    return Estimate(
        positions=surfaces * records * (_RECORD * times + _TRAIL * len(panels)),
        basins=surfaces * optimizers * cells * BASIN_CELL,
        picture=picture,
        seconds=drawing
        + surfaces * optimizers * scene.steps * _STEP_TIME
        + (surfaces - 1) * _SURFACE_TIME
        + crowd,
        bounded_seconds=crowd,
    )
