"""Runs of a network from their checkpoints, and its loss on a plane through their weights."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from animate.errors import UnfitScene, UsageError
from animate.networks.cuts import AnyPlane
from animate.networks.landscape import Landscape, around
from animate.networks.problem import FlatProblem
from animate.networks.read_runs import read_runs
from animate.networks.subset import Samples
from animate.networks.terrain import terrain_of
from animate.networks.trained import Work
from animate.scene import CheckpointScene
from animate.sources.looks import kinds_of
from animate.sources.network import (
    asked_of,
    identity_of,
    missing_of,
    placed,
    remark_samples,
    trajectories_of,
    workers_of,
)
from animate.sources.network_table import table_of
from animate.sources.network_words import axes_of, finding_of, quantity_of, title_of
from animate.sources.request import Request
from animate.sources.solution import Solution
from animate.text import Words


def solve(scene: CheckpointScene, request: Request) -> Solution:
    """The landscape around the checkpoints. Raises UnfitScene."""
    with placed("surface"):
        problem = scene.surface.problem()
        if missing := list(missing_of(scene.surface.quantity, problem, request)):
            raise UnfitScene(missing)
        remark_samples(scene.surface.samples, problem)
        plane = scene.surface.cut(problem)
    with placed("paths"):
        result, cut = _landscape(scene, problem, plane, request)
    words, labels = Words(scene.style.language), tuple(scene.paths.files)
    quantity = quantity_of(result.shown, words)
    return Solution(
        title=title_of(quantity, words) if scene.title is None else scene.title,
        terrain=terrain_of(result.x, result.y, result.z, log=result.shown.metric == "loss"),
        trajectories=replace(trajectories_of(result, labels, (None,) * len(labels)), cut=cut),
        panels=scene.panels,
        names=labels,
        kinds=kinds_of(labels),
        axes=axes_of(result, words),
        quantity=quantity,
        result=result,
        finding=finding_of(result, labels, words),
        table=lambda: table_of(result, problem),
    )


def _landscape(
    scene: CheckpointScene, problem: FlatProblem, plane: AnyPlane, request: Request
) -> tuple[Landscape, np.ndarray]:
    """The landscape, and which runs do not diverge, though they may end before others."""
    part, effort = scene.surface, request.effort
    workers = effort.help and workers_of(effort, identity_of(part, problem))
    work = Work(watch=effort.watch, workers=workers)
    files = [{step: Path(file) for step, file in run.items()} for run in scene.paths.files.values()]
    paths, known = read_runs(problem, files, work)
    if not paths.finite[:, 0].all():
        k = int(np.argmin(paths.finite[:, 0]))
        raise UsageError(
            f"the loss is {paths.losses[k, 0]} at the start of {[*scene.paths.files][k]!r}"
        )
    result = around(
        paths,
        plane,
        work,
        resolution=part.resolution,
        seed=scene.seed,
        shown=part.quantity,
        asked=asked_of(request),
        samples=None if part.samples is None else Samples(part.samples, scene.seed),
    )
    return result, np.asarray(~(known & ~paths.finite).any(axis=1))
