"""One network trained by several optimizers: the paths, and what is asked for along them and on one
plane, each read from disk where it was computed before."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from animate.networks import planes
from animate.networks.chunks import check_samples, examples_of
from animate.networks.cuts import AnyPlane, cut_of, kind_of, names_of
from animate.networks.lines import Lines
from animate.networks.paths import Descent
from animate.networks.problem import FlatProblem
from animate.networks.quantity import (
    LOSS,
    PLANE_LOSSES,
    SPECTRA,
    Metric,
    OnLine,
    OnPlane,
    Quantity,
    measured,
)
from animate.networks.spectra import Spectra
from animate.networks.subset import Samples, subset
from animate.networks.survey import Survey, Window
from animate.networks.trained import Trained, Work, trained
from animate.networks.training import kept_steps
from animate.simulate.libraries import optax
from animate.simulate.trajectories import CURVATURES, GRADIENT_NORMS

KEPT, FEWEST = 200, 50
"""Points of each path that are kept at most, beside the start, and of large networks at least."""
KEPT_BYTES = 256e6
"""Of each path, as far as that leaves enough points."""
_MARGIN = 0.2
"""Margin around the paths, relative to their extent."""
_LEAST_RATIO = 0.6
"""Ratio of a window's shorter side to its longer one, at least."""


@dataclass(frozen=True)
class Landscape:
    """A quantity `z` [ny, nx] on a plane, over `x` [nx] and `y` [ny], and the paths on it.

    `positions` [optimizer, kept, 2] are the plane's nearest points to the paths, at `steps` [kept].
    `losses` [optimizer, kept] are those on the paths; `distances` [optimizer, kept] are those from
    the plane, in the weights' units. `share` [2] is the share of the paths' variance along each
    axis, `walk_share` [2] that of equally long random walks along their own principal axes. `plane`
    is the kind of plane, `of` the names of the parameters, or of the layer, in which its directions
    are, where they are not in all weights; `eigenvalues` [2] belong to the axes of a Hessian's
    plane and are else empty; `facts` holds the numbers that a caption quotes. `shown` is what z is.

    What else there is was asked for: `plane_losses` [optimizer, kept] at the nearest points;
    `gradient_norms` [optimizer, kept] of the loss over all the data at the paths' weights;
    `curvature` [optimizer, kept, 2], the largest and the smallest eigenvalue of its Hessian there,
    at some of the steps, and `spectra` the density of all of them at fewer; `curves` [optimizer,
    kept] and `planes` [ny, nx] of other quantities; `lines` are those from the start of each path
    to its end. `finals` [optimizer] are all that the problem brings at the paths' ends. After a
    path diverges its values are NaN.
    """

    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    steps: np.ndarray
    positions: np.ndarray
    losses: np.ndarray
    distances: np.ndarray
    share: np.ndarray
    walk_share: np.ndarray
    plane: str
    eigenvalues: list[float]
    facts: dict[str, float]
    origin: np.ndarray | None = None
    axes: np.ndarray | None = None
    shown: Quantity = LOSS
    plane_losses: np.ndarray | None = None
    gradient_norms: np.ndarray | None = None
    curvature: np.ndarray | None = None
    curves: Mapping[Quantity, np.ndarray] = field(default_factory=dict[Quantity, np.ndarray])
    planes: Mapping[Quantity, np.ndarray] = field(default_factory=dict[Quantity, np.ndarray])
    finals: Mapping[Quantity, np.ndarray] = field(default_factory=dict[Quantity, np.ndarray])
    lines: Lines | None = None
    spectra: Spectra | None = None
    of: tuple[str, ...] = ()


def landscape(
    problem: FlatProblem,
    optimizers: Sequence[optax.GradientTransformation],
    *,
    steps: int,
    batch: int | None = None,
    plane: AnyPlane = "pca",
    resolution: int = 101,
    seed: int = 0,
    shown: Quantity = LOSS,
    asked: Collection[Hashable] = (),
    samples: int | None = None,
    work: Work | None = None,
) -> Landscape:
    """Train `problem` by each of `optimizers` (optax transformations) and draw it on a plane.

    `plane` is a kind of plane through the first path's end (`pca`: fitted to all the paths), or
    three points [3, P] that it goes through. `batch` is the number of examples in a step's batch;
    None: all. On the plane stands the quantity `shown`, over `samples` of the examples (None: all);
    `asked` is what else is computed: quantities, along the paths, OnPlane or OnLine,
    GRADIENT_NORMS, CURVATURES, SPECTRA and PLANE_LOSSES.

    Raises UsageError when the initial loss is not finite, when all paths diverge at once, or where
    the problem does not bring what is asked for.
    """
    work, drawn = work or Work(), None if samples is None else Samples(samples, seed)
    _quantities(problem, shown, asked, drawn)
    keep = kept_steps(steps, kept_of(len(problem.start)))
    paths = trained(problem, optimizers, Descent(keep, batch, seed), work)
    options = {"resolution": resolution, "seed": seed, "shown": shown, "asked": asked}
    return around(paths, plane, work, samples=drawn, **options)


