"""A network trained by every optimizer, its loss on a plane through its weights."""

import warnings
from collections.abc import Callable, Generator, Hashable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from json import dumps
from typing import Any

import numpy as np

from animate.errors import Mistake, Remark, UnfitScene, UsageError
from animate.networks.identity import identity
from animate.networks.landscape import Landscape, landscape
from animate.networks.problem import FlatProblem
from animate.networks.quantity import PLANE_LOSSES, OnLine, OnPlane, Quantity, lacking
from animate.networks.shelf import Shelf
from animate.networks.terrain import terrain_of
from animate.networks.trained import Work
from animate.networks.workers import Workers
from animate.optimizers import seeded
from animate.scene import NetworkScene
from animate.scene.limits import available_memory, no_room
from animate.scene.network import DEFAULT_BATCH
from animate.scene.network_surface import NetworkSurface
from animate.simulate.trajectories import GRADIENT_NORMS, Trajectories
from animate.sources.kept import remark_cache
from animate.sources.network_table import table_of
from animate.sources.network_words import axes_of, finding_of, quantity_of, title_of
from animate.sources.request import Request
from animate.sources.solution import Solution
from animate.sources.values import rate_note, rates_written, switches_of
from animate.text import Words
from animate.watch import Effort


def solve(scene: NetworkScene, request: Request) -> Solution:
    """The landscape around the paths; what was computed before is read from disk. Raises
    UnfitScene."""
    with placed("surface"):
        result, rates = _landscape(scene, request)
    words = Words(scene.style.language)
    quantity = quantity_of(result.shown, words)
    return Solution(
        title=title_of(quantity, words) if scene.title is None else scene.title,
        terrain=terrain_of(result.x, result.y, result.z, log=result.shown.metric == "loss"),
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
        quantity=quantity,
        result=result,
        finding=finding_of(result, scene.full_names(), words),
        held_out=tuple(map(float, result.finals.get(Quantity("loss", "test"), ()))),
        table=lambda: table_of(result, scene.surface.problem()),
    )


@contextmanager
def placed(key: str) -> Generator[None]:
    """Context: a UsageError is raised as UnfitScene, at `key` of the scene."""
    try:
        yield
    except UsageError as error:
        if isinstance(error, UnfitScene):
            raise
        raise UnfitScene([Mistake((key,), str(error))]) from error


def _landscape(scene: NetworkScene, request: Request) -> tuple[Landscape, list[float | None]]:
    """The landscape, and the learning rate of each optimizer; None: a schedule's."""
    part = scene.surface
    remark_cache()
    rules = [_rate(scene, k) for k in range(len(scene.optimizers))]
    problem = part.problem()
    missing = [
        *scene.unfit(problem.shapes),
        *missing_of(part.quantity, problem, request),
        *no_room(scene, problem, available_memory()),
    ]
    if missing:
        raise UnfitScene(missing)
    remark_samples(part.samples, problem)
    known, effort = identity_of(part, problem), request.effort
    shelf = Shelf(known, fresh=effort.fresh)
    result = landscape(
        problem,
        [_method(scene, k, rule, problem.filters) for k, rule in enumerate(rules)],
        steps=scene.steps,
        batch=None if scene.batch == "full" else scene.batch or DEFAULT_BATCH,
        plane=part.cut(problem),
        resolution=part.resolution,
        seed=scene.seed,
        shown=part.quantity,
        asked=asked_of(request),
        samples=part.samples,
        work=Work(shelf, _told_apart(scene), effort.watch, workers_of(effort, known)),
    )
    return result, [None if callable(rule) else rule for rule in rules]


def identity_of(part: NetworkSurface, problem: FlatProblem) -> str:
    """That of the problem that the scene's part makes."""
    return identity(problem, part.code(), part.network.model_dump(mode="json"))


def workers_of(effort: Effort, identity: str) -> Workers | None:
    """Those that compute points of the problem of that identity, if any do."""
    if effort.help is None:
        return None
    return Workers(effort.help.executor, partial(_again, effort.help.again), identity)


