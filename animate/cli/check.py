"""What `check` says of a scene: what rendering it would do."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from animate.cli.rates import filmed_of, of_network, of_race
from animate.cli.render import for_each
from animate.cli.scenes import once, script
from animate.errors import UnfitScene
from animate.networks.problem import FlatProblem
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
from animate.scene.context import Trust
from animate.scene.limits import Estimate, available_memory, estimate, no_room, own_estimate
from animate.scene.load import Script
from animate.simulate.numerics import float32


def check_all(scenes: Sequence[Path], settings: Sequence[str], *, trust: Trust) -> None:
    """Read every scene and say what rendering it would do. Raises UsageError with all mistakes."""

    def check(path: Path) -> None:
        for line in _described(path, script(path, settings, trust=trust)):
            typer.echo(line)

    for_each(once(scenes), check)


def _described(path: Path, each: Script) -> Iterator[str]:
    from animate.pipeline import dry_run, tell_fonts

    scene = each.scene
    if not isinstance(scene, RaceScene):
        tell_fonts(scene)
        with each.placing():
            displayed = _displayed(scene)
        yield f"{path}: {displayed}"
        if isinstance(scene, NetworkScene):
            yield from of_network(scene)
        return
    swept, filmed = scene.swept_surface, filmed_of(scene)
    width, height = scene.style.size
    with each.placing():
        problems, composed = dry_run(scene)
    problem = problems[0]
    beside = scene.sweep if scene.sweep and scene.sweep.layout != "film" else swept
    values = f", {len(beside.values)} values of {beside.key}" if beside else ""
    copies = len(filmed) if filmed or not beside or swept else len(beside.values)
    clock = scene.clock()
    count = composed or (clock and clock.frames)
    frames = f"{count} frames of " if count else ""
    yield (
        f"{path}: {problem.surface.title}, "
        f"{_count(len(scene.optimizers) - max(copies - 1, 0), 'optimizer')}, "
        f"{_count(len(problem.starts), 'start')}, {_count(scene.steps, 'step')}{values}"
    )
    yield (
        f"  {frames}{width} × {height} at {scene.timing.fps:g} fps, {_lasts(scene)}, {_work(scene)}"
    )
    yield from of_race(scene, problems)


def _displayed(scene: Scene) -> str:
    """What a scene without a race shows, and its estimated cost unless that is small."""
    match scene:
        case ExperimentScene():
            text = f"the experiment {scene.experiment.name}"
        case CheckpointScene():
            files = scene.paths.files
            count = _count(sum(map(len, files.values())), "checkpoint")
            text = f"{count} of {_count(len(files), 'run')}, {_takes(estimate(scene))}"
        case BetweenScene():
            count = _count(len(scene.names), "checkpoint")
            text = f"between {count}, {_takes(estimate(scene))}"
        case RecordedScene():
            text = f"{_count(len(scene.trajectories.labels), 'path')} from {scene.paths}"
        case SignalScene():
            titles = " and ".join(part.title for part in scene.parts.values())
            text = (
                f"the signal {titles}, {_count(len(scene.optimizers), 'optimizer')}, "
                f"{_count(scene.steps, 'step')}"
            )
        case RaceScene():
            raise AssertionError("a race is described by what it has found")
        case NetworkScene():
            problem = scene.surface.problem()
            text = (
                f"a network of {len(problem.start):,} weights, "
                f"{_count(len(scene.optimizers), 'optimizer')}, {_count(scene.steps, 'step')}, "
            )
            own = scene.surface.network.python is not None
            text += _takes(_tried(scene, problem) if own else estimate(scene))
    if isinstance(scene, ExperimentScene):
        text += f", {_work(scene)}"
    width, height = scene.style.size
    return f"{text}, {width} × {height} at {scene.timing.fps:g} fps, {_lasts(scene)}"


def _lasts(scene: Scene) -> str:
    if clock := scene.clock():
        return f"{clock.duration:g} s"
    return f"{scene.timing.seconds + scene.timing.hold:g} s and what the story adds"


def _tried(scene: NetworkScene, problem: FlatProblem) -> Estimate:
    """What a network of the author's takes. Raises UnfitScene where that does not fit."""
    with float32():
        unfit = [*scene.unfit(problem.shapes), *no_room(scene, problem, available_memory())]
        if unfit:
            raise UnfitScene(unfit)
        return own_estimate(scene, problem)


def _work(scene: RaceScene | ExperimentScene) -> str:
    return _takes(estimate(scene))


def _takes(cost: Estimate) -> str:
    return f"about {cost.memory / 1e6:.0f} MB and {cost.seconds:.0f} s of work"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
