"""Two or three trained networks, and what lies between them."""

import numpy as np

from animate.errors import UnfitScene
from animate.figure import Grid, PanelEntry
from animate.networks.checkpoints import read_checkpoint, shapes_of
from animate.networks.comparison import Comparison, compared, in_order_of_first
from animate.networks.curves import Joined, join
from animate.networks.experiments.presentation import trajectories_of
from animate.networks.identity import identity
from animate.networks.problem import FlatProblem
from animate.networks.quantity import LOSS, OnLine
from animate.networks.shelf import Shelf
from animate.networks.subset import Samples
from animate.networks.terrain import terrain_of
from animate.networks.trained import Work
from animate.networks.training import kept_steps
from animate.scene.between import CURVE_KEPT, CURVE_RATE, BetweenScene
from animate.scene.panels import read_panels
from animate.simulate.terrain import FLAT
from animate.simulate.trajectories import Trajectories
from animate.sources.between_words import curve_finding, lines_finding
from animate.sources.kept import remark_cache
from animate.sources.network import missing_of, placed
from animate.sources.network_words import quantity_of
from animate.sources.request import Request
from animate.sources.solution import Solution
from animate.text import Words


def solve(scene: BetweenScene, request: Request) -> Solution:
    """The lines between the networks, the plane through three, or a curve between two. Raises
    UnfitScene."""
    remark_cache()
    with placed("surface"):
        problem = scene.surface.problem()
        if missing := list(missing_of(scene.surface.quantity, problem, request)):
            raise UnfitScene(missing)
        named = scene.surface.network.model_dump(mode="json")
        shelf = Shelf(identity(problem, scene.surface.code(), named), fresh=request.effort.fresh)
        work = Work(shelf, watch=request.effort.watch)
    with placed("between"):
        shapes = shapes_of(problem)
        files = scene.between.files.values()
        models = np.stack([read_checkpoint(file, shapes) for file in files])
        if scene.between.curve is None:
            return _lines(scene, problem, models, work, request)
        return _curve(scene, problem, models, work)


def _lines(
    scene: BetweenScene, problem: FlatProblem, models: np.ndarray, work: Work, request: Request
) -> Solution:
    part, words = scene.surface, Words(scene.style.language)
    made = compared(
        problem,
        models,
        {each.metric for each in request.measures if isinstance(each, OnLine)},
        work,
        align=scene.between.align,
        resolution=part.resolution,
        shown=part.quantity,
        samples=None if part.samples is None else Samples(part.samples, scene.seed),
    )
    names = tuple(
        words("from one to the other", first=scene.names[a], second=scene.names[b])
        for a, b in made.pairs
    )
    first, second, *others = scene.names
    return Solution(
        title=_title(scene, words) if scene.title is None else scene.title,
        terrain=terrain_of(
            made.plane.x, made.plane.y, made.plane.z, log=part.quantity.metric == "loss"
        )
        if made.plane
        else FLAT,
        trajectories=_along(made, names),
        panels=scene.panels or _panels(["contour"] * bool(others) + ["interpolation"]),
        names=names,
        axes=(
            words("from the first to the second", first=first, second=second),
            words("towards", name=others[0]),
        )
        if others
        else ("x", "y"),
        quantity=quantity_of(part.quantity, words) if others else "",
        counted=words("share of the way"),
        result=made,
        finding=lines_finding(made, scene.names, words),
    )


def _along(made: Comparison, names: tuple[str, ...]) -> Trajectories:
    """A run along each line, in percent of the way."""
    shares, places = made.lines.shares, None
    if made.plane is not None:
        ends = made.plane.places[np.array(made.pairs)]
        places = ends[:, :1] + shares[:, None] * (ends[:, 1:] - ends[:, :1])
    return trajectories_of(names, np.arange(len(shares)), made.lines.values[LOSS], places)


def _curve(scene: BetweenScene, problem: FlatProblem, models: np.ndarray, work: Work) -> Solution:
    part, words = scene.between, Words(scene.style.language)
    if part.align:
        models = in_order_of_first(problem, models)
    options = (part.curve, scene.curve_steps, part.learning_rate, scene.curve_batch, scene.seed)
    key = work.shelf.key("curve", models.tobytes(), *options, scene.surface.resolution)

    def trained() -> Joined:
        assert part.curve is not None
        return join(
            problem,
            models[None],
            kind=part.curve,
            rate=part.learning_rate or CURVE_RATE,
            batch=scene.curve_batch,
            keep=kept_steps(scene.curve_steps, CURVE_KEPT),
            resolution=scene.surface.resolution,
            seed=scene.seed,
            watch=work.watch,
        )

    made = work.shelf.result(key, Joined, trained)
    walls = made.losses.max(axis=-1)
    return Solution(
        title=_title(scene, words) if scene.title is None else scene.title,
        terrain=terrain_of(made.x, made.y, made.z),
        trajectories=trajectories_of(
            [words("highest loss along the curve")], made.steps, walls, made.controls[None]
        ),
        panels=scene.panels or _panels(["connection", "profile"]),
        names=(),
        axes=(words("along the line"), words("across the line")),
        result=made,
        finding=curve_finding(made, models, scene.names, words),
    )


def _title(scene: BetweenScene, words: Words) -> str:
    if scene.between.curve is not None:
        return words("curve title")
    return words("models title") if len(scene.names) > 2 else words("lines title")


def _panels(row: list[str]) -> Grid[PanelEntry]:
    """That row, and what was found below it."""
    return read_panels([row, ["finding"]])