def _again(read: Callable[[], Any]) -> tuple[FlatProblem, str]:
    """In a worker: the problem of the scene that is read, and its identity."""
    part: NetworkSurface = read().scene.surface
    problem = part.problem()
    return problem, identity_of(part, problem)


def missing_of(shown: Quantity, problem: FlatProblem, request: Request) -> Iterator[Mistake]:
    """What is asked for and the problem does not bring, before anything is trained."""
    if why := lacking(problem, shown):
        key = "on" if shown.on == "test" and problem.test is None else "metric"
        yield Mistake(("surface", key), f"{shown.on if key == 'on' else shown.metric} {why}")
    for entry in request.panels:
        for each in entry.panel.traits.measures:
            quantity = each.quantity if isinstance(each, OnPlane | OnLine) else each
            if isinstance(quantity, Quantity) and (why := lacking(problem, quantity)):
                yield Mistake(entry.place, f"{entry.name!r} {why}")
                break


def remark_samples(samples: int | None, problem: FlatProblem) -> None:
    """Remark on `samples` of no more examples than there are."""
    if samples is not None and problem.examples and samples >= problem.examples:
        warnings.warn(
            f"samples: {samples:,} are all of the {problem.examples:,} examples, so the plane is "
            "over all of them",
            Remark,
            stacklevel=2,
        )


def asked_of(request: Request) -> frozenset[Hashable]:
    """What is measured beside the plane: for panels, and for a table of the paths."""
    every = {GRADIENT_NORMS, PLANE_LOSSES} if request.table else frozenset[Hashable]()
    return request.measures | every


def _told_apart(scene: NetworkScene) -> list[str]:
    """All that the path of each optimizer depends on: what it says but for its looks. What it
    leaves out follows from the versions of the libraries, and is not always a plain value."""
    left_out = {"label", "color", "then"}
    shared = scene.model_dump(mode="json", include={"learning_rate", "seed"})
    return [
        dumps(
            [
                shared,
                part.then and part.then.at,
                *(
                    each.model_dump(mode="json", exclude=left_out, exclude_unset=True)
                    for _, each in part.in_turn()
                ),
            ],
            sort_keys=True,
        )
        for part in scene.optimizers
    ]


def _method(scene: NetworkScene, k: int, rule: Any, filters: int) -> Any:
    """The optax transformation of optimizer `k`."""
    part = scene.optimizers[k]
    method, seed = part.maker(filters)(rule), part.own_seed(scene.seed)
    return method if seed is None else seeded(method, seed)


def _rate(scene: NetworkScene, k: int) -> Any:
    rule = scene.rate_rule(k)
    if rule is not None:
        return rule
    why = "a network's learning rate is not searched for; give it a learning_rate"
    raise UnfitScene([Mistake(("optimizers", k), why)])


def trajectories_of(
    result: Landscape, labels: Sequence[str], rates: Sequence[float | None]
) -> Trajectories:
    """The paths of a landscape as every panel takes them: positions on the plane, true losses."""
    known = np.isfinite(result.losses)
    unknown = np.full(known.shape, np.nan)
    norms = unknown if result.gradient_norms is None else result.gradient_norms
    curvature = None if result.curvature is None else _between(result.steps, result.curvature)
    return Trajectories(
        labels=tuple(labels),
        rates=tuple(rates),
        steps=result.steps,
        positions=result.positions[:, None].astype(np.float64),
        losses=result.losses[:, None].astype(np.float64),
        gradients=np.full((*known.shape, 2), np.nan)[:, None],
        ends=result.steps[known.sum(axis=1) - 1][:, None],
        norms=norms[:, None].astype(np.float64),
        curvatures=None if curvature is None else curvature[:, None],
    )


def _between(steps: np.ndarray, values: np.ndarray) -> np.ndarray:
    """`values` [optimizer, kept, 2], linear between the steps at which they are known."""
    filled = values.copy()
    for k, which in np.ndindex(len(values), values.shape[-1]):
        known = np.flatnonzero(np.isfinite(values[k, :, which]))
        some = steps[: known[-1] + 1]
        filled[k, : len(some), which] = np.interp(some, steps[known], values[k, known, which])
    return filled
