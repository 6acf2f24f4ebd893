"""From a scene to its solution: one source for each kind of scene."""

from collections.abc import Callable, Mapping
from typing import Any

from animate.scene import (
    BetweenScene,
    CheckpointScene,
    ExperimentScene,
    NetworkScene,
    RaceScene,
    RecordedScene,
    Scene,
    SignalScene,
)
from animate.sources import between, checkpoints, experiment, network, race, recorded, signal
from animate.sources.request import Request
from animate.sources.solution import Solution
from animate.sources.view import panels_of, view_of

__all__ = ["SOURCES", "Request", "Solution", "panels_of", "solve", "view_of"]

SOURCES: Mapping[type[Scene], Callable[[Any, Request], Solution]] = {
    RaceScene: race.solve,
    NetworkScene: network.solve,
    CheckpointScene: checkpoints.solve,
    BetweenScene: between.solve,
    RecordedScene: recorded.solve,
    ExperimentScene: experiment.solve,
    SignalScene: signal.solve,
}
"""For each kind of scene a function from the scene, and what is asked of it, to its solution."""


def solve(scene: Scene, request: Request = Request()) -> Solution:  # noqa: B008  # it is frozen
    """Everything that `scene` shows as it is asked for, whatever the size of the picture.

    Raises UnfitScene, with the place of every mistake, where there is nothing to show.
    """
    return SOURCES[type(scene)](scene, request)
