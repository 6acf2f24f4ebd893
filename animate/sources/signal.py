"""Optimizers that answer a prescribed gradient."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from animate.errors import Mistake, UnfitScene
from animate.scene import SignalScene
from animate.scene.panels import read_panels
from animate.scene.signal import SignalPart, TableSignal
from animate.simulate import Prescribed, Simulation
from animate.simulate.step import level
from animate.simulate.terrain import FLAT
from animate.simulate.trajectories import Trajectories
from animate.sources.description.answers import longest_steps
from animate.sources.request import Request
from animate.sources.runs import runs_of
from animate.sources.solution import Solution
from animate.sources.values import names_of, rates_written, values_of
from animate.text import Words


def solve(scene: SignalScene, request: Request) -> Solution:  # noqa: ARG001  # all of it is there
    """The steps with which the optimizers answer the signal.

    Raises UnfitScene where an optimizer cannot, since it needs more of a surface than a gradient.
    """
    words = Words(scene.style.language)
    paths = _answers(scene)
    if found := [*_silent(paths)]:
        raise UnfitScene(found)
    names = names_of(scene, words)
    rates = rates_written(scene.optimizers, paths.rates, words)
    notes = tuple(rate for rate, _ in rates)
    titles = dict.fromkeys(_title(part, words) for part in scene.parts.values())
    title = ", ".join(titles)
    return Solution(
        title=title if scene.title is None else scene.title,
        terrain=FLAT,
        trajectories=paths,
        panels=scene.panels or read_panels(_rows(paths)),
        names=names,
        notes=notes,
        kinds=tuple(each.kind() for each in scene.optimizers),
        colours=tuple(each.color for each in scene.optimizers),
        constants=tuple(each.constants() for each in scene.optimizers),
        formulas=tuple(each.formula() for each in scene.optimizers),
        axes=tuple(scene.parts),
        finding=longest_steps(paths, names, words),
        values=values_of(scene.sweep, notes, rates, words),
    )


def _title(part: SignalPart, words: Words) -> str:
    return words.title(part.name, part.title) if isinstance(part, TableSignal) else part.title


def _answers(scene: SignalScene) -> Trajectories:
    """The paths on level ground, where every gradient is the prescribed one."""
    runs = runs_of(scene, [scene.rate_rule(k) for k in range(len(scene.optimizers))])
    gradients = scene.gradients
    simulation = Simulation(
        level, runs, np.zeros((1, 2)), scene.steps, noise=Prescribed(gradients), inside=True
    )
    paths = simulation.trace()
    known = gradients[paths.steps]
    shape = paths.gradients.shape
    return replace(paths, gradients=np.broadcast_to(known, shape), prescribed=True)


def _silent(paths: Trajectories) -> Iterator[Mistake]:
    """The optimizers that are lost with their first step, or make none at any gradient."""
    known = np.abs(paths.gradients[:, 0]).max(axis=1)
    moved = np.ptp(paths.positions[:, 0], axis=1)
    for k, (label, ends) in enumerate(zip(paths.labels, paths.ends, strict=True)):
        what = ""
        if ends[0] <= paths.first_step:
            what = "curvature"
        elif known[k].any() and not moved[k].any() and paths.rates[k]:
            what = "loss"
        if what:
            why = f"{label} needs the {what} of a surface, and a signal has none; leave it out"
            yield Mistake(("optimizers", k), why)


def _rows(paths: Trajectories) -> object:
    """The panels of a scene that names none: the steps, what is kept, the effective rates."""
    assert paths.inside is not None
    kept = any(paths.inside.memories)
    linear = {"scale": "linear"}
    rows = ["response", *([{"memory": linear}] if kept else []), {"step_size": linear}]
    return {"ratio": [3, *[2] * (len(rows) - 1)], "panels": [[row] for row in rows]}
