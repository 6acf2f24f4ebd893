"""What a scene would take, in memory and time, before any work is begun.

The constants were measured with /usr/bin/time on one machine: they are meant to tell minutes from
hours and megabytes from gigabytes. Memory is estimated high, since running out of it ends badly.
"""

from dataclasses import dataclass

from animate.networks.cost import NOTHING, Cost, sampling, training
from animate.networks.experiments import EXPERIMENTS
from animate.networks.landscape import KEPT
from animate.panels.basins import BasinMap
from animate.scene import ExperimentScene, NetworkScene, RaceScene
from animate.scene.descent import DescentScene
from animate.scene.start import Swarm
from animate.simulate.rates import lanes_of_search
from animate.simulate.simulation import records_of

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
A_CELL = 48
"""Bytes a cell of a map of basins, for each optimizer."""
_STARTUP, _A_FRAME, _A_PIXEL_DRAWN = 3.0, 4e-3, 15e-9
"""Seconds: once, a frame, a pixel of a frame."""
_A_ROUND, _A_STEP, _A_DOT = 10e-6, 25e-9, 1.5e-6
"""Seconds: a step of all runs of an optimizer, what each run adds to it, a dot in a frame."""
PATIENCE = 1800.0
"""Seconds that a swarm, a map of basins, a network's training or an experiment may take."""


@dataclass(frozen=True)
class Budget:
    """Bytes for positions or weights, maps of basins and the picture; seconds in all, and of the
    `labour` alone that is bounded: of a race what runs and cells take beside the first one."""

    positions: float
    basins: float
    picture: float
    seconds: float
    labour: float

    @property
    def memory(self) -> float:
        """Bytes in all, the program's own included."""
        return PROGRAM + self.positions + self.basins + self.picture

    def fits(self, room: float) -> bool:
        """Whether it takes at most `room` bytes, and no more time than people have."""
        return self.memory <= room and self.labour <= PATIENCE


def budget(scene: RaceScene | NetworkScene | ExperimentScene) -> Budget:
    """What rendering `scene` would take."""
    width, height = scene.style.size
    parts = scene.panels.cells() if scene.panels else ()
    reliefs = sum(part.name == "relief" for part in parts)
    picture = width * height * _A_PIXEL + reliefs * _A_RELIEF
    steps = scene.steps if isinstance(scene, DescentScene) else 1
    frames = scene.timeline(steps).frames
    drawing = _STARTUP + frames * (_A_FRAME + _A_PIXEL_DRAWN * width * height)
    if isinstance(scene, RaceScene):
        return _of_race(scene, picture, drawing)
    cost = _of_network(scene) if isinstance(scene, NetworkScene) else _of_experiment(scene)
    return Budget(cost.memory, 0.0, picture, drawing + cost.seconds, cost.seconds)


def _of_race(scene: RaceScene, picture: float, drawing: float) -> Budget:
    optimizers, paths = len(scene.optimizers), runs(scene)
    cells = sum(side**2 for side in sides(scene))
    records = min(paths * (scene.steps + 1), records_of(paths))
    searched = 2 * optimizers * lanes_of_search(starts(scene)) if _searches(scene) else 0
    crowds = (paths + optimizers * cells + searched) * scene.steps * _A_STEP
    if isinstance(scene.start, Swarm):
        crowds += scene.timeline(scene.steps).frames * paths * _A_DOT
    return Budget(
        positions=records * _a_record(scene),
        basins=optimizers * cells * A_CELL,
        picture=picture,
        seconds=drawing + optimizers * scene.steps * _A_ROUND + crowds,
        labour=crowds,
    )


def _of_network(scene: NetworkScene) -> Cost:
    """A network's training by every optimizer, and its loss on the plane; a Problem of one's own
    tells nothing before it runs."""
    network, examples = scene.surface, scene.surface.examples
    if examples is None:
        return NOTHING
    count, layers = len(examples.inputs), network.layers
    batch = scene.batch if isinstance(scene.batch, int) else None
    kept = min(scene.steps, KEPT)
    run = training(layers, runs=1, examples=count, batch=batch, steps=scene.steps, kept=kept)
    seen = len(scene.optimizers) * 2 * kept
    return run.times(len(scene.optimizers)) + sampling(
        layers, points=network.resolution**2 + seen, examples=count
    )


def _of_experiment(scene: ExperimentScene) -> Cost:
    entry = EXPERIMENTS[scene.experiment.name]
    return entry.facts["cost"](**scene.experiment.options)


def _a_record(scene: RaceScene) -> int:
    panels = [part.panel for part in scene.panels.cells()]
    times = _INSIDE if any("inside" in panel.traits.needs for panel in panels) else 1
    return _A_RECORD * times + _A_TRAIL * len(panels)


def sides(scene: RaceScene) -> set[int]:
    """How many cells to a side its maps of basins have."""
    panels = (part.panel for part in scene.panels.cells())
    return {panel.resolution for panel in panels if isinstance(panel, BasinMap)}


def _searches(scene: RaceScene) -> bool:
    """Whether a learning rate is to be found, as it is for those that nobody gives."""
    return any(scene.rate_rule(k) is None for k in range(len(scene.optimizers)))


def starts(scene: RaceScene) -> int:
    """Where from each optimizer runs."""
    start = scene.start
    return start.count if isinstance(start, Swarm) else len(start or [()])


def runs(scene: RaceScene) -> int:
    """How many paths there are: one from each start for each optimizer."""
    return starts(scene) * len(scene.optimizers)
