"""From a scene to its solution: one source for each kind of scene."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from animate.figure import PanelEntry
from animate.scene import (
    CheckpointScene,
    ExperimentScene,
    NetworkScene,
    RaceScene,
    RecordedScene,
    Scene,
    SignalScene,
)
from animate.sources import checkpoints, experiment, network, race, recorded, signal
from animate.sources.solution import Solution
from animate.sources.view import panels_of, view_of

__all__ = ["SOURCES", "Solution", "panels_of", "solve", "view_of"]

SOURCES: Mapping[type[Scene], Callable[[Any, Sequence[PanelEntry]], Solution]] = {
    RaceScene: race.solve,
    NetworkScene: network.solve,
    CheckpointScene: checkpoints.solve,
    RecordedScene: recorded.solve,
    ExperimentScene: experiment.solve,
    SignalScene: signal.solve,
}
"""For each kind of scene a function from the scene, and the panels that will show it, to its
solution: what no panel needs is not computed."""


def solve(scene: Scene, panels: Sequence[PanelEntry] = ()) -> Solution:
    """Everything that `scene` shows in `panels`, whatever the size of the picture.

    Raises UnfitScene, with the place of every mistake, where there is nothing to show.
    """
    return SOURCES[type(scene)](scene, panels)
