"""Paths that were made elsewhere, over their surface."""

from collections.abc import Sequence

from animate.figure import PanelEntry
from animate.scene import RecordedScene
from animate.simulate.terrain import Terrain
from animate.sources.solution import Solution


def solve(scene: RecordedScene, panels: Sequence[PanelEntry]) -> Solution:  # noqa: ARG001  # all of it is there
    """The paths as they were recorded."""
    surface, paths = scene.surface.build(), scene.trajectories
    return Solution(
        title=surface.title if scene.title is None else scene.title,
        terrain=Terrain(surface.function, surface.window, surface.minima),
        trajectories=paths,
        panels=scene.panels,
        names=paths.labels,
    )
