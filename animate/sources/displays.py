"""Pictures without a race: a network's landscape, an experiment, paths that were made elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import numpy as np

from animate.errors import UnfitScene, UsageError
from animate.figure import Grid, Panel, Split, View
from animate.figure.split import unsplit
from animate.networks.cache import cached, key_of
from animate.networks.experiments import present
from animate.networks.experiments.presentation import Presentation
from animate.networks.landscape import Landscape, landscape
from animate.networks.terrain import terrain_of
from animate.scene import ExperimentScene, RecordedScene, Scene
from animate.scene.common import SceneBase
from animate.scene.network import Network
from animate.scene.panels import read_panels
from animate.scene.picture import build_panel
from animate.scene.rate import Schedule
from animate.scene.story import told, unfit, unseen
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories
from animate.text import Words
from animate.theme import theme

Panels = Grid[Panel | Split]


@dataclass(frozen=True)
class Display:
    """A picture's view, its panels and its title."""

    view: View
    panels: Panels
    title: str


def is_race(scene: SceneBase) -> TypeGuard[Scene]:
    """Whether there is a race to run on a plane; all other scenes are shown by `display`."""
    return isinstance(scene, Scene) and not isinstance(scene.surface, Network)


def display(scene: Any) -> Display:
    """What is shown of an experiment, of recorded paths, or of a network. Raises UsageError."""
    if isinstance(scene, ExperimentScene):
        return _exhibited(scene)
    if isinstance(scene, RecordedScene):
        return _recorded(scene)
    return _trained(scene)


def _exhibited(scene: ExperimentScene) -> Display:
    words = Words(scene.style.language)
    shown = _shown(scene, words)
    grid = scene.panels or read_panels([list(row) for row in shown.panels])
    view = _view(
        scene,
        shown.terrain,
        shown.trajectories,
        names=shown.names,
        axes=shown.axes,
        result=shown.result,
        finding=shown.finding,
        clock=shown.clock,
    )
    panels = _built(grid)
    if found := [*unseen(scene.story, map(unsplit, panels.cells()))]:
        raise UnfitScene(found)
    return Display(view, panels, shown.title if scene.title is None else scene.title)


def _shown(scene: ExperimentScene, words: Words) -> Presentation:
    """The experiment's result. With options of the scene's own it may have none: what diverges
    may fail in any way of numerical code. Raises UsageError."""
    part = scene.experiment
    try:
        return present(part.name, part.options, words)
    except UsageError:
        raise
    except (ArithmeticError, ValueError, IndexError) as error:
        own = sorted(part.model_fields_set - {"name"})
        if not own:
            raise
        raise UsageError(
            f"the experiment has no result with this {', '.join(own)} ({error}); stay nearer to "
            "its own"
        ) from error


def _recorded(scene: RecordedScene) -> Display:
    surface, paths = scene.surface.build(), scene.trajectories
    terrain = Terrain(surface.function, surface.window, surface.minima)
    view = _view(scene, terrain, paths, names=paths.labels)
    return Display(
        view, _built(scene.panels), surface.title if scene.title is None else scene.title
    )


def _trained(scene: Scene) -> Display:
    result, rates = _landscape(scene)
    names = tuple(each.shown() for each in scene.optimizers)
    facts = result.facts
    words = Words(scene.style.language)
    finding = words(
        "network finding",
        parameters=facts["parameters"],
        share=words.percent(facts["share"]),
        walk=words.percent(facts["walk_share"]),
        length=words.number(facts["length"], 3),
        distance=words.number(facts["distance"], 3),
    )
    paths = trajectories_of(result, scene.labels(), rates)
    view = _view(
        scene,
        terrain_of(result.x, result.y, result.z),
        paths,
        names=names,
        notes=tuple(words("schedule") if r is None else words.number(r) for r in rates),
        colours=[each.color for each in scene.optimizers],
        constants=tuple(each.constants() for each in scene.optimizers),
        formulas=tuple(each.formula() for each in scene.optimizers),
        axes=_axes(result, words),
        result=result,
        finding=finding,
    )
    title = words("network title") if scene.title is None else scene.title
    return Display(view, _built(scene.panels), title)