def _quantities(
    problem: FlatProblem,
    shown: Quantity,
    asked: Collection[Hashable],
    samples: Samples | None = None,
) -> tuple[set[Quantity], set[Quantity]]:
    """Those on the plane and those along the paths. Raises UsageError where the problem does not
    bring one, or where one on the plane is no mean over the examples and only some are taken."""
    quantities = {each.quantity for each in asked if isinstance(each, OnPlane)} | {shown}
    curves = {each for each in asked if isinstance(each, Quantity)}
    lines = {each.quantity for each in asked if isinstance(each, OnLine)}
    for each in sorted(quantities | curves | lines):
        measured(problem, each)
    for each in sorted(quantities | ({LOSS} if PLANE_LOSSES in asked else set())):
        function, batch = measured(problem, each)
        if samples is not None and samples.count < examples_of(batch):
            own = each.metric == "own"
            name = problem.own_name if own else f"the Problem's {each.metric}"
            check_samples(function, problem.start, subset(batch, samples), name)
    return quantities, curves


def around(
    paths: Trained,
    plane: AnyPlane,
    work: Work,
    *,
    resolution: int,
    seed: int = 0,
    shown: Quantity = LOSS,
    asked: Collection[Hashable] = (),
    samples: Samples | None = None,
) -> Landscape:
    """The landscape on a plane around `paths`, whoever made them; all else is as `landscape` has
    it. Raises UsageError where the paths have no such plane, or as `landscape` does."""
    problem = paths.problem
    quantities, curves = _quantities(problem, shown, asked, samples)
    survey, (cut, key) = Survey(paths, work), cut_of(paths, plane, seed, work)
    least = 1.0 if kind_of(plane) == "filter_normalized" else 0.0
    x, y = window(cut.positions[paths.finite], resolution, least=least)
    seen = Window(cut.plane, x, y, key)
    metrics: set[Metric] = {each.metric for each in asked if isinstance(each, OnLine)}
    walk = planes.random_walk_share(len(paths.steps), len(problem.start), len(paths.rows))
    made = survey.on_plane(seen, quantities, samples)
    return Landscape(
        x=x,
        y=y,
        z=made[shown],
        steps=paths.steps,
        positions=cut.positions,
        losses=np.where(paths.finite, paths.losses, np.nan),
        distances=cut.distances,
        share=cut.share,
        walk_share=walk,
        plane=kind_of(plane),
        of=names_of(plane),
        eigenvalues=cut.eigenvalues,
        origin=cut.origin,
        axes=cut.axes,
        facts={
            "parameters": len(problem.start),
            "share": float(cut.share.sum()),
            "walk_share": float(walk.sum()),
            "distance": float(np.nanmax(cut.distances)),
            "length": cut.length,
            **survey.sampled(seen, cut.positions, shown, samples),
        },
        shown=shown,
        plane_losses=survey.plane_losses(seen, cut.positions, samples)
        if PLANE_LOSSES in asked
        else None,
        gradient_norms=survey.gradient_norms() if GRADIENT_NORMS in asked else None,
        curvature=survey.curvature() if CURVATURES in asked else None,
        curves=survey.curves(curves),
        planes=made,
        finals=survey.finals(),
        lines=survey.lines(metrics) if metrics else None,
        spectra=survey.spectra(seed) if SPECTRA in asked else None,
    )


def kept_of(weights: int) -> int:
    """How many points of a path are kept, of so many weights each."""
    return int(np.clip(KEPT_BYTES / (4 * weights), FEWEST, KEPT))


def window(
    points: np.ndarray, resolution: int, *, least: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Two axes [resolution] around `points` [n, 2], with a margin.

    Each reaches at least `least` from the middle of the points, and neither is much shorter than
    the other.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, (1 + _MARGIN) * (high - low) / 2
    half = np.maximum(np.maximum(half, _LEAST_RATIO * half.max()), max(least, 1e-6))
    return tuple(  # pyright: ignore[reportReturnType]  # two of them
        np.linspace(m - h, m + h, resolution) for m, h in zip(middle, half, strict=True)
    )
