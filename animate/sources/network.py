"""A network trained by every optimizer, its loss on a plane through its weights."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from animate.errors import Mistake, UnfitScene, UsageError
from animate.figure import PanelEntry
from animate.networks.cache import cached, key_of
from animate.networks.checkpoints import shapes_of
from animate.networks.landscape import Landscape, landscape
from animate.networks.plane_files import PlaneFacts, direction_arrays, plane_arrays
from animate.networks.planes import Plane
from animate.networks.problem import FlatProblem
from animate.networks.terrain import terrain_of
from animate.scene import NetworkScene
from animate.simulate.trajectories import Trajectories
from animate.sources.solution import Solution
from animate.sources.values import rate_note, rates_written, switches_of
from animate.surfaces.recording import BESIDE
from animate.text import Words
from animate.writers.table import Beside

DEFAULT_BATCH = 64
"""Examples of a batch, unless the scene says how many."""


def solve(scene: NetworkScene, panels: Sequence[PanelEntry]) -> Solution:  # noqa: ARG001  # its result is one whole
    """The landscape around the paths, trained anew or read from disk. Raises UnfitScene."""
    try:
        result, rates = _landscape(scene)
    except UsageError as error:
        if isinstance(error, UnfitScene):
            raise
        raise UnfitScene([Mistake(("surface",), str(error))]) from error
    words = Words(scene.style.language)
    return Solution(
        title=words("network title") if scene.title is None else scene.title,
        terrain=terrain_of(result.x, result.y, result.z),
        trajectories=trajectories_of(result, scene.labels(), rates),
        panels=scene.panels,
        names=scene.full_names(),
        notes=tuple(rate_note(*each) for each in rates_written(scene.optimizers, rates, words)),
        kinds=tuple(each.kind() for each in scene.optimizers),
        colours=tuple(each.color for each in scene.optimizers),
        constants=tuple(each.constants() for each in scene.optimizers),
        formulas=tuple(each.formula() for each in scene.optimizers),
        switches=switches_of(scene.optimizers),
        axes=axes_of(result, words),
        result=result,
        finding=finding_of(result, scene.full_names()[0], words),
        table=lambda: table_of(result, scene.surface.problem()),
    )


_ON_PLANE = 1e-6
"""A path is on the plane within this share of its distance from the start: weights are float32."""


_THROUGH_THE_END = frozenset({"filter_normalized", "random", "hessian"})
"""The planes that go through the end of the first path."""
_STILL = 0.02
"""A head that moves by no more than this share of the window is not seen to move."""


def finding_of(result: Landscape, first: str, words: Words) -> str:
    """How much of the paths the plane holds, how far they are from it, and what the head of the
    `first` one is, where it stands still."""
    facts = result.facts
    distance = facts["distance"]
    plane = words(
        "network finding",
        parameters=facts["parameters"],
        share=words.percent(facts["share"]),
        walk=words.percent(facts["walk_share"]),
        length=words.number(facts["length"], 3),
    )
    if distance <= _ON_PLANE * facts["length"]:
        return words("on the plane", plane=plane)
    off = words.number(distance, 3)
    moved = _moved(result)
    if result.plane in _THROUGH_THE_END and moved <= _STILL:
        share = words.percent(moved, 1)
        return words("through the end", plane=plane, distance=off, name=first, moved=share)
    return words("off the plane", plane=plane, distance=off)


def _moved(result: Landscape) -> float:
    """How far the first head is from its last place at most, as a share of the window."""
    path = result.positions[0][np.isfinite(result.losses[0])]
    window = np.array([np.ptp(result.x), np.ptp(result.y)])
    return float((np.abs(path - path[-1]) / window).max())


def _landscape(scene: NetworkScene) -> tuple[Landscape, list[float | None]]:
    """The landscape, and the learning rate of each optimizer; None: a schedule's."""
    part = scene.surface
    rules = [_rate(scene, k) for k in range(len(scene.optimizers))]

    def compute() -> Landscape:
        problem = part.problem()
        return landscape(
            problem,
            [each.maker()(rule) for each, rule in zip(scene.optimizers, rules, strict=True)],
            steps=scene.steps,
            batch=None if scene.batch == "full" else scene.batch or DEFAULT_BATCH,
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


def _rate(scene: NetworkScene, k: int) -> Any:
    rule = scene.rate_rule(k)
    if rule is not None:
        return rule
    why = "a network's learning rate is not searched for; give it a learning_rate"
    raise UnfitScene([Mistake(("optimizers", k), why)])


def axes_of(result: Landscape, words: Words) -> tuple[str, str]:
    """What the plane's directions are called, each with its share of the paths' variance."""
    match result.plane:
        case "through":
            called = [words("towards the second"), words("towards the third")]
        case "hessian":
            values = (words.number(value, 3) for value in result.eigenvalues)
            called = [words("hessian direction", value=value) for value in values]
        case "pca":
            called = [words("principal component", number=k) for k in (1, 2)]
        case "directions":
            called = [words("own direction", number=k) for k in (1, 2)]
        case "random":
            called = [words("random direction", number=k) for k in (1, 2)]
        case _:
            called = [words("filter normalised direction", number=k) for k in (1, 2)]
    first, second = (
        words("axis of variance", axis=axis, share=words.percent(share))
        for axis, share in zip(called, result.share, strict=True)
    )
    return first, second


def table_of(result: Landscape, problem: FlatProblem) -> Beside:
    """What tables of the paths have beside them: how far they are off the plane, and in an .npz the
    plane itself, which a scene may take as its grid or for its directions."""
    assert result.origin is not None
    assert result.axes is not None
    facts = PlaneFacts(
        plane=result.plane,
        share=result.share,
        walk_share=result.walk_share,
        parameters=int(result.facts["parameters"]),
        length=result.facts["length"],
        eigenvalues=np.asarray(result.eigenvalues),
    )
    return Beside(
        columns=dict(
            zip(BESIDE, (result.plane_losses[:, None], result.distances[:, None]), strict=True)
        ),
        arrays={"x": result.x, "y": result.y, "z": result.z}
        | plane_arrays(facts)
        | direction_arrays(Plane(result.origin, result.axes), shapes_of(problem)),
    )


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
