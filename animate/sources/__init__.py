"""From a scene to its solution: one source for each kind of scene."""

from collections.abc import Mapping
from importlib import import_module

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
from animate.sources.request import Request
from animate.sources.solution import Solution
from animate.sources.view import panels_of, view_of

__all__ = ["SOURCES", "Request", "Solution", "panels_of", "solve", "view_of"]

SOURCES: Mapping[type[Scene], str] = {
    RaceScene: "race",
    NetworkScene: "network",
    CheckpointScene: "checkpoints",
    BetweenScene: "between",
    RecordedScene: "recorded",
    ExperimentScene: "experiment",
    SignalScene: "signal",
}
"""For each kind of scene the file whose `solve` makes its solution: imported when there is one."""


def solve(scene: Scene, request: Request = Request()) -> Solution:  # noqa: B008  # it is frozen
    """Everything that `scene` shows as it is asked for, whatever the size of the picture.

    Raises UnfitScene, with the place of every mistake, where there is nothing to show.
    """
    return import_module(f"{__name__}.{SOURCES[type(scene)]}").solve(scene, request)