def _axes(result: Landscape, words: Words) -> tuple[str, str]:
    """What the plane's directions are called, each with its share of the paths' variance."""
    match result.plane:
        case "through":
            called = [words("towards the second"), words("towards the third")]
        case "hessian":
            values = (words.number(value, 3) for value in result.eigenvalues)
            called = [words("hessian direction", value=value) for value in values]
        case "pca":
            called = [words("principal component", number=k) for k in (1, 2)]
        case "random":
            called = [words("random direction", number=k) for k in (1, 2)]
        case _:
            called = [words("filter normalised direction", number=k) for k in (1, 2)]
    first, second = (
        words("axis of variance", axis=axis, share=words.percent(share))
        for axis, share in zip(called, result.share, strict=True)
    )
    return first, second


def trajectories_of(
    result: Landscape, labels: Sequence[str], rates: Sequence[float | None]
) -> Trajectories:
    """The paths of a landscape as every panel takes them: positions on the plane, true losses."""
    known = np.isfinite(result.losses)
    return Trajectories(
        labels=tuple(labels),
        rates=tuple(rates),
        steps=result.steps,
        positions=result.positions[:, None].astype(np.float64),
        losses=result.losses[:, None].astype(np.float64),
        gradients=np.where(known[..., None], result.gradients, np.nan)[:, None],
        ends=result.steps[known.sum(axis=1) - 1][:, None],
    )


def _landscape(scene: Scene) -> tuple[Landscape, list[float | None]]:
    """The network trained by every optimizer, from disk where that was done before."""
    part: Network = scene.surface
    rules = [_rate(scene, k) for k in range(len(scene.optimizers))]

    def compute() -> Landscape:
        problem = part.problem()
        return landscape(
            problem,
            [each.maker()(rule) for each, rule in zip(scene.optimizers, rules, strict=True)],
            steps=scene.steps,
            batch=None if scene.batch == "full" else scene.batch or 64,
            plane=part.cut(problem),
            resolution=part.resolution,
            seed=scene.seed,
        )

    rates = [None if callable(rule) else rule for rule in rules]
    if not part.repeatable:
        return compute(), rates
    asked = scene.model_dump(mode="json", include={"steps", "batch", "seed", "learning_rate"})
    asked |= {"surface": part.model_dump(mode="json")}
    asked |= {"optimizers": [each.model_dump(mode="json") for each in scene.optimizers]}
    key = key_of("network", asked, landscape)
    return cached(key, Landscape, compute), rates


def _rate(scene: Scene, k: int) -> Any:
    part = scene.optimizers[k]
    for rate in (part.learning_rate, scene.learning_rate, part.own_rate()):
        if isinstance(rate, Schedule):
            return rate.build()
        if rate is not None and rate != "best":
            return rate
    raise UsageError(
        f"optimizers[{k}]: a network's learning rate is not searched for; give it a learning_rate"
    )


def _built(grid: Grid[Any]) -> Panels:
    return grid.map(build_panel)


def _view(
    scene: SceneBase,
    terrain: Terrain,
    paths: Trajectories,
    *,
    names: tuple[str, ...],
    notes: tuple[str, ...] | None = None,
    colours: Sequence[str | None] = (),
    constants: Any = None,
    **more: Any,
) -> View:
    looks = theme(scene.style.theme)
    count = max(len(paths.labels), len(names), len(colours))
    given = [*colours, *[None] * (count - len(colours))]
    timeline = scene.timeline(paths.last_step)
    if found := [*unfit(scene.story, timeline, terrain.window)]:
        raise UnfitScene(found)
    return View(
        terrain=terrain,
        trajectories=paths,
        timeline=timeline,
        story=told(scene.story, timeline, terrain.window),
        theme=looks,
        pixels=scene.style.size,
        names=names,
        notes=("",) * len(names) if notes is None else notes,
        colours=tuple(each or looks.trail(k) for k, each in enumerate(given)),
        constants=({},) * count if constants is None else constants,
        words=Words(scene.style.language),
        tail=None if scene.style.trail == "all" else scene.style.trail,
        **more,
    )
