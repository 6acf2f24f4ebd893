"""Runs of a network from their checkpoints, and its loss on a plane through their weights."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from animate.errors import Mistake, UnfitScene, UsageError
from animate.figure import PanelEntry
from animate.networks.checkpoints import read_checkpoint, shapes_of
from animate.networks.evaluation import evaluate
from animate.networks.landscape import AnyPlane, Landscape, around
from animate.networks.problem import FlatProblem
from animate.networks.terrain import terrain_of
from animate.scene import CheckpointScene
from animate.sources.network import axes_of, finding_of, table_of, trajectories_of
from animate.sources.solution import Solution
from animate.text import Words


def solve(scene: CheckpointScene, panels: Sequence[PanelEntry]) -> Solution:  # noqa: ARG001  # its result is one whole
    """The landscape around the checkpoints. Raises UnfitScene."""
    with _placed("surface"):
        problem = scene.surface.problem()
        plane = scene.surface.cut(problem)
    with _placed("paths"):
        result, cut = _landscape(scene, problem, plane)
    words, labels = Words(scene.style.language), tuple(scene.paths.files)
    return Solution(
        title=words("network title") if scene.title is None else scene.title,
        terrain=terrain_of(result.x, result.y, result.z),
        trajectories=replace(trajectories_of(result, labels, (None,) * len(labels)), cut=cut),
        panels=scene.panels,
        names=labels,
        axes=axes_of(result, words),
        result=result,
        finding=finding_of(result, labels[0], words),
        table=lambda: table_of(result, problem),
    )


@contextmanager
def _placed(key: str) -> Generator[None]:
    """Raises UnfitScene, at `key` of the scene, for a UsageError."""
    try:
        yield
    except UsageError as error:
        raise UnfitScene([Mistake((key,), str(error))]) from error


def _landscape(
    scene: CheckpointScene, problem: FlatProblem, plane: AnyPlane
) -> tuple[Landscape, np.ndarray]:
    """The landscape, and which runs do not diverge, though they may end before others."""
    paths, steps, known = _read(scene, problem)
    losses = np.full(known.shape, np.nan)
    losses[known] = evaluate(problem.loss, paths[known], problem.data)
    finite = np.logical_and.accumulate(np.isfinite(losses), axis=1)
    if not finite[:, 0].all():
        label = [*scene.paths.files][int(np.argmin(finite[:, 0]))]
        raise UsageError(f"the loss is {losses[~finite[:, 0], 0][0]} at the start of {label!r}")
    options = {"resolution": scene.surface.resolution, "seed": scene.seed}
    result = around(problem, paths, losses, finite, steps, plane=plane, **options)
    return result, np.asarray(~(known & ~finite).any(axis=1))


def _read(
    scene: CheckpointScene, problem: FlatProblem
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights float32 [run, kept, P], steps [kept], and which there are, bool [run, kept]."""
    runs, shapes = scene.paths.files, shapes_of(problem)
    steps = np.array(sorted({step for run in runs.values() for step in run}))
    paths = np.full((len(runs), len(steps), len(problem.start)), np.nan, np.float32)
    known = np.zeros(paths.shape[:2], bool)
    for k, run in enumerate(runs.values()):
        for step, file in run.items():
            n = int(np.searchsorted(steps, step))
            paths[k, n], known[k, n] = read_checkpoint(Path(file), shapes), True
    return paths, steps, known
