"""Paths that were made elsewhere, over their surface."""

from dataclasses import replace

import numpy as np

from animate.networks.landscape import Landscape
from animate.networks.plane_files import PlaneFile
from animate.networks.terrain import terrain_of as network_terrain
from animate.scene import RecordedScene
from animate.scene.surface import VARIABLES
from animate.simulate.terrain import Terrain
from animate.sources.ground import need_minima, terrain_of
from animate.sources.looks import kinds_of
from animate.sources.network_words import axes_of, finding_of, recorded_quantity, title_of
from animate.sources.request import Request
from animate.sources.solution import Solution
from animate.text import Words


def solve(scene: RecordedScene, request: Request) -> Solution:
    """The paths as they were recorded. Raises UnfitScene where a panel needs minima, of which none
    is known."""
    if scene.network is not None:
        return _of_network(scene, scene.network)
    surface, paths = scene.surface.build(), scene.trajectories
    terrain = terrain_of(surface)
    need_minima(request.panels, surface, terrain)
    return Solution(
        title=surface.title if scene.title is None else scene.title,
        terrain=terrain,
        trajectories=paths,
        panels=scene.panels,
        names=paths.labels,
        kinds=kinds_of(paths.labels),
        axes=VARIABLES[: terrain.variables],
    )


def _of_network(scene: RecordedScene, file: PlaneFile) -> Solution:
    """A network's paths, over its loss on a plane: as where the network is trained here."""
    words, paths = Words(scene.style.language), scene.trajectories
    result = _landscape(scene, file)
    quantity = recorded_quantity(file.facts, words)
    finding = finding_of(result, paths.labels, words)
    match file.facts.statistics:
        case "recomputed":
            finding = f"{finding} {words('statistics recomputed')}"
        case "kept":
            finding = f"{finding} {words('statistics kept')}"
        case _:
            pass
    return Solution(
        title=title_of(quantity, words) if scene.title is None else scene.title,
        terrain=_terrain(scene, file),
        trajectories=paths,
        panels=scene.panels,
        names=paths.labels,
        kinds=kinds_of(paths.labels),
        axes=axes_of(result, words),
        quantity=quantity,
        result=result,
        finding=finding,
    )


def _terrain(scene: RecordedScene, file: PlaneFile) -> Terrain:
    surface, loss = scene.surface.build(), file.facts.quantity == "loss"
    if not np.isfinite(file.z).all():
        return terrain_of(surface)
    return replace(network_terrain(file.x, file.y, file.z, log=loss), window=surface.window)


def _landscape(scene: RecordedScene, file: PlaneFile) -> Landscape:
    """What the panels of networks show, from the files."""
    assert scene.beside is not None
    facts, paths, (below, distances) = file.facts, scene.trajectories, scene.beside
    known = np.isfinite(paths.losses[:, 0])
    return Landscape(
        x=file.x,
        y=file.y,
        z=file.z,
        steps=paths.steps,
        positions=paths.positions[:, 0],
        losses=paths.losses[:, 0],
        plane_losses=np.where(known, below, np.nan),
        distances=np.where(known, distances, np.nan),
        share=facts.share,
        walk_share=facts.walk_share,
        plane=facts.plane,
        of=tuple(facts.of.splitlines()),
        eigenvalues=facts.eigenvalues.tolist(),
        facts={
            "parameters": facts.parameters,
            "share": float(facts.share.sum()),
            "walk_share": float(facts.walk_share.sum()),
            "distance": float(np.nanmax(np.where(known, distances, np.nan))),
            "length": facts.length,
        },
    )
