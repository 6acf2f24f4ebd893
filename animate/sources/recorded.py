"""Paths that were made elsewhere, over their surface."""

from animate.scene import RecordedScene
from animate.sources.ground import need_minima, terrain_of
from animate.sources.request import Request
from animate.sources.solution import Solution


def solve(scene: RecordedScene, request: Request) -> Solution:
    """The paths as they were recorded. Raises UnfitScene where a panel needs minima, of which none
    is known."""
    surface, paths = scene.surface.build(), scene.trajectories
    terrain = terrain_of(surface)
    need_minima(request.panels, surface, terrain)
    return Solution(
        title=surface.title if scene.title is None else scene.title,
        terrain=terrain,
        trajectories=paths,
        panels=scene.panels,
        names=paths.labels,
    )
